package guard

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// A change is what a rule does to a span of a text.
type change struct {
	start, end int // bytes from the beginning of the text
	action     Action
	with       string       // instead of the span, for Rewrite; or the category of what ends the text
	private    privacy.Type // of private data, which is masked in its own way
	finding    int          // index into the findings of the check, or -1
	cut        bool         // its beginning was taken
}

// before reports whether c counts and not other, which begins at the same place, whichever of them was found first.
func (c *change) before(other *change) bool {
	return cmp.Or(cmp.Compare(other.action, c.action), cmp.Compare(c.end, other.end), cmp.Compare(c.private, other.private), cmp.Compare(c.with, other.with)) < 0
}

// A rule reads a text that arrives in pieces, each of whole characters. What it does must not depend on how the text is
// cut.
type rule interface {
	// read takes the next piece and appends the changes that are now certain.
	read(changes []change, piece string) []change
	// end ends the text, appends the changes that waited for more of it, and begins another text.
	end(changes []change) []change
	// pending returns how many bytes at the end of what was read can still become part of a change.
	pending() int
}

// A lane is one text on its way through rules. It hands on at once what no rule can change any more, and holds back no
// more than the beginning of what may become a change.
type lane struct {
	rules   []rule
	sampler *sampler                    // asks the classifiers; may be nil
	mask    string                      // for each character that is hidden
	style   func(change, string) string // writes private data that is masked in its own way

	open bool // nothing is held back, because nothing is changed

	held    window
	base    int    // offset of what is held
	read    int    // offset of the end of what was read
	tail    string // the beginning of a character, which was not read
	known   int    // up to here all changes of the rules are known
	changes []change
	ended   bool
}

// longCluster is the length from which changes that overlap in a chain are hidden as they come, so that a text cannot
// make the lane hold ever more of it.
const longCluster = 4096

// write reads the next piece, of which take returns what is settled.
func (l *lane) write(piece string) {
	if piece == "" {
		return
	}
	if l.tail != "" {
		piece, l.tail = l.tail+piece, ""
	}
	if n := unfinished(piece); n > 0 {
		piece, l.tail = piece[:len(piece)-n], piece[len(piece)-n:]
	}
	if l.sampler == nil {
		l.advance(piece)
		return
	}
	for piece != "" {
		n, due := l.sampler.next(piece)
		l.advance(piece[:n])
		if piece = piece[n:]; due {
			l.sample(false)
		}
	}
}

// advance reads a piece by the rules.
func (l *lane) advance(piece string) {
	if piece == "" {
		return
	}
	before, pending := len(l.changes), 0
	l.read += len(piece)
	l.held.add(piece)
	for _, r := range l.rules {
		l.changes = r.read(l.changes, piece)
		pending = max(pending, r.pending())
	}
	l.known = max(l.known, l.read-pending)
	l.arrange(before)
}

// end says that the text is complete.
func (l *lane) end() {
	if l.ended {
		return
	}
	if l.tail != "" {
		tail := l.tail
		l.tail = ""
		l.advance(tail)
	}
	before := len(l.changes)
	for _, r := range l.rules {
		l.changes = r.end(l.changes)
	}
	l.known, l.ended = l.read, true
	l.arrange(before)
	if l.sampler != nil {
		l.sample(true)
	}
}

// sample asks the classifiers, unless the rules have decided.
func (l *lane) sample(final bool) {
	if l.stop() != nil {
		l.sampler.skip()
		return
	}
	before := len(l.changes)
	l.changes = l.sampler.judge(l.changes, final)
	l.arrange(before)
}

// settled returns the offset up to which all changes are known.
func (l *lane) settled() int {
	switch {
	case l.open:
		return l.read
	case l.sampler != nil:
		return min(l.known, l.sampler.passed())
	}
	return l.known
}

