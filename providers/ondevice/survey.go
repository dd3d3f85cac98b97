package ondevice

import (
	"slices"
	"strings"
	"sync"
)

// A survey is what there is in a sentence before any phrase is compared with it.
type survey struct {
	values []span   // times and numbers
	names  [][]span // of each tool
	spans  [][]span // both, for each tool, in order; tools without names share them
	listed [][]bool // for each tool and argument whether there are lists of names for it, and it takes nothing else
	found  []span   // names of a tool that is looked at
	wholes []whole  // the phrases that cover the sentence
}

var surveys = sync.Pool{New: func() any { return new(survey) }}

// release gives the room of the survey back, but not that of the spans.
func (v *survey) release() {
	clear(v.names)
	clear(v.spans)
	clear(v.found[:cap(v.found)])
	clear(v.wholes)
	v.values, v.listed = nil, nil
	surveys.Put(v)
}

// survey looks for values and names. With alike, names that something in the sentence sounds like count, too.
func (r *reading) survey(t *text, alike bool) *survey {
	n := len(r.set.tools)
	v := surveys.Get().(*survey)
	v.values, v.names, v.spans, v.listed = t.values(r.now), sized(v.names, n), sized(v.spans, n), r.naming.closed
	plain := slices.Clone(v.values)
	sortSpans(plain)
	options := r.set.findOptions(t)
	names := v.found
	for i, tool := range r.set.tools {
		names = names[:0]
		for ai := range tool.args {
			for len(options) > 0 && options[0].is(i, ai) {
				names = append(names, options[0].span(r.set))
				options = options[1:]
			}
			for _, list := range r.naming.lists[i][ai] {
				names = list.find(names, t, ai, &tool.args[ai], alike)
			}
		}
		names = append(outside(v.values, slices.DeleteFunc(names, t.polite)), r.pointed(t, tool)...)
		t.complain(tool, names)
		if v.spans[i] = plain; len(names) > 0 {
			all := slices.Concat(names, names, v.values)
			v.names[i], v.spans[i] = all[:len(names):len(names)], all[len(names):]
			sortSpans(v.spans[i])
		}
	}
	v.found = names
	return v
}

// strays reports whether a sentence names something that a tool does not take or speak of, and others do: the place in
// 纽约现在几点.
func (r *reading) strays(t *text, v *survey, of int, c *Candidate) bool {
	for i, names := range v.names {
		if i == of {
			continue
		}
		for k := range names {
			s := &names[k]
			if s.end < len(t.runes) && strings.ContainsRune("上里中", t.runes[s.end]) { // 日历上 is where
				continue
			}
			if s.heard > 0 || s.listed || s.end-s.start < 2 || !v.listed[i][s.arg] || r.set.tools[i].args[s.arg].form != freeText {
				continue
			}
			from, to := t.start(s.start), t.start(s.end)
			taken := slices.ContainsFunc(c.Slots, func(o Slot) bool { return o.Start < to && from < o.End }) ||
				slices.ContainsFunc(v.spans[of], func(o span) bool { return o.start < s.end && s.start < o.end })
			if !taken && !r.spoken(t, s, of) {
				return true
			}
		}
	}
	return false
}

// spoken reports whether a tool speaks of all the words of a name.
func (r *reading) spoken(t *text, s *span, of int) bool {
	for i := s.start; i < s.end; i = t.tokens[i].end {
		if !r.set.words.by(of, r.set.words.place(t.tokens[i].symbol)) {
			return false
		}
	}
	return true
}

// polite reports whether a name is only a part of a word that carries no meaning: 晒 in 多谢晒.
func (t *text) polite(s span) bool {
	for i := max(0, s.start-3); i <= s.start; i++ {
		if k := t.tokens[i]; k.class&filler != 0 && k.end >= s.end && k.end-i > s.end-s.start {
			return true
		}
	}
	return false
}

// misheard reports whether something in a sentence sounds like a name that is not written there.
func (r *reading) misheard(t *text) bool {
	return slices.ContainsFunc(r.naming.all, func(n *Names) bool { return len(t.alike(n)) > 0 })
}

// A naming is the lists of names that there are for the arguments of tools.
type naming struct {
	lists  [][][]*Names // by tool and argument, those of the session first
	closed [][]bool     // by tool and argument whether only these names are values
	all    []*Names     // each once
}

// naming returns the lists that there are in a session.
func (s *toolset) naming(session, shared map[string]*Names) *naming {
	out := &naming{lists: make([][][]*Names, len(s.tools)), closed: make([][]bool, len(s.tools))}
	seen := make(map[*Names]bool)
	for i, t := range s.tools {
		out.lists[i], out.closed[i] = make([][]*Names, len(t.args)), make([]bool, len(t.args))
		for ai, a := range t.args {
			lists := listsOf(a.name, session, t.names, shared)
			open := slices.ContainsFunc(lists, func(n *Names) bool { return n.open })
			out.lists[i][ai], out.closed[i][ai] = lists, t.only[a.name] != nil || len(lists) > 0 && !open
			for _, n := range lists {
				if !seen[n] {
					seen[n] = true
					out.all = append(out.all, n)
				}
			}
		}
	}
	return out
}

// listsOf returns the lists of an argument that have names, in order.
func listsOf(argument string, all ...map[string]*Names) []*Names {
	var out []*Names
	for _, lists := range all {
		if n := lists[argument]; n.Len() > 0 {
			out = append(out, n)
		}
	}
	return out
}

// first returns the longest span at each rune, of several the first tool's, and values last; nil where there is none.
func (v *survey) first(runes int) []*span {
	out := make([]*span, runes)
	put := func(spans []span) {
		for k := range spans {
			if s := &spans[k]; s.start < runes && (out[s.start] == nil || s.end > out[s.start].end) {
				out[s.start] = s
			}
		}
	}
	for _, names := range v.names {
		put(names)
	}
	put(v.values)
	return out
}
