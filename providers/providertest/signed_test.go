package providertest

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

var signedAt = time.Date(2026, 11, 21, 22, 26, 40, 0, time.UTC)

// signedServer has a clock that stands still.
func signedServer(t *testing.T, v *Vendor) (*Server, signer) {
	t.Helper()
	srv := NewServer(t, Config{Vendor: v, Strict: true, Now: func() time.Time { return signedAt }})
	return srv, signer{access: srv.AccessKey, secret: srv.SecretKey, at: signedAt}
}

// unsignable are the ways to get a signature wrong, whichever it is.
func unsignable(s signer) map[string]signer {
	other := func(change func(s *signer)) signer { c := s; change(&c); return c }
	return map[string]signer{
		"secret":     other(func(s *signer) { s.secret += "x" }),
		"access key": other(func(s *signer) { s.access += "x" }),
		"late":       other(func(s *signer) { s.at = s.at.Add(time.Hour) }),
		"early":      other(func(s *signer) { s.at = s.at.Add(-time.Hour) }),
	}
}

func TestTencentSignature(t *testing.T) {
	t.Parallel()
	srv, right := signedServer(t, Hunyuan())
	const body = `{"Model":"hunyuan-turbos-latest","Messages":[{"Role":"user","Content":"介绍长城"}],"Stream":true}`
	header := map[string]string{"X-TC-Action": "ChatCompletions", "X-TC-Version": "2023-09-01"}
	sign := func(s signer) func(hr *http.Request) {
		return func(hr *http.Request) { s.tencent(hr, "hunyuan", body) }
	}
	srv.Script(Answer{Reasoning: "想", Text: "长城很长", Usage: assistant.Usage{Input: 5, Output: 9, Total: 14}})
	status, answer, h := signed(t, srv, "/", body, header, sign(right))
	require.Equal(t, 200, status)
	require.Equal(t, "text/event-stream", h.Get("Content-Type"))
	events := strings.Split(strings.TrimSpace(answer), "\n\n")
	require.Len(t, events, 4)
	require.Contains(t, events[0], `"Delta":{"Role":"assistant","Content":"","ReasoningContent":"想"},"FinishReason":""`)
	require.Contains(t, events[1], `data: {"Note":"以上内容为AI生成","Choices":[{"Index":0,"Delta":{"Role":"assistant","Content":"长城"},"FinishReason":""}]`)
	require.Contains(t, events[3], `"FinishReason":"stop"}],"Created":1795300000,"Id":"chatcmpl-1","Usage":{"PromptTokens":5,"CompletionTokens":9,"TotalTokens":14}`)

	codes := map[string]string{
		"secret": "AuthFailure.SignatureFailure", "access key": "AuthFailure.SecretIdNotFound",
		"late": "AuthFailure.SignatureExpire", "early": "AuthFailure.SignatureExpire",
	}
	for name, wrong := range unsignable(right) {
		status, answer, h = signed(t, srv, "/", body, header, sign(wrong))
		require.Equal(t, 200, status, name)
		require.Equal(t, "application/json", h.Get("Content-Type"), "not a stream")
		require.Contains(t, answer, `{"Response":{"Error":{"Code":"`+codes[name]+`","Message":`, name)
		require.Contains(t, answer, `"RequestId":"`+DefaultRequestID)
	}
	for name, tt := range map[string]struct {
		change func(hr *http.Request)
		code   string
	}{
		"bearer":         {func(hr *http.Request) { hr.Header.Set("Authorization", "Bearer "+srv.Key) }, "AuthFailure.InvalidAuthorization"},
		"unsigned":       {func(hr *http.Request) { hr.Header.Del("Authorization") }, "AuthFailure.InvalidAuthorization"},
		"no timestamp":   {func(hr *http.Request) { hr.Header.Del("X-TC-Timestamp") }, "MissingParameter"},
		"no version":     {func(hr *http.Request) { hr.Header.Del("X-TC-Version") }, "MissingParameter"},
		"other version":  {func(hr *http.Request) { hr.Header.Set("X-TC-Version", "2019-01-01") }, "NoSuchVersion"},
		"unknown action": {func(hr *http.Request) { hr.Header.Set("X-TC-Action", "Dance") }, "InvalidAction"},
		"other service":  {func(hr *http.Request) { right.tencent(hr, "tms", body) }, "AuthFailure.SignatureFailure"},
		"other type":     {func(hr *http.Request) { hr.Header.Set("Content-Type", "text/plain") }, "AuthFailure.SignatureFailure"},
		"other body":     {func(hr *http.Request) { right.tencent(hr, "hunyuan", body+" ") }, "AuthFailure.SignatureFailure"},
	} {
		_, answer, _ = signed(t, srv, "/", body, header, func(hr *http.Request) { sign(right)(hr); tt.change(hr) })
		require.Contains(t, answer, `"Code":"`+tt.code+`"`, name)
	}
}

