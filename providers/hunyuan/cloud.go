package hunyuan

import (
	"cmp"
	"errors"
	"net/http"
	"os"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

const (
	// SecretIDVar and SecretKeyVar are the environment variables that stand in for zero fields of
	// [CloudConfig].
	SecretIDVar  = "TENCENTCLOUD_SECRET_ID"
	SecretKeyVar = "TENCENTCLOUD_SECRET_KEY"

	// DefaultCloudRegion is the region that is named where the vendor wants one.
	DefaultCloudRegion = "ap-guangzhou"
)

// CloudConfig says how to reach the vendor's cloud interface, whose requests are signed with a pair of
// keys. The zero CloudConfig works if TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY are set.
type CloudConfig struct {
	// SecretID and SecretKey are the pair of keys. If empty, the environment variables
	// TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY.
	SecretID  string
	SecretKey assistant.Secret

	// Token belongs to a temporary pair of keys. If empty, the pair is a lasting one.
	Token assistant.Secret

	// Region is the cloud's name of a place. If empty, [DefaultCloudRegion].
	Region string

	// BaseURL is the address. If empty, the service's own.
	BaseURL string

	// Model is used for requests that name none. If empty, the service's default.
	Model string

	// HTTPClient, Header, IdleTimeout, FirstTokenTimeout and DisableStreaming are as in [Config].
	HTTPClient        *http.Client
	Header            http.Header
	IdleTimeout       time.Duration
	FirstTokenTimeout time.Duration
	DisableStreaming  bool
}

// A service is one of the cloud's, as signatures and addresses name it.
type service struct{ name, version string }

// client returns a client for a service. action, if it is not empty, is that of all requests.
func (cfg CloudConfig) client(s service, action string, p *openaiwire.Profile, t *openaiwire.Translation) (*openaiwire.Client, error) {
	id := cmp.Or(cfg.SecretID, os.Getenv(SecretIDVar))
	secret := string(cmp.Or(cfg.SecretKey, assistant.Secret(os.Getenv(SecretKeyVar))))
	token := string(cfg.Token)
	switch {
	case id == "":
		return nil, errors.New("no SecretId: set CloudConfig.SecretID or the environment variable " + SecretIDVar)
	case secret == "":
		return nil, errors.New("no SecretKey: set CloudConfig.SecretKey or the environment variable " + SecretKeyVar)
	}
	header := cfg.Header.Clone()
	if header == nil {
		header = http.Header{}
	}
	header.Set("X-TC-Version", s.version)
	header.Set("X-TC-Region", cmp.Or(cfg.Region, DefaultCloudRegion))
	if action != "" {
		header.Set("X-TC-Action", action)
	}
	sign := &signer{id: id, secret: func() string { return secret }, token: func() string { return token }, service: s.name, now: time.Now}
	return openaiwire.New(openaiwire.Config{
		Profile:           p,
		BaseURL:           cmp.Or(cfg.BaseURL, "https://"+s.name+".tencentcloudapi.com"),
		Key:               assistant.Secret(secret),
		Sign:              sign.sign,
		Translation:       t,
		Model:             cfg.Model,
		HTTPClient:        cfg.HTTPClient,
		Header:            header,
		IdleTimeout:       cfg.IdleTimeout,
		FirstTokenTimeout: cfg.FirstTokenTimeout,
		DisableStreaming:  cfg.DisableStreaming,
	})
}

// cloudProfile is that of services beside chat.
func cloudProfile() *openaiwire.Profile {
	return &openaiwire.Profile{Vendor: Vendor, Errors: cloudErrorRules()}
}

// call is an exchange with the action given.
func call(c *openaiwire.Client, action string, body []byte) openaiwire.Exchange {
	x := openaiwire.Exchange{URL: c.Endpoint("/"), Body: body}
	if action != "" {
		x.Header = http.Header{"X-Tc-Action": {action}}
	}
	return x
}
