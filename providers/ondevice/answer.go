package ondevice

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/spoken"
)

// say turns the tool results that end the conversation into a sentence.
func (e *Engine) say(turns []assistant.Message, tools []*assistant.ToolSpec) string {
	from := len(turns)
	for from > 0 && turns[from-1].Role == assistant.RoleTool {
		from--
	}
	var asked string
	for _, m := range slices.Backward(turns[:from]) {
		if m.Role == assistant.RoleUser {
			asked = m.Text()
			break
		}
	}
	v := e.speaker(asked)
	var said []string
	for _, m := range turns[from:] {
		for _, result := range m.ToolResults() {
			said = append(said, v.sayResult(result, tools, callOf(turns[:from], result.ID)))
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

func (v speaker) sayResult(r assistant.ToolResult, tools []*assistant.ToolSpec, call assistant.ToolCall) string {
	text := strings.TrimSpace(r.Text())
	if r.Declined {
		return v.declined
	}
	if r.Error {
		first, _, _ := strings.Cut(text, "\n") // what follows is for machines
		return strings.TrimSuffix(v.failed+first, "。") + "。"
	}
	name := r.Name
	if name == "" {
		name = call.Name
	}
	if i := slices.IndexFunc(tools, func(s *assistant.ToolSpec) bool { return s.Name == name }); i >= 0 {
		if s, ok := v.fill(tools[i], text, call.Arguments); ok {
			return s
		}
	}
	if text == "" || text == "null" || text == "{}" {
		return v.done
	}
	return v.plain(text)
}

// fill says a tool's answer. It reports false if the tool has none, or a field that nothing fills.
func (v speaker) fill(spec *assistant.ToolSpec, result, args string) (string, bool) {
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
		b.WriteString(v.own(words))
		if !found {
			return b.String(), true
		}
		name, tail, closed := strings.Cut(after, "}")
		value, ok := fields[name]
		if !closed || !ok {
			return "", false
		}
		b.WriteString(v.field(spec.Name, declared, name, value))
		rest = tail
	}
}

// field says a value; an option is said by its name.
func (v speaker) field(tool string, args []argument, name string, value json.RawMessage) string {
	if i := argIndex(args, name); i >= 0 && len(args[i].options) > 0 {
		for _, o := range args[i].options {
			if bytes.Equal(o.json, value) && args[i].form != decimal && args[i].form != integer {
				return v.option(tool, args[i], o)
			}
		}
	}
	return v.json(value)
}

// option says an option by its name: the first one that the skill gives it, or one from its description.
func (v speaker) option(tool string, a argument, o option) string {
	if v.trained != nil {
		if l := v.trained.skill(tool); l != nil {
			for i := range l.names[a.name].Len() {
				name := l.names[a.name].index.Name(i)
				if value, err := a.parse(cmp.Or(name.Value, name.Text)); err == nil && bytes.Equal(value, o.json) {
					return v.own(name.Text)
				}
			}
		}
	}
	return v.own(o.spoken())
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
func (v speaker) plain(text string) string {
	if json.Valid([]byte(text)) {
		return v.json(json.RawMessage(text))
	}
	return text
}

// maxDepth bounds the nesting of what is said; deeper values are said as JSON.
const maxDepth = 4

func (v speaker) json(raw json.RawMessage) string { return v.nested(raw, 0) }

func (v speaker) nested(raw json.RawMessage, depth int) string {
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
		return v.yes
	case 'f':
		return v.no
	case 'n':
		return v.none
	}
	return string(raw)
}

// members says the fields of an object in their order.
func (v speaker) members(raw json.RawMessage, depth int) []string {
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
func (v speaker) text(s string) string {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return v.own(spoken.Time(t, v.now))
	}
	if t, err := time.ParseInLocation(time.DateOnly, s, v.now.Location()); err == nil {
		return v.own(spoken.Day(t, v.now))
	}
	if t, err := time.Parse("15:04", s); err == nil && len(s) == len("15:04") {
		return v.own(spoken.Clock(t))
	}
	if strings.HasPrefix(s, "FREQ=") {
		return v.own(spoken.Rule(s))
	}
	if d, ok := spokenDuration(s); ok {
		return v.own(d)
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