// The native chat is strict about what only it has.
func TestTencentChat(t *testing.T) {
	t.Parallel()
	user := `{"Role":"user","Content":"x"}`
	for _, tt := range []struct{ name, body, says string }{
		{"plain", `{"Model":"m","Messages":[` + user + `]}`, ""},
		{"tools", `{"Model":"m","Messages":[` + user + `],"Tools":[{"Type":"function","Function":{"Name":"now","Parameters":"{}"}}],"ToolChoice":"auto"}`, ""},
		{"results", `{"Model":"m","Messages":[{"Role":"system","Content":"x"},` + user + `,{"Role":"assistant","Content":" "},{"Role":"tool","Content":"x","ToolCallId":"c"}]}`, ""},
		{"no model", `{"Messages":[` + user + `]}`, "InvalidParameterValue.Model"},
		{"no messages", `{"Model":"m"}`, "InvalidParameter"},
		{"too many messages", `{"Model":"m","Messages":[` + strings.Repeat(user+`,`, 40) + user + `]}`, "1 to 40"},
		{"empty content", `{"Model":"m","Messages":[{"Role":"user","Content":""}]}`, "must not be empty"},
		{"twice the user", `{"Model":"m","Messages":[` + user + `,` + user + `]}`, "alternate"},
		{"late system", `{"Model":"m","Messages":[` + user + `,{"Role":"system","Content":"x"}]}`, "alternate"},
		{"last is the assistant", `{"Model":"m","Messages":[` + user + `,{"Role":"assistant","Content":"x"}]}`, "last message"},
		{"unknown role", `{"Model":"m","Messages":[{"Role":"robot","Content":"x"}]}`, "robot"},
		{"reasoning", `{"Model":"m","Messages":[` + user + `,{"Role":"assistant","Content":"x","ReasoningContent":"x"},` + user + `]}`, "reasoning"},
		{"result for nobody", `{"Model":"m","Messages":[` + user + `,{"Role":"assistant","Content":"x"},{"Role":"tool","Content":"x"}]}`, "ToolCallId"},
		{"parameters an object", `{"Model":"m","Messages":[` + user + `],"Tools":[{"Type":"function","Function":{"Name":"now","Parameters":{}}}]}`, "InvalidParameter"},
		{"required", `{"Model":"m","Messages":[` + user + `],"ToolChoice":"required"}`, "ToolChoice"},
		{"picture", `{"Model":"hunyuan-vision","Messages":[{"Role":"user","Contents":[{"Type":"text","Text":"x"},{"Type":"image_url","ImageUrl":{"Url":"https://x"}}]}]}`, ""},
		{"picture for the blind", `{"Model":"hunyuan-turbos-latest","Messages":[{"Role":"user","Contents":[{"Type":"image_url","ImageUrl":{"Url":"https://x"}}]}]}`, "type image_url"},
		{"temperature", `{"Model":"m","Messages":[` + user + `],"Temperature":3}`, "Temperature"},
		{"top_p", `{"Model":"m","Messages":[` + user + `],"TopP":2}`, "TopP"},
		{"seed", `{"Model":"m","Messages":[` + user + `],"Seed":0}`, "Seed"},
		{"compatible field", `{"model":"m","Messages":[` + user + `]}`, "UnknownParameter"},
		{"not JSON", `{`, "InvalidParameter"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			srv, s := signedServer(t, Hunyuan())
			_, answer, _ := signed(t, srv, "/", tt.body, map[string]string{"X-TC-Action": "ChatCompletions", "X-TC-Version": "2023-09-01"},
				func(hr *http.Request) { s.tencent(hr, "hunyuan", tt.body) })
			require.Equal(t, tt.says != "", strings.Contains(answer, `"Error":`), answer)
			require.Contains(t, answer, tt.says)
			require.Contains(t, answer, `{"Response":{`)
		})
	}
}

