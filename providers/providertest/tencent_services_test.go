package providertest

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTencentServices(t *testing.T) {
	t.Parallel()
	srv, s := signedServer(t, HunyuanNative())
	ask := func(action, body string) string {
		a := tencentActions[action]
		_, answer, _ := signed(t, srv, "/", body, map[string]string{"X-TC-Action": action, "X-TC-Version": a.version, "X-TC-Region": "ap-guangzhou"},
			func(hr *http.Request) { s.tencent(hr, a.service, body) })
		return answer
	}
	for _, tt := range []struct{ action, body, want string }{
		{"GetEmbedding", `{"InputList":["甲","乙"]}`, `"Index":1}`},
		{"GetEmbedding", `{"Input":"甲"}`, `"Index":0}`},
		{"GetEmbedding", `{"InputList":[]}`, "ParameterValueError"},
		{"GetEmbedding", `{"InputList":["` + strings.Repeat(`x","`, 50) + `x"]}`, "more than 50"},
		{"GetEmbedding", `{"InputList":["甲"],"Dimensions":1}`, "UnknownParameter"},
		{"GetEmbedding", `[]`, "InvalidParameter"},
		{"SubmitTextToImageJob", `{"Prompt":"猫","Resolution":"1024:768","Seed":1}`, `"JobId":"task-1"`},
		{"SubmitTextToImageJob", `{"Prompt":""}`, "Prompt"},
		{"SubmitTextToImageJob", `{"Prompt":"猫","Resolution":"1024x768"}`, "Resolution"},
		{"SubmitTextToImageJob", `{"Prompt":"猫","Seed":0}`, "Seed"},
		{"SubmitTextToImageJob", `{"Prompt":"猫","Images":["a","b","c","d"]}`, "Images"},
		{"SubmitTextToImageJob", `{"Prompt":"猫","size":"1"}`, "UnknownParameter"},
		{"QueryTextToImageJob", `{"JobId":"task-1"}`, `"JobStatusCode":"1"`},
		{"QueryTextToImageJob", `{"JobId":"task-1"}`, `"JobStatusCode":"2"`},
		{"QueryTextToImageJob", `{"JobId":"task-1"}`, `"JobStatusCode":"5"`},
		{"QueryTextToImageJob", `{"JobId":"task-9"}`, "JobNotExist"},
		{"SubmitTextToImageJob", `{"Prompt":"` + FailingPrompt + `"}`, `"JobId":"task-2"`},
		{"QueryTextToImageJob", `{"JobId":"task-2"}`, `"JobStatusCode":"1"`},
		{"QueryTextToImageJob", `{"JobId":"task-2"}`, `"JobStatusCode":"2"`},
		{"QueryTextToImageJob", `{"JobId":"task-2"}`, `"JobStatusCode":"4"`},
	} {
		require.Contains(t, ask(tt.action, tt.body), tt.want, "%s %s", tt.action, tt.body)
	}
}

func TestTokenHubPictures(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, Config{Vendor: Hunyuan(), Strict: true})
	for _, tt := range []struct{ path, body, says string }{
		{tokenHubV3, `{"model":"hy-image-v3","prompt":"猫","size":"1024x768","seed":1,"revise":true}`, `"data":[{"url":"`},
		{tokenHubV35, `{"model":"hy-image-v3.5-preview","messages":[{"role":"user","content":[{"type":"text","text":"猫"}]}]}`, `"data":[{"url":"`},
		{tokenHubLite, `{"model":"hy-image-lite","prompt":"猫"}`, `"data":[{"url":"`},
		{tokenHubV3, `{"prompt":"猫"}`, "model is missing"},
		{tokenHubV3, `{"model":"m"}`, "prompt"},
		{tokenHubV3, `{"model":"m","prompt":"猫","n":2}`, "unknown field"},
		{tokenHubV3, `{"model":"m","prompt":"猫","size":"1024*768"}`, "size"},
		{tokenHubV3, `{"model":"m","prompt":"猫","seed":0}`, "seed"},
		{tokenHubV3, `{"model":"m","prompt":"猫","images":["a","b","c","d"]}`, "images"},
		{tokenHubV3, `{"model":"m","prompt":"` + FailingPrompt + `"}`, FailingPrompt},
		{tokenHubV35, `{"model":"m","messages":[]}`, "last message"},
		{tokenHubV35, `{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x"}}]}]}`, "prompt"},
		{tokenHubLite, `{"model":"m","prompt":"猫","size":"1x1"}`, "unknown field"},
	} {
		status, body := client{t, srv}.post(tt.path, tt.body)
		require.Contains(t, body, tt.says, tt.body)
		require.Equal(t, strings.HasPrefix(tt.says, `"data"`), status == 200, body)
	}
	status, body := client{t, srv}.post("/chat/completions", `{"model":"hy3","messages":[{"role":"user","content":"x"}],"thinking":{"type":"enabled"},"tools":[{"type":"function","function":{"name":"now","parameters":{"type":"object"}}}],"tool_choice":"required"}`)
	require.Equal(t, 400, status)
	require.Contains(t, body, "tool_choice must be auto")
}
