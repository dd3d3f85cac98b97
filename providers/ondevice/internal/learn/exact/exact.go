// Package exact has the functions of package math that learning needs, with the same result on every
// platform: those of package math are written in assembly on some, and a compiler may fuse a product
// with a sum, which rounds once instead of twice.
package exact

import "math"

const (
	ln2High = 6.93147180369123816490e-01
	ln2Low  = 1.90821492927058770002e-10
	log2E   = 1.44269504088896338700e+00
)

// series are the factors 1/n! of the series of the exponential, the last first. |r| is at most ln2/2.
var series = [...]float64{1. / 479001600, 1. / 39916800, 1. / 3628800, 1. / 362880, 1. / 40320, 1. / 5040, 1. / 720, 1. / 120, 1. / 24, 1. / 6, 1. / 2, 1, 1}

// Exp returns e to the power of x. The error is below 1e-14 of the result. It is 0 for x below -700
// and for NaN, and never infinite.
func Exp(x float64) float64 {
	if !(x > -700) {
		return 0
	}
	x = min(x, 700)
	k := math.Floor(float64(x*log2E) + 0.5)
	r := x - float64(k*ln2High)
	r -= float64(k * ln2Low)
	sum := 0.0
	for _, c := range &series {
		sum = c + float64(sum*r)
	}
	return math.Ldexp(sum, int(k))
}

// Log returns the natural logarithm of a positive x. It is -745 for what is not positive.
func Log(x float64) float64 {
	if !(x > 0) {
		return -745
	}
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, e = float64(m*2), e-1
	}
	// log m = 2 artanh((m-1)/(m+1)), by its series
	s := (m - 1) / (m + 1)
	s2 := float64(s * s)
	sum := 0.0
	for n := 25.0; n >= 1; n -= 2 {
		sum = 1/n + float64(sum*s2)
	}
	return float64(float64(e)*ln2High) + (float64(2*s*sum) + float64(float64(e)*ln2Low))
}

// Sigmoid returns 1/(1+e^-x).
func Sigmoid(x float64) float64 {
	if x >= 0 {
		return 1 / (1 + Exp(-x))
	}
	e := Exp(x)
	return e / (1 + e)
}

// Softmax replaces scores by the probabilities that they stand for.
func Softmax(scores []float64) {
	if len(scores) == 0 {
		return
	}
	top := scores[0]
	for _, s := range scores {
		top = max(top, s)
	}
	sum := 0.0
	for i, s := range scores {
		scores[i] = Exp(s - top)
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}

// A Source is a fixed sequence of numbers that look random. The zero Source is ready for use.
type Source uint64

// Next returns the next number below n, which is at least 1.
func (s *Source) Next(n int) int {
	*s += 0x9e3779b97f4a7c15
	x := uint64(*s)
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	x ^= x >> 31
	return int((x >> 33) % uint64(n))
}

// Shuffle puts the numbers in another order.
func (s *Source) Shuffle(x []int32) {
	for i := len(x) - 1; i > 0; i-- {
		j := s.Next(i + 1)
		x[i], x[j] = x[j], x[i]
	}
}
