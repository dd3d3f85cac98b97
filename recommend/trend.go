package recommend

import "math"

// trendRatio is how many times shorter the memory behind "trending" is than that behind "popular".
const trendRatio = 7

// trendFloor is the popularity under which nothing is called trending: about five purchases of late.
const trendFloor = 10

// trend is an item's popularity: what people's interest in it sums to, each share fading with age,
// once with a long memory and once with a short one. Both sums are as of at.
type trend struct {
	long, short float64
	at          int64   // Unix seconds of the newest share ever added
	key         float64 // orders items by popularity, whatever the time of asking
}

// add adds a share of interest dated t, or takes it back if amount is negative.
func (tr *trend) add(t int64, amount, halfLife float64) {
	if tr.long == 0 {
		tr.at = t
	}
	if t > tr.at {
		fade := float64(t-tr.at) / halfLife
		tr.long *= math.Exp2(-fade)
		tr.short *= math.Exp2(-fade * trendRatio)
		tr.at = t
	}
	fade := float64(tr.at-t) / halfLife
	tr.long += amount * math.Exp2(-fade)
	tr.short += amount * math.Exp2(-fade*trendRatio)
	if tr.long < 1e-9 { // rounding dust of shares taken back
		*tr = trend{}
	}
	tr.short = max(tr.short, 0)
	tr.order(halfLife)
}

// order works out the key.
func (tr *trend) order(halfLife float64) {
	tr.key = math.Log2(tr.long) + float64(tr.at)/halfLife // -Inf when nobody cares
}

// rising reports whether interest comes in at twice the usual rate or more. Under a steady stream both
// sums are their half-life times the rate, so the sums are compared in that proportion.
func (tr *trend) rising(now int64, halfLife float64) bool {
	fade := max(float64(now-tr.at)/halfLife, 0)
	short := tr.short * math.Exp2(-fade*trendRatio)
	long := tr.long * math.Exp2(-fade)
	return long >= trendFloor && short*trendRatio >= 2*long
}

// restore brings back what a snapshot holds: long, short and at.
func (tr *trend) restore(from []int64, halfLife float64) {
	*tr = trend{
		long: math.Float64frombits(uint64(from[0])), short: math.Float64frombits(uint64(from[1])), at: from[2],
	}
	tr.order(halfLife)
}
