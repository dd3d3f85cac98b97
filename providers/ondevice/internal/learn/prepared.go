package learn

import (
	"fmt"
	"math"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/linear"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/view"
)

// maxRunes bounds the sentences that are read, and maxSlots the slots of all tools together.
const (
	maxRunes = 1024
	maxSlots = 4096
	maxTools = 4096
)

// check returns what is wrong with a sample.
func (s *Sample) check() error {
	if len(s.Runes) == 0 {
		return fmt.Errorf("has no text")
	}
	if len(s.Runes) > maxRunes {
		return fmt.Errorf("has %d characters, the most is %d", len(s.Runes), maxRunes)
	}
	for _, sp := range s.Spans {
		if sp.Start < 0 || sp.End > len(s.Runes) || sp.Start >= sp.End {
			return fmt.Errorf("%q: span %d:%d of %s is not in the text", string(s.Runes), sp.Start, sp.End, sp.Kind)
		}
	}
	end := 0
	for _, slot := range s.Slots {
		if slot.Start < end || slot.End > len(s.Runes) || slot.Start >= slot.End {
			return fmt.Errorf("%q: slot %d:%d of %s is empty, overlaps another or is not in the text", string(s.Runes), slot.Start, slot.End, slot.Name)
		}
		if len(slot.Name) > maxName {
			return fmt.Errorf("%q: the name of a slot has %d bytes, the most is %d", string(s.Runes), len(slot.Name), maxName)
		}
		end = slot.End
	}
	return nil
}

// A prepared sample has been read.
type prepared struct {
	features []linear.Feature
	given    []fact
	places   [][]uint32 // what is true of each unit, for all tools
	own      [][]uint32 // and for this one
	slots    []Slot     // in units
	weight   float32    // how often it counts
	group    int        // samples of one group are held back together
}

// read reads a text into the room of a sentence.
func read(v *view.Sentence, t *Text) {
	v.Read(t.Runes)
	for _, sp := range t.Spans {
		if sp.Start >= 0 && sp.Start < sp.End && sp.End <= len(t.Runes) {
			v.Type(sp.Start, sp.End, view.KeyOf(sp.Kind), sp.Listed)
		}
	}
	v.Tokenize()
}

// prepare reads a sample of a tool. Hide leaves out the spans that come from lists, so that marking slots does
// not come to rely on them.
func prepare(v *view.Sentence, s *Sample, tool view.Key, hide bool) prepared {
	read(v, &s.Text)
	p := prepared{features: linear.Merge(v.Features(nil)), given: facts(nil, s.Given), weight: 1}
	if s.Unmarked {
		return p
	}
	p.places, p.own = make([][]uint32, len(v.Units)), make([][]uint32, len(v.Units))
	for i := range v.Units {
		p.places[i] = v.Place(nil, i, hide)
		p.own[i] = v.Own(nil, i, tool, hide)
	}
	for _, slot := range s.Slots {
		from, to := v.Range(slot.Start, slot.End)
		if from < to && (len(p.slots) == 0 || from >= p.slots[len(p.slots)-1].End) {
			p.slots = append(p.slots, Slot{slot.Name, from, to})
		}
	}
	return p
}

// weigh numbers the groups of samples, from 0, and sets what each sample counts. A phrase counts for more if
// there are more samples of it, but by far not as many times.
func weigh(source []Sample, samples []prepared) {
	groups := make(map[int]int)
	count := make(map[int]int)
	for i, s := range source {
		g := len(groups)
		if s.Phrase == 0 {
			groups[-1-i] = g
		} else if old, ok := groups[s.Phrase]; ok {
			g = old
		} else {
			groups[s.Phrase] = g
		}
		samples[i].group = g
		count[g]++
	}
	for i := range source {
		samples[i].weight = float32(1 / math.Sqrt(float64(count[samples[i].group])))
	}
}
