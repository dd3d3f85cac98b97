package linear

import (
	"encoding/binary"
	"math"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/wire"
)

// Append appends the table in the form that [ReadTable] reads.
func (t *Table) Append(dst []byte) []byte {
	dst = wire.AppendInt(dst, t.classes)
	dst = wire.AppendFloat(dst, float64(t.unit))
	dst = wire.AppendInt(dst, len(t.keys)/keySize)
	dst = wire.AppendInt(dst, len(t.cells)/cellSize(t.classes))
	dst = append(dst, t.buckets...)
	dst = append(dst, t.keys...)
	return append(dst, t.cells...)
}

// ReadTable reads a table of so many classes, which keeps the bytes that it is read from. What is malformed shows in the
// reader.
func ReadTable(r *wire.Reader, classes int) *Table {
	t := &Table{classes: classes}
	if r.Int(math.MaxUint16) != classes {
		r.Fail()
	}
	t.unit = float32(r.Float())
	if !(t.unit > 0 && t.unit < 1e6) {
		r.Fail()
	}
	keys, cells := r.Count(math.MaxInt32/keySize), r.Count(math.MaxInt32/3)
	t.shift = shiftFor(keys)
	t.buckets = r.Bytes(bucketSize * (1<<(32-t.shift) + 1))
	t.keys, t.cells = r.Bytes(keys*keySize), r.Bytes(cells*cellSize(classes))
	if r.Err() != nil || !t.sound() {
		r.Fail()
		return nil
	}
	return t
}

// sound reports whether keys and cells are in order and the buckets lead to them.
func (t *Table) sound() bool {
	size, cells := cellSize(t.classes), t.cells
	for i := range len(t.keys) / keySize {
		if i > 0 && t.key(i) <= t.key(i-1) || t.count(i)*size > len(cells) || t.count(i) == 0 {
			return false
		}
		last := -1
		for range t.count(i) {
			class := int(cells[0])
			if size == 3 {
				class |= int(cells[1]) << 8
			}
			if class <= last || class >= t.classes {
				return false
			}
			last, cells = class, cells[size:]
		}
	}
	buckets := t.buckets
	for key, cell := range t.each {
		if binary.LittleEndian.Uint32(buckets) != key || binary.LittleEndian.Uint32(buckets[4:]) != cell {
			return false
		}
		buckets = buckets[bucketSize:]
	}
	return len(cells) == 0
}
