package diversity

import (
	"cmp"
	"math"
	"slices"
)

// Option is something to choose.
type Option struct {
	// Score is how good it is, 0 or more.
	Score float64
	// Categories are the numbers of its categories.
	Categories []int32
	// Brand is the number of its brand, or -1.
	Brand int32
	// First is set for options that come before all that do not have it, whatever the scores and rules say.
	First bool
}

// Rules say how a list is made. With the zero value it is the first options.
type Rules struct {
	// Diversity, 0 to 1, is the part of its score that an option loses for each option chosen before it
	// that shares a category. At 1 no category comes twice while there is another.
	Diversity float64
	// Calibration, 0 to 1, weighs the distance of the list's categories from Profile, as Kullback–Leibler
	// divergence, against the scores, as parts of the best one. At 0 scores alone count, at 1 the profile.
	Calibration float64
	// Profile is the part that each category should have; all parts add up to 1. If empty there is no
	// calibration.
	Profile map[int32]float64
	// PerCategory and PerBrand are how many options may share a category or a brand; 0 is no bound.
	PerCategory, PerBrand int
}

// smoothing is the part of the profile that is mixed into the list's proportions, so that a category
// that is missing is far away but not infinitely far.
const smoothing = 0.01

// Choose returns the places of at most limit options, in the order of the list. Options are best first;
// of equal ones that share as little the first is taken. The list is shorter than limit only if there
// are too few options that the caps allow.
func Choose(options []Option, limit int, rules Rules) []int {
	limit = max(0, min(limit, len(options)))
	if rules.plain() {
		picks := make([]int, limit)
		for i := range picks {
			picks[i] = i
		}
		return picks
	}
	c := newChooser(options, rules)
	picks := make([]int, 0, limit)
	for len(picks) < limit {
		best := c.best(len(picks))
		if best < 0 {
			break
		}
		picks = append(picks, best)
		c.take(best)
	}
	return picks
}

func (r *Rules) plain() bool {
	return r.Diversity <= 0 && (r.Calibration <= 0 || len(r.Profile) == 0) && r.PerCategory <= 0 && r.PerBrand <= 0
}

// chooser is the state of a list in the making.
type chooser struct {
	Rules
	options    []Option
	values     []float64 // what diversity leaves of the scores
	shared     []int     // how often an option shares a category with one chosen; -1 once it is out
	byCategory map[int32][]int
	byBrand    map[int32][]int
	taken      map[int32]float64 // by category: how many are in the list, an option of two counting half in each
	counts     map[int32]int     // by category: how many are in the list
	brands     map[int32]int
	top        float64
	profile    []part
}

// part is a category of the profile. A list, since sums over a map would differ from call to call.
type part struct {
	category int32
	share    float64
}

func newChooser(options []Option, rules Rules) *chooser {
	c := &chooser{
		Rules: rules, options: options, values: make([]float64, len(options)), shared: make([]int, len(options)),
		byCategory: map[int32][]int{}, byBrand: map[int32][]int{},
		taken: map[int32]float64{}, counts: map[int32]int{}, brands: map[int32]int{},
	}
	for i, o := range options {
		c.values[i] = o.Score
		c.top = max(c.top, o.Score)
		for _, category := range o.Categories {
			c.byCategory[category] = append(c.byCategory[category], i)
		}
		if o.Brand >= 0 {
			c.byBrand[o.Brand] = append(c.byBrand[o.Brand], i)
		}
	}
	if rules.Calibration > 0 {
		for category, share := range rules.Profile {
			c.profile = append(c.profile, part{category, share})
		}
		slices.SortFunc(c.profile, func(a, b part) int { return cmp.Compare(a.category, b.category) })
	}
	return c
}

// best returns the option that is to come after n others, or -1.
func (c *chooser) best(n int) int {
	calibrated := len(c.profile) > 0
	var base float64
	if calibrated {
		for _, p := range c.profile {
			base += c.distance(p.share, c.taken[p.category], n)
		}
	}
	best, highest := -1, math.Inf(-1)
	for i, value := range c.values {
		first := c.options[i].First
		if c.shared[i] < 0 || best >= 0 && c.options[best].First && !first {
			continue
		}
		if calibrated {
			if c.top > 0 {
				value /= c.top
			}
			value = (1-c.Calibration)*value - c.Calibration*(base+c.nearer(i, n))
		}
		if best < 0 || first && !c.options[best].First || value > highest || value == highest && c.shared[i] < c.shared[best] {
			best, highest = i, value
		}
	}
	return best
}

// distance is what a category adds to the divergence of a list of n+1 options from the profile.
func (c *chooser) distance(share, taken float64, n int) float64 {
	if share <= 0 {
		return 0
	}
	return share * math.Log(share/((1-smoothing)*taken/float64(n+1)+smoothing*share))
}

// nearer is how much option i would change the divergence.
func (c *chooser) nearer(i, n int) float64 {
	var change float64
	own := c.options[i].Categories
	for _, category := range own {
		share := c.Profile[category]
		change += c.distance(share, c.taken[category]+1/float64(len(own)), n) - c.distance(share, c.taken[category], n)
	}
	return change
}

// take puts an option on the list and rules out those that the caps do not allow any more.
func (c *chooser) take(i int) {
	o := &c.options[i]
	c.shared[i] = -1
	for _, category := range o.Categories {
		c.taken[category] += 1 / float64(len(o.Categories))
		c.counts[category]++
		full := c.PerCategory > 0 && c.counts[category] >= c.PerCategory
		for _, k := range c.byCategory[category] {
			switch {
			case c.shared[k] < 0:
			case full:
				c.shared[k] = -1
			default:
				c.shared[k]++
				c.values[k] *= 1 - c.Diversity
			}
		}
	}
	if o.Brand < 0 {
		return
	}
	if c.brands[o.Brand]++; c.PerBrand > 0 && c.brands[o.Brand] >= c.PerBrand {
		for _, k := range c.byBrand[o.Brand] {
			c.shared[k] = -1
		}
	}
}
