package carrier

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// keys are what a text must hold to be taken for a label: any of them.
var keys = [...]string{"ContentProducer", "ServiceProvider", "ContentPropagator"}

func holdsKey(text []byte) bool {
	return slices.ContainsFunc(keys[:], func(k string) bool { return bytes.Contains(text, []byte(k)) })
}

// A Span is where a label stands in a text that may hold something else.
type Span struct {
	From, To int
	member   bool // it is the value of AIGC in an object that has other keys too
}

// Blank returns what takes the place of the label so that all else stays: blanks, and before them an empty
// object where an object must be.
func (s Span) Blank() string {
	if s.member {
		return "{}" + strings.Repeat(" ", s.To-s.From-2)
	}
	return strings.Repeat(" ", s.To-s.From)
}

// Find finds a label in a text that may hold something else, such as a comment: the bare object, or one that
// holds nothing but it, with the name AIGC if that stands right before.
func Find(text []byte) (Span, bool) {
	if !holdsKey(text) {
		return Span{}, false
	}
	const tries = 16 // braces that may stand before it
	at := 0
	for range tries {
		i := bytes.IndexByte(text[at:], '{')
		if i < 0 {
			break
		}
		at += i
		d := json.NewDecoder(bytes.NewReader(text[at:]))
		var raw json.RawMessage
		if d.Decode(&raw) == nil && holdsKey(raw) {
			if from, to, ok := member(raw); ok {
				return Span{at + from, at + to, true}, true
			}
			return Span{From: named(text, at), To: at + int(d.InputOffset())}, true
		}
		at++
	}
	// Not JSON, such as what is escaped as HTML: all there is between the first brace and the last.
	first, last := bytes.IndexByte(text, '{'), bytes.LastIndexByte(text, '}')
	if first < 0 || last < first {
		return Span{}, false
	}
	return Span{From: named(text, first), To: last + 1}, true
}

// member returns where the value of AIGC stands in an object that has other keys too.
func member(object []byte) (from, to int, ok bool) {
	d := json.NewDecoder(bytes.NewReader(object))
	d.Token() // the brace
	n := 0
	for d.More() {
		key, err := d.Token()
		var value json.RawMessage
		if err != nil || d.Decode(&value) != nil {
			return 0, 0, false // cannot be
		}
		n++
		if key == "AIGC" && value[0] == '{' && holdsKey(value) && !ok {
			to = int(d.InputOffset())
			from, ok = to-len(value), true
		}
	}
	return from, to, ok && n > 1
}

// named returns where the name AIGC before the brace begins, or the brace.
func named(text []byte, brace int) int {
	if before, ok := bytes.CutSuffix(text[:brace], []byte("AIGC")); ok {
		return len(before)
	}
	return brace
}
