package qwen

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestSignature holds the signer against the example that the vendor publishes.
func TestSignature(t *testing.T) {
	t.Parallel()
	at, err := time.Parse(time.RFC3339, "2023-10-26T10:22:32Z")
	require.NoError(t, err)
	token := ""
	s := &signer{
		id: "YourAccessKeyId", secret: func() string { return "YourAccessKeySecret" }, token: func() string { return token },
		now: func() time.Time { return at }, nonce: func() string { return "3156853299f313e23d1673dc12e1703d" },
	}
	sign := func(query string) http.Header {
		h := http.Header{"X-Acs-Action": {"RunInstances"}, "X-Acs-Version": {"2014-05-26"}, "Accept": {"application/json"}}
		u, err := url.Parse("https://ecs.cn-shanghai.aliyuncs.com?" + query)
		require.NoError(t, err)
		s.sign(http.MethodPost, u, h, nil)
		return h
	}
	const query = "RegionId=cn-shanghai&ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"
	h := sign(query)
	require.Equal(t, "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,"+
		"SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"+
		"Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0", h.Get("Authorization"))
	require.Equal(t, "2023-10-26T10:22:32Z", h.Get("X-Acs-Date"))
	require.Equal(t, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", h.Get("X-Acs-Content-Sha256"))
	require.NotEqual(t, h.Get("Authorization"), sign(query+"&a=b c").Get("Authorization"))
	token = "t"
	require.Contains(t, sign(query).Get("Authorization"), ";x-acs-security-token;")
}

func TestDrawings(t *testing.T) {
	t.Parallel()
	for model, want := range map[string]Drawing{
		"qwen-image-2.0": AtOnce, "qwen-image-2.0-pro": AtOnce, "qwen-image-3.0-plus": AtOnce, "qwen-image-edit-max": AtOnce, "qwen-image": OldOrder, "qwen-image-plus": OldOrder,
		"wan2.6-t2i": AtOnce, "wan2.6-image": ByOrder, "wan2.7-image-pro": ByOrder, "wan2.2-t2i-flash": OldOrder, "wanx2.1-t2i-turbo": OldOrder,
		"z-image-turbo": AtOnce, "my-own": AtOnce,
	} {
		require.Equal(t, want, drawingOf(model), model)
	}
}
