package recommend

import (
	"math"
	"slices"
)

// Rules are what the shop's staff wants of every answer, whoever asks. [Config.Rules] hold for all
// queries, [Query.Rules] for one, on top of those. What a query asks for (Exclude, Candidates, Filter)
// and what a person refused comes before all rules.
type Rules struct {
	// Pins are items that come first, in this order, where they fit the query.
	Pins []string `json:"pins,omitempty"`
	// Block says what is never suggested.
	Block Match `json:"block,omitzero"`
	// Boosts raise or lower the score of what they match.
	Boosts []Boost `json:"boosts,omitempty"`
	// Freshness is by how much an item put on offer today gains: 0.5 makes its score one and a half times
	// as high. The gain halves every two weeks.
	Freshness float64 `json:"freshness,omitempty"`
	// PerCategory and PerBrand are how many items of one category or brand an answer may hold. Zero is
	// no bound. A query's bound takes the place of the configured one.
	PerCategory int `json:"per_category,omitempty"`
	PerBrand    int `json:"per_brand,omitempty"`
}

// Match says which items are meant: those that have any of these. It cannot ask for a price, so that
// the shop cannot let the price decide what comes first.
type Match struct {
	Items      []string `json:"items,omitempty"`
	Categories []string `json:"categories,omitempty"`
	Brands     []string `json:"brands,omitempty"`
	Tags       []string `json:"tags,omitempty"`
}

// Boost multiplies the score of the items it matches.
type Boost struct {
	Match
	Factor float64 `json:"factor"` // above 0, at most 100; below 1 lowers
}

// Bounds on rules.
const (
	maxRules  = 1000
	maxFactor = 100
	freshDays = 14 // in which the gain of freshness halves
)

// Validate returns an error wrapping [ErrInvalid] if r cannot be obeyed.
func (r Rules) Validate() error {
	if err := checkIDs("pins", r.Pins, maxRules); err != nil {
		return err
	}
	if err := r.Block.check("block"); err != nil {
		return err
	}
	if len(r.Boosts) > maxRules {
		return invalid("rules have %d boosts: give at most %d", len(r.Boosts), maxRules)
	}
	for _, b := range r.Boosts {
		if !(b.Factor > 0 && b.Factor <= maxFactor) { // also catches NaN
			return invalid("boost factor %v is out of range: give more than 0 and at most %d", b.Factor, maxFactor)
		}
		if err := b.Match.check("boost"); err != nil {
			return err
		}
	}
	if !(r.Freshness >= 0 && r.Freshness <= maxFactor) {
		return invalid("freshness %v is out of range: give 0 to %d", r.Freshness, maxFactor)
	}
	if r.PerCategory < 0 || r.PerBrand < 0 {
		return invalid("caps %d per category and %d per brand: give 0 for none or more", r.PerCategory, r.PerBrand)
	}
	return nil
}

func (m Match) check(field string) error {
	if n := max(len(m.Items), len(m.Categories), len(m.Brands), len(m.Tags)); n > maxRules {
		return invalid("%s has %d items, categories, brands or tags: give at most %d of each", field, n, maxRules)
	}
	return nil
}

func (m *Match) isZero() bool {
	return len(m.Items) == 0 && len(m.Categories) == 0 && len(m.Brands) == 0 && len(m.Tags) == 0
}

// has reports whether an item is meant.
func (m *Match) has(it *Item) bool {
	in := func(names []string) func(string) bool {
		return func(name string) bool { return slices.Contains(names, name) }
	}
	return slices.Contains(m.Items, it.ID) ||
		it.Brand != "" && slices.Contains(m.Brands, it.Brand) ||
		len(m.Categories) > 0 && slices.ContainsFunc(it.Categories, in(m.Categories)) ||
		len(m.Tags) > 0 && slices.ContainsFunc(it.Tags, in(m.Tags))
}

// both returns the configured rules with those of a query on top.
func (r Rules) both(q Rules) Rules {
	if len(q.Pins) > 0 {
		r.Pins = slices.Concat(q.Pins, r.Pins)
	}
	if !q.Block.isZero() {
		r.Block = Match{
			slices.Concat(r.Block.Items, q.Block.Items), slices.Concat(r.Block.Categories, q.Block.Categories),
			slices.Concat(r.Block.Brands, q.Block.Brands), slices.Concat(r.Block.Tags, q.Block.Tags),
		}
	}
	if len(q.Boosts) > 0 {
		r.Boosts = slices.Concat(r.Boosts, q.Boosts)
	}
	if q.Freshness > 0 {
		r.Freshness = q.Freshness
	}
	if q.PerCategory > 0 {
		r.PerCategory = q.PerCategory
	}
	if q.PerBrand > 0 {
		r.PerBrand = q.PerBrand
	}
	return r
}

// lift returns what the rules make of an item's score, as a factor.
func (r *Rules) lift(it *Item, now int64) float64 {
	factor := 1.0
	for i := range r.Boosts {
		if r.Boosts[i].has(it) {
			factor *= r.Boosts[i].Factor
		}
	}
	if r.Freshness > 0 && !it.Created.IsZero() {
		if days := float64(now-it.Created.Unix()) / secondsPerDay; days >= 0 {
			factor *= 1 + r.Freshness*math.Exp2(-days/freshDays)
		}
	}
	return factor
}

// mostLift returns a bound on lift.
func (r *Rules) mostLift() float64 {
	most := 1 + r.Freshness
	for i := range r.Boosts {
		most *= max(1, r.Boosts[i].Factor)
	}
	return most
}
