package linear

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// A Cell is the weight of a feature for a class.
type Cell struct {
	Key    uint32
	Class  uint16
	Weight float32
}

// One is what a score or a value of one is in the whole numbers that a [Table] counts with.
const One = 1 << 12

// maxWeight is the largest weight as a table stores it.
const maxWeight = math.MaxInt8

// A Table holds the weights that matter in few bytes, and adds them up in whole numbers. It never changes. It is used
// in the form that it is saved in, so that reading one takes no memory.
type Table struct {
	classes int
	unit    float32 // what a stored weight of one stands for
	shift   uint    // from a key to its bucket
	buckets []byte  // for each bucket and the end, where its keys and its cells begin, both in uint32
	keys    []byte  // ascending, each the low bits, which the bucket does not tell, and how many cells it has in a byte or a uint16
	cells   []byte  // each a class, ascending, in a byte or a uint16, and a weight in a byte
}

// The sizes of the parts of a table.
const (
	bucketSize = 8
	lowBits    = 24 // of a key
	perBucket  = 32 // keys, about
)

// keySize returns the size of a key if there are so many classes.
func keySize(classes int) int {
	if classes < 1<<8 {
		return lowBits/8 + 1
	}
	return lowBits/8 + 2
}

// cellSize returns the size of a cell if there are so many classes.
func cellSize(classes int) int {
	if classes <= 1<<8 {
		return 2
	}
	return 3
}

// shiftFor returns what leads from a key to its bucket if there are so many keys, which are hashes.
func shiftFor(keys int) uint { return uint(min(32-bits.Len(uint(keys/perBucket)), lowBits)) }

// NewTable keeps the heaviest cells, at most so many as said. The cells are ordered by key and class.
func NewTable(classes int, cells []Cell, most int) *Table {
	least, heavy := cut(cells, most)
	t := &Table{classes: classes, unit: max(heavy, 1e-6) / maxWeight}
	count := 0        // of cells of the last key
	var keys []uint32 // whole
	for _, c := range cells {
		w := math.Round(float64(c.Weight / t.unit))
		if abs(c.Weight) < least || w == 0 {
			continue
		}
		if n := len(keys); n == 0 || keys[n-1] != c.Key {
			keys = append(keys, c.Key)
			t.keys = append(t.keys, byte(c.Key), byte(c.Key>>8), byte(c.Key>>16))
			t.keys = append(t.keys, 0, 0)[:len(keys)*keySize(classes)]
			count = 0
		}
		count++
		putCount(t.keys[(len(keys)-1)*keySize(classes):], count)
		t.cells = append(t.cells, byte(c.Class))
		if cellSize(classes) == 3 {
			t.cells = append(t.cells, byte(c.Class>>8))
		}
		t.cells = append(t.cells, byte(int8(max(-maxWeight, min(maxWeight, w)))))
	}
	t.fill(keys)
	return t
}

// fill makes the buckets of keys.
func (t *Table) fill(keys []uint32) {
	t.shift = shiftFor(len(keys))
	t.buckets = make([]byte, 0, bucketSize*(t.bucketCount()+1))
	i, cells := 0, 0
	for b := range t.bucketCount() + 1 {
		for ; i < len(keys) && int(keys[i]>>t.shift) < b; i++ {
			cells += t.count(i)
		}
		t.buckets = binary.LittleEndian.AppendUint32(t.buckets, uint32(i))
		t.buckets = binary.LittleEndian.AppendUint32(t.buckets, uint32(cells))
	}
}

func (t *Table) bucketCount() int { return 1 << (32 - t.shift) }

// low returns the low bits of a key that begins keys.
func low(keys []byte) uint32 { return uint32(keys[0]) | uint32(keys[1])<<8 | uint32(keys[2])<<16 }

// count returns how many cells the i-th key has.
func (t *Table) count(i int) int {
	size := keySize(t.classes)
	return int(cellsOf(t.keys[i*size:][:size]))
}

// cellsOf returns how many cells a key has.
func cellsOf(key []byte) uint32 {
	n := uint32(key[3])
	if len(key) > 4 {
		n |= uint32(key[4]) << 8
	}
	return n
}

// putCount sets how many cells a key has.
func putCount(key []byte, n int) {
	key[3] = byte(n)
	if len(key) > 4 {
		key[4] = byte(n >> 8)
	}
}

// cut returns the weight that at most so many cells reach, and the one that all reach but for the heaviest in
// a thousand, which are cut to size. Both are rounded to the nearest power of two and seven bits.
func cut(cells []Cell, most int) (least, heavy float32) {
	const shift = 16
	counts := make([]int, 1<<(31-shift))
	for _, c := range cells {
		counts[math.Float32bits(abs(c.Weight))>>shift]++
	}
	n := 0
	for b := len(counts) - 1; b >= 0; b-- {
		n += counts[b]
		if heavy == 0 && n > min(len(cells), most)/5000 {
			heavy = math.Float32frombits(uint32(b) << shift)
		}
		if n > most {
			return math.Float32frombits(uint32(b+1) << shift), heavy
		}
	}
	return 0, heavy
}

func abs(x float32) float32 { return float32(math.Abs(float64(x))) }

// Classes returns the number of classes.
func (t *Table) Classes() int { return t.classes }

// Add adds the weights of a feature to sums, one for each class, and reports whether it has any. A value of
// one is [One].
func (t *Table) Add(key uint32, value int64, sums []int64) bool {
	bucket := t.buckets[uint64(key)>>t.shift*bucketSize:]
	bucket = bucket[:bucketSize+4]
	wanted := key & (1<<lowBits - 1)
	from, cell, to := binary.LittleEndian.Uint32(bucket), binary.LittleEndian.Uint32(bucket[4:]), binary.LittleEndian.Uint32(bucket[8:])
	step := keySize(t.classes)
	for keys := t.keys[int(from)*step : int(to)*step]; len(keys) >= step; keys = keys[step:] {
		k, n := low(keys), cellsOf(keys[:step])
		switch {
		case k < wanted:
			cell += n
			continue
		case k > wanted:
			return false
		}
		if size := uint32(cellSize(t.classes)); size == 2 {
			for cells := t.cells[cell*size : (cell+n)*size]; len(cells) >= 2; cells = cells[2:] {
				sums[cells[0]] += value * int64(int8(cells[1]))
			}
		} else {
			for cells := t.cells[cell*size : (cell+n)*size]; len(cells) >= 3; cells = cells[3:] {
				sums[binary.LittleEndian.Uint16(cells)] += value * int64(int8(cells[2]))
			}
		}
		return true
	}
	return false
}

// Sum returns what a sum of values of one stands for.
func (t *Table) Sum(sum int64) float64 {
	return float64(float64(float64(sum)*float64(t.unit)) / One)
}
