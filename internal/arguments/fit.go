package arguments

import (
	"fmt"
	"strings"
)

// fitter walks a tree along a schema. It changes what can be read in exactly one other
// way, and collects the problems that remain. A strict fitter changes nothing and stops
// at the first problem: that is validation.
type fitter struct {
	strict   bool
	failed   bool
	budget   *int // visits left, shared with all trials
	places   []place
	problems Problems
	notes    []string
	lost     int // fields dropped, which counts against an alternative
}

// fork returns a fitter for a trial at the same place.
func (f *fitter) fork(strict bool) *fitter {
	return &fitter{strict: strict, budget: f.budget, places: f.places[:len(f.places):len(f.places)]}
}

// accepts reports whether v satisfies n as it is.
func (f *fitter) accepts(n *node, v *value) bool {
	g := f.fork(true)
	g.fit(n, v)
	return !g.failed
}

// fits returns v as n accepts it, if it can be made so; adopt takes over the changes.
func (f *fitter) fits(n *node, v value) (value, *fitter) {
	g := f.fork(false)
	c := v.clone()
	g.fit(n, &c)
	return c, g
}

func (f *fitter) adopt(g *fitter) {
	f.notes = append(f.notes, g.notes...)
	f.lost += g.lost
}

// confirm checks a value that was fitted without a problem: schemas that apply in the
// same place may have pulled it different ways, and trials that were given up prove nothing.
func (f *fitter) confirm(root *node, v *value) {
	switch {
	case f.failed:
	case *f.budget < 0:
		f.fit(root, v) // which says that the budget is spent
	case f.notes != nil && !f.accepts(root, v):
		f.problem(func() string { return "the schema's parts want different values, write the value exactly as it says" })
	}
}

// problem records what is wrong here; the reason is only worked out where it is read.
func (f *fitter) problem(reason func() string) {
	f.failed = true
	if !f.strict && len(f.problems) < MaxProblems {
		f.problems = append(f.problems, Problem{path(f.places), reason()})
	}
}

func (f *fitter) want(what string, v *value) {
	f.problem(func() string { return what + ", got " + quoted(v) })
}

// note records a change for the log. It never repeats the value.
func (f *fitter) note(change string) {
	if len(f.notes) < MaxProblems {
		where := path(f.places)
		if where != "" {
			where += ": "
		}
		f.notes = append(f.notes, where+change)
	}
}

func (f *fitter) push(p place) { f.places = append(f.places, p) }
func (f *fitter) pop()         { f.places = f.places[:len(f.places)-1] }

func (f *fitter) fit(n *node, v *value) {
	if f.strict && f.failed {
		return
	}
	if *f.budget--; *f.budget < 0 {
		f.failed = true
		if len(f.problems) == 0 {
			f.problems = Problems{{"", "too many alternatives to try, write the value exactly as the schema says"}}
		}
		return
	}
	if len(f.places) > MaxDepth {
		f.problem(func() string { return fmt.Sprintf("nested more than %d levels deep", MaxDepth) })
		return
	}
	if n == nil {
		n = &anything
	}
	if n.never {
		f.problem(func() string { return "not allowed" })
		return
	}
	if n.inPlace {
		f.inPlace(n, v)
	}
	if !n.types.has(v) && (f.strict || !f.coerce(n, v)) {
		f.want("want "+f.expected(n), v)
		return
	}
	if n.enum != nil && !contained(n.enum, v) && (f.strict || !f.choose(n, v)) {
		f.want("want "+oneOf(n.enum), v)
		return
	}
	f.parts(n, v)
	if n.inPlace {
		f.conditions(n, v)
	}
}

// expected says which types n wants, or which values if they are listed.
func (f *fitter) expected(n *node) string {
	switch {
	case n.enum != nil:
		return oneOf(n.enum)
	case n.types == 0:
		return "a finite number"
	}
	return n.types.names()
}

