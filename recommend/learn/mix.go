package learn

import (
	"context"
	"slices"

	"github.com/zhushou-ai/zhushou/internal/simd"
)

// ballot is what the learners say about one case: about the items that any of them would suggest, the standardised
// scores of each learner.
type ballot struct {
	items  []int32
	truth  []int32 // the places in items of what was held back
	held   int     // how much was held back, in items or not
	scores [parts][]float32
}

// pool is how many items of each learner are looked at, as a multiple of the length of list.
const pool = 4

// mix chooses the weights of the learners.
func (c *chooser) mix(ctx context.Context, learners *[parts]Learner, s *Settings, report *Report) error {
	ballots, err := c.vote(ctx, learners, &s.Mix)
	if err != nil {
		return err
	}
	sums := make([][]float32, workerCount(c.config.Workers))
	try := func(m *Mix) (*trial, error) {
		return judge(ctx, len(ballots), c.config.Workers, nil, func(worker, i int) (q Quality) {
			q, sums[worker] = ballots[i].quality(m, c.config.ListLength, sums[worker])
			return q
		})
	}
	var mix Mix
	for i, l := range learners {
		if l != nil {
			mix[i] = s.Mix[i]
		}
	}
	if err := climb(&mix, learners, try); err != nil {
		return err
	}
	neglect(&mix)
	best, err := try(&mix)
	if err != nil {
		return err
	}
	for i := range report.Parts {
		part := slices.Index(partNames[:], report.Parts[i].Name)
		var only Mix
		only[part] = 1
		alone, err := try(&only)
		if err != nil {
			return err
		}
		without := mix
		without[part] = 0
		rest, err := try(&without)
		if err != nil {
			return err
		}
		report.Parts[i].Alone, report.Parts[i].Without = alone.mean, rest.mean
	}
	s.Mix, report.Blend = mix, best.mean
	return nil
}

// vote asks all learners about all cases. Which items the factors are asked about goes by the mix so far.
func (c *chooser) vote(ctx context.Context, learners *[parts]Learner, mix *Mix) ([]ballot, error) {
	ballots := make([]ballot, len(c.cases))
	asked := make([]asker, workerCount(c.config.Workers))
	return ballots, parallel(ctx, c.config.Workers, len(c.cases), 4, func(worker, from, to int) {
		a := &asked[worker]
		a.scratch, a.sum = &c.scratch[worker], c.scores[worker]
		for i := from; i < to; i++ {
			a.ask(&c.cases[i], learners, mix)
			b := &ballots[i]
			for part := range learners {
				c.bar(a.lists[part], c.cases[i].profile)
				a.hits = Top(a.hits[:0], a.lists[part], pool*c.config.ListLength, a.scratch)
				for _, hit := range a.hits {
					b.items = append(b.items, hit.Item)
				}
			}
			b.fill(&c.cases[i], &a.lists)
		}
	})
}

// asker is what one goroutine needs to ask all learners.
type asker struct {
	scratch *Scratch
	sum     []float32
	lists   [parts][]float32 // standardised; empty for those that are not there
	hits    []Hit
}

// ask makes the lists for a case.
func (a *asker) ask(c *held, learners *[parts]Learner, mix *Mix) {
	clear(a.sum)
	led := false
	for part, l := range learners {
		if l == nil {
			continue
		}
		if a.lists[part] == nil {
			a.lists[part] = make([]float32, len(a.sum))
		}
		if part == PartFactors {
			continue
		}
		l.Score(a.lists[part], c.profile, a.scratch)
		if spread := deviation(a.lists[part]); spread > 0 {
			simd.Scale(float32(1/spread), a.lists[part])
			simd.Axpy(float32(mix[part]), a.lists[part], a.sum)
			led = led || part != PartPopularity
		}
	}
	if f, ok := learners[PartFactors].(*Factors); ok {
		list := a.lists[PartFactors]
		copy(list, a.sum)
		alone := Blend{items: len(list), settings: Settings{Mix: Mix{PartFactors: 1}}, whole: wholeFactors}
		alone.addFactors(list, f, c.profile, led, a.scratch)
		simd.Axpy(-1, a.sum, list)
	}
}

// fill completes a ballot whose items are listed.
func (b *ballot) fill(c *held, lists *[parts][]float32) {
	b.items, b.held = slices.Clip(unique(b.items)), len(c.truth)
	for _, item := range c.truth {
		if at, found := slices.BinarySearch(b.items, item); found {
			b.truth = append(b.truth, int32(at))
		}
	}
	for part, list := range lists {
		if list == nil {
			continue
		}
		b.scores[part] = make([]float32, len(b.items))
		for k, item := range b.items {
			b.scores[part][k] = list[item]
		}
	}
}

// quality returns how good the list is that a mix makes. It needs no list: the place of an item in it is how many
// others have a greater score.
func (b *ballot) quality(m *Mix, k int, sum []float32) (Quality, []float32) {
	sum = zeros(sum, len(b.items))
	for part, scores := range b.scores {
		if m[part] != 0 {
			simd.Axpy(float32(m[part]), scores, sum)
		}
	}
	var q Quality
	for _, at := range b.truth {
		score, place := sum[at], 0
		for i, other := range sum {
			if other > score || other == score && i < int(at) {
				place++
			}
		}
		if place < k {
			q.Recall++
			q.NDCG += discount(place)
		}
	}
	var ideal float64
	for i := range min(k, b.held) {
		ideal += discount(i)
	}
	return Quality{q.Recall / float64(b.held), q.NDCG / ideal}, sum
}

// climb changes one weight at a time, by ever smaller factors, for as long as the lists get better.
func climb(mix *Mix, learners *[parts]Learner, try func(*Mix) (*trial, error)) error {
	top, err := try(mix)
	if err != nil {
		return err
	}
	for _, factor := range []float64{4, 2, 1.4, 1.2} {
		for again := true; again; {
			again = false
			for part, l := range learners {
				if l == nil {
					continue
				}
				for _, weight := range [2]float64{mix[part] * factor, mix[part] / factor} {
					if mix[part] == 0 {
						weight = factor / 8
					}
					next := *mix
					next[part] = weight
					t, err := try(&next)
					if err != nil {
						return err
					}
					if t.mean.Recall+t.mean.NDCG > top.mean.Recall+top.mean.NDCG+1e-5 {
						*mix, top, again = next, t, true
						break
					}
				}
			}
		}
	}
	return nil
}

// negligible is a weight, as a share of the greatest, that only costs time.
const negligible = 0.01

// neglect takes out the learners whose weight is negligible.
func neglect(mix *Mix) {
	most := slices.Max(mix[:])
	for part, weight := range mix {
		if weight < negligible*most {
			mix[part] = 0
		}
	}
}
