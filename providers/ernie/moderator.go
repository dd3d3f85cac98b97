package ernie

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

const (
	// DefaultCensorURL is the address of the vendor's text censor (文本审核).
	DefaultCensorURL = "https://aip.baidubce.com"

	// CensorKeyVar and CensorSecretVar are the environment variables that stand in for zero fields of
	// [ModeratorConfig]. The vendor has no names of its own for them.
	CensorKeyVar    = "BAIDU_CENSOR_API_KEY"
	CensorSecretVar = "BAIDU_CENSOR_SECRET_KEY"

	censorPath = "/rest/2.0/solution/v1/text_censor/v2/user_defined"
	tokenPath  = "/oauth/2.0/token"
)

// ModeratorConfig says how to reach the text censor. It has keys of its own, not those of chat.
type ModeratorConfig struct {
	// Key and Secret are the application's pair of keys. If empty, the environment variables
	// BAIDU_CENSOR_API_KEY and BAIDU_CENSOR_SECRET_KEY.
	Key    string
	Secret assistant.Secret

	// Strategy is the number of the rules to judge by, as the console shows it. If empty, the default ones.
	Strategy string

	// BaseURL is the address. If empty, [DefaultCensorURL].
	BaseURL string

	// HTTPClient, Header and IdleTimeout are as in [Config].
	HTTPClient  *http.Client
	Header      http.Header
	IdleTimeout time.Duration
}

// A Moderator judges texts. It is safe for concurrent use.
type Moderator struct {
	client   *openaiwire.Client
	key      string
	secret   func() string // a function, so that printing a Moderator does not show it
	strategy string

	mu      sync.Mutex
	token   func() string // nil if there is none yet
	expires time.Time
}

var _ assistant.Moderator = (*Moderator)(nil)

// NewModerator returns a moderator. It sends nothing.
func NewModerator(cfg ModeratorConfig) (*Moderator, error) {
	key := cmp.Or(cfg.Key, os.Getenv(CensorKeyVar))
	secret := string(cmp.Or(cfg.Secret, assistant.Secret(os.Getenv(CensorSecretVar))))
	switch {
	case key == "":
		return nil, errors.New("ernie: no key of the text censor: set ModeratorConfig.Key or the environment variable " + CensorKeyVar)
	case secret == "":
		return nil, errors.New("ernie: no secret of the text censor: set ModeratorConfig.Secret or the environment variable " + CensorSecretVar)
	}
	client, err := openaiwire.New(openaiwire.Config{
		Profile:     &openaiwire.Profile{Vendor: Vendor, Errors: errorRules()},
		BaseURL:     cmp.Or(cfg.BaseURL, DefaultCensorURL),
		Key:         assistant.Secret(secret), // never sent: it is only kept out of errors
		HTTPClient:  cfg.HTTPClient,
		Header:      cfg.Header,
		IdleTimeout: cfg.IdleTimeout,
	})
	if err != nil {
		return nil, fmt.Errorf("ernie: %w", err)
	}
	return &Moderator{client: client, key: key, secret: func() string { return secret }, strategy: cfg.Strategy}, nil
}

// piece is how many characters are judged at once: no character has more than four of the 20,000 bytes
// that the vendor takes.
const piece = 5000

// Moderate implements assistant.Moderator. It judges what is written; parts that are not, such as
// pictures, are an error that matches assistant.ErrInvalid. Categories are the vendor's reasons, in
// Chinese. A long text is judged by pieces.
func (m *Moderator) Moderate(ctx context.Context, parts []assistant.Part) (assistant.Verdict, error) {
	text, err := m.client.Writing(parts)
	if err != nil {
		return assistant.Verdict{}, err
	}
	return openaiwire.JudgePieces(ctx, text, piece, m.judge)
}

// judge judges one piece, with a new token if the vendor does not take the old one.
func (m *Moderator) judge(ctx context.Context, text string) (assistant.Verdict, error) {
	token, err := m.accessToken(ctx, "")
	if err != nil {
		return assistant.Verdict{}, err
	}
	verdict, err := m.ask(ctx, token, text)
	if errors.Is(err, assistant.ErrAuth) {
		if token, err = m.accessToken(ctx, token); err == nil {
			verdict, err = m.ask(ctx, token, text)
		}
	}
	return verdict, err
}

// renewEarly is how long before its end a token is given up. Tokens live for a month.
const renewEarly = time.Hour

// accessToken returns a token other than stale, which the vendor has refused.
func (m *Moderator) accessToken(ctx context.Context, stale string) (string, error) {
	m.mu.Lock()
	token, expires := m.token, m.expires
	m.mu.Unlock()
	if token != nil && token() != stale && time.Now().Before(expires) {
		return token(), nil
	}
	u := m.client.Endpoint(tokenPath)
	u.RawQuery = url.Values{"grant_type": {"client_credentials"}, "client_id": {m.key}, "client_secret": {m.secret()}}.Encode()
	answer, err := m.client.Do(ctx, openaiwire.Exchange{URL: u, Keyless: true})
	if err != nil {
		return "", err
	}
	var fresh string
	var seconds int64
	_ = json.Unmarshal(answer["access_token"], &fresh) // looked at below
	_ = json.Unmarshal(answer["expires_in"], &seconds)
	if fresh == "" {
		return "", m.client.NotUnderstood("the answer holds no token")
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.token, m.expires = func() string { return fresh }, time.Now().Add(time.Duration(seconds)*time.Second-renewEarly)
	return fresh, nil
}

func (m *Moderator) ask(ctx context.Context, token, text string) (assistant.Verdict, error) {
	u := m.client.Endpoint(censorPath)
	u.RawQuery = url.Values{"access_token": {token}}.Encode()
	form := url.Values{"text": {text}}
	if m.strategy != "" {
		form.Set("strategyId", m.strategy)
	}
	answer, err := m.client.Do(ctx, openaiwire.Exchange{URL: u, Form: true, Keyless: true, Body: []byte(form.Encode())})
	if err != nil {
		return assistant.Verdict{}, err
	}
	return m.verdict(answer)
}

// conclusions are what the vendor's types of conclusion mean; 4 says that it could not judge.
var conclusions = map[int]assistant.Action{1: assistant.Pass, 2: assistant.Block, 3: assistant.Review}

func (m *Moderator) verdict(answer map[string]json.RawMessage) (assistant.Verdict, error) {
	var kind int
	var found []struct {
		Message string `json:"msg"`
		Type    int    `json:"conclusionType"`
	}
	_ = json.Unmarshal(answer["conclusionType"], &kind) // zero is no conclusion, which is looked at below
	if raw := answer["data"]; len(bytes.TrimSpace(raw)) > 0 {
		if err := json.Unmarshal(raw, &found); err != nil {
			return assistant.Verdict{}, m.client.NotUnderstood("data: %w", err)
		}
	}
	action, ok := conclusions[kind]
	if !ok {
		if kind == 4 {
			return assistant.Verdict{}, m.client.Failed("4", "the text could not be judged", "")
		}
		return assistant.Verdict{}, m.client.NotUnderstood("conclusionType is %s", answer["conclusionType"])
	}
	verdict := assistant.Verdict{Action: action}
	for _, severe := range []bool{true, false} { // worst first
		for _, f := range found {
			if (f.Type == 2) == severe && f.Message != "" {
				verdict.Categories = append(verdict.Categories, f.Message)
			}
		}
	}
	return verdict, nil
}