// moderated is one moderation request and what it must get.
type moderated struct {
	name, text string
	want       []string
}

func TestTencentModeration(t *testing.T) {
	t.Parallel()
	srv, s := signedServer(t, Hunyuan())
	ask := func(body string, header map[string]string) string {
		_, answer, _ := signed(t, srv, "/", body, header, func(hr *http.Request) { s.tencent(hr, "tms", body) })
		return answer
	}
	header := map[string]string{"X-TC-Action": "TextModeration", "X-TC-Version": "2020-12-29", "X-TC-Region": "ap-guangzhou"}
	for _, m := range []moderated{
		{"pass", "你好", []string{`"Suggestion":"Pass","Label":"Normal"`, `"Keywords":[]`, `"DataId":"d1"`}},
		{"review", "有" + DoubtfulText, []string{`"Suggestion":"Review"`}},
		{"block", "有" + BlockedText, []string{`"Suggestion":"Block"`, `"Keywords":["` + BlockedText + `"]`}},
		{"empty", "", []string{"InvalidParameterValue"}},
		{"too long", strings.Repeat("长", 10001), []string{"InvalidParameterValue"}},
	} {
		answer := ask(`{"Content":"`+base64.StdEncoding.EncodeToString([]byte(m.text))+`","DataId":"d1"}`, header)
		for _, want := range m.want {
			require.Contains(t, answer, want, m.name)
		}
	}
	require.Contains(t, ask(`{"Content":"你好"}`, header), "base64")
	delete(header, "X-TC-Region")
	require.Contains(t, ask(`{"Content":"5L2g5aW9"}`, header), "Region")
}

func TestAlibabaModeration(t *testing.T) {
	t.Parallel()
	srv, right := signedServer(t, Qwen())
	header := map[string]string{"X-Acs-Action": "TextModerationPlus", "X-Acs-Version": alibabaVersion, "Content-Type": "application/x-www-form-urlencoded"}
	for _, m := range []moderated{
		{"pass", form("llm_query_moderation", "你好"), []string{`"Code":200`, `"RiskLevel":"none"`, `"Label":"nonLabel"`}},
		{"review", form("llm_query_moderation", DoubtfulText), []string{`"RiskLevel":"medium"`}},
		{"block", form("llm_response_moderation", BlockedText), []string{`"RiskLevel":"high"`, `"Advice":[{"Answer":"`}},
		{"response may be longer", form("llm_response_moderation", strings.Repeat("长", 5000)), []string{`"RiskLevel":"none"`}},
		{"too long", form("llm_query_moderation", strings.Repeat("长", 2001)), []string{`{"Code":400,"Message":"content has more`}},
		{"no content", form("llm_query_moderation", ""), []string{`"Code":400`}},
		{"unknown service", form("dance", "你好"), []string{`"Code":400`}},
	} {
		status, answer, _ := signed(t, srv, "/", m.text, header, func(hr *http.Request) { right.alibaba(hr, m.name, m.text) })
		require.Equal(t, 200, status, m.name)
		for _, want := range m.want {
			require.Contains(t, answer, want, m.name)
		}
	}
	body := form("llm_query_moderation", "你好")
	codes := map[string]string{
		"secret": "SignatureDoesNotMatch", "access key": "InvalidAccessKeyId.NotFound", "late": "InvalidTimeStamp.Expired", "early": "InvalidTimeStamp.Expired",
	}
	for name, wrong := range unsignable(right) {
		status, answer, _ := signed(t, srv, "/", body, header, func(hr *http.Request) { wrong.alibaba(hr, name, body) })
		require.Contains(t, []int{400, 404}, status, name)
		require.Contains(t, answer, `"Code":"`+codes[name]+`"`, name)
	}
	for name, tt := range map[string]struct {
		change func(hr *http.Request)
		code   string
	}{
		"nonce again":     {func(hr *http.Request) { right.alibaba(hr, "pass", body) }, "SignatureNonceUsed"},
		"bearer":          {func(hr *http.Request) { hr.Header.Set("Authorization", "Bearer "+srv.Key) }, "IncompleteSignature"},
		"unsigned header": {func(hr *http.Request) { hr.Header.Set("X-Acs-Security-Token", "t") }, "IncompleteSignature"},
		"no body hash":    {func(hr *http.Request) { hr.Header.Del("X-Acs-Content-Sha256") }, "IncompleteSignature"},
		"wrong body hash": {func(hr *http.Request) { right.alibaba(hr, "hash", body+"x") }, "SignatureDoesNotMatch"},
		"date":            {func(hr *http.Request) { hr.Header.Set("X-Acs-Date", "2026-11-21") }, "InvalidTimeStamp.Format"},
		"action":          {func(hr *http.Request) { hr.Header.Set("X-Acs-Action", "Dance") }, "InvalidAction.NotFound"},
	} {
		_, answer, _ := signed(t, srv, "/", body, header, func(hr *http.Request) { right.alibaba(hr, name, body); tt.change(hr) })
		require.Contains(t, answer, `"Code":"`+tt.code+`"`, name)
	}
}

