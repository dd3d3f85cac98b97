package sqlgraph

import "time"

// SetNow makes it another time for a builder.
func (b *Builder) SetNow(now time.Time) { b.now = func() time.Time { return now } }
