package providertest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Beta features, bots and Huawei's protocols have addresses of their own.
func TestAddressesElsewhere(t *testing.T) {
	t.Parallel()
	const prefix = `{"model":"m","messages":[{"role":"user","content":"x"},{"role":"assistant","content":"x","prefix":true}]}`
	const plain = `{"model":"m","messages":[{"role":"user","content":"x"}]}`
	bot := strings.Replace(plain, `"m"`, `"bot-1"`, 1)
	for _, tt := range []struct {
		vendor     *Vendor
		path, body string
		status     int
	}{
		{DeepSeek(), "/beta/chat/completions", prefix, 200},
		{DeepSeek(), "/v1/chat/completions", prefix, 400},
		{DeepSeek(), "/v1/chat/completions", plain, 200},
		{DeepSeek(), "/v2/chat/completions", plain, 404},
		{Doubao(), "/api/v3/bots/chat/completions", bot, 200},
		{Doubao(), "/api/v3/bots/chat/completions", plain, 404},
		{Huawei(), "/v1/chat/completions", prefix, 200},
		{Huawei(), "/v2/chat/completions", prefix, 400},
		{Huawei(), "/v2/chat/completions", plain, 200},
		{Huawei(), "/v1/embeddings", `{"model":"m","input":"x"}`, 200},
		{Huawei(), "/v1/embeddings", `{"model":"m","input":"x","dimensions":64}`, 400},
		{Huawei(), "/v1/embeddings", `{"model":"m","input":"` + strings.Repeat("长", 9000) + `"}`, 400},
		{Huawei(), "/v1/rerank", `{"model":"m","query":"x","documents":["x"],"return_documents":true}`, 400},
		{Huawei(), "/v1/images/generations", `{"model":"m","prompt":"x","n":2}`, 400},
		{Huawei(), "/v1/images/generations", `{"model":"m","prompt":"x","size":"512x512"}`, 200},
		{Doubao(), "/api/v3/images/generations", `{"model":"m","prompt":"x","size":"2K"}`, 200},
		{Doubao(), "/api/v3/images/generations", `{"model":"m","prompt":"x","size":"5K"}`, 400},
		{Doubao(), "/api/v3/images/generations", `{"model":"m","prompt":"x","n":2}`, 400},
	} {
		srv := NewServer(t, Config{Vendor: tt.vendor, Strict: true})
		status, body := client{t, srv}.do("POST", srv.Origin+tt.path, tt.body)
		require.Equal(t, tt.status, status, "%s %s: %s", tt.path, tt.body, body)
	}
}
