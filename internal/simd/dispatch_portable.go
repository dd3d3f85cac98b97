//go:build !amd64 || purego

package simd

// A level is a set of instructions that there are kernels for.
type level int

const (
	portable level = iota
	best           = portable
)

func dotAt(_ level, a, b []float32) float32         { return dotPortable(a, b) }
func axpyAt(_ level, alpha float32, x, y []float32) { axpyPortable(alpha, x, y) }
func scaleAt(_ level, alpha float32, x []float32)   { scalePortable(alpha, x) }
func gramAt(_ level, dst, rows []float32, dims int) { gramPortable(dst, rows, dims) }

func aboveAt(_ level, scores []float32, threshold float32, out []int32) []int32 {
	return abovePortable(scores, 0, threshold, out)
}

func scanAt(_ level, out, rows []float32, dims int, q []float32) {
	scanPortable(out, rows, dims, q)
}

func scanFours(level, []float32, int, []float32, int, []float32) int { return 0 }

func hasScanCodes(level) bool { return false }

func scanCodesAt(_ level, out []float32, codes []int8, columns int, q []int16, scales []float32, by, plus, with float32) {
	scanCodesPortable(out, codes, columns, q, scales, by, plus, with)
}

func symMulVecAt(_ level, dst, m, x []float32) { scanPortable(dst, m, len(x), x) }
