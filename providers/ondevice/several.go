package ondevice

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// sentence understands a sentence as one command, or as several.
func (r *reading) sentence(t *text) Interpretation { return r.commands(t, maxCommands) }

// maxCommands bounds the commands in one sentence.
const maxCommands = 3

// commands understands a sentence as at most so many commands, in the likeliest of its readings: as one command, as
// several, or as one with a remark beside it.
func (r *reading) commands(t *text, most int) Interpretation {
	whole := r.command(t)
	if both, ok := r.opened(t, whole); ok && most > 1 {
		return both
	}
	if each, ok := r.coordinated(t, whole, most); ok {
		return each
	}
	if whole.settled {
		r.dated(t, &whole)
		return whole
	}
	best, least := whole, whole.joint()
	reaches := whole.reaches()
	if reaches {
		least *= reaching
	}
	neglects := r.neglects(t, whole)
	several, parted := r.split(t, most)
	if parted {
		switch {
		case neglects, whole.Decision() == Refuse, !several.comma && several.Decision() == Act, several.joint() > least:
			best, least, neglects = several, several.joint(), false
		}
	}
	if rest, ok := r.beside(t, reaches); ok && rest.joint() > least {
		switch omits := r.neglects(t, rest); {
		case omits && parted:
			best, neglects = several, false
		default:
			best, neglects = rest, omits
		}
	}
	if best.Next == nil && neglects {
		best.neglects, best.Candidates[0].unsure = true, true
		best.Why = append(best.Why, "leaves out a part of the sentence that is a command, too")
	}
	r.dated(t, &best)
	return best
}

// reaching is how much less likely a reading is that takes several clauses for one text, beside one that does not.
const reaching = 0.5

// reaches reports whether the text of an argument goes from one clause into another.
func (in Interpretation) reaches() bool {
	return len(in.Candidates) > 0 && slices.ContainsFunc(in.Candidates[0].Slots, func(s Slot) bool { return strings.ContainsFunc(s.Source, isPause) })
}

// splitters stand between two commands in one sentence.
var splitters = []string{"然后", "接着", "并且", "顺便", "顺手", "同埋", "随后", "同时", "还有", "另外", "再", "，", ",", "。", "；"}

// maxSplits bounds the places where a sentence is tried to be parted.
const maxSplits = 4

// split understands a sentence as several commands if each part is one by itself, or goes on with the
// one before.
func (r *reading) split(t *text, most int) (Interpretation, bool) {
	if most == 1 {
		return Interpretation{}, false
	}
	tried := 0
	var spare Interpretation // parted, and a part left out
	for _, splitter := range splitters {
		mark := foldString(splitter)
		for i := 1; i+len(mark) < len(t.runes) && tried < maxSplits; i++ {
			if !slices.Equal(t.runes[i:i+len(mark)], mark) {
				continue
			}
			comma := splitter == "，" || splitter == ","
			before := stretch{t, 0, i}
			if comma && before.grumbles() || splitter == "还有" && strings.ContainsRune("几多什哪没", t.runes[i+len(mark)]) {
				continue // 灯太刺眼了，调暗点; 离春节还有几天
			}
			tried++
			left, _, _ := t.slice(0, i)
			one := newText(left)
			first := r.commands(one, 1)
			if first.Decision() == Refuse {
				continue
			}
			if each, ok := r.coordinated(one, first, most-1); ok {
				first = each
			}
			words, start, _ := t.slice(i+len(mark), len(t.runes))
			right := newText(words)
			second, ok := r.further(right, first.last(), most-first.count())
			if ok && second.Next == nil && first.Candidates[0].repeats(second.Candidates[0]) {
				first.Text = t.raw
				first.Why = append(first.Why, "says the same again")
				return first, true
			}
			if ok && first.Decision() == Act && second.Decision() == Ask && right.refersBack() {
				return first, true
			}
			if !ok || comma && first.hearsay(one) || first.heard(one) || first.Candidates[0].same(second.Candidates[0]) {
				continue
			}
			if again := first.Candidates[0].Tool == second.Candidates[0].Tool; again && (first.Decision() == Ask || comma && second.Decision() == Ask && first.Candidates[0].adds(second.Candidates[0])) {
				continue // one says what the other lacks: 找个锅，不超过三百块
			}
			second.shift(start)
			first.Text = t.raw
			first.last().Next = &second
			if first.comma = comma; comma && !first.settled && second.Move != CarryOver {
				first.Candidates[0].Confidence *= lessApart
			}
			first.Why = append(first.Why, fmt.Sprintf("several commands, parted at %q", splitter))
			switch {
			case first.Decision() == Refuse:
			case !first.neglects:
				return first, true
			case spare.Next == nil:
				spare = first
			}
		}
	}
	if spare.Next == nil {
		return r.abutting(t)
	}
	return spare, true
}

