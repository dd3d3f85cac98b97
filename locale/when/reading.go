package when

import "time"

// Reading is one way in which an expression can be placed in time.
type Reading struct {
	Time, EndTime time.Time // as in Match
}

// Readings returns the ways in which the expression can be placed in time, the likeliest first, which is the one in
// the match. What comes round, such as 周五, has the next and the last; an hour such as 三点 has both halves of the day.
func (m Match) Readings() []Reading {
	out := []Reading{{m.Time, m.EndTime}}
	if m.meaning == nil || m.meaning.form != formPoint && m.meaning.form != formRange {
		return out
	}
	mean := *m.meaning
	r := &mean.resolved.r
	if mean.form == formRange && !mean.a.hasDate() && mean.b.hasDate() {
		return out
	}
	first := mean.a.steps[0]
	_, rounds := mean.a.round()
	add := func(c choice) bool {
		var read Match
		if mean.form == formPoint {
			s, ok := r.span(&mean.a, c)
			if !ok {
				return false
			}
			read.point(s)
		} else {
			a, ok := r.span(&mean.a, c)
			if !ok || !r.between(&mean, &read, a, c) {
				return false
			}
		}
		for _, o := range out {
			if o.Time.Equal(read.Time) {
				return true
			}
		}
		out = append(out, Reading{read.Time, read.EndTime})
		return true
	}
	c := mean.resolved.c
	if mean.a.openHour() {
		add(choice{c.round, !c.late})
	}
	if !rounds || first.op == opWeekday && first.m != plainWeekday || first.op == opCycle && first.unit < Hour {
		return out
	}
	for _, dir := range [...]int{1, -1} {
		for n := 1; n <= maxRounds; n++ {
			if add(choice{c.round + dir*n, c.late}) {
				break
			}
		}
	}
	return out
}

// resolver returns what placed the match in time, or nil.
func (m Match) resolver() *resolver {
	if m.meaning == nil {
		return nil
	}
	return &m.meaning.resolved.r
}
