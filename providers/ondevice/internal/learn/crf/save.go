package crf

import (
	"math"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/linear"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/wire"
)

// Append appends the model in the form that [ReadModel] reads.
func (m *Model) Append(dst []byte) []byte {
	dst = wire.AppendInt(dst, m.space.Slots)
	dst = wire.AppendInt(dst, len(m.space.Sets))
	for _, set := range m.space.Sets {
		dst = wire.AppendInt(dst, (len(set)-1)/2)
		for y := 1; y < len(set); y += 2 {
			k, _ := Slot(set[y])
			dst = wire.AppendInt(dst, k)
		}
	}
	return m.table.Append(dst)
}

// maxSlots bounds the slots of a model.
const maxSlots = 1 << 14

// ReadModel reads a model of so many slots and sets. What is malformed shows in the reader.
func ReadModel(r *wire.Reader, slots, sets int) *Model {
	if slots > maxSlots || r.Int(math.MaxInt32) != slots || r.Int(math.MaxInt32) != sets {
		r.Fail()
		return nil
	}
	all := make([][]int, sets)
	for i := range all {
		n := r.Count(slots)
		for range n {
			k := r.Int(slots - 1)
			if j := len(all[i]); j > 0 && all[i][j-1] >= k {
				r.Fail()
			}
			all[i] = append(all[i], k)
		}
		if r.Err() != nil {
			return nil
		}
	}
	space := NewSpace(slots, all)
	if space.Pairs() > MaxPairs {
		r.Fail()
		return nil
	}
	table := linear.ReadTable(r, space.Parts())
	if r.Err() != nil {
		return nil
	}
	return newModel(space, table)
}