// refersBack reports whether a part of a sentence is about what was named before: 闹钟别响了，关掉它.
func (t *text) refersBack() bool {
	return slices.ContainsFunc(t.runes, func(r rune) bool { return r == '它' || r == '佢' })
}

// last returns the last command of a sentence.
func (in *Interpretation) last() *Interpretation {
	for in.Next != nil {
		in = in.Next
	}
	return in
}

// count returns how many commands a sentence has.
func (in *Interpretation) count() int {
	n := 1
	for ; in.Next != nil; in = in.Next {
		n++
	}
	return n
}

func (in Interpretation) confidenceOrNone() float64 {
	if len(in.Candidates) == 0 {
		return 0
	}
	return in.Candidates[0].Confidence
}

// joint is how likely all commands of the sentence are meant.
func (in Interpretation) joint() float64 {
	p := in.confidenceOrNone()
	for c := in.Next; c != nil; c = c.Next {
		p *= c.confidenceOrNone()
	}
	return p
}

// further understands what follows a command in the same sentence.
func (r *reading) further(t *text, first *Interpretation, most int) (Interpretation, bool) {
	in := r.commands(t, most)
	alone := in.Decision() != Refuse
	if in.Decision() == Act && first.Decision() == Act {
		r.alike(&first.Candidates[0], &in.Candidates[0])
	}
	if in.Decision() == Act || first.Decision() != Act {
		return in, alone
	}
	d := r.dialogue(first.after(State{}, r.now))
	if d == nil {
		return in, alone
	}
	for _, move := range []func(*text, Interpretation) (Interpretation, bool){d.add, d.carry} {
		if next, ok := move(t, in); ok && (!alone || next.Decision() == Act) {
			return next, next.Decision() != Refuse
		}
	}
	return in, alone
}

// repeats reports whether d only says again which tool is meant, 后天忙不忙，看看日程, or asks the same: 明天会不会下雨，要不要带伞.
func (c Candidate) repeats(d Candidate) bool {
	return c.Tool == d.Tool && len(c.Slots) > 0 && len(d.Slots) == 0 || c.Tool.ReadOnly && c.same(d)
}

// adds reports whether d says nothing else of the arguments that c has.
func (c Candidate) adds(d Candidate) bool {
	return !slices.ContainsFunc(d.Slots, func(s Slot) bool {
		return slices.ContainsFunc(c.Slots, func(o Slot) bool { return o.Name == s.Name && !reflect.DeepEqual(o.Value, s.Value) })
	})
}

// same reports whether both are the same call.
func (c Candidate) same(d Candidate) bool { return c.Tool == d.Tool && c.Arguments == d.Arguments }

// shift moves the offsets of the slots to a sentence in which this one starts at byte by.
func (in *Interpretation) shift(by int) {
	for n := in; n != nil; n = n.Next {
		for _, c := range n.Candidates {
			for i := range c.Slots {
				if c.Slots[i].Origin != Carried {
					c.Slots[i].Start += by
					c.Slots[i].End += by
				}
			}
		}
	}
}
