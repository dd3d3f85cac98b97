package learn

import (
	"strconv"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/linear"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/view"
)

// A fact is a [Given] as it is learned from.
type fact struct {
	key   view.Key
	value float32
}

// facts appends what is given.
func facts(dst []fact, given []Given) []fact {
	for _, g := range given {
		k := view.KeyOf(g.Name)
		if x, err := strconv.ParseFloat(g.Value, 32); err == nil && x >= -10 && x <= 10 {
			dst = append(dst, fact{k, float32(x)})
		} else {
			dst = append(dst, fact{k.With(view.KeyOf(g.Value)), 1})
		}
	}
	return dst
}

// plausible is the least probability of a tool that facts are crossed with.
const plausible = 0.02

// cross appends, for each tool that the words leave plausible, what is given. So a fact can mean one
// thing where the words are in doubt and nothing where they are clear.
func cross(dst []linear.Feature, names []view.Key, text []float64, given []fact) []linear.Feature {
	for c, p := range text {
		if p < plausible {
			continue
		}
		for _, f := range given {
			if f.value != 0 {
				dst = append(dst, linear.Feature{Key: uint32(names[c].With(f.key)), Value: float32(p) * f.value})
			}
		}
		if len(given) > 0 {
			dst = append(dst, linear.Feature{Key: uint32(names[c]), Value: float32(p)})
		}
	}
	return dst
}
