package ondevice

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/zhushou-ai/zhushou/assistant"
)

// say turns the tool results that end the conversation into a sentence.
func (e *Engine) say(turns []assistant.Message, tools []*assistant.ToolSpec) string {
	from := len(turns)
	for from > 0 && turns[from-1].Role == assistant.RoleTool {
		from--
	}
	var said []string
	for _, m := range turns[from:] {
		for _, result := range m.ToolResults() {
			said = append(said, e.sayResult(result, tools, callOf(turns[:from], result.ID)))
		}
	}
	return strings.Join(said, "\n")
}

// callOf returns the latest call with the id.
func callOf(turns []assistant.Message, id string) assistant.ToolCall {
	for _, m := range slices.Backward(turns) {
		for _, c := range m.ToolCalls() {
			if c.ID == id {
				return c
			}
		}
	}
	return assistant.ToolCall{}
}

func (e *Engine) sayResult(r assistant.ToolResult, tools []*assistant.ToolSpec, call assistant.ToolCall) string {
	text := strings.TrimSpace(r.Text())
	if r.Declined {
		return "好的，那就不做了。"
	}
	if r.Error {
		first, _, _ := strings.Cut(text, "\n") // what follows is for machines
		return strings.TrimSuffix("抱歉，没有办成："+first, "。") + "。"
	}
	name := r.Name
	if name == "" {
		name = call.Name
	}
	v := voice{now: e.now().In(e.location)}
	if i := slices.IndexFunc(tools, func(s *assistant.ToolSpec) bool { return s.Name == name }); i >= 0 {
		if s, ok := v.fill(tools[i], text, call.Arguments); ok {
			return s
		}
	}
	if text == "" || text == "null" || text == "{}" {
		return "好的，已经完成。"
	}
	return v.plain(text)
}

// A voice says values as people do, at an instant.
type voice struct{ now time.Time }

// fill says a tool's answer. It reports false if the tool has none, or a field that nothing fills.
func (v voice) fill(spec *assistant.ToolSpec, result, args string) (string, bool) {
	if spec.Answer == "" {
		return "", false
	}
	fields := make(map[string]json.RawMessage)
	for _, object := range []string{args, result} { // the result comes last: it wins
		_ = json.Unmarshal([]byte(object), &fields) // what is no object has no fields
	}
	declared, _ := parseArguments(spec.Schema)
	var b strings.Builder
	rest := spec.Answer
	for {
		words, after, found := strings.Cut(rest, "{")
		b.WriteString(words)
		if !found {
			return b.String(), true
		}
		name, tail, closed := strings.Cut(after, "}")
		value, ok := fields[name]
		if !closed || !ok {
			return "", false
		}
		b.WriteString(v.field(declared, name, value))
		rest = tail
	}
}

// field says a value; an option is said by its name.
func (v voice) field(args []argument, name string, value json.RawMessage) string {
	if i := argIndex(args, name); i >= 0 && args[i].form == choice {
		for _, o := range args[i].options {
			if bytes.Equal(o.json, value) {
				return o.spoken()
			}
		}
	}
	return v.json(value)
}

// spoken returns the first name of the option that is in Chinese, or its value.
func (o option) spoken() string {
	for _, w := range o.words {
		if slices.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			return string(w)
		}
	}
	var s string
	if json.Unmarshal(o.json, &s) == nil {
		return s
	}
	return string(o.json)
}

// plain says a result without a template.
func (v voice) plain(text string) string {
	if json.Valid([]byte(text)) {
		return v.json(json.RawMessage(text))
	}
	return text
}

// maxDepth bounds the nesting of what is said; deeper values are said as JSON.
const maxDepth = 4

func (v voice) json(raw json.RawMessage) string { return v.nested(raw, 0) }

func (v voice) nested(raw json.RawMessage, depth int) string {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || depth > maxDepth {
		return string(raw)
	}
	switch raw[0] {
	case '"':
		var s string
		if json.Unmarshal(raw, &s) != nil {
			return string(raw)
		}
		return v.text(s)
	case '{':
		return strings.Join(v.members(raw, depth), "，")
	case '[':
		var items []json.RawMessage
		if json.Unmarshal(raw, &items) != nil {
			return string(raw)
		}
		separator := "、"
		said := make([]string, len(items))
		for i, it := range items {
			said[i] = v.nested(it, depth+1)
			if len(it) > 0 && it[0] == '{' {
				separator = "\n"
			}
		}
		return strings.Join(said, separator)
	case 't':
		return "是"
	case 'f':
		return "否"
	case 'n':
		return "无"
	}
	return string(raw)
}

// members says the fields of an object in their order.
func (v voice) members(raw json.RawMessage, depth int) []string {
	dec := json.NewDecoder(bytes.NewReader(raw))
	var out []string
	for _, err := dec.Token(); err == nil && dec.More(); {
		var key json.Token
		var value json.RawMessage
		if key, err = dec.Token(); err == nil {
			err = dec.Decode(&value)
		}
		if err == nil {
			out = append(out, fmt.Sprintf("%v：%s", key, v.nested(value, depth+1)))
		}
	}
	return out
}

// text says a string: a time or a length of time in words, anything else as it is.
func (v voice) text(s string) string {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		t = t.In(v.now.Location())
		return v.day(t) + hour(t)
	}
	if t, err := time.ParseInLocation(time.DateOnly, s, v.now.Location()); err == nil {
		return v.day(t)
	}
	if t, err := time.Parse("15:04", s); err == nil && len(s) == len("15:04") {
		return hour(t)
	}
	if d, ok := spokenDuration(s); ok {
		return d
	}
	return s
}

func (v voice) day(t time.Time) string {
	midnight := func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	}
	switch int(midnight(t).Sub(midnight(v.now)).Hours() / 24) {
	case -1:
		return "昨天"
	case 0:
		return "今天"
	case 1:
		return "明天"
	case 2:
		return "后天"
	}
	if t.Year() == v.now.Year() {
		return fmt.Sprintf("%d月%d日", t.Month(), t.Day())
	}
	return fmt.Sprintf("%d年%d月%d日", t.Year(), t.Month(), t.Day())
}

func hour(t time.Time) string {
	h := t.Hour()
	part := "晚上"
	switch {
	case h < 5:
		part = "凌晨"
	case h < 9:
		part = "早上"
	case h < 12:
		part = "上午"
	case h < 13:
		part = "中午"
	case h < 18:
		part = "下午"
	}
	if h > 12 {
		h -= 12
	}
	s := fmt.Sprintf("%s%d点", part, h)
	switch m := t.Minute(); {
	case m == 30:
		s += "半"
	case m > 0:
		s += fmt.Sprintf("%02d分", m)
	}
	return s
}

// spokenDuration says an ISO 8601 length of time: PT1H30M is 1小时30分钟.
func spokenDuration(s string) (string, bool) {
	rest, ok := strings.CutPrefix(s, "P")
	if !ok || rest == "" {
		return "", false
	}
	var b strings.Builder
	units := map[byte]string{'Y': "年", 'M': "个月", 'W': "周", 'D': "天"}
	for rest != "" {
		if rest[0] == 'T' {
			units = map[byte]string{'H': "小时", 'M': "分钟", 'S': "秒"}
			rest = rest[1:]
			continue
		}
		n := strings.IndexFunc(rest, func(r rune) bool { return r != '.' && (r < '0' || r > '9') })
		if n <= 0 || units[rest[n]] == "" {
			return "", false
		}
		b.WriteString(rest[:n] + units[rest[n]])
		rest = rest[n+1:]
	}
	return b.String(), b.Len() > 0
}
