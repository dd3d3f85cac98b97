package pangu

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/jsontext"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// The environment variables that stand in for zero fields of [ModeratorConfig].
const (
	AccessKeyVar = "HUAWEICLOUD_SDK_AK"
	SecretKeyVar = "HUAWEICLOUD_SDK_SK"
	ProjectVar   = "HUAWEICLOUD_SDK_PROJECT_ID"
)

// DefaultModerationRegion is used if [ModeratorConfig] names none. Further ones are cn-north-1,
// cn-east-3, ap-southeast-1 and ap-southeast-3.
const DefaultModerationRegion = "cn-north-4"

// ModeratorConfig says how to reach Huawei Cloud's moderation of texts. It takes other keys than MaaS.
type ModeratorConfig struct {
	// AccessKey and SecretKey are the pair that signs requests. If empty, the environment variables
	// HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK. SecurityToken belongs to temporary pairs.
	AccessKey     string
	SecretKey     assistant.Secret
	SecurityToken assistant.Secret

	// Token is an IAM token, to be used in place of the pair. It lives for a day.
	Token assistant.Secret

	// ProjectID is the project of the pair or token in the region. If empty, the environment variable
	// HUAWEICLOUD_SDK_PROJECT_ID.
	ProjectID string

	// Region is the vendor's name of the region. If empty, [DefaultModerationRegion].
	Region string

	// BaseURL is the address of the service. If set, Region must be empty.
	BaseURL string

	// EventType is what the texts are: nickname, title, article, comment, barrage, search or profile.
	// If empty, comment.
	EventType string

	// Categories are what to look for: terrorism, porn, ban, abuse, ad, politics. If empty, the
	// vendor's choice.
	Categories []string

	// Glossaries are the names of one's own lists of words to find, Exempt of those to ignore.
	Glossaries, Exempt []string

	// HTTPClient sends the requests. If nil, a client that all adapters share and that follows no
	// redirect.
	HTTPClient *http.Client

	// Header is added to every request, such as Enterprise-Project-Id.
	Header http.Header

	// IdleTimeout is how long the vendor may be silent before the call fails with
	// assistant.ErrTimeout. If zero, 2 minutes; if negative, for ever.
	IdleTimeout time.Duration
}

// A Moderator judges texts in Chinese. It is safe for concurrent use.
type Moderator struct {
	client *openaiwire.Client
	url    *url.URL
	fields map[string]any
}

var _ assistant.Moderator = (*Moderator)(nil)

// NewModerator returns a moderator. It sends nothing.
func NewModerator(cfg ModeratorConfig) (*Moderator, error) {
	m, err := newModerator(cfg, time.Now)
	if err != nil {
		return nil, fmt.Errorf("pangu: %w", err)
	}
	return m, nil
}

func newModerator(cfg ModeratorConfig, now func() time.Time) (*Moderator, error) {
	base := cfg.BaseURL
	switch {
	case base == "":
		base = "https://moderation." + cmp.Or(cfg.Region, DefaultModerationRegion) + ".myhuaweicloud.com"
	case cfg.Region != "":
		return nil, errors.New("Region and BaseURL are both set; leave one empty")
	}
	project := cmp.Or(cfg.ProjectID, os.Getenv(ProjectVar))
	if project == "" {
		return nil, errors.New("no project: set ProjectID or the environment variable " + ProjectVar)
	}
	wire := openaiwire.Config{
		Profile:     profile(),
		BaseURL:     base,
		HTTPClient:  cfg.HTTPClient,
		Header:      cfg.Header,
		IdleTimeout: cfg.IdleTimeout,
	}
	if cfg.Token != "" {
		wire.Key, wire.KeyHeader = cfg.Token, "X-Auth-Token"
	} else {
		access := cmp.Or(cfg.AccessKey, os.Getenv(AccessKeyVar))
		secret := cmp.Or(string(cfg.SecretKey), os.Getenv(SecretKeyVar))
		if access == "" || secret == "" {
			return nil, errors.New("no keys: set AccessKey and SecretKey or the environment variables " + AccessKeyVar + " and " + SecretKeyVar)
		}
		token := string(cfg.SecurityToken)
		s := &signer{access: access, secret: func() string { return secret }, token: func() string { return token }, now: now}
		wire.Key, wire.Sign = assistant.Secret(secret), s.sign
	}
	client, err := openaiwire.New(wire)
	if err != nil {
		return nil, err
	}
	m := &Moderator{client: client, url: client.Endpoint("/v3/" + project + "/moderation/text")}
	m.fields = map[string]any{"event_type": cmp.Or(cfg.EventType, "comment")}
	for name, list := range map[string][]string{"categories": cfg.Categories, "glossary_names": cfg.Glossaries, "white_glossary_names": cfg.Exempt} {
		if len(list) > 0 {
			m.fields[name] = slices.Clone(list)
		}
	}
	return m, nil
}

// maxJudged is how many characters of a text the vendor looks at.
const maxJudged = 2000

// Moderate implements assistant.Moderator. Long texts are judged in pieces, a call for each, until one
// is blocked. Anything but text fails with assistant.ErrInvalid: it must not pass unseen.
func (m *Moderator) Moderate(ctx context.Context, parts []assistant.Part) (assistant.Verdict, error) {
	text, err := m.client.Writing(parts)
	if err != nil {
		return assistant.Verdict{}, err
	}
	return openaiwire.JudgePieces(ctx, text, maxJudged, m.judge)
}

var actions = map[string]assistant.Action{"pass": assistant.Pass, "review": assistant.Review, "block": assistant.Block}

func (m *Moderator) judge(ctx context.Context, piece string) (assistant.Verdict, error) {
	fields := map[string]any{"data": map[string]string{"text": piece}}
	for name, v := range m.fields {
		fields[name] = v
	}
	body, err := jsontext.Marshal(fields)
	if err != nil {
		return assistant.Verdict{}, m.client.Invalid("%w", err)
	}
	answer, err := m.client.Call(ctx, m.url, body)
	if err != nil {
		return assistant.Verdict{}, err
	}
	var result struct {
		finding
		Details []finding
	}
	if err := json.Unmarshal(answer["result"], &result); err != nil {
		return assistant.Verdict{}, m.client.NotUnderstood("result: %w", err)
	}
	action, ok := actions[result.Suggestion]
	if !ok { // a word of tomorrow must not pass for a blessing
		return assistant.Verdict{}, m.client.NotUnderstood("the suggestion is %q", result.Suggestion)
	}
	slices.SortStableFunc(result.Details, worse)
	verdict := assistant.Verdict{Action: action}
	for _, f := range append([]finding{result.finding}, result.Details...) {
		if f.Label != "" && f.Label != "normal" && !slices.Contains(verdict.Categories, f.Label) {
			verdict.Categories = append(verdict.Categories, f.Label)
		}
	}
	return verdict, nil
}

// A finding is what the vendor thinks of a text, or of a part of it.
type finding struct {
	Suggestion, Label string
	Confidence        float64
}

var suggestions = []string{"block", "review", "pass"} // from severe to mild

func worse(a, b finding) int {
	return cmp.Or(
		cmp.Compare(slices.Index(suggestions, a.Suggestion), slices.Index(suggestions, b.Suggestion)),
		cmp.Compare(b.Confidence, a.Confidence),
	)
}
