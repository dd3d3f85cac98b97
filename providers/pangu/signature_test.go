package pangu

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func testSigner(token string, date time.Time) *signer {
	return &signer{
		access: "AKEXAMPLE",
		secret: func() string { return "SKEXAMPLE" },
		token:  func() string { return token },
		now:    func() time.Time { return date },
	}
}

// TestSignature compares with signatures that the vendor's own client makes.
func TestSignature(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, method, url, body string
		date                    time.Time
		want                    string
	}{
		{
			"moderation", http.MethodPost, "https://moderation.cn-north-4.myhuaweicloud.com/v3/p1/moderation/text",
			`{"event_type":"comment","data":{"text":"你好"}}`, time.Date(2026, 11, 21, 22, 26, 40, 0, time.UTC),
			"f0a1066e39e586b8e0086c811263f0f4b4f111fa2aa22c96a4f5fe93b35febbf",
		},
		{
			"speech", http.MethodGet, "https://sis-ext.cn-north-4.myhuaweicloud.com/v1/0123456789abcdef/rasr/continue-stream",
			"", time.Date(2026, 11, 22, 8, 0, 0, 0, time.FixedZone("", 8*3600)),
			"628d1284576f91b0cd9c3ac29111f151e44c5fcb80912cf02ba49b6c3dc4fe50",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			u, err := url.Parse(tt.url)
			require.NoError(t, err)
			h := http.Header{"Content-Type": {"application/json"}}
			testSigner("", tt.date).sign(tt.method, u, h, []byte(tt.body))
			require.Equal(t, "SDK-HMAC-SHA256 Access=AKEXAMPLE, SignedHeaders=host;x-sdk-date, Signature="+tt.want, h.Get("Authorization"))
			require.Equal(t, tt.date.UTC().Format("20060102T150405Z"), h.Get("X-Sdk-Date"))
		})
	}
}

func TestCanonicalForms(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string][2]string{
		"https://h":                            {"/", ""},
		"https://h/":                           {"/", ""},
		"https://h/a b/中/":                     {"/a%20b/%E4%B8%AD/", ""},
		"https://h/~x/a+b?b=2&a=1&a=0&c=%20~/": {"/~x/a%2Bb/", "a=0&a=1&b=2&c=%20~%2F"},
	} {
		u, err := url.Parse(raw)
		require.NoError(t, err)
		require.Equal(t, want, [2]string{canonicalPath(u), canonicalQuery(u)}, raw)
	}
}

func TestSignedHeaders(t *testing.T) {
	t.Parallel()
	u, err := url.Parse("https://h/v3")
	require.NoError(t, err)
	h := http.Header{"X-Project-Id": {"p1"}, "X-Other": {"x"}}
	testSigner("st", time.Unix(0, 0)).sign("POST", u, h, nil)
	require.Contains(t, h.Get("Authorization"), "SignedHeaders=host;x-project-id;x-sdk-date;x-security-token,")
	require.Equal(t, "st", h.Get("X-Security-Token"))
}