// arrange keeps the changes in order of their starts, without those that come too late to change anything.
func (l *lane) arrange(before int) {
	if len(l.changes) == before {
		return
	}
	l.changes = slices.DeleteFunc(l.changes, func(c change) bool { return c.end <= l.base && !c.action.Ends() })
	for i := range l.changes {
		if c := &l.changes[i]; c.start < l.base && !c.action.Ends() {
			c.start, c.cut = l.base, true
		}
	}
	slices.SortStableFunc(l.changes, func(a, b change) int { return cmp.Compare(a.start, b.start) })
}

// stop returns the change that ends the text, or nil. It is the first in the text, so that it is the same however the
// text is cut; while one that begins no later may still come, there is none.
func (l *lane) stop() *change {
	var first *change
	for i := range l.changes {
		c := &l.changes[i]
		switch {
		case !c.action.Ends() || c.start >= l.known && !l.ended:
		case first == nil, c.start == first.start && c.before(first):
			first = c
		}
	}
	return first
}

// waiting reports whether there is text that was not taken.
func (l *lane) waiting() bool { return l.base < l.read }

// take returns the settled text up to an offset, with its changes made. It stops where a change begins whose end is not
// settled, and goes beyond the offset where that is inside a change.
func (l *lane) take(to int) string {
	settled := l.settled()
	to = min(to, settled)
	if to <= l.base {
		return ""
	}
	if len(l.changes) == 0 {
		return l.plain(to)
	}
	var b strings.Builder
	for l.base < to && len(l.changes) > 0 {
		c := l.cluster()
		if c.start >= to {
			break
		}
		if c.start > l.base {
			b.WriteString(l.plain(c.start))
		}
		end := c.end
		switch {
		case c.masks:
			end = min(end, to)
		case end > settled:
			return b.String()
		}
		switch text := l.held.head(end - l.base); {
		case c.whole != nil && c.whole.action == Rewrite:
			b.WriteString(c.whole.with)
		case c.whole != nil && c.whole.private != 0:
			b.WriteString(l.style(*c.whole, text))
		default:
			for range utf8.RuneCountInString(text) {
				b.WriteString(l.mask)
			}
		}
		l.plain(end)
		if end == c.end {
			l.changes = l.changes[c.count:]
		} else {
			for i := range c.count { // what is left of them
				if one := &l.changes[i]; one.start < end {
					one.start, one.cut = end, true
				}
			}
			l.changes = slices.DeleteFunc(l.changes, func(one change) bool { return one.end <= end })
		}
	}
	if l.base < to {
		b.WriteString(l.plain(to))
	}
	return b.String()
}

// plain takes text as it is.
func (l *lane) plain(to int) string {
	s := l.held.take(to - l.base)
	l.base = to
	return s
}

// A cluster is a row of changes that overlap.
type cluster struct {
	start, end, count int
	masks             bool    // every character of it is hidden, whatever comes
	whole             *change // one that covers all of it and says what is shown instead, the most severe
}

// cluster returns the first cluster.
func (l *lane) cluster() cluster {
	first := l.changes[0]
	c := cluster{start: first.start, end: first.end, masks: true}
	begun, words := false, false
	for _, next := range l.changes {
		if c.count > 0 && next.start >= c.end {
			break
		}
		c.end = max(c.end, next.end)
		c.masks = c.masks && next.action == Redact && next.private == 0
		begun = begun || next.cut
		words = words || next.private == 0
		c.count++
	}
	if c.masks = c.masks || begun || c.end-c.start > longCluster; c.masks {
		return c
	}
	for i := range l.changes[:c.count] {
		if one := &l.changes[i]; one.start == c.start && one.end == c.end && (c.whole == nil || one.before(c.whole)) {
			c.whole = one
		}
	}
	if words && c.whole != nil && c.whole.private != 0 {
		c.whole = nil // what is left of a mailbox might be what a word or a classifier hides
	}
	return c
}

// forget begins another text.
func (l *lane) forget() {
	var none []change
	for _, r := range l.rules {
		none = r.end(none)
	}
	if l.sampler != nil {
		l.sampler.reset()
	}
	*l = lane{rules: l.rules, sampler: l.sampler, mask: l.mask, style: l.style, open: l.open}
}
