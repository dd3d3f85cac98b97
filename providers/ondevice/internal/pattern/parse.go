package pattern

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

const (
	maxDepth = 64     // of brackets and rules in each other
	maxNodes = 20_000 // of a phrase with its rules put in
	maxSize  = 50_000 // of what it becomes
	maxOrder = 6      // items that can stand in any order
	maxAny   = 200    // characters in a bounded wildcard
)

// A reader reads one text: a phrase, a rule or a value.
type reader struct {
	text  string
	at    int
	where string

	phrase int
	scope  *Scope
	rules  []string // that are being put in, the outer ones first
	depth  int
	nodes  *int
	plain  bool // without slots and any text
}

// readPhrase reads the i-th phrase.
func readPhrase(i int, p Phrase) (*node, error) {
	r := &reader{text: p.Text, phrase: i, scope: p.Scope, nodes: new(int)}
	return r.readAll()
}

// readPlain reads a text without slots: a value of a list, or a word to skip.
func readPlain(phrase int, text, where string, scope *Scope) (*node, error) {
	r := &reader{text: text, where: where, phrase: phrase, scope: scope, nodes: new(int), plain: true}
	return r.readAll()
}

// readAll reads a text that may not be empty.
func (r *reader) readAll() (*node, error) {
	n, err := r.readText()
	switch {
	case err != nil:
		return nil, err
	case strings.TrimSpace(r.text) == "":
		return nil, r.fail(0, "is empty: say what is to be found")
	case n.size() > maxSize:
		return nil, r.fail(0, "has too many orders in each other: write several phrases")
	case n.empty():
		return nil, r.fail(0, "fits an empty sentence: take the brackets of a part away that is always there")
	}
	return n, nil
}

// readText reads all of the text.
func (r *reader) readText() (*node, error) {
	if !utf8.ValidString(r.text) {
		return nil, r.fail(0, "is not UTF-8")
	}
	n, err := r.choice(0)
	if err == nil && r.at < len(r.text) {
		c := r.text[r.at]
		err = r.fail(r.at, `%q closes nothing: take it out, or write \%c for the character`, c, c)
	}
	return n, err
}

func (r *reader) fail(at int, format string, args ...any) error {
	return &Error{r.phrase, r.where, r.text, at, fmt.Sprintf(format, args...)}
}

// node counts a new node.
func (r *reader) node(n *node) (*node, error) {
	if *r.nodes++; *r.nodes > maxNodes {
		return nil, r.fail(r.at, "has more than %d parts with its rules put in: make a list of what has many values", maxNodes)
	}
	return n, nil
}

// choice reads alternatives up to a bracket that closes, or to a semicolon inside of brackets.
func (r *reader) choice(brackets int) (*node, error) {
	var items []*node
	for {
		n, err := r.both(brackets)
		if err != nil {
			return nil, err
		}
		items = append(items, n)
		if !r.next("|") {
			return several(opChoice, items), nil
		}
	}
}

// both reads parts that can stand anywhere.
func (r *reader) both(brackets int) (*node, error) {
	var items []*node
	for {
		start := r.at
		n, err := r.sequence(brackets)
		if err != nil {
			return nil, err
		}
		items = append(items, n)
		if err := r.orderable(start, items); err != nil {
			return nil, err
		}
		if !r.next("&&") {
			break
		}
	}
	if len(items) > 1 && r.plain {
		return nil, r.fail(r.at, "has && in a place that holds words only")
	}
	return several(opBoth, items), nil
}

func (r *reader) orderable(at int, items []*node) error {
	if len(items) > maxOrder {
		return r.fail(at, "has more than %d parts in any order: write several phrases", maxOrder)
	}
	return nil
}

// next reads a mark if it comes next.
func (r *reader) next(mark string) bool {
	if !strings.HasPrefix(r.text[r.at:], mark) {
		return false
	}
	r.at += len(mark)
	return true
}

