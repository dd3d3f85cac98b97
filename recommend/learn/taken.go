package learn

import (
	"fmt"
	"math"
)

// Kind tells what somebody did: viewed, bought, whatever the caller counts. The numbers are the caller's; the learners
// find out what each kind is worth.
type Kind uint8

// Taken is one thing that a person took to.
type Taken struct {
	Item   int32   // number of the item, from zero
	Kind   Kind    // what the person did
	Weight float32 // how much of it, more than zero; 1 is usual
	Time   int64   // in seconds from any fixed moment, zero if unknown
}

// Histories are what all people took, one profile after the other. Within a profile what came first stands first.
type Histories struct {
	Items int     // how many items there are
	Start []int   // profile u is Taken[Start[u]:Start[u+1]]; one more than there are people
	Taken []Taken // all profiles
}

// Add appends the profile of one more person, sorted by time. It copies what it is given.
func (h *Histories) Add(profile []Taken) {
	if len(h.Start) == 0 {
		h.Start = append(h.Start, 0)
	}
	h.Taken = append(h.Taken, profile...)
	h.Start = append(h.Start, len(h.Taken))
	for _, t := range profile {
		h.Items = max(h.Items, int(t.Item)+1)
	}
}

// People returns how many profiles there are, the empty ones included.
func (h *Histories) People() int { return max(len(h.Start)-1, 0) }

// Profile returns what a person took. It shares memory with h.
func (h *Histories) Profile(person int) []Taken { return h.Taken[h.Start[person]:h.Start[person+1]] }

// check finds the first thing that cannot be learned from.
func (h *Histories) check() error {
	if h.Items < 0 || h.Items > math.MaxInt32 {
		return fmt.Errorf("learn: %d items: from 0 to %d are possible", h.Items, math.MaxInt32)
	}
	at := 0
	for i, start := range h.Start {
		if start < at || start > len(h.Taken) || i == 0 && start != 0 {
			return fmt.Errorf("learn: profile %d starts at %d, before its predecessor's end or beyond the %d events", i, start, len(h.Taken))
		}
		at = start
	}
	if at != len(h.Taken) {
		return fmt.Errorf("learn: the profiles end at %d, and there are %d events", at, len(h.Taken))
	}
	for person := range h.People() {
		if err := check(h.Profile(person), h.Items); err != nil {
			return fmt.Errorf("learn: person %d: %w", person, err)
		}
	}
	return nil
}

// check finds the first event of a profile that cannot be used.
func check(profile []Taken, items int) error {
	for i, t := range profile {
		switch {
		case t.Item < 0 || int(t.Item) >= items:
			return fmt.Errorf("event %d: item %d is not one of %d", i, t.Item, items)
		case !(t.Weight > 0) || math.IsInf(float64(t.Weight), 0):
			return fmt.Errorf("event %d (item %d): weight %v is not a number above zero", i, t.Item, t.Weight)
		case i > 0 && t.Time < profile[i-1].Time:
			return fmt.Errorf("event %d (item %d): time %d is before that of the event it follows", i, t.Item, t.Time)
		}
	}
	return nil
}
