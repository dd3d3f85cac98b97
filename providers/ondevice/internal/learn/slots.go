package learn

import (
	"context"
	"fmt"
	"slices"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/crf"
)

// tagWeights bounds what is kept of what marks slots, if there are so many samples.
func tagWeights(samples int) int { return 100_000 + 15*max(0, samples-1000) }

// learnSlots trains what marks the slots.
func (m *Model) learnSlots(ctx context.Context, lessons []*lesson, n int) error {
	for _, l := range lessons {
		for i := range l.samples {
			for _, s := range l.samples[i].slots {
				if k, ok := slices.BinarySearch(m.labels, s.Name); !ok {
					m.labels = slices.Insert(m.labels, k, s.Name)
				}
			}
		}
	}
	if len(m.labels) == 0 {
		return nil
	}
	var seqs []crf.Sequence
	sets := make([][]int, len(lessons))
	for c, l := range lessons {
		shown := l.samples
		if n <= manySamples {
			shown = slices.Concat(l.samples, l.copies)
		}
		for _, p := range shown {
			q := crf.Sequence{Set: c, Labels: make([]int, len(p.places))}
			for u := range p.places {
				q.Features = append(q.Features, slices.Concat(p.places[u], p.own[u]))
			}
			for _, s := range p.slots {
				k, _ := slices.BinarySearch(m.labels, s.Name)
				if !slices.Contains(sets[c], k) {
					sets[c] = append(sets[c], k)
				}
				for u := s.Start; u < s.End; u++ {
					q.Labels[u] = crf.Inside(k)
				}
				q.Labels[s.Start] = crf.Begin(k)
			}
			if len(q.Labels) > 0 {
				seqs = append(seqs, q)
			}
		}
		slices.Sort(sets[c])
	}
	opt := crf.Options{Epochs: 10, Rate: 0.015, Decay: 1e-4, Least: 2 * copies(n)}
	if n > manySamples {
		opt = crf.Options{Epochs: 6, Rate: 0.03, Decay: 1e-5, Least: 2}
	}
	space := crf.NewSpace(len(m.labels), sets)
	if len(m.labels) > maxSlots || space.Pairs() > crf.MaxPairs {
		return fmt.Errorf("%d slots are too many for %d tools", len(m.labels), len(lessons))
	}
	cells, err := crf.Train(ctx, seqs, space, opt)
	if err != nil {
		return err
	}
	m.slots = crf.NewModel(space, cells, tagWeights(n))
	return nil
}

// A tagger is the room for marking the slots of one sentence.
type tagger struct {
	ready  bool // what is true for all tools has been added up
	work   crf.Work
	common []int64
	keys   []uint32
	slots  []Slot
}

// Slots returns where the arguments of the tool most likely stand, in order and without overlap. A tool
// that was trained without marked samples has none. The slice is valid until the next call.
func (r *Reading) Slots(tool string) []Slot {
	m, t := r.model, &r.tagger
	c, ok := slices.BinarySearch(m.names, tool)
	if !ok || m.slots == nil || m.slots.Empty(c) {
		return nil
	}
	if !t.ready {
		m.slots.Places(&t.work, len(r.view.Units))
		for i := range r.view.Units {
			t.keys = r.view.Place(t.keys[:0], i, false)
			for _, k := range t.keys {
				m.slots.Add(&t.work, i, k)
			}
		}
		t.common = t.work.Save(t.common)
		t.ready = true
	} else {
		t.work.Restore(t.common)
	}
	for i := range r.view.Units {
		t.keys = r.view.Own(t.keys[:0], i, m.keys[c], false)
		for _, k := range t.keys {
			m.slots.Add(&t.work, i, k)
		}
	}
	labels := m.slots.Label(&t.work, c)
	t.slots = t.slots[:0]
	for i := 0; i < len(labels); {
		k, _ := crf.Slot(labels[i])
		if k < 0 {
			i++
			continue
		}
		end := i + 1
		for end < len(labels) && labels[end] == crf.Inside(k) {
			end++
		}
		t.slots = append(t.slots, Slot{m.labels[k], r.view.Units[i].Start, r.view.Units[end-1].End})
		i = end
	}
	return t.slots
}
