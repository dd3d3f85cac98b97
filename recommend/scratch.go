package recommend

import "github.com/zhushou-ai/zhushou/recommend/learn"

// signals is what speaks for an item in one answer. The zero value is an item nobody mentioned.
type signals struct {
	together float32 // what was learned of the person's taste, or co-occurrence with their items
	fresh    float32 // co-occurrence of an item that came after the learning
	alike    float32 // features the person likes
	text     float32 // words of the query
	meant    float32 // likeness to the meaning of the query, 0 to 1
	akin     float32 // likeness in meaning to the person's items, 0 to 1
	due      float32 // to be bought again
	touched  bool
	blocked  bool // never in this answer
	wanted   bool // one of Query.Candidates
	mute     bool // of the history, but not to be built on
	pinned   bool // already in the answer
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

	profile []learn.Taken // in the model's numbers
	learnt  []float32     // by the model's number: the scores of all items; learn.Bar where the item is touched
	few     []float32     // by the model's number: the scores of what was proposed, zero where it is touched; zero between queries
	hits    []learn.Hit   // what was proposed; empty if all items were scored
	above   []int32
	learner learn.Scratch
	mean    []float32 // of the vectors of the person's items
	vector  []float32
	voices  []float32 // by the model's number: what the items of the profile weigh as reasons; zero between queries
	spoken  []int32   // where voices is not
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
	if e.model != nil && len(s.learnt) < len(e.model.items) {
		s.learnt = make([]float32, len(e.model.items))
		s.few = make([]float32, len(e.model.items))
		s.voices = make([]float32, len(e.model.items))
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
	for _, n := range s.spoken {
		s.voices[n] = 0
	}
	for _, hit := range s.hits {
		s.few[hit.Item] = 0
	}
	s.touched, s.liked, s.spoken, s.hits, s.tally.ids = s.touched[:0], s.liked[:0], s.spoken[:0], s.hits[:0], nil
	s.profile = s.profile[:0]
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
