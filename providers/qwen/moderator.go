package qwen

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/jsontext"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

const (
	// AccessKeyIDVar and AccessKeySecretVar are the environment variables that stand in for zero
	// fields of [ModeratorConfig].
	AccessKeyIDVar     = "ALIBABA_CLOUD_ACCESS_KEY_ID"
	AccessKeySecretVar = "ALIBABA_CLOUD_ACCESS_KEY_SECRET"

	// DefaultModerationRegion is used if [ModeratorConfig] names none. Further ones are cn-beijing,
	// cn-hangzhou, cn-shenzhen and cn-chengdu.
	DefaultModerationRegion = "cn-shanghai"
)

// The services of moderation, by what is judged. The vendor adds further ones: see
// [ModeratorConfig.Service].
const (
	ModerateQuery    = "llm_query_moderation"    // what people ask a model; the default
	ModerateResponse = "llm_response_moderation" // what a model answers
	ModerateChat     = "chat_detection_pro"      // what people say to each other
	ModerateComment  = "comment_detection_pro"   // what people write under things
)

// judgedAtOnce is how many characters a service takes. Others are given fewest.
var judgedAtOnce = map[string]int{ModerateQuery: 2000, ModerateResponse: 5000}

const fewest = 600

// ModeratorConfig says how to judge texts through the cloud's content moderation (内容安全). It has a pair
// of keys of its own, not the key of chat.
type ModeratorConfig struct {
	// AccessKeyID and AccessKeySecret are the pair of keys. If empty, the environment variables
	// ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET.
	AccessKeyID     string
	AccessKeySecret assistant.Secret

	// SecurityToken belongs to a temporary pair of keys. If empty, the pair is a lasting one.
	SecurityToken assistant.Secret

	// Region is the cloud's name of a place. If empty, [DefaultModerationRegion].
	Region string

	// BaseURL is the address. If empty, that of the region.
	BaseURL string

	// Service is what the texts are. If empty, [ModerateQuery].
	Service string

	// HTTPClient, Header and IdleTimeout are as in [Config].
	HTTPClient  *http.Client
	Header      http.Header
	IdleTimeout time.Duration
}

// A Moderator judges texts. It is safe for concurrent use.
type Moderator struct {
	client  *openaiwire.Client
	service string
}

var _ assistant.Moderator = (*Moderator)(nil)

// NewModerator returns a moderator. It sends nothing.
func NewModerator(cfg ModeratorConfig) (*Moderator, error) {
	id := cmp.Or(cfg.AccessKeyID, os.Getenv(AccessKeyIDVar))
	secret := string(cmp.Or(cfg.AccessKeySecret, assistant.Secret(os.Getenv(AccessKeySecretVar))))
	token := string(cfg.SecurityToken)
	switch {
	case id == "":
		return nil, errors.New("qwen: no access key: set ModeratorConfig.AccessKeyID or the environment variable " + AccessKeyIDVar)
	case secret == "":
		return nil, errors.New("qwen: no secret of the access key: set ModeratorConfig.AccessKeySecret or the environment variable " + AccessKeySecretVar)
	}
	header := cfg.Header.Clone()
	if header == nil {
		header = http.Header{}
	}
	header.Set("X-Acs-Action", "TextModerationPlus")
	header.Set("X-Acs-Version", "2022-03-02")
	sign := &signer{id: id, secret: func() string { return secret }, token: func() string { return token }, now: time.Now, nonce: rand.Text}
	client, err := openaiwire.New(openaiwire.Config{
		Profile:     &openaiwire.Profile{Vendor: Vendor, Errors: moderationErrors()},
		BaseURL:     cmp.Or(cfg.BaseURL, "https://green-cip."+cmp.Or(cfg.Region, DefaultModerationRegion)+".aliyuncs.com"),
		Key:         assistant.Secret(secret),
		Sign:        sign.sign,
		HTTPClient:  cfg.HTTPClient,
		Header:      header,
		IdleTimeout: cfg.IdleTimeout,
	})
	if err != nil {
		return nil, fmt.Errorf("qwen: %w", err)
	}
	return &Moderator{client: client, service: cmp.Or(cfg.Service, ModerateQuery)}, nil
}

