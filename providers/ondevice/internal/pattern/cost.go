package pattern

// A cost is what the ways in which a sentence fits a phrase are compared by, as one number: in units that each outweigh
// all smaller ones, the characters that nothing covers, those that were skipped, those in filled slots (less is
// worse), and the slots.
type cost int64

const (
	perSlot      cost = 1
	perFilled    cost = -1 << 12
	perSkipped   cost = 1 << 24
	perUncovered cost = 1 << 36
)

// The parts of a cost. No sentence has more than MaxRunes characters or slots.
func (c cost) slots() int     { return int(uint64(c) & (1<<12 - 1)) }
func (c cost) filled() int    { return -int(c.lower() >> 12) }
func (c cost) skipped() int   { return int((c-c.lower())>>24) & (1<<12 - 1) }
func (c cost) uncovered() int { return int((c - c.lower()) >> 36) }

// lower returns the part of filled characters and slots, which is not positive by much.
func (c cost) lower() cost { return c << 40 >> 40 }
