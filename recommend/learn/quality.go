package learn

import (
	"context"
	"math"
	"slices"
)

// Quality is how well lists of the length asked for found what was held back, as a mean over people.
type Quality struct {
	Recall float64 // share of what was held back that is in the list
	NDCG   float64 // the same with more for the upper places, 1 for the best possible list
}

// qualityOf judges a list.
func qualityOf(list []Hit, truth []int32, k int) Quality {
	var hits, gain, ideal float64
	for i := range min(k, max(len(list), len(truth))) {
		if i < len(truth) {
			ideal += discount(i)
		}
		if i < len(list) {
			if _, found := slices.BinarySearch(truth, list[i].Item); found {
				hits++
				gain += discount(i)
			}
		}
	}
	return Quality{hits / float64(len(truth)), gain / ideal}
}

// trial is how settings did, person by person.
type trial struct {
	mean Quality
	each []float64
}

// beats reports whether a trial is better than another by more than so many standard errors, as the differences from
// person to person tell them.
func (t *trial) beats(other *trial, errors float64) bool {
	var sum, square float64
	for i, v := range t.each {
		d := v - other.each[i]
		sum += d
		square += d * d
	}
	n := float64(len(t.each))
	mean := sum / n
	chance := math.Sqrt(max(square/n-mean*mean, 0) / n)
	return mean > errors*chance
}

// judge asks for each case. ask is called on several goroutines, each with its own number; sums are made in the order
// of cases.
func judge(ctx context.Context, n, workers int, ask func(worker, i int) Quality) (*trial, error) {
	each := make([]Quality, n)
	if err := parallel(ctx, workers, n, 8, func(worker, from, to int) {
		for i := from; i < to; i++ {
			each[i] = ask(worker, i)
		}
	}); err != nil {
		return nil, err
	}
	t := &trial{each: make([]float64, n)}
	for i, q := range each {
		t.mean.Recall += q.Recall / float64(n)
		t.mean.NDCG += q.NDCG / float64(n)
		t.each[i] = q.Recall + q.NDCG
	}
	return t, nil
}

// discount is what a hit at a place is worth, counted from zero.
func discount(place int) float64 { return 1 / math.Log2(float64(place+2)) }