// moderationErrors are the codes of the cloud, most of which tell of a wrong signature with status 400.
func moderationErrors() []openaiwire.ErrorRule {
	var rules []openaiwire.ErrorRule
	for _, code := range []string{
		"invalidaccesskeyid*", "signaturedoesnotmatch", "incompletesignature", "signaturenonceused", "invalidtimestamp*", "invalidsecuritytoken*",
		"missingsecuritytoken", "invalidsignature*",
	} {
		rules = append(rules, openaiwire.ErrorRule{Code: code, Kind: assistant.ErrAuth})
	}
	return append(rules,
		openaiwire.ErrorRule{Code: "forbidden*", Kind: assistant.ErrPermission},
		openaiwire.ErrorRule{Code: "nopermission*", Kind: assistant.ErrPermission},
		openaiwire.ErrorRule{Code: "throttling*", Kind: assistant.ErrRateLimited},
		openaiwire.ErrorRule{Code: "invalidaction*", Kind: assistant.ErrNotFound},
		openaiwire.ErrorRule{Code: "serviceunavailable*", Kind: assistant.ErrOverloaded},
	)
}

// Moderate implements assistant.Moderator. It judges what is written; parts that are not, such as
// pictures, are an error that matches assistant.ErrInvalid. Categories are the vendor's labels, and
// Safe is the answer that it proposes, if it does. A long text is judged by pieces.
func (m *Moderator) Moderate(ctx context.Context, parts []assistant.Part) (assistant.Verdict, error) {
	text, err := m.client.Writing(parts)
	if err != nil {
		return assistant.Verdict{}, err
	}
	return openaiwire.JudgePieces(ctx, text, cmp.Or(judgedAtOnce[m.service], fewest), m.judge)
}

var riskLevels = map[string]assistant.Action{
	"none": assistant.Pass, "low": assistant.Pass, "medium": assistant.Review, "high": assistant.Block,
}

func (m *Moderator) judge(ctx context.Context, text string) (assistant.Verdict, error) {
	parameters, err := jsontext.MarshalString(map[string]string{"content": text})
	if err != nil {
		return assistant.Verdict{}, m.client.Invalid("text: %w", err)
	}
	form := url.Values{"Service": {m.service}, "ServiceParameters": {parameters}}
	answer, err := m.client.Do(ctx, openaiwire.Exchange{URL: m.client.Endpoint("/"), Form: true, Body: []byte(form.Encode())})
	if err != nil {
		return assistant.Verdict{}, err
	}
	var code json.Number
	var message, requestID string
	var data struct {
		RiskLevel string
		Result    []struct{ Label string }
		Advice    []struct{ Answer string }
	}
	for name, into := range map[string]any{"Code": &code, "Message": &message, "RequestId": &requestID, "Data": &data} {
		if raw := answer[name]; len(raw) > 0 {
			if err := json.Unmarshal(raw, into); err != nil {
				return assistant.Verdict{}, m.client.NotUnderstood("%s: %w", name, err)
			}
		}
	}
	action, known := riskLevels[data.RiskLevel]
	switch {
	case code != "" && code != "200":
		return assistant.Verdict{}, m.client.Failed(code.String(), message, requestID)
	case !known:
		return assistant.Verdict{}, m.client.NotUnderstood("the level of risk is %q", data.RiskLevel)
	}
	verdict := assistant.Verdict{Action: action}
	for _, r := range data.Result {
		if r.Label != "" && r.Label != "nonLabel" {
			verdict.Categories = append(verdict.Categories, r.Label)
		}
	}
	for _, a := range data.Advice {
		verdict.Safe = cmp.Or(verdict.Safe, a.Answer)
	}
	return verdict, nil
}
