package hunyuan

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestSignatures holds the signer against an example that the vendor publishes and one that was worked
// out from its rules by hand.
func TestSignatures(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, id, secret, service, contentType, body, want string
		at                                                 int64
	}{
		{
			"published", "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", "cvm", "application/json; charset=utf-8",
			`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
			"TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
			1551113065,
		},
		{
			"worked out", "AKIDEXAMPLE", "SECRETEXAMPLE", "tms", "application/json", `{"Content":"5L2g5aW9"}`,
			"TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/2026-11-21/tms/tc3_request, SignedHeaders=content-type;host, Signature=762fcc90ad943ad1c555a1ff8517585abecab46767891da2d726b39155a56294",
			1795300000,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := &signer{id: tt.id, secret: func() string { return tt.secret }, token: func() string { return "t" }, service: tt.service, now: func() time.Time { return time.Unix(tt.at, 0) }}
			h := http.Header{"Content-Type": {tt.contentType}}
			u, err := url.Parse("https://" + tt.service + ".tencentcloudapi.com/")
			require.NoError(t, err)
			s.sign(http.MethodPost, u, h, []byte(tt.body))
			require.Equal(t, tt.want, h.Get("Authorization"))
			require.Equal(t, fmt.Sprint(tt.at), h.Get("X-TC-Timestamp"))
			require.Equal(t, "t", h.Get("X-TC-Token"))
			require.NotContains(t, fmt.Sprintf("%v %+v %#v", s, s, s), tt.secret)
			other := strings.Replace(tt.body, "1", "2", 1) + " "
			s.sign(http.MethodPost, u, h, []byte(other))
			require.NotEqual(t, tt.want, h.Get("Authorization"))
		})
	}
	require.Equal(t, "317022696900f1e6e458298282e794c8327f95b4fc22b12fd56d5f68575c90fd", digest([]byte(`{"Content":"5L2g5aW9"}`)))
}
