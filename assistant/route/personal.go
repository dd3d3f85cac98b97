package route

import (
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// found is what was found in texts that might leave.
type found struct {
	types  privacy.Types
	asked  privacy.Types // seen only under the question before it, as maskers do once it has a label: see labelled
	hidden privacy.Types // seen only by one who looks beyond the single text, as maskers do not
	media  bool          // there is something that nobody looks into
}

func (f *found) add(g found) {
	f.types |= g.types
	f.asked |= g.asked
	f.hidden |= g.hidden
	f.media = f.media || g.media
}

// all are the types found, however.
func (f found) all() privacy.Types { return f.types | f.asked | f.hidden }

// A value is personal data as it was written.
type value struct {
	t    privacy.Type
	text string
}

// A finder looks for personal data.
type finder struct {
	detector privacy.Detector
	found
	texts  []string // looked into
	values []value  // found in them
}

// text looks into a text, and into what it says once escapes of JSON are undone.
func (f *finder) text(s string) {
	if s == "" {
		return
	}
	f.texts = append(f.texts, s)
	for x := range f.detector.Find(s) {
		f.types |= privacy.TypesOf(x.Type)
		f.value(x.Type, s[x.Start:x.End])
	}
	if strings.Contains(s, `\`) {
		f.escaped(s)
	}
}

// value remembers personal data, so that it is known again where nothing tells what it is. What is too
// short would be known again everywhere.
func (f *finder) value(t privacy.Type, s string) {
	if v := (value{t, s}); len(s) >= minValue && !slices.Contains(f.values, v) {
		f.values = append(f.values, v)
	}
}

// minValue is the least length of a value that is known again, in bytes: a name of two characters.
const minValue = 4

// escaped looks for what is found only once the escapes are undone: \uff1a13812345678 is no phone number
// to one who does not read the colon.
func (f *finder) escaped(s string) {
	var seen []string
	for x := range f.detector.Find(s) {
		seen = append(seen, s[x.Start:x.End])
	}
	plain := unescape(s)
	for x := range f.detector.Find(plain) {
		if i := slices.Index(seen, plain[x.Start:x.End]); i >= 0 {
			seen = slices.Delete(seen, i, i+1)
		} else {
			f.hidden |= privacy.TypesOf(x.Type)
			f.value(x.Type, plain[x.Start:x.End])
		}
	}
}

// message looks into a message. A short one of the user is also read as the answer to the question
// before it: 284756391 says nothing, but it does after 您的QQ号是多少？
func (f *finder) message(m assistant.Message, question string) {
	f.parts(m.Parts, 0)
	f.seams(m.Parts)
	if m.Role == assistant.RoleUser && question != "" {
		f.answer(m, question)
	}
}

// seams looks for what is cut in two by the end of a text part.
func (f *finder) seams(parts []assistant.Part) {
	var joined strings.Builder
	var ends []int
	for _, p := range parts {
		if t, ok := p.(assistant.Text); ok {
			joined.WriteString(t.Text)
			ends = append(ends, joined.Len())
		}
	}
	if len(ends) < 2 {
		return
	}
	for x := range f.detector.Find(joined.String()) {
		if slices.ContainsFunc(ends, func(at int) bool { return x.Start < at && at < x.End }) {
			f.hidden |= privacy.TypesOf(x.Type)
			f.value(x.Type, joined.String()[x.Start:x.End])
		}
	}
}

// maxDepth bounds results within results, which only hostile histories have.
const maxDepth = 8

func (f *finder) parts(parts []assistant.Part, depth int) {
	for _, p := range parts {
		switch p := p.(type) {
		case assistant.Text:
			f.text(p.Text)
		case assistant.Reasoning:
			f.text(p.Text)
		case assistant.Citation:
			for _, s := range [...]string{p.Title, p.URL, p.Site, p.Snippet} {
				f.text(s)
			}
		case assistant.ToolCall:
			f.text(p.Name)
			f.text(p.Arguments)
		case assistant.ToolResult:
			if depth >= maxDepth {
				f.media = true // nobody looks any deeper
				continue
			}
			f.parts(p.Parts, depth+1)
		case assistant.Image:
			f.medium(p.Media)
		case assistant.Audio:
			f.medium(p.Media)
			f.text(p.Transcript)
		case assistant.Video:
			f.medium(p.Media)
			for _, url := range p.Frames {
				f.text(url)
			}
		case assistant.File:
			f.medium(p.Media)
			f.text(p.Name)
		case assistant.Unknown: // goes nowhere
		default:
			f.media = true
		}
	}
}

func (f *finder) medium(m assistant.Media) {
	f.media = true
	if !strings.HasPrefix(m.URL, "data:") {
		f.text(m.URL)
	}
}
