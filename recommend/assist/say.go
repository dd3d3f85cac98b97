package assist

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/recommend"
)

// Written is the kind of a reason that a model wrote: Value is its sentence. It has no share in the
// score and therefore comes last. [recommend.Reason.Text] says nothing for it; [Say] does.
const Written recommend.ReasonKind = "written"

// Say returns why an item was suggested, in Chinese: the sentence that a model wrote for it if there
// is one, otherwise the first of its reasons that can be said, otherwise "". See
// [recommend.Reason.Text] for titles.
func Say(s recommend.Suggestion, titles func(id string) string) string {
	for _, r := range s.Reasons {
		if r.Kind == Written && r.Value != "" {
			return r.Value
		}
	}
	for _, r := range s.Reasons {
		if text := r.Text(titles); text != "" {
			return text
		}
	}
	return ""
}

// maxTitle is how much of a title a model is shown, in characters.
const maxTitle = 60

// clean returns s as data for a model: on one line, of at most limit characters, and without the marks
// 「」 that quote puts around it.
func clean(s string, limit int) string {
	return strings.NewReplacer("「", "『", "」", "』").Replace(line(s, limit))
}

// line returns s as valid UTF-8 on one line, without control and format characters, cut to limit
// characters.
func line(s string, limit int) string {
	s = s[:min(len(s), 64*limit)] // more would only be thrown away
	var b strings.Builder
	n, space := 0, false
	for _, r := range strings.ToValidUTF8(s, "") {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case unicode.In(r, unicode.C) && r != '\u200d': // the joiner of emoji
			continue
		}
		if space {
			b.WriteByte(' ')
			n++
			space = false
		}
		if n >= limit {
			return strings.TrimRight(b.String(), " ") + "…"
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}

func quote(s string, limit int) string { return "「" + clean(s, limit) + "」" }

// sentence returns what a model wrote as a reason to show, or "" if it should not be shown: if it is
// empty or longer than limit characters, or holds an address or a long number.
func sentence(s string, limit int) string {
	if utf8.RuneCountInString(s) > 4*limit {
		return ""
	}
	s = line(s, 4*limit)
	if s == "" || utf8.RuneCountInString(s) > limit {
		return ""
	}
	lower := strings.ToLower(s)
	for _, mark := range [...]string{"://", "www.", ".com", ".cn", "http", "微信", "加v", "qq群", "二维码", "<", "{", "```"} {
		if strings.Contains(lower, mark) {
			return ""
		}
	}
	digits := 0
	for _, r := range s {
		if !unicode.IsDigit(r) {
			digits = 0
			continue
		}
		if digits++; digits >= 7 {
			return ""
		}
	}
	return s
}
