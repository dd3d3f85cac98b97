package learn

import (
	"cmp"
	"slices"
)

// held is a person from whom something was held back, to see whether it would have been suggested.
type held struct {
	profile []Taken // what is left
	truth   []int32 // what was held back, in rising order
}

// holdBack takes from some people the last of what they took, or a random share where the order is not known, and
// returns the histories without it. With again, what is held back may also be what they took before; otherwise nothing
// is left in their profile of the items held back, and the cases ask for what was new to them.
func holdBack(h *Histories, config *Config, target func(Kind) bool) (*Histories, []held) {
	people := make([]int, 0, h.People()) // the empty profiles are not there
	for u := range h.People() {
		if len(h.Profile(u)) > 0 {
			people = append(people, u)
		}
	}
	// Who is asked goes by a hash of the person's place in the order.
	order := make([]int, len(people))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(hash(config.Seed^uint64(a)), hash(config.Seed^uint64(b))), a-b)
	})
	ordered := isOrdered(h)
	rest := make([][]Taken, len(people))
	for i, u := range people {
		rest[i] = h.Profile(u)
	}
	var cases []held
	learned, things := 0, 0
	most := max(selectionScores/max(h.Items, 1), 1000)
	for _, i := range order {
		if learned += len(rest[i]); learned > selectionEvents {
			rest[i] = nil // more than is needed to choose by
			continue
		}
		if things >= config.Sample || len(cases) >= most {
			continue
		}
		var c held
		if ordered {
			c = holdLast(rest[i], config.Again, target)
		} else {
			c = holdShare(rest[i], config.Seed^uint64(i), target)
		}
		if len(c.truth) > 0 && len(c.profile) > 0 {
			cases = append(cases, c)
			rest[i] = c.profile
			things += len(c.truth)
		}
	}
	left := &Histories{Items: h.Items, Start: make([]int, 1, len(people)+1), Taken: make([]Taken, 0, min(len(h.Taken), 2*selectionEvents))}
	for _, profile := range rest {
		left.Taken = append(left.Taken, profile...)
		left.Start = append(left.Start, len(left.Taken))
	}
	return left, cases
}

// What settings are chosen by is bounded, so that it does not grow with the histories: so many events, and so many
// cases that a learner gives about so many scores when it is tried.
const (
	selectionEvents = 1_500_000
	selectionScores = 200_000_000
)

// isOrdered reports whether the times tell what came first in most profiles of two events or more.
func isOrdered(h *Histories) bool {
	var timed, long int
	for u := range h.People() {
		if p := h.Profile(u); len(p) > 1 {
			long++
			if p[0].Time != p[len(p)-1].Time {
				timed++
			}
		}
	}
	return 2*timed > long
}

// holdLast holds back the last tenth of the events of the kinds that matter, at least one, with all that happened at
// the same time or later.
func holdLast(profile []Taken, again bool, target func(Kind) bool) held {
	var n int
	for _, t := range profile {
		if target(t.Kind) {
			n++
		}
	}
	cut := len(profile)
	for left := max(1, n/10); left > 0 && cut > 0; {
		if cut--; target(profile[cut].Kind) {
			left--
		}
	}
	for cut > 0 && profile[cut-1].Time == profile[cut].Time {
		cut--
	}
	var truth []int32
	for _, t := range profile[cut:] {
		if target(t.Kind) {
			truth = append(truth, t.Item)
		}
	}
	truth = unique(truth)
	if again {
		return held{profile[:cut], truth}
	}
	truth = slices.DeleteFunc(truth, func(item int32) bool { // had before: nothing new
		return slices.ContainsFunc(profile[:cut], func(t Taken) bool { return t.Item == item && target(t.Kind) })
	})
	return held{without(profile[:cut], truth), truth}
}

// holdShare holds back a fifth of the items that a person took, at least one.
func holdShare(profile []Taken, seed uint64, target func(Kind) bool) held {
	var items []int32
	for _, t := range profile {
		if target(t.Kind) {
			items = append(items, t.Item)
		}
	}
	items = unique(items)
	if len(items) < 2 {
		return held{profile: profile}
	}
	slices.SortFunc(items, func(a, b int32) int {
		return cmp.Compare(hash(seed<<32^uint64(a)), hash(seed<<32^uint64(b)))
	})
	truth := unique(items[:max(1, (len(items)+2)/5)])
	return held{without(profile, truth), truth}
}

// unique sorts and drops repetitions.
func unique(items []int32) []int32 {
	slices.Sort(items)
	return slices.Compact(items)
}

// without returns a profile less some items, which are in rising order.
func without(profile []Taken, items []int32) []Taken {
	var rest []Taken
	for _, t := range profile {
		if _, found := slices.BinarySearch(items, t.Item); !found {
			rest = append(rest, t)
		}
	}
	return rest
}
