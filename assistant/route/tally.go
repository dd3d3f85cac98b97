package route

import (
	"context"
	"sync"
)

// A Tally counts comparisons of shadow mode, and says from them how sure the device must be for its acts
// to be right as often as wanted: its Add is a [Config.Shadow]. It keeps nothing of what was said. The
// zero Tally is ready for use; it must not be copied. It is safe for concurrent use.
type Tally struct {
	mu       sync.Mutex
	acts     [steps + 1]struct{ right, all int } // by confidence
	commands int                                 // what a cloud called tools for
	all      int
}

// steps is how finely confidence is counted.
const steps = 1000

// Add counts a comparison.
func (t *Tally) Add(_ context.Context, c Comparison) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.all++
	if len(c.Calls) > 0 {
		t.commands++
	}
	if c.Judgement.Verdict != Act || !(c.Judgement.Confidence >= 0 && c.Judgement.Confidence <= 1) {
		return
	}
	at := &t.acts[int(c.Judgement.Confidence*steps)]
	at.all++
	if c.Right() {
		at.right++
	}
}

// A Threshold is what a [Tally] says of a confidence.
type Threshold struct {
	Confidence float64 // the least at which to act
	Precision  float64 // of the acts from there on, so many were right
	Coverage   float64 // of all commands, so many would have been done on the device and rightly
	Acts       int     // that these are shares of; a few hundred at least should be
}

// Threshold returns the lowest confidence from which on acts were right as often as wanted, and false if
// there is none.
func (t *Tally) Threshold(precision float64) (Threshold, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var best Threshold
	right, all := 0, 0
	for i := steps; i >= 0; i-- {
		if t.acts[i].all == 0 {
			continue
		}
		right, all = right+t.acts[i].right, all+t.acts[i].all
		if share := float64(right) / float64(all); share >= precision {
			best = Threshold{Confidence: float64(i) / steps, Precision: share, Coverage: float64(right) / float64(max(1, t.commands)), Acts: all}
		}
	}
	return best, best.Acts > 0
}

// Len returns how many comparisons were counted.
func (t *Tally) Len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.all
}
