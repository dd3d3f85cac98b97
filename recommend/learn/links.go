package learn

import (
	"context"
	"math"
)

// links tie items to items: row i says which items speak for which when i is in a profile.
type links struct {
	rows   [][]entry
	factor []float32 // of an item, on either end of a link
}

// linker builds rows, one goroutine each.
type linker struct {
	sum  []float32 // by item; zero between rows
	met  []int32
	row  []entry
	slab []entry // what rows are cut from, so that there are few allocations
	selector
}

// add counts a pair of the row's item and another one.
func (l *linker) add(item int32, weight float32) {
	if l.sum[item] == 0 {
		l.met = append(l.met, item)
	}
	l.sum[item] += weight
}

// take returns the sums as a row of at most limit entries (zero: no limit), raised to a power, and begins a new one.
func (l *linker) take(self int32, limit int, p *power, factor []float32) []entry {
	row := l.row[:0]
	for _, j := range l.met {
		if j != self {
			row = append(row, entry{j, p.of(l.sum[j])})
		}
		l.sum[j] = 0
	}
	l.row, l.met = row, l.met[:0]
	if limit > 0 {
		row = l.strongest(row, limit, factor)
	}
	if len(l.slab) < len(row) {
		l.slab = make([]entry, max(1<<16, len(row)))
	}
	n := copy(l.slab, row)
	row, l.slab = l.slab[:n:n], l.slab[n:]
	return row
}

// link builds the rows of the given items. count calls add for every pair of the item.
func (l *links) link(ctx context.Context, items []int32, workers, limit int, exponent float64, count func(item int32, to *linker)) error {
	linkers := make([]linker, workerCount(workers))
	p := newPower(exponent)
	return parallel(ctx, workers, len(items), 32, func(worker, from, to int) {
		w := &linkers[worker]
		if w.sum == nil {
			w.sum = make([]float32, len(l.rows))
		}
		for _, item := range items[from:to] {
			count(item, w)
			l.rows[item] = w.take(item, limit, p, l.factor)
		}
	})
}

// score sums up the rows of what a profile holds.
func (l *links) score(dst []float32, bag []entry) {
	clear(dst)
	dst = dst[:len(l.factor)]
	for _, b := range bag {
		x := b.weight * l.factor[b.id]
		for _, e := range l.rows[b.id] {
			dst[e.id] += x * e.weight
		}
	}
	for i, f := range l.factor {
		dst[i] *= f
	}
}

// meet is score for a dst that is zero, without a look at the items that are in none of these rows.
func (l *links) meet(dst []float32, bag []entry, met []int32) []int32 {
	dst = dst[:len(l.factor)]
	for _, b := range bag {
		x := b.weight * l.factor[b.id]
		for _, e := range l.rows[b.id] {
			v := x * e.weight
			if dst[e.id] == 0 && v > 0 {
				met = append(met, e.id)
			}
			dst[e.id] += v
		}
	}
	for _, i := range met {
		dst[i] *= l.factor[i]
	}
	return met
}

// explain takes the score of an item apart.
func (l *links) explain(bag []entry, item int32) []Share {
	var shares []Share
	for _, b := range bag {
		for _, e := range l.rows[b.id] {
			if e.id == item {
				shares = append(shares, Share{b.id, b.weight * l.factor[b.id] * e.weight * l.factor[item]})
				break
			}
		}
	}
	return sortShares(shares)
}

// power raises positive float32 numbers to a fixed power, by the exponent and the first eight bits of the fraction in
// tables and a straight line between; it is right to about one in a million for powers from zero to one.
type power struct {
	exponent float64
	whole    [256]float32
	part     [257]float32
}

func newPower(exponent float64) *power {
	p := &power{exponent: exponent}
	for i := range p.whole {
		p.whole[i] = float32(math.Exp2(exponent * float64(i-127)))
	}
	for i := range p.part {
		p.part[i] = float32(math.Pow(1+float64(i)/256, exponent))
	}
	return p
}

func (p *power) of(x float32) float32 {
	if p.exponent == 1 {
		return x
	}
	bits := math.Float32bits(x)
	i := bits >> 15 & 255
	a, b := p.part[i], p.part[i+1]
	return p.whole[bits>>23&255] * (a + (b-a)*float32(bits&0x7fff)*(1.0/0x8000))
}