func TestHuaweiModeration(t *testing.T) {
	t.Parallel()
	srv, right := signedServer(t, Huawei())
	const path = "/v3/p1/moderation/text"
	text := func(event, text string) string {
		return `{"event_type":"` + event + `","data":{"text":` + quote(text) + `}}`
	}
	for _, m := range []moderated{
		{"pass", text("comment", "你好"), []string{`"result":{"suggestion":"pass","label":"normal","details":[]}`}},
		{"review", text("comment", DoubtfulText), []string{`"suggestion":"review"`, `"segment":"` + DoubtfulText}},
		{"block", text("article", BlockedText), []string{`"suggestion":"block"`}},
		{"only the beginning counts", text("comment", strings.Repeat("长", 2000)+BlockedText), []string{`"suggestion":"pass"`}},
		{"unknown event", text("dance", "你好"), []string{`"error_code":"AIS.`, "event_type"}},
		{"no text", text("comment", ""), []string{`"error_code":"AIS.`, "data.text"}},
	} {
		_, answer, _ := signed(t, srv, path, m.text, nil, func(hr *http.Request) { right.huawei(hr, m.text) })
		for _, want := range m.want {
			require.Contains(t, answer, want, m.name)
		}
	}
	body := text("comment", "你好")
	for name, wrong := range unsignable(right) {
		status, answer, _ := signed(t, srv, path, body, nil, func(hr *http.Request) { wrong.huawei(hr, body) })
		require.Equal(t, 401, status, name)
		require.Contains(t, answer, `{"error_code":"APIG.0301","error_msg":"Incorrect IAM authentication information: `, name)
	}
	for name, change := range map[string]func(hr *http.Request){
		"no date":             func(hr *http.Request) { hr.Header.Del("X-Sdk-Date") },
		"bearer":              func(hr *http.Request) { hr.Header.Set("Authorization", "Bearer "+srv.Key) },
		"unsigned project":    func(hr *http.Request) { hr.Header.Set("X-Project-Id", "p1") },
		"other body":          func(hr *http.Request) { right.huawei(hr, body+" ") },
		"token of a stranger": func(hr *http.Request) { hr.Header.Set("X-Auth-Token", "x") },
	} {
		status, _, _ := signed(t, srv, path, body, nil, func(hr *http.Request) { right.huawei(hr, body); change(hr) })
		require.Equal(t, 401, status, name)
	}
	status, _, _ := signed(t, srv, path, body, map[string]string{"X-Auth-Token": srv.Key}, func(*http.Request) {})
	require.Equal(t, 200, status, "a token needs no signature")
}
