package authority

import (
	"encoding/json"
	"hash/maphash"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/fold"
)

// Stretch is how many characters in succession of what was read make an argument tainted. A Chinese one counts as two.
const Stretch = 16

// least is how many characters, counted likewise, a text needs that is tainted as a whole: shorter ones are in every
// document.
const least = 4

// weight is what a character counts.
func weight(c rune) int {
	if c >= 0x2E80 {
		return 2
	}
	return 1
}

// texts are what one side has said, simplified.
type texts struct {
	all       strings.Builder
	stretches map[uint64]struct{}
	seed      maphash.Seed
}

func newTexts() *texts {
	return &texts{stretches: make(map[uint64]struct{}), seed: maphash.MakeSeed()}
}

func (t *texts) add(s string) {
	s = simplified(s)
	t.all.WriteString(s)
	t.all.WriteByte('\n')
	for w := range stretches(s) {
		t.stretches[maphash.String(t.seed, w)] = struct{}{}
	}
}

func (t *texts) has(s string) bool { return strings.Contains(t.all.String(), s) }

func (t *texts) hasStretch(w string) bool {
	_, ok := t.stretches[maphash.String(t.seed, w)]
	return ok
}

// schemes begin every address, and say nothing.
var schemes = strings.NewReplacer("https://", "", "http://", "")

// simplified returns a text without what models change when they copy: width, case, script, blanks and marks.
func simplified(s string) string {
	s, _ = fold.All.String(s)
	s = schemes.Replace(s)
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) && r != '@' && r != '.' && r != '/' && r != '-' {
			return -1
		}
		return r
	}, s)
}

// stretches yields all stretches of a simplified text.
func stretches(s string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		end, sum := 0, 0
		for start, c := range s {
			for sum < Stretch && end < len(s) {
				r, size := utf8.DecodeRuneInString(s[end:])
				sum += weight(r)
				end += size
			}
			if sum < Stretch || !yield(s[start:end]) {
				return
			}
			sum -= weight(c)
		}
	}
}

// A reading is what a run has read, and from whom.
type reading struct {
	outside *texts // tools and documents
	inside  *texts // the person and the program
}

// read goes through the messages of a request. What the model said is of neither side: it may repeat both.
func read(messages []assistant.Message, trusted func(tool string) bool) *reading {
	r := &reading{outside: newTexts(), inside: newTexts()}
	for _, m := range messages {
		for _, p := range m.Parts {
			switch p := p.(type) {
			case assistant.ToolResult:
				to := r.outside
				if trusted(p.Name) {
					to = r.inside
				}
				for _, part := range p.Parts {
					addPart(to, part)
				}
			default:
				if m.Role == assistant.RoleUser || m.Role == assistant.RoleSystem {
					addPart(r.inside, p)
				}
			}
		}
	}
	return r
}

func addPart(t *texts, p assistant.Part) {
	switch p := p.(type) {
	case assistant.Text:
		var v any
		if json.Unmarshal([]byte(p.Text), &v) == nil { // what escapes stand for
			for _, one := range walk(nil, "", v) {
				t.add(one.text)
			}
		}
		t.add(p.Text)
	case assistant.Audio:
		t.add(p.Transcript)
	case assistant.Citation:
		t.add(p.Title)
		t.add(p.URL)
		t.add(p.Snippet)
	case assistant.File:
		t.add(p.Name)
	}
}

// tainted reports whether a value comes from outside.
func (r *reading) tainted(value string) bool {
	v := simplified(value)
	sum := 0
	for _, c := range v {
		sum += weight(c)
	}
	if sum < least || r.inside.has(v) {
		return false
	}
	if r.outside.has(v) {
		return true
	}
	for w := range stretches(v) {
		if r.outside.hasStretch(w) && !r.inside.hasStretch(w) {
			return true
		}
	}
	return false
}