func (r *reader) sequence(brackets int) (*node, error) {
	var items []*node
	for r.at < len(r.text) {
		var n *node
		var err error
		start := r.at
		switch c := r.text[r.at]; {
		case c == '|' || c == ')' || c == ']' || c == ';' && brackets > 0 || strings.HasPrefix(r.text[r.at:], "&&"):
			return sequence(items), nil
		case c == '}' || c == '>':
			return nil, r.fail(start, `%q closes nothing: take it out, or write \%c for the character`, c, c)
		case c == '(' || c == '[':
			n, err = r.group(brackets)
		case c == '{':
			n, err = r.brace()
		case c == '<':
			n, err = r.rule()
		default:
			n, err = r.words(brackets)
		}
		if err == nil {
			n, err = r.node(n)
		}
		if err != nil {
			return nil, err
		}
		items = append(items, n)
	}
	return sequence(items), nil
}

// group reads what stands in brackets.
func (r *reader) group(brackets int) (*node, error) {
	start := r.at
	open, shut := r.text[start], byte(')')
	if open == '[' {
		shut = ']'
	}
	if r.depth++; r.depth > maxDepth {
		return nil, r.fail(start, "has more than %d brackets and rules in each other: write several phrases", maxDepth)
	}
	r.at++
	var items []*node
	for {
		n, err := r.choice(brackets + 1)
		if err != nil {
			return nil, err
		}
		items = append(items, n)
		if err := r.orderable(r.at, items); err != nil {
			return nil, err
		}
		if !r.next(";") {
			break
		}
	}
	if !r.next(string(shut)) {
		return nil, r.fail(start, `%q is not closed: write %q behind what belongs to it, or \%c for the character`, open, shut, open)
	}
	r.depth--
	n := several(opOrder, items)
	if open == '[' {
		n = optional(n)
	}
	return n, nil
}

// words reads text up to the next mark.
func (r *reader) words(brackets int) (*node, error) {
	var escaped []byte // what was read, if some of it is written with a backslash
	start, from := r.at, r.at
	for r.at < len(r.text) {
		c := r.text[r.at]
		if strings.IndexByte("[](){}<>|", c) >= 0 || c == ';' && brackets > 0 || strings.HasPrefix(r.text[r.at:], "&&") {
			break
		}
		if c == '\\' {
			escaped = append(escaped, r.text[from:r.at]...)
			if r.at++; r.at == len(r.text) {
				return nil, r.fail(r.at-1, `\ has nothing behind it: write \\ for the character`)
			}
			from = r.at
		}
		_, size := utf8.DecodeRuneInString(r.text[r.at:])
		r.at += size
	}
	words := r.text[from:r.at]
	if escaped != nil {
		words = string(append(escaped, words...))
	}
	return &node{op: opWords, words: spaced(words, start > 0, r.at < len(r.text))}, nil
}

// spaced returns words without the spaces at their ends, but one beside a Latin word that others stand before or behind.
func spaced(words string, before, behind bool) string {
	text := strings.TrimSpace(words)
	if text == "" {
		return ""
	}
	if before && words[0] == ' ' && latin(text[0]) {
		text = " " + text
	}
	if behind && words[len(words)-1] == ' ' && latin(text[len(text)-1]) {
		text += " "
	}
	return text
}

