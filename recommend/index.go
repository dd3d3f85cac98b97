package recommend

import (
	"math"
	"slices"
)

// index lists the items that have a feature or contain a term. Names become small numbers in the
// order in which they first appear.
type index struct {
	ids   map[string]int32
	names []string
	items [][]int32 // by number: the items, last put last
}

func newIndex() *index { return &index{ids: map[string]int32{}} }

// intern returns the number of a name, new or known.
func (x *index) intern(name string) int32 {
	n, ok := x.ids[name]
	if !ok {
		n = int32(len(x.names))
		x.ids[name] = n
		x.names = append(x.names, name)
		x.items = append(x.items, nil)
	}
	return n
}

// lookup returns the number of a name, or -1.
func (x *index) lookup(name string) int32 {
	if n, ok := x.ids[name]; ok {
		return n
	}
	return -1
}

func (x *index) add(features []int32, item int32) {
	for _, f := range features {
		x.items[f] = append(x.items[f], item)
	}
}

func (x *index) remove(features []int32, item int32) {
	for _, f := range features {
		if i := slices.Index(x.items[f], item); i >= 0 {
			x.items[f] = slices.Delete(x.items[f], i, i+1)
		}
	}
}

// newest returns the feature's items, only the last most of them.
func (x *index) newest(feature int32, most int) []int32 {
	items := x.items[feature]
	return items[max(0, len(items)-most):]
}

// rarity is the inverse document frequency of a feature among n items: near 0 for what all items have.
func (x *index) rarity(feature int32, n int) float64 {
	return math.Log1p(float64(n) / float64(1+len(x.items[feature])))
}
