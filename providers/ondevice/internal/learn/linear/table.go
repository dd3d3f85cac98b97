package linear

import (
	"math"
	"slices"
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

// A Table holds the weights that matter in few bytes, and adds them up in whole numbers. It never changes.
type Table struct {
	classes int
	unit    float32 // what a stored weight of one stands for
	keys    []uint32
	rows    []uint32 // where the cells of a key begin, and one more for the end
	cells   []cell
	index   *index
}

type cell struct {
	class  uint16
	weight int8
}

// NewTable keeps the heaviest cells, at most so many as said. The cells are ordered by key and class.
func NewTable(classes int, cells []Cell, most int) *Table {
	least, heavy := cut(cells, most)
	t := &Table{classes: classes, unit: max(heavy, 1e-6) / maxWeight}
	for _, c := range cells {
		w := math.Round(float64(c.Weight / t.unit))
		if abs(c.Weight) < least || w == 0 {
			continue
		}
		if n := len(t.keys); n == 0 || t.keys[n-1] != c.Key {
			t.keys = append(t.keys, c.Key)
			t.rows = append(t.rows, uint32(len(t.cells)))
		}
		t.cells = append(t.cells, cell{c.Class, int8(max(-maxWeight, min(maxWeight, w)))})
	}
	t.rows = append(t.rows, uint32(len(t.cells)))
	t.index = newIndex(t.keys)
	return t
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
	i := t.index.find(key)
	if i < 0 {
		return false
	}
	for _, c := range t.cells[t.rows[i]:t.rows[i+1]] {
		sums[c.class] += value * int64(c.weight)
	}
	return true
}

// Sum returns what a sum of values of one stands for.
func (t *Table) Sum(sum int64) float64 {
	return float64(float64(float64(sum)*float64(t.unit)) / One)
}

// Cells returns the weights, for a table.
func (w *Weights) Cells() []Cell {
	var out []Cell
	row := make([]float32, w.classes)
	for i, k := range w.keys {
		copy(row, w.w[i*w.classes:])
		slices.Sort(row)
		middle := row[len(row)/2] // what all classes share changes nothing
		for c, v := range w.w[i*w.classes:][:w.classes] {
			if v -= middle; v != 0 {
				out = append(out, Cell{k, uint16(c), v})
			}
		}
	}
	return out
}
