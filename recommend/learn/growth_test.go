package learn_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/zhushou-ai/zhushou/recommend/learn"
)

// grown makes up so many events of people with tastes: an item's popularity falls with a power of its place in its
// corner of the catalogue. People take 20 things on average, some many more. There is an item for every 40 events.
func grown(events int) *learn.Histories {
	r := rand.New(rand.NewPCG(1, uint64(events)))
	const corners = 50
	h := &learn.Histories{Items: events / 40}
	width := h.Items / corners
	// The inverse of the sum of place^-0.8, so that a random number from zero to one becomes a place.
	place := func() int { return min(int(float64(width)*math.Pow(r.Float64(), 5)), width-1) }
	var profile []learn.Taken
	for len(h.Taken) < events {
		tastes := [2]int{r.IntN(corners), r.IntN(corners)}
		profile = profile[:0]
		for at := range 5 + int(r.ExpFloat64()*15) {
			corner := tastes[r.IntN(2)]
			if r.IntN(10) == 0 {
				corner = r.IntN(corners)
			}
			profile = append(profile, learn.Taken{Item: int32(corner*width + place()), Weight: 1, Time: int64(at)})
		}
		h.Add(profile)
	}
	return h
}

// BenchmarkGrowth reports time and memory of learning as events grow, with settings that are given: how much they are
// chosen by is bounded. The exponent is that of the processor time against the events, from one size to the next.
func BenchmarkGrowth(b *testing.B) {
	var last float64
	settings := learn.DefaultSettings()
	settings.Mix[learn.PartTransitions] = 0.5
	for _, millions := range []int{1, 2, 4, 8} {
		b.Run(fmt.Sprintf("%dM", millions), func(b *testing.B) {
			h := grown(millions * 1_000_000)
			for b.Loop() {
				cpu := processorTime()
				learnt(b, h, learn.Config{Settings: &settings})
				took := (processorTime() - cpu).Seconds()
				b.ReportMetric(float64(h.People()), "people")
				b.ReportMetric(float64(h.Items), "items")
				if last > 0 {
					b.ReportMetric(math.Log2(took/last), "exponent")
				}
				last = took
			}
		})
	}
}