// oneOf lists the values that an enum allows.
func oneOf(enum []value) string {
	const most = 30
	var b strings.Builder
	if len(enum) > 1 {
		b.WriteString("one of ")
	}
	for i := range enum {
		if i == most {
			fmt.Fprintf(&b, ", … (%d in all)", len(enum))
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.Write(enum[i].append(nil))
	}
	if len(enum) == 0 {
		return "nothing, for the schema allows no value"
	}
	return b.String()
}

// inPlace applies the applicators that may change v.
func (f *fitter) inPlace(n *node, v *value) {
	if n.ref != nil {
		f.fit(n.ref, v)
	}
	for _, k := range n.allOf {
		f.fit(k, v)
	}
	if n.anyOf != nil {
		f.alternatives(n.anyOf, v, false)
	}
	if n.oneOf != nil {
		f.alternatives(n.oneOf, v, true)
	}
	if n.when != nil {
		then := n.when.otherwise
		if f.accepts(n.when.test, v) {
			then = n.when.then
		}
		if then != nil {
			f.fit(then, v)
		}
	}
}

// conditions checks what must still hold after all changes.
func (f *fitter) conditions(n *node, v *value) {
	if n.not != nil && f.accepts(n.not, v) {
		f.problem(func() string { return "this value is excluded by the schema" })
	}
}

// alternatives fits v to one of the branches: the first that accepts it as it is, else
// the one that needs the least change.
func (f *fitter) alternatives(branches []*node, v *value, exactlyOne bool) {
	accepted, first := f.count(branches, v, exactlyOne)
	if accepted > 0 && (accepted == 1 || !exactlyOne) {
		if !f.strict {
			f.fit(branches[first], v)
		}
		return
	}
	if f.strict {
		f.failed = true
		return
	}
	if accepted > 1 {
		f.problem(func() string { return "fits several of the alternatives, want exactly one" })
		return
	}
	var best, nearest *fitter
	var fitted value
	for _, b := range branches {
		c, g := f.fits(b, *v)
		if g.failed {
			if nearest == nil || g.nearer(nearest) {
				nearest = g
			}
			continue
		}
		if best != nil && g.cost() >= best.cost() {
			continue
		}
		if exactlyOne {
			if k, _ := f.count(branches, &c, true); k != 1 {
				continue
			}
		}
		best, fitted = g, c
	}
	switch {
	case best != nil:
		*v = fitted
		f.adopt(best)
	case nearest == nil:
		f.problem(func() string { return "fits several of the alternatives, want exactly one" })
	case len(branches) > 1 && nearest.atSurface(f):
		f.want("want "+expectedOf(branches), v)
	default:
		f.failed = true
		f.problems = append(f.problems, nearest.problems...)
		f.problems = f.problems[:min(len(f.problems), MaxProblems)]
	}
}

// count returns how many branches accept v, up to the first unless all count.
func (f *fitter) count(branches []*node, v *value, all bool) (n, first int) {
	for i, b := range branches {
		if f.accepts(b, v) {
			if n == 0 {
				first = i
			}
			if n++; !all || n > 1 {
				break
			}
		}
	}
	return n, first
}

// cost ranks trials that succeeded: losing a field is worse than rewriting one.
func (f *fitter) cost() int { return len(f.notes) + 100*f.lost }

// nearer ranks trials that failed: deeper problems mean that the outside was right.
func (f *fitter) nearer(g *fitter) bool {
	inside, other := f.inside(), g.inside()
	if inside != other {
		return inside
	}
	return len(f.problems) < len(g.problems)
}

// inside reports whether every problem lies below the place of the trial.
func (f *fitter) inside() bool {
	for _, p := range f.problems {
		if p.Field == path(f.places) {
			return false
		}
	}
	return true
}

// atSurface reports whether the trial failed at the very value, not inside it.
func (f *fitter) atSurface(at *fitter) bool {
	return len(f.problems) == 1 && f.problems[0].Field == path(at.places)
}

// expectedOf says what the branches want between them.
func expectedOf(branches []*node) string {
	var names []string
	seen := map[string]bool{}
	for _, b := range branches {
		for b != nil && b.ref != nil {
			b = b.ref
		}
		name := "another value"
		switch {
		case b == nil || b.never:
		case b.enum != nil:
			name = oneOf(b.enum)
		case b.types != 0:
			name = b.types.names()
		}
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return strings.Join(names, " or ")
}
