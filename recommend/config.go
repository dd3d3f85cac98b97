package recommend

import "time"

// Config sets the bounds and the memory of an [Engine]. Its zero value suits a shop of some ten
// thousand items; a negative value counts as zero.
type Config struct {
	// History is how many items the engine remembers of one person, latest first out last. Zero means
	// 1,000; an item that has dropped out counts as never seen.
	History int
	// Neighbours is how many related items are kept for each item, 12 bytes each. Zero means 200.
	Neighbours int
	// HalfLife is the time in which an event loses half its say in a person's taste and in what goes
	// with what. Zero means 90 days.
	HalfLife time.Duration
	// TrendHalfLife is the same for popularity. Zero means 14 days.
	TrendHalfLife time.Duration
	// Rules hold for every answer.
	Rules Rules
	// Embedder, if given, turns items and query texts into vectors, so that what means the same is found
	// in other words too, and what is like a person's items although it shares no tag with them. Put and
	// queries with a text then wait for it; every personal query looks through all vectors, which takes a
	// millisecond for each 100,000 of 64 numbers.
	Embedder Embedder
	// PriceBands lets the price count as a trait of an item: who took to tea of 64 to 128 yuan is shown such tea a
	// little rather than other tea. It is off by default; price is then only read by filters. It never depends on who
	// asks what something costs.
	PriceBands bool
	// Now is the clock for events and queries without a time, and for FreezeInterests. Nil means [time.Now].
	Now func() time.Time
	// Storage says how a folder is kept; see [Open]. Its zero value is the safe one.
	Storage Storage
}

// withDefaults returns c with every unset field filled in.
func (c Config) withDefaults() Config {
	const day = 24 * time.Hour
	if c.History <= 0 {
		c.History = 1000
	}
	if c.Neighbours <= 0 {
		c.Neighbours = 200
	}
	if c.HalfLife <= 0 {
		c.HalfLife = 90 * day
	}
	if c.TrendHalfLife <= 0 {
		c.TrendHalfLife = 14 * day
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}
