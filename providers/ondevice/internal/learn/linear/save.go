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
	dst = wire.AppendInt(dst, len(t.keys)/keySize(t.classes))
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
	keys, cells := r.Count(math.MaxInt32/keySize(classes)), r.Count(math.MaxInt32/3)
	t.shift = shiftFor(keys)
	t.buckets = r.Bytes(bucketSize * (t.bucketCount() + 1))
	t.keys, t.cells = r.Bytes(keys*keySize(classes)), r.Bytes(cells*cellSize(classes))
	if r.Err() != nil || !t.sound() {
		r.Fail()
		return nil
	}
	return t
}

// sound reports whether keys and cells are in order and the buckets lead to them.
func (t *Table) sound() bool {
	cells, ok := t.cells, true
	size := keySize(t.classes)
	keys := len(t.keys) / size
	next := 0
	for b := range t.bucketCount() + 1 {
		from, cell := binary.LittleEndian.Uint32(t.buckets[b*bucketSize:]), binary.LittleEndian.Uint32(t.buckets[b*bucketSize+4:])
		if int64(from) < int64(next) || int64(from) > int64(keys) || b == 0 && from != 0 {
			return false
		}
		last := int64(-1) // of the bucket
		for ; next < int(from); next++ {
			k := low(t.keys[next*size:])
			if int64(k) <= last || k>>t.shift != uint32(b-1)&(1<<(lowBits-t.shift)-1) {
				return false
			}
			last = int64(k)
			if cells, ok = t.pass(cells, t.count(next)); !ok {
				return false
			}
		}
		if uint64(cell)*uint64(cellSize(t.classes)) != uint64(len(t.cells)-len(cells)) {
			return false
		}
	}
	return next == keys && len(cells) == 0
}

// pass returns the cells after those of a key, and whether these are in order.
func (t *Table) pass(cells []byte, count int) ([]byte, bool) {
	size, last := cellSize(t.classes), -1
	if count == 0 || count*size > len(cells) {
		return nil, false
	}
	for range count {
		class := int(cells[0])
		if size == 3 {
			class |= int(cells[1]) << 8
		}
		if class <= last || class >= t.classes {
			return nil, false
		}
		last, cells = class, cells[size:]
	}
	return cells, true
}
