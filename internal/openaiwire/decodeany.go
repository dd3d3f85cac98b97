package openaiwire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// An object is a JSON object whose values have not been looked at. Keys are case-sensitive, and of
// equal keys the last one counts.
type object map[string]json.RawMessage

var errNotObject = errors.New("not a JSON object")

func parseObject(raw []byte) (object, error) {
	var o object
	if err := json.Unmarshal(raw, &o); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return nil, err
		}
		return nil, errNotObject
	}
	if o == nil {
		return nil, errNotObject
	}
	return o, nil
}

// object returns the value of key if it is an object.
func (o object) object(key string) object {
	inner, err := parseObject(o[key])
	if err != nil {
		return nil
	}
	return inner
}

// list returns the value of key if it is an array.
func (o object) list(key string) []json.RawMessage {
	var list []json.RawMessage
	if json.Unmarshal(o[key], &list) != nil {
		return nil
	}
	return list
}

// objects returns the objects in the array that is the value of key.
func (o object) objects(key string) []object {
	var out []object
	for _, raw := range o.list(key) {
		if inner, err := parseObject(raw); err == nil {
			out = append(out, inner)
		}
	}
	return out
}

// string returns the value of key: a string as it is, null as "", anything else as it is written.
//
//go:noinline
func (o object) string(key string) string { return looseString(o[key]) }

