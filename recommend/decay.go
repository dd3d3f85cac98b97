package recommend

import (
	"math"
	"time"
)

const (
	decaySteps = 64 // table steps per half-life: at most 1.1 % off
	decaySpan  = 16 // half-lives until an event's say no longer shrinks
)

// decay is the exponential forgetting curve, from a table where it is asked millions of times.
type decay struct {
	halfLife float64 // seconds
	perStep  float64 // steps per second
	table    [decaySteps*decaySpan + 1]float32
}

func newDecay(halfLife time.Duration) *decay {
	d := &decay{halfLife: halfLife.Seconds()}
	d.perStep = decaySteps / d.halfLife
	for i := range d.table {
		d.table[i] = float32(math.Exp2(-float64(i) / decaySteps))
	}
	return d
}

// coarse returns the say left after age seconds, 1 for the future.
func (d *decay) coarse(age int64) float32 {
	step := float64(age) * d.perStep
	if step <= 0 {
		return d.table[0]
	}
	if step >= decaySteps*decaySpan {
		return d.table[decaySteps*decaySpan]
	}
	return d.table[int(step)]
}

// exact is coarse without rounding to a step.
func (d *decay) exact(age int64) float64 {
	return math.Exp2(-min(max(float64(age)/d.halfLife, 0), decaySpan))
}
