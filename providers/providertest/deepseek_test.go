package providertest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFill(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, Config{Vendor: DeepSeek(), Strict: true, Model: "deepseek-flash"})
	c := client{t, srv}
	for body, says := range map[string]string{
		`{"model":"deepseek-flash","prompt":"a","suffix":"b","max_tokens":4096}`: "",
		`{"model":"deepseek-flash"}`:                                "prompt is missing",
		`{"model":"deepseek-flash","prompt":"a","max_tokens":4097}`: "max_tokens",
		`{"model":"deepseek-flash","prompt":"a","messages":[]}`:     "messages",
		`{"model":"another","prompt":"a"}`:                          "Model Not Exist",
		`{`:                                                         "unexpected end",
	} {
		status, answer := c.post(fillPath, body)
		require.Equal(t, says == "", status == 200, answer)
		require.Contains(t, answer, says)
	}
	srv.ScriptFor(FillService, Answer{Text: "一二三"})
	_, stream := c.post(fillPath, `{"model":"deepseek-flash","prompt":"a","stream":true}`)
	require.Equal(t, 4, strings.Count(stream, "data: "), stream)
	require.Contains(t, stream, `"text":"一二"`)
	require.Contains(t, stream, `"finish_reason":"stop"`)
	require.Contains(t, stream, `"prompt_tokens":`)

	other := NewServer(t, Config{})
	status, _ := client{t, other}.do("POST", other.Origin+fillPath, `{"model":"m","prompt":"a"}`)
	require.Equal(t, 404, status, "only one vendor has it")
}

func TestBalance(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, Config{Vendor: DeepSeek()})
	c := client{t, srv}
	status, body := c.do("GET", srv.Origin+"/user/balance", "")
	require.Equal(t, 200, status)
	require.Contains(t, body, `"total_balance":"110.00"`)
	status, _ = c.post("/user/balance", "{}")
	require.Equal(t, 405, status)
	status, _ = c.do("GET", srv.Origin+"/user/balance", "", "Authorization", "")
	require.Equal(t, 401, status)
}

func TestSearch(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, Config{Vendor: DeepSeek(), Strict: true})
	for body, says := range map[string]string{
		`{"query":"x","count":50,"need_content":true}`: `"content":"第2页的全文"`,
		`{"query":"x","count":1}`:                      `"rerank_score":2.5}]}`,
		`{"count":1}`:                                  "query must",
		`{"query":"x","count":0}`:                      "count must",
		`{"query":"x","ori_question":"` + strings.Repeat("长", 129) + `"}`: "ori_question must",
		`{"query":"x","pages":1}`: "pages",
		`{"query":1}`:             "cannot unmarshal",
	} {
		_, answer := client{t, srv}.do("POST", srv.Origin+searchPath, body)
		require.Contains(t, answer, says, body)
	}
}
