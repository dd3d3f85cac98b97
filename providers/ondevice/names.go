package ondevice

import (
	"math"
	"slices"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/names"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

// A Name is what a thing or a person is called.
type Name struct {
	// Value is what the argument becomes: an identifier, or the name itself if empty.
	Value string `json:"value,omitzero"`
	// Text is the name, and Aliases are other names for the same.
	Text    string   `json:"text"`
	Aliases []string `json:"aliases,omitzero"`
}

// Names is a list of names that is searched by how they are written and by how they sound. It never
// changes, so that one list may serve many users.
//
// What is in no list of an argument is no value of it, unless one of the lists is open.
type Names struct {
	index *names.Index
	open  bool
}

// NewNames returns the list of names. It copies what it needs.
func NewNames(list []Name) *Names {
	return &Names{index: names.Collect(func(yield func(names.Name) bool) {
		for _, n := range list {
			if !yield(names.Name{Text: n.Text, Aliases: n.Aliases, Value: n.Value}) {
				return
			}
		}
	})}
}

// Open returns the list as one that does not have everything: an argument that takes its names takes
// other words, too.
func (n *Names) Open() *Names {
	if n == nil {
		return nil
	}
	return &Names{n.index, true}
}

// Len returns the number of names.
func (n *Names) Len() int {
	if n == nil {
		return 0
	}
	return n.index.Len()
}

// list returns the names.
func (n *Names) list() []Name {
	out := make([]Name, n.Len())
	for i := range out {
		name := n.index.Name(i)
		out[i] = Name{Value: name.Value, Text: name.Text, Aliases: name.Aliases}
	}
	return out
}

// A listening is what lists of names have in common with one text. It is worked out once, whatever the
// number of tools.
type listening struct {
	view    *view.Text
	names   *names.Sentence
	written heardNames
	alike   heardNames
}

// heardNames are what was found of each list.
type heardNames struct {
	looked []*Names // those that were looked for
	found  []foundNames
}

// foundNames are the names of one list that were found.
type foundNames struct {
	list *Names
	hits []names.Hit
}

// someLists is how many lists of names there rarely are more of.
const someLists = 20

func (h *heardNames) of(list *Names, find func() []names.Hit) []names.Hit {
	for _, one := range h.found {
		if one.list == list {
			return one.hits
		}
	}
	if slices.Contains(h.looked, list) {
		return nil
	}
	hits := find()
	if h.looked == nil {
		h.looked = make([]*Names, 0, someLists)
	}
	h.looked = append(h.looked, list)
	if len(hits) > 0 {
		h.found = append(h.found, foundNames{list, hits})
	}
	return hits
}

func (t *text) listen() *listening {
	if t.listening == nil {
		v := view.Of(t.runes)
		t.listening = &listening{view: v, names: names.Of(v)}
	}
	return t.listening
}

// written returns the names of a list that stand in the text.
func (t *text) written(n *Names) []names.Hit {
	l := t.listen()
	return l.written.of(n, func() []names.Hit {
		return slices.DeleteFunc(n.index.Find(l.names), func(h names.Hit) bool { return t.tokens[h.Start].end > h.End })
	})
}

// alike returns the names of a list that something in the text sounds like.
func (t *text) alike(n *Names) []names.Hit {
	l := t.listen()
	return l.alike.of(n, func() []names.Hit {
		return slices.DeleteFunc(n.index.Alike(l.names), func(h names.Hit) bool { return t.small(h.Start, h.End) })
	})
}

// small reports whether there are small words among the runes, such as 会 and 的, which nobody mishears
// for part of a name.
func (t *text) small(from, to int) bool {
	for i := from; i < to; i++ {
		if t.tokens[i].class&filler != 0 {
			return true
		}
	}
	return false
}

// find returns the names of a list that stand in t, as values of the argument, and with alike those that
// something in t sounds like, too.
func (n *Names) find(out []span, t *text, arg int, a *argument, alike bool) []span {
	if n.Len() == 0 {
		return out
	}
	add := func(h names.Hit) {
		value, err := a.parse(n.index.Value(h.Name))
		if err != nil {
			return // it was checked when it was learned; the schema of the request is another one
		}
		s := span{start: h.Start, end: h.End, kind: named, arg: arg, json: string(value), heard: h.Distance}
		if h.Distance > 0 {
			s.doubt = max(1, int(math.Ceil(h.Distance*float64(h.End-h.Start))))
		}
		out = append(out, s)
	}
	for _, h := range t.written(n) {
		add(h)
	}
	if alike {
		for _, h := range t.alike(n) {
			if h.Distance == 0 { // said the same, written otherwise
				h.Distance = homophone
			}
			add(h)
		}
	}
	return out
}

// homophone is the distance of a name that sounds just like what was written.
const homophone = 0.01

// nearest returns the name of the lists that a text is most likely meant for, how far it is from it, and
// whether that is likely enough to act on. Of open lists only sure names count: what is further is likelier
// something that is in no list.
func nearest(lists []*Names, said string) (value string, distance float64, sure, ok bool) {
	distance = 2
	for _, n := range lists {
		if n.Len() == 0 {
			continue
		}
		hits := n.index.Nearest(said, 2)
		if len(hits) == 0 || hits[0].Distance >= distance {
			continue
		}
		if firm := n.index.Sure(hits); firm || !n.open {
			value, distance, sure, ok = n.index.Value(hits[0].Name), hits[0].Distance, firm, true
		}
	}
	return value, distance, sure, ok
}
