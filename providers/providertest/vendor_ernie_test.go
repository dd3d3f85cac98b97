package providertest

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestERNIERefusals(t *testing.T) {
	t.Parallel()
	const user = `"messages":[{"role":"user","content":"你好"}]`
	for _, tt := range []struct{ name, body, says string }{
		{"plain", `{"model":"ernie-5.1",` + user + `}`, ""},
		{"search", `{"model":"ernie-5.1",` + user + `,"web_search":{"enable":true,"search_number":28}}`, ""},
		{"search in the way of others", `{"model":"glm-5.3",` + user + `,"web_search":{"enable":true,"search_mode":"required"}}`, ""},
		{"schema", `{"model":"ernie-5.1",` + user + `,"response_format":{"type":"json_schema","json_schema":{"type":"object"}}}`, ""},
		{"schema in a wrapper", `{"model":"ernie-5.1",` + user + `,"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}}}`, "json_schema"},
		{"blank", `{"model":"ernie-5.1","messages":[{"role":"user","content":" "}]}`, "must not be blank"},
		{"blank result", `{"model":"ernie-5.1","messages":[{"role":"user","content":"x"},{"role":"assistant","content":"","tool_calls":[{"id":"c1","type":"function","function":{"name":"now","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c1","content":""}]}`, "must not be blank"},
		{"answer at the end", `{"model":"ernie-5.1","messages":[{"role":"user","content":"x"},{"role":"assistant","content":"从前"}]}`, ""},
		{"blank answer at the end", `{"model":"ernie-5.1","messages":[{"role":"user","content":"x"},{"role":"assistant","content":" "}]}`, "must not be blank"},
		{"switch", `{"model":"ernie-5.0-thinking-preview",` + user + `,"enable_thinking":false}`, ""},
		{"switch of a preview", `{"model":"ernie-4.5-turbo-vl-preview",` + user + `,"enable_thinking":true}`, ""},
		{"no switch", `{"model":"ernie-5.0",` + user + `,"enable_thinking":true}`, "enable_thinking"},
		{"no switch of 4.5", `{"model":"ernie-4.5-turbo-vl",` + user + `,"enable_thinking":true}`, "enable_thinking"},
		{"picture", `{"model":"ernie-5.0","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x"}}]}]}`, ""},
		{"picture for the blind", `{"model":"ernie-5.1","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x"}}]}]}`, "type image_url"},
		{"film", `{"model":"ernie-4.5-turbo-vl","messages":[{"role":"user","content":[{"type":"video_url","video_url":{"url":"https://x"}}]}]}`, ""},
		{"film for a reader", `{"model":"ernie-5.0","messages":[{"role":"user","content":[{"type":"video_url","video_url":{"url":"https://x"}}]}]}`, "type video_url"},
		{"seed", `{"model":"ernie-5.1",` + user + `,"seed":0}`, "seed"},
		{"budget", `{"model":"ernie-5.1",` + user + `,"thinking_budget":99}`, "thinking_budget"},
		{"penalty", `{"model":"ernie-5.1",` + user + `,"penalty_score":3}`, "penalty_score"},
		{"stop no list", `{"model":"ernie-5.1",` + user + `,"stop":"x"}`, "stop must be a list"},
		{"long stop", `{"model":"ernie-5.1",` + user + `,"stop":["` + strings.Repeat("停", 21) + `"]}`, "20 characters"},
		{"search no object", `{"model":"ernie-5.1",` + user + `,"web_search":7}`, "web_search"},
		{"search mode", `{"model":"glm-5.3",` + user + `,"web_search":{"search_mode":"never"}}`, "auto or required"},
		{"search mode of ERNIE", `{"model":"ernie-5.1",` + user + `,"web_search":{"search_mode":"required"}}`, "search_mode is not supported"},
		{"search number", `{"model":"ernie-5.1",` + user + `,"web_search":{"search_number":29}}`, "[1, 28]"},
		{"sampling", `{"model":"ernie-5.5-flash-preview",` + user + `,"temperature":1}`, "does not support temperature"},
		{"unknown field", `{"model":"ernie-5.1",` + user + `,"top_k":1}`, "top_k"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			srv := NewServer(t, Config{Vendor: ERNIE(), Strict: true})
			status, body := client{t, srv}.post("/chat/completions", tt.body)
			require.Equal(t, tt.says == "", status == 200, body)
			require.Contains(t, body, tt.says)
			if tt.says != "" {
				require.Contains(t, body, `{"error":{"code":"invalid_`)
			}
		})
	}
}

func TestCensor(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, Config{Vendor: ERNIE()})
	c := client{t, srv}
	token := func(change string) (int, string) {
		q := url.Values{"grant_type": {"client_credentials"}, "client_id": {srv.AccessKey}, "client_secret": {srv.SecretKey}}
		if change != "" {
			q.Set(change, "x")
		}
		return c.do("POST", srv.Origin+"/oauth/2.0/token?"+q.Encode(), "")
	}
	status, body := token("")
	require.Equal(t, 200, status)
	require.Contains(t, body, `"expires_in":2592000`)
	for change, want := range map[string]int{"grant_type": 400, "client_id": 401, "client_secret": 401} {
		status, body = token(change)
		require.Equal(t, want, status, body)
	}
	status, body = c.do("POST", srv.Origin+"/oauth/2.0/token", url.Values{"grant_type": {"client_credentials"}, "client_id": {srv.AccessKey}, "client_secret": {srv.SecretKey}}.Encode())
	require.Equal(t, 200, status, body)

	judge := func(token, text string) string {
		_, body := c.do("POST", srv.Origin+"/rest/2.0/solution/v1/text_censor/v2/user_defined?access_token="+token,
			url.Values{"text": {text}}.Encode(), "Content-Type", "application/x-www-form-urlencoded")
		return body
	}
	for text, want := range map[string]string{
		"你好":                         `"conclusion":"合规","conclusionType":1}`,
		DoubtfulText:                 `"conclusion":"疑似","conclusionType":3,"data":[{`,
		BlockedText:                  `"conclusion":"不合规","conclusionType":2,"data":[{`,
		"":                           `"error_code":282004`,
		strings.Repeat("a", 20001):   `"error_code":282131`,
		strings.Repeat("长", 20000/3): `"conclusionType":1`,
	} {
		require.Contains(t, judge(srv.token(), text), want)
	}
	require.Contains(t, judge("stale", "你好"), `"error_code":110`)
	old := srv.token()
	srv.ExpireToken()
	require.Contains(t, judge(old, "你好"), `"error_code":110`)
	_, body = c.do("GET", srv.Origin+"/rest/2.0/solution/v1/text_censor/v2/user_defined?access_token="+srv.token(), "")
	require.Contains(t, body, "282000")
}