func latin(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// enclosed reads what stands up to the mark that closes, which the reader is at.
func (r *reader) enclosed(shut byte) (string, error) {
	start := r.at
	open := r.text[start]
	i := strings.IndexAny(r.text[start+1:], "{}<>[]()|")
	if i < 0 || r.text[start+1+i] != shut {
		return "", r.fail(start, `%q is not closed: write %q behind the name, or \%c for the character`, open, shut, open)
	}
	r.at = start + 1 + i + 1
	return strings.TrimSpace(r.text[start+1 : start+1+i]), nil
}

// brace reads a slot or any text.
func (r *reader) brace() (*node, error) {
	start := r.at
	inside, err := r.enclosed('}')
	if err != nil {
		return nil, err
	}
	if r.plain {
		return nil, r.fail(start, "has a slot in a place that holds words only")
	}
	if bounds, ok := strings.CutPrefix(inside, "*"); ok {
		return r.any(start, strings.TrimSpace(bounds))
	}
	name, of, colon := strings.Cut(inside, ":")
	name, of = strings.TrimSpace(name), strings.TrimSpace(of)
	switch {
	case name == "":
		return nil, r.fail(start, "has a slot without a name: write {*} for any text")
	case colon && of == "":
		return nil, r.fail(start, "has a slot that is filled from nothing: write {%s}, or the name of a list behind the colon", name)
	case !colon:
		return &node{op: opSlot, slot: Slot{name, name}}, nil
	}
	if r.scope.has(of) {
		return &node{op: opSlot, slot: Slot{name, of}}, nil
	}
	if r.scope.has(name) {
		return nil, r.fail(start, "nothing is called %q, but %q: write {%s:%s}, the slot first", of, name, of, name)
	}
	return nil, r.fail(start, "nothing is called %q: %s", of, known("lists and kinds", r.scope.sources()))
}

// any reads the bounds of any text.
func (r *reader) any(start int, bounds string) (*node, error) {
	if bounds == "" {
		return &node{op: opAny, most: unbounded}, nil
	}
	low, high, dash := strings.Cut(bounds, "-")
	if !dash {
		high = low
	}
	least, err1 := strconv.ParseUint(strings.TrimSpace(low), 10, 16)
	most, err2 := int64(unbounded), error(nil)
	if high != "" {
		most, err2 = strconv.ParseInt(strings.TrimSpace(high), 10, 16)
	}
	switch {
	case err1 != nil || err2 != nil || high != "" && most < 0:
		return nil, r.fail(start, "{*%s} has no such bounds: write {*}, {*3}, {*1-10} or {*2-}", bounds)
	case high != "" && (most < int64(least) || most == 0):
		return nil, r.fail(start, "{*%s} ends before it begins: write the smaller number first", bounds)
	case int64(least) > maxAny || most > maxAny:
		return nil, r.fail(start, "{*%s} has more than %d characters: write {*%d-} for any number", bounds, maxAny, min(least, maxAny))
	}
	return &node{op: opAny, least: int(least), most: int(most)}, nil
}

// rule puts a rule in.
func (r *reader) rule() (*node, error) {
	start := r.at
	name, err := r.enclosed('>')
	if err != nil {
		return nil, err
	}
	var text string
	ok := false
	if r.scope != nil {
		text, ok = r.scope.Rules[name]
	}
	switch {
	case !ok && r.scope == nil:
		return nil, r.fail(start, "no rule is called %q: %s", name, known("rules", nil))
	case !ok:
		return nil, r.fail(start, "no rule is called %q: %s", name, known("rules", slices.Sorted(maps.Keys(r.scope.Rules))))
	case slices.Contains(r.rules, name):
		return nil, r.fail(start, "rule %q uses itself: write what repeats as several phrases", name)
	case r.depth >= maxDepth:
		return nil, r.fail(start, "has more than %d brackets and rules in each other: write several phrases", maxDepth)
	}
	inner := *r
	inner.text, inner.at, inner.where = text, 0, "rule <"+name+">"
	inner.rules = append(slices.Clip(r.rules), name)
	inner.depth++
	return inner.readText()
}

// has reports whether a slot can be filled from what is called name.
func (s *Scope) has(name string) bool {
	if s == nil {
		return false
	}
	_, list := s.Lists[name]
	_, kinds := s.Kinds[name]
	return list || kinds
}

func (s *Scope) sources() []string {
	if s == nil {
		return nil
	}
	return slices.Compact(slices.Sorted(func(yield func(string) bool) {
		for name := range s.Lists {
			if !yield(name) {
				return
			}
		}
		for name := range s.Kinds {
			if !yield(name) {
				return
			}
		}
	}))
}

// known says what there is instead of what was not found.
func known(what string, names []string) string {
	const most = 12
	switch {
	case len(names) == 0:
		return "the scope has no " + what
	case len(names) > most:
		return fmt.Sprintf("%s are %s and %d more", what, strings.Join(names[:most], ", "), len(names)-most)
	}
	return what + " are " + strings.Join(names, ", ")
}

// spoken returns words as they are compared.
func spoken(words string) []rune { return view.OfString(words).Runes }

func spokenString(words string) string { return string(spoken(words)) }
