package recommend

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/zhushou-ai/zhushou/recommend/diversity"
	"github.com/zhushou-ai/zhushou/recommend/explore"
)

// choice is an item of the answer.
type choice struct {
	scored
	propensity float64
}

// answer chooses the items, by score, rules and chance, and says why.
func (r *request) answer() []Suggestion {
	pinned := r.pins()
	picks := r.choose(r.q.Limit - len(pinned))
	out := make([]Suggestion, 0, len(pinned)+len(picks))
	for _, p := range slices.Concat(pinned, picks) {
		if r.items[p.item].pinned {
			p.score = r.score(p.item)
		}
		out = append(out, Suggestion{
			Item: r.e.catalogue.names[p.item], Score: p.score, Reasons: r.explain(p.scored), Propensity: p.propensity,
		})
	}
	return out
}

// pins returns the pinned items that fit, and keeps them out of the ranking.
func (r *request) pins() []choice {
	var out []choice
	for _, id := range r.rules.Pins {
		n, ok := r.e.catalogue.ids[id]
		if !ok || len(out) == r.q.Limit || !r.fits(n) {
			continue
		}
		c := choice{scored: scored{item: n}}
		if r.q.Explore.Rate > 0 || r.q.Explore.Thompson {
			c.propensity = 1
		}
		out = append(out, c)
		r.meet(n).pinned = true
	}
	return out
}

// choose returns at most limit items in the order of the answer.
func (r *request) choose(limit int) []choice {
	rules := diversity.Rules{
		Diversity: r.q.Diversity, Calibration: r.q.Calibration, PerCategory: r.rules.PerCategory, PerBrand: r.rules.PerBrand,
	}
	if rules.Calibration > 0 {
		rules.Profile = r.shares()
	}
	want, x := limit, explore.Options{Rate: r.q.Explore.Rate, Slots: r.q.Explore.Slots, Pool: r.q.Explore.Pool}
	if x.Rate > 0 || r.q.Explore.Thompson {
		x = x.WithDefaults(limit)
		want += x.Pool
	}
	keep := want
	if rules.Diversity > 0 || rules.Calibration > 0 || rules.PerCategory > 0 || rules.PerBrand > 0 {
		keep = 4*want + 50
	}
	for {
		ranked := r.rank(keep)
		list := r.diversify(ranked, want, rules)
		if len(list) < want && len(ranked) == keep { // the caps leave too few: look further down
			keep *= 4
			continue
		}
		return r.explore(list, limit, x)
	}
}

// diversify chooses from the ranked items.
func (r *request) diversify(ranked []scored, want int, rules diversity.Rules) []scored {
	if rules.Diversity == 0 && rules.Calibration == 0 && rules.PerCategory == 0 && rules.PerBrand == 0 {
		return ranked[:min(want, len(ranked))]
	}
	options := make([]diversity.Option, len(ranked))
	for i, s := range ranked {
		options[i] = diversity.Option{Score: s.score, Brand: -1}
		if r.matches(s.item) {
			options[i].Score, options[i].First = s.score-r.lead(), true
		}
		for _, f := range r.e.catalogue.entries[s.item].features {
			switch r.e.catalogue.features.names[f][:2] {
			case sortCategory:
				options[i].Categories = append(options[i].Categories, f)
			case sortBrand:
				options[i].Brand = f
			}
		}
	}
	var out []scored
	for _, i := range diversity.Choose(options, want, rules) {
		out = append(out, ranked[i])
	}
	return out
}

// shares returns the part of each category in what the person likes.
func (r *request) shares() map[int32]float64 {
	shares := map[int32]float64{}
	var whole float64
	for _, a := range r.anchors {
		for _, f := range r.e.catalogue.entries[a.item].features {
			if r.e.isCategory(f) {
				shares[f] += a.weight
				whole += a.weight
			}
		}
	}
	for f := range shares {
		shares[f] /= whole
	}
	return shares
}

// explore lets chance fill the end of the list, if the query wants that.
func (r *request) explore(list []scored, limit int, x explore.Options) []choice {
	out := make([]choice, 0, limit)
	if x.Rate == 0 && !r.q.Explore.Thompson {
		for _, s := range list {
			out = append(out, choice{scored: s})
		}
		return out
	}
	chance := rand.New(rand.NewPCG(r.q.Explore.Seed, r.fingerprint()))
	var picks []explore.Pick
	if r.q.Explore.Thompson {
		picks = explore.Thompson(r.arms(list), limit, x, chance)
	} else {
		picks = explore.Tail(len(list), limit, x, chance)
	}
	for _, p := range picks {
		out = append(out, choice{list[p.Index], p.Propensity})
	}
	return out
}

// arms returns what is known of items: who took to them, and who met them and did not.
func (r *request) arms(list []scored) []explore.Arm {
	arms := make([]explore.Arm, len(list))
	for i, s := range list {
		arms[i] = explore.Arm{Taken: float64(len(r.e.graph.takers[s.item])), Passed: float64(r.e.graph.passed[s.item])}
	}
	return arms
}

// fingerprint is a number for who asks what and when.
func (r *request) fingerprint() uint64 {
	h := fnv.New64a()
	for _, s := range slices.Concat([]string{r.q.User, r.q.Text, strconv.FormatInt(r.q.Now.UnixNano(), 10)}, r.q.Recent) {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	return h.Sum64()
}
