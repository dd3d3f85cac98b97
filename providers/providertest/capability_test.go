package providertest

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEmbeddings(t *testing.T) {
	t.Parallel()
	c := client{t, NewServer(t, Config{Vendor: Qwen()})}
	type row struct {
		Index     int
		Embedding json.RawMessage
	}
	var answer struct{ Data []row }

	status, body := c.post("/embeddings", `{"model":"text-embedding-v4","input":["甲","乙","丙"],"dimensions":64}`)
	require.Equal(t, 200, status)
	require.NoError(t, json.Unmarshal([]byte(body), &answer))
	require.Len(t, answer.Data, 3)
	require.Equal(t, 2, answer.Data[0].Index, "rows are not in order")
	for _, r := range answer.Data {
		var vec []float32
		require.NoError(t, json.Unmarshal(r.Embedding, &vec))
		require.Equal(t, Vector([]string{"甲", "乙", "丙"}[r.Index], 64), vec)
	}

	_, body = c.post("/embeddings", `{"model":"text-embedding-v4","input":"甲","dimensions":2,"encoding_format":"base64"}`)
	require.NoError(t, json.Unmarshal([]byte(body), &answer))
	var text string
	require.NoError(t, json.Unmarshal(answer.Data[0].Embedding, &text))
	raw, err := base64.StdEncoding.DecodeString(text)
	require.NoError(t, err)
	require.Len(t, raw, 8)
	require.Equal(t, Vector("甲", 2)[1], math.Float32frombits(binary.LittleEndian.Uint32(raw[4:])))

	rows := func(n int) string { return strings.Join(slices.Repeat([]string{`"字"`}, n), ",") }
	for model, limit := range map[string]int{"text-embedding-v4": 10, "qwen3.7-text-embedding": 20, "text-embedding-v2": 25} {
		status, _ = c.post("/embeddings", fmt.Sprintf(`{"model":%q,"input":[%s]}`, model, rows(limit)))
		require.Equal(t, 200, status, model)
		status, body = c.post("/embeddings", fmt.Sprintf(`{"model":%q,"input":[%s]}`, model, rows(limit+1)))
		require.Equal(t, 400, status, model)
		require.Contains(t, body, `{"code":"invalid_parameter_error","message":`, "the flat envelope")
	}
	for name, bad := range map[string]string{
		"empty text": `{"model":"m","input":[""]}`, "no texts": `{"model":"m","input":[]}`, "no model": `{"input":"x"}`,
		"format": `{"model":"m","input":"x","encoding_format":"hex"}`, "dimensions": `{"model":"m","input":"x","dimensions":0}`,
	} {
		status, _ = c.post("/embeddings", bad)
		require.Equal(t, 400, status, name)
	}
}

func TestMultimodalEmbedding(t *testing.T) {
	t.Parallel()
	c := client{t, NewServer(t, Config{Vendor: Doubao()})}
	status, body := c.post("/embeddings/multimodal", `{"model":"m","input":[{"type":"text","text":"猫"}],"dimensions":8}`)
	require.Equal(t, 200, status)
	var answer struct{ Data struct{ Embedding []float32 } }
	require.NoError(t, json.Unmarshal([]byte(body), &answer))
	require.Len(t, answer.Data.Embedding, 8)
}

func TestVectorsDiffer(t *testing.T) {
	t.Parallel()
	require.Equal(t, Vector("甲", 16), Vector("甲", 16))
	require.NotEqual(t, Vector("甲", 16), Vector("乙", 16))
	for _, x := range Vector("甲", 1000) {
		require.True(t, x >= -1 && x <= 1, x)
	}
}

func TestRerank(t *testing.T) {
	t.Parallel()
	const flat = `{"model":"m","query":"退款","documents":["配送范围","七天退款","退货"],"top_n":2}`
	tests := []struct {
		name, path, body, want string
		vendor                 *Vendor
	}{
		{"Qwen compatible", "/compatible-api/v1/reranks", flat, `"results":[{"index":1,"relevance_score":1},{"index":2,"relevance_score":0.5}]`, Qwen()},
		{
			"Qwen native", nativeRerank,
			`{"model":"m","input":{"query":"退款","documents":["配送范围","七天退款"]},"parameters":{"top_n":1,"return_documents":true}}`,
			`{"output":{"results":[{"index":1,"relevance_score":1,"document":{"text":"七天退款"}}]}`, Qwen(),
		},
		{"Baidu", "/v2/rerank", flat, `{"index":1,"relevance_score":1,"document":"七天退款"}`, OpenAI()},
		{"Huawei", "/v1/rerank", flat, `{"index":1,"relevance_score":1,"document":{"text":"七天退款"}}`, Huawei()},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			srv := NewServer(t, Config{Vendor: tt.vendor})
			c := client{t, srv}
			status, body := c.do("POST", srv.Origin+tt.path, tt.body)
			require.Equal(t, 200, status, body)
			require.Contains(t, body, tt.want)
			status, _ = c.do("POST", srv.Origin+tt.path, `{"model":"m","query":"","documents":[]}`)
			require.Equal(t, 400, status)
		})
	}
}

