package providertest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/assistant"
)

const (
	// BlockedText in a text makes the moderation of a [Server] block it.
	BlockedText = "违规内容"
	// DoubtfulText in a text makes it ask for a person's look.
	DoubtfulText = "可疑内容"
)

// judge returns one of three words for a text: mild, doubtful or bad.
func judge(text, mild, doubtful, bad string) string {
	switch {
	case strings.Contains(text, BlockedText):
		return bad
	case strings.Contains(text, DoubtfulText):
		return doubtful
	}
	return mild
}

// segments are the words for which a text was judged, as a JSON array.
func segments(text string) string {
	words := []string{}
	for _, w := range []string{BlockedText, DoubtfulText} {
		if strings.Contains(text, w) {
			words = append(words, quote(w))
		}
	}
	return "[" + strings.Join(words, ",") + "]"
}

// checkTencentModeration answers the action TextModeration.
func checkTencentModeration(s *Server, r *Request) (Script, error) {
	var body struct {
		Content, BizType, DataID, SourceLanguage, Type string
	}
	if err := r.Decode(&body); err != nil {
		return nil, tencentFault("InvalidParameter", err.Error())
	}
	text, err := base64.StdEncoding.DecodeString(body.Content)
	switch {
	case r.Header.Get("X-TC-Region") == "":
		return nil, tencentFault("MissingParameter", "The request is missing a required parameter `Region`.")
	case err != nil || len(text) == 0 || !utf8.Valid(text):
		return nil, tencentFault("InvalidParameterValue", "Content must be base64 of UTF-8 text")
	case utf8.RuneCount(text) > 10000:
		return nil, tencentFault("InvalidParameterValue.ErrTextContentLen", "Content has more than 10000 characters")
	case len(body.DataID) > 64:
		return nil, tencentFault("InvalidParameterValue.ErrDataIdLen", "DataId has more than 64 characters")
	}
	suggestion, label := judge(string(text), "Pass", "Review", "Block"), judge(string(text), "Normal", "Ad", "Abuse")
	return JSON(200, fmt.Sprintf(`{"Response":{"Suggestion":%s,"Label":%s,"SubLabel":"","Score":%s,"Keywords":%s,"DetailResults":[],"RiskDetails":[],"DataId":%s,"BizType":%s,"RequestId":%s}}`,
		quote(suggestion), quote(label), judge(string(text), "0", "70", "100"), segments(string(text)), quote(body.DataID), quote(body.BizType), quote(DefaultRequestID))), nil
}

// alibabaServices are the moderation services with the most characters that each takes.
var alibabaServices = map[string]int{
	"llm_query_moderation": 2000, "llm_response_moderation": 5000, "chat_detection_pro": 600, "comment_detection_pro": 600,
}

// checkAlibabaModeration answers the action TextModerationPlus. Wrong parameters have a code in a body
// with status 200.
func checkAlibabaModeration(_ *Server, r *Request) (Script, error) {
	form, err := url.ParseQuery(string(r.Body))
	if err != nil || len(r.Body) == 0 {
		form, err = url.ParseQuery(r.Query)
	}
	if err != nil {
		return nil, alibabaFault("InvalidParameter", err.Error())
	}
	refuse := func(message string) (Script, error) {
		return JSON(200, fmt.Sprintf(`{"Code":400,"Message":%s,"RequestId":%s}`, quote(message), quote(DefaultRequestID))), nil
	}
	limit, ok := alibabaServices[form.Get("Service")]
	if !ok {
		return refuse("service not found: " + form.Get("Service"))
	}
	var in struct {
		Content string `json:"content"`
	}
	if json.Unmarshal([]byte(form.Get("ServiceParameters")), &in) != nil || in.Content == "" {
		return refuse("ServiceParameters must be a JSON object with content")
	}
	if utf8.RuneCountInString(in.Content) > limit {
		return refuse(fmt.Sprintf("content has more than %d characters", limit))
	}
	label := judge(in.Content, "nonLabel", "ad_suspect", "contraband_act")
	return JSON(200, fmt.Sprintf(`{"Code":200,"Message":"OK","RequestId":%s,"Data":{"RiskLevel":%s,"Result":[{"Label":%s,"Confidence":%s,"RiskWords":%s,"Description":""}]%s}}`,
		quote(DefaultRequestID), quote(judge(in.Content, "none", "medium", "high")), quote(label), judge(in.Content, "0", "70.5", "100"),
		quote(judge(in.Content, "", DoubtfulText, BlockedText)),
		judge(in.Content, "", "", `,"Advice":[{"Answer":"这个问题我不能回答。","HitLabel":"contraband_act","HitLibName":""}]`))), nil
}

var huaweiEvents = []string{"nickname", "title", "article", "comment", "barrage", "search", "profile"}

// checkHuaweiModeration answers moderation v3. Only the first 2000 characters are looked at.
func checkHuaweiModeration(_ *Server, r *Request) (Script, error) {
	refuse := func(format string, args ...any) *Fault {
		f := fault(400, "AIS.0102", fmt.Sprintf(format, args...), assistant.ErrInvalid)
		return &f
	}
	if f := checkPost(r, refuse); f != nil {
		return nil, f
	}
	var body struct {
		EventType string `json:"event_type"`
		Data      struct {
			Text string `json:"text"`
		} `json:"data"`
	}
	if err := r.Decode(&body); err != nil {
		return nil, refuse("%v", err)
	}
	if !slices.Contains(huaweiEvents, body.EventType) {
		return nil, refuse("event_type %q is none of %s", body.EventType, strings.Join(huaweiEvents, ", "))
	}
	if body.Data.Text == "" {
		return nil, refuse("data.text is missing")
	}
	runes := []rune(body.Data.Text)
	text := string(runes[:min(len(runes), 2000)])
	suggestion, details := judge(text, "pass", "review", "block"), ""
	if suggestion != "pass" {
		details = fmt.Sprintf(`{"suggestion":%s,"label":%s,"confidence":0.95,"segments":[{"segment":%s}]}`,
			quote(suggestion), quote(judge(text, "", "ad", "abuse")), quote(judge(text, "", DoubtfulText, BlockedText)))
	}
	return JSON(200, fmt.Sprintf(`{"request_id":%s,"result":{"suggestion":%s,"label":%s,"details":[%s]}}`,
		quote(DefaultRequestID), quote(suggestion), quote(judge(text, "normal", "ad", "abuse")), details)), nil
}
