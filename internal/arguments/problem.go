package arguments

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/jsontext"
)

// Problem is one thing that a model has to write differently.
type Problem struct {
	// Field is the place, such as route.stops[2]; empty for the value as a whole.
	Field string
	// Reason says what is wanted and what came instead.
	Reason string
}

// String returns the field and the reason in one line.
func (p Problem) String() string {
	if p.Field == "" {
		return p.Reason
	}
	return p.Field + ": " + p.Reason
}

// Problems is the error of [Schema.Repair]: everything that stands between the text and
// the schema, at most [MaxProblems] of them. Its text quotes the model's words, so that
// the model can correct them.
type Problems []Problem

// MaxProblems is how many problems are told at once.
const MaxProblems = 16

// Error returns the problems one per line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i := range p {
		lines[i] = p[i].String()
	}
	return strings.Join(lines, "\n")
}

// place is one level of a path: a field's name, or an index where name is empty.
type place struct {
	name  string
	index int
}

// path writes places as a.b[2].
func path(places []place) string {
	var b strings.Builder
	for i, p := range places {
		switch {
		case p.index >= 0:
			b.WriteByte('[')
			b.WriteString(strconv.Itoa(p.index))
			b.WriteByte(']')
		case i > 0:
			b.WriteByte('.')
			b.WriteString(shorten(p.name))
		default:
			b.WriteString(shorten(p.name))
		}
	}
	return b.String()
}

// quoteLimit bounds how much of a model's words a message repeats.
const quoteLimit = 60

func shorten(s string) string {
	if len(s) <= quoteLimit {
		return s
	}
	cut := quoteLimit
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

// quoted writes v as a message repeats it.
func quoted(v *value) string {
	switch v.kind {
	case kindString:
		return string(jsontext.AppendString(nil, shorten(v.text)))
	case kindArray:
		return "an array"
	case kindObject:
		return "an object"
	case kindNonFinite:
		return shorten(v.text)
	}
	s, _ := v.scalar()
	return shorten(s)
}

// describe names the kind of v and repeats it.
func describe(v *value) string {
	switch v.kind {
	case kindString:
		return "string " + quoted(v)
	case kindNumber:
		return "number " + quoted(v)
	case kindFalse, kindTrue:
		return "boolean " + quoted(v)
	}
	return quoted(v)
}