func looseString(raw json.RawMessage) string {
	if absent(raw) {
		return ""
	}
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

// number returns the value of key as a whole number, from a number or from digits in a string.
func (o object) number(key string) assistant.Opt[int] {
	s := o.string(key)
	if n, err := strconv.Atoi(s); err == nil {
		return assistant.Some(n)
	}
	if f, err := strconv.ParseFloat(s, 64); err == nil && f > -1<<31 && f < 1<<31 {
		return assistant.Some(int(f))
	}
	return assistant.Opt[int]{}
}

// text returns the value of key as displayed text: a string, or a list of parts with a "text". It is
// false if the value is neither, nor null.
func (o object) text(key string) (string, bool) {
	switch raw := o[key]; {
	case absent(raw) || raw[0] == '"':
		return o.string(key), true
	case raw[0] != '[':
		return "", false
	}
	var b strings.Builder
	for _, part := range o.objects(key) {
		if raw := part["text"]; len(raw) > 0 && raw[0] == '"' {
			b.WriteString(looseString(raw))
		}
	}
	return b.String(), true
}

func absent(raw json.RawMessage) bool { return len(raw) == 0 || string(raw) == "null" }

// decodeAny reads one event or one whole answer of any shape into p, which must be empty. An error
// means that data is not a JSON object, or that what should be a list, an object or a text is not.
func decodeAny(data []byte, p *piece) error {
	o, err := parseObject(data)
	if err != nil {
		return err
	}
	p.id = []byte(o.string("id"))
	p.model = []byte(o.string("model"))
	p.requestID = []byte(o.string("request_id"))
	if usage := o.object("usage"); usage != nil {
		decodeUsage(usage, p)
	}
	var r rare
	choices := o.objects("choices")
	if f := parseFailure(o, len(choices) > 0); f != nil {
		r.failure = f
	}
	r.citations = decodeCitations(o)
	r.poisoned = o.string("need_clear_history") == "true" || o.string("moderation_level") == "1"
	if raw := o["choices"]; r.failure == nil && !absent(raw) &&
		(raw[0] != '[' || len(choices) == 0 && len(o.list("choices")) > 0) {
		return fmt.Errorf("choices are %.80s", raw)
	}
	for _, c := range choices {
		if c.number("index").Or(0) != 0 {
			continue
		}
		if err := decodeChoice(c, p, &r); err != nil && r.failure == nil {
			return err
		}
		break
	}
	if r.failure != nil || r.refusal != "" || r.opaque != "" || r.audio != "" || r.transcript != "" ||
		len(r.citations) > 0 || r.flag != 0 || r.poisoned || r.hit {
		p.rare = &r
	}
	return nil
}

func decodeChoice(c object, p *piece, r *rare) error {
	p.finish = commonFinish([]byte(c.string("finish_reason")))
	r.flag = c.number("flag").Or(0)
	r.banRound = c.number("ban_round").Or(0)
	r.poisoned = r.poisoned || c.string("moderation_level") == "1"
	r.hit = c.string("moderation_hit_type") != ""
	name := "delta"
	if absent(c[name]) {
		name = "message"
	}
	delta := c.object(name)
	if absent(c[name]) && !absent(c["text"]) { // of a completion without messages
		delta = object{"content": c["text"]}
	}
	if delta == nil && !absent(c[name]) {
		return fmt.Errorf("%s is %.80s", name, c[name])
	}
	var other string
	for _, f := range []struct {
		name string
		to   *string
	}{
		{"content", &p.content}, {"reasoning_content", &p.reasoning}, {"reasoning", &other}, {"refusal", &r.refusal},
	} {
		text, ok := delta.text(f.name)
		if !ok {
			return fmt.Errorf("%s is %.80s", f.name, delta[f.name])
		}
		*f.to = text
	}
	if p.reasoning == "" {
		p.reasoning = other
	}
	r.opaque = delta.string("encrypted_content")
	if audio := delta.object("audio"); audio != nil {
		r.audio = audio.string("data")
		r.transcript = audio.string("transcript")
	}
	for _, call := range delta.objects("tool_calls") {
		index := call.number("index")
		d := callDelta{index: index.Value, hasIndex: index.Set, id: []byte(call.string("id"))}
		d.setFunction(call.object("function"))
		p.calls = append(p.calls, d)
	}
	if f := delta.object("function_call"); f != nil && len(p.calls) == 0 {
		d := callDelta{hasIndex: true}
		d.setFunction(f)
		p.calls = append(p.calls, d)
	}
	return nil
}

func (d *callDelta) setFunction(f object) {
	d.name = []byte(f.string("name"))
	d.args = []byte(f.string("arguments")) // an object instead of a string is taken as it is
}

// usage counts tokens under the names of all vendors.
type usage struct {
	input, output, total, hit, cached, created, reasoning assistant.Opt[int]
}

func decodeUsage(o object, p *piece) {
	u := usage{
		input:  o.number("prompt_tokens"),
		output: o.number("completion_tokens"),
		total:  o.number("total_tokens"),
		hit:    o.number("prompt_cache_hit_tokens"),
	}
	if !u.input.Set {
		u.input = o.number("input_tokens")
	}
	if !u.output.Set {
		u.output = o.number("output_tokens")
	}
	if d := o.object("prompt_tokens_details"); d != nil {
		u.cached, u.created = d.number("cached_tokens"), d.number("cache_creation_input_tokens")
	}
	if d := o.object("completion_tokens_details"); d != nil {
		u.reasoning = d.number("reasoning_tokens")
	}
	u.store(p)
}

func (u *usage) store(p *piece) {
	if !u.input.Set && !u.output.Set && !u.total.Set {
		return
	}
	cached := u.cached
	if !cached.Set {
		cached = u.hit
	}
	p.hasUsage = true
	p.usage = assistant.Usage{
		Input:      u.input.Value,
		Output:     u.output.Value,
		Total:      u.total.Or(u.input.Value + u.output.Value),
		CacheRead:  cached,
		CacheWrite: u.created,
		Reasoning:  u.reasoning,
	}
}

// decodeCitations reads the sources of a web search, wherever a vendor puts them.
func decodeCitations(o object) []assistant.Citation {
	list := o.list("search_results")
	if info := o.object("search_info"); len(list) == 0 && info != nil {
		list = info.list("search_results")
	}
	for _, key := range []string{"references", "citations"} {
		if len(list) == 0 {
			list = o.list(key)
		}
	}
	var out []assistant.Citation
	for i, raw := range list {
		c := assistant.Citation{Index: i + 1}
		if src, err := parseObject(raw); err == nil {
			c.Index = src.number("index").Or(c.Index)
			c.Title = src.string("title")
			c.URL = src.string("url")
			c.Site = src.string("site_name")
			c.Snippet = src.string("summary")
		} else if bytes.HasPrefix(raw, []byte{'"'}) {
			c.URL = looseString(raw)
		}
		if c.Title != "" || c.URL != "" {
			out = append(out, c)
		}
	}
	return out
}
