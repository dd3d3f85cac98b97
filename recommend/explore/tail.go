package explore

import "math/rand/v2"

// Options say how a list is explored.
type Options struct {
	// Rate, 0 to 1, is how often a place is filled by chance.
	Rate float64
	// Slots is how many places at the end are explored. Zero means a fifth of the list, at least one.
	Slots int
	// Pool is how many of the best items left chance chooses from. Zero means 50.
	Pool int
}

// Pick is a place of the list.
type Pick struct {
	// Index is the rank of the item in it, from 0.
	Index int
	// Propensity is how likely this item was to come here, given those before it.
	Propensity float64
}

// WithDefaults returns o with what is unset filled in for a list of limit items.
func (o Options) WithDefaults(limit int) Options {
	if o.Slots <= 0 {
		o.Slots = max(1, limit/5)
	}
	o.Slots = min(o.Slots, limit)
	if o.Pool <= 0 {
		o.Pool = 50
	}
	return o
}

// Tail makes a list of limit items, or fewer if there are fewer, from n ranked ones.
func Tail(n, limit int, options Options, chance *rand.Rand) []Pick {
	limit = max(0, min(limit, n))
	o := options.WithDefaults(limit)
	picks := make([]Pick, 0, limit)
	for i := range limit - o.Slots {
		picks = append(picks, Pick{i, 1})
	}
	left := make([]int, 0, o.Slots+o.Pool) // ranks not taken, best first
	for i := limit - o.Slots; i < n && len(left) < cap(left); i++ {
		left = append(left, i)
	}
	for len(picks) < limit {
		pool := min(o.Pool, len(left))
		at := 0
		if chance.Float64() < o.Rate {
			at = chance.IntN(pool)
		}
		likely := o.Rate / float64(pool)
		if at == 0 {
			likely += 1 - o.Rate
		}
		picks = append(picks, Pick{left[at], likely})
		left = append(left[:at], left[at+1:]...)
	}
	return picks
}