func TestPictureTasks(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, Config{Vendor: Qwen()})
	c := client{t, srv}
	submit := func(prompt string) string {
		status, body := c.do("POST", srv.Origin+"/api/v1/services/aigc/text2image/image-synthesis",
			`{"model":"wan2.2-t2i","input":{"prompt":"`+prompt+`"}}`, "X-DashScope-Async", "enable")
		require.Equal(t, 200, status, body)
		var answer struct {
			Output struct {
				ID     string `json:"task_id"`
				Status string `json:"task_status"`
			}
		}
		require.NoError(t, json.Unmarshal([]byte(body), &answer))
		require.Equal(t, "PENDING", answer.Output.Status)
		return answer.Output.ID
	}
	poll := func(id string) string {
		status, body := c.do("GET", srv.Origin+"/api/v1/tasks/"+id, "")
		require.Equal(t, 200, status, body)
		return body
	}
	cat, fail, old := submit("一只猫"), submit(FailingPrompt), submit(ExpiredPrompt)
	for _, want := range []string{"PENDING", "RUNNING"} {
		for _, id := range []string{cat, fail, old} {
			require.Contains(t, poll(id), want)
		}
	}
	require.Contains(t, poll(cat), "SUCCEEDED")
	require.Contains(t, poll(cat), srv.Origin+"/pictures/1.png")
	require.Contains(t, poll(fail), `"task_status":"FAILED","code":"InternalError.Algo"`)
	require.Contains(t, poll("nobody"), "UNKNOWN")

	status, png := c.do("GET", srv.Origin+"/pictures/1.png", "", "Authorization", "")
	require.Equal(t, 200, status)
	require.True(t, strings.HasPrefix(png, "\x89PNG"))
	require.Contains(t, poll(old), "expired-1.png")
	status, _ = c.do("GET", srv.Origin+"/pictures/expired-1.png", "")
	require.Equal(t, 403, status)

	status, _ = c.do("POST", srv.Origin+"/api/v1/services/aigc/text2image/image-synthesis", `{"input":{"prompt":"猫"}}`)
	require.Equal(t, 403, status, "without the async header")
	status, body := c.do("POST", srv.Origin+"/api/v1/services/aigc/multimodal-generation/generation",
		`{"model":"qwen-image","input":{"messages":[{"role":"user","content":[{"text":"猫"}]}]}}`)
	require.Equal(t, 200, status)
	require.Contains(t, body, `"content":[{"image":"http`)
	status, body = c.post("/images/generations", `{"model":"m","prompt":"猫"}`)
	require.Equal(t, 200, status)
	require.Contains(t, body, `"data":[{"url":"http`)

	status, body = c.do("POST", srv.Origin+orderNew,
		`{"model":"wan2.6-t2i","input":{"messages":[{"role":"user","content":[{"text":"猫"}]}]},"parameters":{"n":2}}`, "X-DashScope-Async", "enable")
	require.Equal(t, 200, status, body)
	for range 3 {
		body = poll("task-4")
	}
	require.Contains(t, body, `"choices":[{"finish_reason":"stop","message":{"role":"assistant","content":[{"image":"`+srv.Origin+`/pictures/1.png"}]}},{`, "the newer form")
	require.Contains(t, body, "/pictures/2.png")
	status, body = c.post("/images/generations", `{"model":"m","prompt":"猫","response_format":"b64_json"}`)
	require.Equal(t, 200, status)
	require.Contains(t, body, `"data":[{"b64_json":"iVBORw0KGgo`)
}

func TestPictureRefusals(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		vendor     *Vendor
		path, body string
		status     int
	}{
		"OpenAI's size":          {OpenAI(), "/v1/images/generations", `{"model":"m","prompt":"猫","size":"1024x768"}`, 200},
		"a star for OpenAI":      {OpenAI(), "/v1/images/generations", `{"model":"m","prompt":"猫","size":"1024*768"}`, 400},
		"DashScope's size":       {Qwen(), drawAtOnce, `{"model":"m","input":{"prompt":"猫"},"parameters":{"size":"1024*768"}}`, 200},
		"an x for DashScope":     {Qwen(), drawAtOnce, `{"model":"m","input":{"prompt":"猫"},"parameters":{"size":"1024x768"}}`, 400},
		"no height":              {OpenAI(), "/v1/images/generations", `{"model":"m","prompt":"猫","size":"1024x"}`, 400},
		"no model":               {OpenAI(), "/v1/images/generations", `{"prompt":"猫"}`, 400},
		"no prompt":              {OpenAI(), "/v1/images/generations", `{"model":"m"}`, 400},
		"no pictures":            {OpenAI(), "/v1/images/generations", `{"model":"m","prompt":"猫","n":0}`, 400},
		"too many pictures":      {OpenAI(), "/v1/images/generations", `{"model":"m","prompt":"猫","n":11}`, 400},
		"what cannot be drawn":   {OpenAI(), "/v1/images/generations", `{"model":"m","prompt":"` + FailingPrompt + `"}`, 400},
		"unknown native path":    {Qwen(), dashScopeAPI + "/services/dance", `{"model":"m","input":{"prompt":"猫"}}`, 404},
		"two slashes":            {OpenAI(), "//v1/images/generations", `{"model":"m","prompt":"猫"}`, 404},
		"POST in place of a GET": {Qwen(), tasksPath + "task-1", `{}`, 405},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := NewServer(t, Config{Vendor: tt.vendor, Strict: true})
			status, body := client{t, srv}.do("POST", srv.Origin+tt.path, tt.body)
			require.Equal(t, tt.status, status, body)
		})
	}
}
