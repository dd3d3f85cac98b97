package simd

// Dot returns the inner product of a and b, over the length of the shorter.
func Dot(a, b []float32) float32 {
	n := min(len(a), len(b))
	return dotAt(best, a[:n], b[:n])
}

// Axpy adds alpha times x to y, over the length of the shorter.
func Axpy(alpha float32, x, y []float32) {
	n := min(len(x), len(y))
	axpyAt(best, alpha, x[:n], y[:n])
}

// Scale multiplies every number of x by alpha.
func Scale(alpha float32, x []float32) {
	scaleAt(best, alpha, x)
}

// Above appends to out the index of every score that is greater than the threshold, in rising order, and returns it.
// A score that is not a number is above nothing, and nothing is above a threshold that is not one. If out has room
// for len(scores) more, nothing is allocated.
func Above(scores []float32, threshold float32, out []int32) []int32 {
	return aboveAt(best, scores, threshold, out)
}
