package profile

import (
	"fmt"
	"time"
)

// A Shortfall is a count that is less than it must be.
type Shortfall struct {
	Category string // "" for the total
	Have     int
	Want     int
}

func (s Shortfall) String() string {
	if s.Category == "" {
		return fmt.Sprintf("total %d of %d", s.Have, s.Want)
	}
	return fmt.Sprintf("%s %d of %d", s.Category, s.Have, s.Want)
}

// Coverage says how far a list meets what its bank demands.
type Coverage struct {
	Total      int
	Counts     map[string]int // by category, those included that the profile does not know
	Shortfalls []Shortfall    // in order of the categories, the total first
	Stale      bool           // the list is older than it may be
}

// OK reports whether nothing is missing.
func (c Coverage) OK() bool { return len(c.Shortfalls) == 0 && !c.Stale }

// Cover counts a list, given the category of each entry, against a bank of the profile. The total and the floors are
// checked separately. A list without a time of its last change is stale if the bank limits its age.
func (p *Profile) Cover(b Bank, categories []string, changed, now time.Time) Coverage {
	c := Coverage{Total: len(categories), Counts: make(map[string]int)}
	for _, id := range categories {
		c.Counts[id]++
	}
	if c.Total < b.Total {
		c.Shortfalls = append(c.Shortfalls, Shortfall{Have: c.Total, Want: b.Total})
	}
	for _, f := range b.Floors {
		for _, one := range p.Of(f.Categories...) {
			if have := c.Counts[one.ID]; have < f.Each {
				c.Shortfalls = append(c.Shortfalls, Shortfall{one.ID, have, f.Each})
			}
		}
	}
	c.Stale = b.MaxDays > 0 && now.Sub(changed) > time.Duration(b.MaxDays)*24*time.Hour
	return c
}
