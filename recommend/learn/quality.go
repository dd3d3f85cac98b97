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

// trial is how settings did, person by person. It may have ended early, when it was clear that they do worse than
// others.
type trial struct {
	learner Learner
	mean    Quality
	each    []float64
}

// lead returns how much better a trial is than another by the cases of both, and by how much that is so by chance, as
// the differences from person to person tell.
func (t *trial) lead(other *trial) (mean, chance float64) {
	n := min(len(t.each), len(other.each))
	var sum, square float64
	for i, v := range t.each[:n] {
		d := v - other.each[i]
		sum += d
		square += d * d
	}
	mean = sum / float64(n)
	return mean, math.Sqrt(max(square/float64(n)-mean*mean, 0) / float64(n))
}

// beats reports whether a trial is better than another, which was not ended early, by more than so many standard errors.
func (t *trial) beats(other *trial, errors float64) bool {
	mean, chance := t.lead(other)
	return len(t.each) == len(other.each) && mean > errors*chance
}

// firstCases is after how many cases a trial may end early. They come in random order.
const firstCases = 500

// clearlyWorse is by how many standard errors a trial has to be behind for the rest to be saved.
const clearlyWorse = 2

// judge asks for each case, or until what was asked shows that it does worse than best, which may be nil. ask is called
// on several goroutines, each with its own number; sums are made in the order of cases.
func judge(ctx context.Context, n, workers int, best *trial, ask func(worker, i int) Quality) (*trial, error) {
	each := make([]Quality, n)
	t := &trial{each: make([]float64, 0, n)}
	for done := 0; done < n; {
		until := n
		if best != nil {
			until = min(max(firstCases, 2*done), n)
		}
		if err := parallel(ctx, workers, until-done, 8, func(worker, from, to int) {
			for i := done + from; i < done+to; i++ {
				each[i] = ask(worker, i)
			}
		}); err != nil {
			return nil, err
		}
		for _, q := range each[done:until] {
			t.each = append(t.each, q.Recall+q.NDCG)
		}
		if done = until; best != nil {
			if mean, chance := t.lead(best); mean < -clearlyWorse*chance {
				break
			}
		}
	}
	for _, q := range each[:len(t.each)] {
		t.mean.Recall += q.Recall / float64(len(t.each))
		t.mean.NDCG += q.NDCG / float64(len(t.each))
	}
	return t, nil
}

// discount is what a hit at a place is worth, counted from zero.
func discount(place int) float64 { return 1 / math.Log2(float64(place+2)) }
