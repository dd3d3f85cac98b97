package linear

import (
	"math"
	"slices"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/wire"
)

// Append appends the table in the form that [ReadTable] reads: for each key the distance from the one before, and
// its cells by the distance of their classes.
func (t *Table) Append(dst []byte) []byte {
	dst = wire.AppendInt(dst, t.classes)
	dst = wire.AppendFloat(dst, float64(t.unit))
	dst = wire.AppendInt(dst, len(t.keys))
	last := uint32(0)
	for i, k := range t.keys {
		dst = wire.AppendKey(dst, k-last)
		last = k
		cells := t.cells[t.rows[i]:t.rows[i+1]]
		dst = wire.AppendInt(dst, len(cells))
		class := uint16(0)
		for _, c := range cells {
			dst = wire.AppendInt(dst, int(c.class-class))
			dst = append(dst, byte(c.weight))
			class = c.class
		}
	}
	return dst
}

// ReadTable reads a table of so many classes. What is malformed shows in the reader.
func ReadTable(r *wire.Reader, classes int) *Table {
	t := &Table{classes: classes}
	if r.Int(math.MaxUint16) != classes {
		r.Fail()
	}
	t.unit = float32(r.Float())
	if !(t.unit > 0 && t.unit < 1e6) {
		r.Fail()
	}
	n := r.Count(math.MaxInt32)
	t.keys, t.rows = make([]uint32, 0, n), make([]uint32, 0, n+1)
	t.cells = make([]cell, 0, r.Left()/2) // a cell takes two bytes or more
	key := uint64(0)
	for i := range n {
		d := r.Key()
		key += uint64(d)
		if key > math.MaxUint32 || i > 0 && d == 0 || r.Err() != nil {
			r.Fail()
			break
		}
		t.keys = append(t.keys, uint32(key))
		t.rows = append(t.rows, uint32(len(t.cells)))
		cells := r.Count(classes)
		class := 0
		for j := range cells {
			d := r.Int(classes)
			class += d
			if class >= classes || j > 0 && d == 0 {
				r.Fail()
				break
			}
			t.cells = append(t.cells, cell{uint16(class), int8(r.Byte())})
		}
	}
	t.rows = append(t.rows, uint32(len(t.cells)))
	if r.Err() != nil {
		return nil
	}
	t.cells = slices.Clone(t.cells) // what follows in the reader is no part of it
	t.index = newIndex(t.keys)
	return t
}
