package language

import (
	"iter"
	"slices"
	"unicode/utf8"
)

// A Run is a part of a text that is in one language.
type Run struct {
	Language   Language
	Start, End int // offsets in the text
}

// Runs yields the runs of s. Together they are s: what is in no language, such as spaces, digits and punctuation,
// belongs to the run before it, or to the first one. Ideographs without a sign of their language are taken for that of
// other ideographs before them, else after them, else for Chinese.
func Runs(s string) iter.Seq[Run] {
	return func(yield func(Run) bool) {
		clauses := clausesOf(s)
		for i := 0; i < len(clauses); {
			run := Run{clauses[i].language, clauses[i].start, len(s)}
			for i++; i < len(clauses) && clauses[i].language == run.Language; i++ {
			}
			if i < len(clauses) {
				run.End = clauses[i].start
			}
			if !yield(run) {
				return
			}
		}
	}
}

// A clause is a part of a text in one kind of script, up to the next mark.
type clause struct {
	kind     uint8
	language Language // or nothing, as long as it could be in several
	solid    bool     // and what is near can be expected to be in it too
	start    int
}

// Kinds of script that languages can share.
const (
	neutral uint8 = iota
	eastern       // Chinese and Japanese
	korean
	western
	foreignScript
)

func kindOf(r rune) uint8 {
	switch scriptOf(r) {
	case none:
		return neutral
	case han, hiragana, katakana, bopomofo:
		return eastern
	case hangul:
		return korean
	case latin:
		return western
	}
	return foreignScript
}

// clausesOf returns the clauses of s. Each ends where the next one begins.
func clausesOf(s string) []clause {
	var clauses []clause
	kind := neutral
	marked := false // a mark has ended the clause
	start := 0
	add := func(end int) {
		if kind != neutral {
			clauses = append(clauses, guess(kind, start, s[start:end]))
		}
	}
	for i, r := range s {
		k := kindOf(r)
		switch {
		case k == neutral:
			marked = marked || kind == eastern && parts(r)
			continue
		case kind == neutral: // what is before the first clause belongs to it
			kind = k
		case k != kind || marked:
			add(i)
			kind, start = k, i
		}
		marked = false
	}
	add(len(s))
	if len(clauses) == 0 && s != "" {
		return []clause{{language: Unknown}}
	}
	settle(clauses)
	return clauses
}

// parts tells whether a mark parts what may be in two languages.
func parts(r rune) bool { return r >= utf8.RuneSelf || r == '"' || r == '(' || r == ')' || r == '\n' }

// guess returns the clause s.
func guess(kind uint8, start int, s string) clause {
	var t tally
	t.count(s)
	c := clause{kind: kind, start: start}
	switch kind {
	case eastern:
		if t.kana+t.chinese+t.cantonese+t.japanese > 0 {
			c.language, _ = t.language()
			c.solid = t.letters[han] > 0 // kana alone may be quoted in any text
		}
	case western:
		if t.english+t.foreign > 0 {
			c.language, _ = t.language()
			c.solid = true
		}
	case korean:
		c.language = Korean
	default:
		c.language = Unknown
	}
	return c
}

// settle gives each clause that could be in several languages that of the one before it of the same kind that is
// solid, else of the one after it.
func settle(clauses []clause) {
	for kind, last := range map[uint8]Language{eastern: Chinese, western: English} {
		if i := slices.IndexFunc(clauses, func(c clause) bool { return c.kind == kind && c.solid }); i >= 0 {
			last = clauses[i].language
		}
		for i, c := range clauses {
			switch {
			case c.kind != kind:
			case c.solid:
				last = c.language
			case c.language == "":
				clauses[i].language = last
			}
		}
	}
}
