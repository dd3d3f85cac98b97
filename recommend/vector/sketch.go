package vector

import (
	"math"
	"runtime"
	"slices"

	"github.com/zhushou-ai/zhushou/internal/simd"
)

// A sketch holds every row once more, rounded to a byte a number, and gives for a query an upper bound of each row's
// score that is never too small and seldom much too large. A search reads the sketch, a quarter of the rows, and then
// only the few rows whose bound is above the bar; so it finds exactly what it would find without.
//
// A row x is scale·c + r with codes c, a query q is scale·e + s, and so
//
//	x·q = scale·scale·(c·e) + scale·(c·s) + r·q ≤ scale·scale·(c·e) + longest·|s| + scale·loss·|q|
//
// where longest is the greatest |scale·c| and |x| of all rows and loss the greatest |r|/scale. A query's codes are 64
// times finer than a row's, so that only r matters much.
type sketch struct {
	columns int    // dims, filled up with zeros
	codes   []int8 // columns for each row
	scales  []float32
	// These only grow: when a row goes they stay true, if larger than need be.
	longest, loss float64
}

// finest is the scale of rows that are nearly zero, so that nothing is divided by zero or by a denormal number.
const finest = 1e-30

// set sketches a row, which must be an old one or the next.
func (k *sketch) set(row int, vector []float32) {
	if row == len(k.scales) {
		k.scales = append(k.scales, 0)
		k.codes = append(k.codes, make([]int8, k.columns)...)
	}
	size, loss := k.round(row, vector)
	k.longest, k.loss = max(k.longest, size), max(k.loss, loss)
}

// round writes the codes of a row and returns its length and what was lost, see longest and loss.
func (k *sketch) round(row int, vector []float32) (size, loss float64) {
	var largest float32
	for _, v := range vector {
		largest = max(largest, v, -v)
	}
	scale := max(largest/127, finest)
	codes := k.codes[row*k.columns:][:len(vector)]
	var lost, whole, rounded float64
	for i, v := range vector {
		c := math.RoundToEven(float64(v) / float64(scale))
		codes[i] = int8(c)
		c *= float64(scale)
		r := float64(v) - c
		lost += r * r
		whole += float64(v) * float64(v)
		rounded += c * c
	}
	k.scales[row] = scale
	return math.Sqrt(max(whole, rounded)), math.Sqrt(lost) / float64(scale)
}

// move copies a row to where another was.
func (k *sketch) move(to, from int) {
	copy(k.codes[to*k.columns:][:k.columns], k.codes[from*k.columns:])
	k.scales[to] = k.scales[from]
}

// cut leaves the first n rows.
func (k *sketch) cut(n int) {
	k.scales, k.codes = k.scales[:n], k.codes[:n*k.columns]
}

// newSketch returns nil where a sketch would not make a search faster, or a query's codes would be coarse.
func newSketch(dims int) *sketch {
	if dims < 2*simd.Columns || dims > 1<<16 || !simd.HasScanCodes() {
		return nil
	}
	return &sketch{columns: (dims + simd.Columns - 1) / simd.Columns * simd.Columns}
}

// fill sketches all rows at once.
func (k *sketch) fill(rows []float32, dims int) {
	n := len(rows) / dims
	k.codes, k.scales = make([]int8, n*k.columns), make([]float32, n)
	workers := runtime.GOMAXPROCS(0)
	sizes, losses := make([]float64, workers), make([]float64, workers)
	parallel(workers, func(w int) {
		var longest, most float64
		for i := n * w / workers; i < n*(w+1)/workers; i++ {
			size, loss := k.round(i, rows[i*dims:(i+1)*dims])
			longest, most = max(longest, size), max(most, loss)
		}
		sizes[w], losses[w] = longest, most
	})
	k.longest, k.loss = slices.Max(sizes), slices.Max(losses)
}

// A sketched query is what bounds needs of one.
type sketched struct {
	codes            []int16
	by, plus, offset float32
}

// query sketches a query into the memory of an earlier one. It reports whether its bounds hold: numbers so large that
// a float32 may overflow have none.
func (k *sketch) query(to *sketched, vector []float32) bool {
	var largest float32
	for _, v := range vector {
		largest = max(largest, v, -v)
	}
	finer := min(127*64, 1<<24/k.columns-1) // within what simd.ScanCodes can add up
	scale := max(largest/float32(finer), finest)
	to.codes = append(to.codes[:0], make([]int16, k.columns)...)
	var lost, whole float64
	for i, v := range vector {
		c := math.RoundToEven(float64(v) / float64(scale))
		to.codes[i] = int16(c)
		s := float64(v) - c*float64(scale)
		lost += s * s
		whole += float64(v) * float64(v)
	}
	// Bounds and scores are float32. What rounding may take from one and add to the other is less than this.
	const ulp = 1.0 / (1 << 23)
	length := math.Sqrt(whole)
	rounding := ulp * float64(2*k.columns+64) * k.longest * length
	to.by = scale
	to.plus = float32(k.loss * length * (1 + 8*ulp))
	to.offset = float32((k.longest*math.Sqrt(lost) + rounding) * (1 + 8*ulp))
	const most = 1e30
	return length < most && k.longest < most && k.longest*length < most
}

// bounds sets scores to the bounds of the rows from one on.
func (k *sketch) bounds(scores []float32, from int, q *sketched) {
	to := from + len(scores)
	simd.ScanCodes(scores, k.codes[from*k.columns:to*k.columns], k.columns, q.codes, k.scales[from:to], q.by, q.plus, q.offset)
}
