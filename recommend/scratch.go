package recommend

// signals is what speaks for an item in one answer. The zero value is an item nobody mentioned.
type signals struct {
	together float32 // co-occurrence with the person's items
	alike    float32 // features the person likes
	text     float32 // words of the query
	due      float32 // to be bought again
	touched  bool
	blocked  bool // never in this answer
	wanted   bool // one of Query.Candidates
}

// open reports whether other items may speak for this one: not if it cannot be suggested, nor if it
// is to be bought again, since then the person's own purchases would be the evidence.
func (s *signals) open() bool { return !s.blocked && s.due == 0 }

// scratch is the working memory of one query, kept for the next: one cell per item and feature, all
// zero between queries.
type scratch struct {
	items    []signals
	touched  []int32
	likes    []float32 // by feature: how much the person likes it
	liked    []int32   // features with a like
	tally    tally
	pool     []scored
	heapRoom []scored
}

// borrow returns working memory that fits the engine's present size.
func (e *Engine) borrow() *scratch {
	s, _ := e.scratches.Get().(*scratch)
	if s == nil {
		s = &scratch{}
	}
	if n := len(e.catalogue.names); len(s.items) < n {
		s.items = make([]signals, n+n/4)
		s.tally.cells = make([]tallyCell, n+n/4)
	}
	if n := len(e.catalogue.features.names); len(s.likes) < n {
		s.likes = make([]float32, n+n/4)
	}
	s.tally.ids = e.catalogue.names
	return s
}

// giveBack clears what a query wrote and keeps the memory.
func (e *Engine) giveBack(s *scratch) {
	for _, n := range s.touched {
		s.items[n] = signals{}
	}
	for _, f := range s.liked {
		s.likes[f] = 0
	}
	s.touched, s.liked, s.tally.ids = s.touched[:0], s.liked[:0], nil
	e.scratches.Put(s)
}

// touch returns an item's cell for writing.
func (s *scratch) touch(item int32) *signals {
	c := &s.items[item]
	if !c.touched {
		c.touched = true
		s.touched = append(s.touched, item)
	}
	return c
}
