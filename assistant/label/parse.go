package label

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Problem is one way in which a label is not as the practice guides describe it.
type Problem struct {
	Field string // the key, or empty if it is about the whole
	Text  string // in a few words
	// Mild says that the guides' examples are otherwise but no rule is broken.
	Mild bool
}

func (p Problem) String() string {
	if p.Field == "" {
		return p.Text
	}
	return p.Field + ": " + p.Text
}

// A reading is what a text in a file says.
type reading struct {
	label    Label
	wrapped  bool // in {"AIGC":{...}}
	problems []Problem
	ok       bool // it is a label, well-formed or not
}

func (r *reading) bad(key, what string, args ...any) {
	r.problems = append(r.problems, Problem{Field: key, Text: fmt.Sprintf(what, args...)})
}

// parse reads a label as it is met in files: well-formed, or as tools and people write it.
func parse(text []byte) reading {
	var r reading
	text = bytes.Trim(bytes.TrimPrefix(text, []byte("\ufeff")), "\x00 \t\r\n")
	if rest, ok := bytes.CutPrefix(text, []byte("AIGC")); ok {
		if rest = bytes.TrimLeft(rest, " :=\x00"); len(rest) > 0 && rest[0] == '{' {
			r.bad("", "the name AIGC stands before the object")
			text = rest
		}
	}
	if !utf8.Valid(text) {
		r.bad("", "it is not UTF-8")
		text = bytes.ToValidUTF8(text, []byte("\ufffd"))
	}
	object, rest, ok := unwrapText(text)
	if !ok {
		r.bad("", "it is no JSON object")
		return r
	}
	if rest != "" {
		r.bad("", "%s", rest)
	}
	r.object(object, 0)
	if !r.ok {
		r.bad("", "it has none of the seven keys")
		return r
	}
	r.problems = append(r.problems, r.label.problems()...)
	return r
}

// unwrapText finds the object in a text. how says what was done to it, if anything.
func unwrapText(text []byte) (object []byte, how string, ok bool) {
	if object, tail := firstObject(text); object != nil {
		if len(tail) > 0 {
			return object, "something follows the object", true
		}
		return object, "", true
	}
	s := string(text)
	if strings.Contains(s, "&quot;") || strings.Contains(s, "&#") {
		if object, _ := firstObject([]byte(html.UnescapeString(s))); object != nil {
			return object, "it is escaped as HTML", true
		}
	}
	if strings.HasPrefix(s, `{\"`) {
		s = `"` + s + `"`
	}
	if strings.HasPrefix(s, `"`) {
		var inner string
		if json.Unmarshal([]byte(s), &inner) == nil {
			if object, _ := firstObject([]byte(inner)); object != nil {
				return object, "it is a JSON string that holds an object", true
			}
		}
	}
	if b, err := base64.StdEncoding.DecodeString(s); err == nil {
		if object, _ := firstObject(b); object != nil {
			return object, "it is in Base64", true
		}
	}
	return nil, "", false
}

// firstObject returns the JSON object at the start of text and what follows it, or nil.
func firstObject(text []byte) (object, tail []byte) {
	if len(text) == 0 || text[0] != '{' {
		return nil, nil
	}
	d := json.NewDecoder(bytes.NewReader(text))
	var raw json.RawMessage
	if d.Decode(&raw) != nil {
		return nil, nil
	}
	return raw, bytes.Trim(text[d.InputOffset():], "\x00 \t\r\n")
}

// object reads the keys of an object whose syntax is known to be right.
func (r *reading) object(object []byte, depth int) {
	d := json.NewDecoder(bytes.NewReader(object))
	d.Token() // the brace
	values := map[string]string{}
	var unknown []string
	for d.More() {
		token, err := d.Token()
		var raw json.RawMessage
		if err != nil || d.Decode(&raw) != nil {
			return // cannot be
		}
		key, _ := token.(string)
		name, known := canonical(key)
		switch {
		case known:
			r.value(values, name, key, raw)
		case key == "AIGC" && depth == 0:
			r.wrap(raw)
		default:
			unknown = append(unknown, key)
		}
	}
	if len(values) == 0 {
		return // an object that may hold AIGC among other things
	}
	r.ok = true
	for _, key := range unknown {
		r.bad(short(key), "the key is not one of the seven")
	}
	for _, f := range r.label.fields() {
		v, there := values[f.key]
		if !there {
			r.problems = append(r.problems, Problem{Field: f.key, Text: "the key is missing", Mild: true})
		}
		*f.value = v
	}
}

// wrap reads the value of AIGC.
func (r *reading) wrap(raw []byte) {
	inner, how, ok := unwrapText(raw)
	if !ok {
		return
	}
	if how != "" {
		r.bad("", "%s", how)
	}
	r.wrapped = true
	r.object(inner, 1)
}

// value reads one value. name is the key that is meant by key.
func (r *reading) value(values map[string]string, name, key string, raw json.RawMessage) {
	if name != key {
		r.bad(name, "the key is written %s", key)
	}
	if _, twice := values[name]; twice {
		r.bad(name, "the key is there twice")
		return
	}
	var s string
	switch {
	case raw[0] == '"':
		json.Unmarshal(raw, &s) // a string, as its first byte says
		if escaped(raw) {
			r.bad(name, `it is escaped otherwise than with \"`)
		}
	case string(raw) == "null":
		r.bad(name, "null is not a string")
	default:
		var compact bytes.Buffer
		json.Compact(&compact, raw) // known to be JSON
		s = compact.String()
		r.bad(name, "%s is not a string", strconv.Quote(short(s)))
	}
	values[name] = s
}

// canonical returns the key that is meant.
func canonical(key string) (string, bool) {
	var l Label
	for _, f := range l.fields() {
		if strings.EqualFold(key, f.key) {
			return f.key, true
		}
	}
	switch key { // keys of labels from before the standard
	case "ServiceProvider":
		return keyProducer, true
	case "ServiceUser":
		return keyPropagator, true
	case "ContentID":
		return keyProduceID, true
	}
	return "", false
}

// escaped reports whether a JSON string has a backslash other than before a quote.
func escaped(raw []byte) bool {
	for i := 0; i < len(raw); i++ {
		if raw[i] == '\\' {
			if i++; i < len(raw) && raw[i] != '"' {
				return true
			}
		}
	}
	return false
}

// short cuts what is quoted in messages.
func short(s string) string {
	const most = 40
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
