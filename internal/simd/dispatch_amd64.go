//go:build amd64 && !purego

package simd

import "unsafe"

func dotAt(l level, a, b []float32) float32 {
	pa, pb := unsafe.SliceData(a), unsafe.SliceData(b)
	switch l {
	case avx512:
		return dotAVX512(pa, pb, len(a))
	case avx2:
		return dotAVX2(pa, pb, len(a))
	}
	return dotPortable(a, b)
}

func axpyAt(l level, alpha float32, x, y []float32) {
	px, py := unsafe.SliceData(x), unsafe.SliceData(y)
	switch l {
	case avx512:
		axpyAVX512(alpha, px, py, len(x))
	case avx2:
		axpyAVX2(alpha, px, py, len(x))
	default:
		axpyPortable(alpha, x, y)
	}
}

func scaleAt(l level, alpha float32, x []float32) {
	switch l {
	case avx512:
		scaleAVX512(alpha, unsafe.SliceData(x), len(x))
	case avx2:
		scaleAVX2(alpha, unsafe.SliceData(x), len(x))
	default:
		scalePortable(alpha, x)
	}
}

func scanAt(l level, out, rows []float32, dims int, q []float32) {
	po, pr, pq := unsafe.SliceData(out), unsafe.SliceData(rows), unsafe.SliceData(q)
	switch l {
	case avx512:
		scanAVX512(po, pr, len(out), dims, pq, len(q))
	case avx2:
		scanAVX2(po, pr, len(out), dims, pq, len(q))
	default:
		scanPortable(out, rows, dims, q)
	}
}

// scanFours answers queries four at a time and returns how many it answered; the results of two queries are apart.
func scanFours(l level, out []float32, apart int, rows []float32, dims int, qs []float32) int {
	n, done := len(rows)/dims, 0
	if l != avx512 {
		return 0
	}
	for ; len(qs) >= 4*dims; qs = qs[4*dims:] {
		to := out[done*apart:]
		whole := n &^ 3
		if whole > 0 {
			scanFourAVX512(unsafe.SliceData(to), apart, unsafe.SliceData(rows), whole, dims, unsafe.SliceData(qs))
		}
		for j := 0; j < 4 && whole < n; j++ {
			scanAt(l, to[j*apart+whole:j*apart+n], rows[whole*dims:], dims, qs[j*dims:(j+1)*dims])
		}
		done += 4
	}
	return done
}

func aboveAt(l level, scores []float32, threshold float32, out []int32) []int32 {
	// The kernels write whole registers, so they stop a few places before the end of out.
	const register = 16
	from, whole := 0, len(scores)
	if l == avx2 {
		whole &^= 7
	}
	for from < len(scores) {
		if l == portable || from >= whole || cap(out)-len(out) < register {
			to := min(from+register, len(scores))
			out = abovePortable(scores[:to], from, threshold, out)
			from = to
			continue
		}
		var written int
		to := out[len(out):cap(out)]
		if l == avx512 {
			from, written = aboveAVX512(unsafe.SliceData(scores), from, whole, threshold, unsafe.SliceData(to), len(to))
		} else {
			from, written = aboveAVX2(unsafe.SliceData(scores), from, whole, threshold, unsafe.SliceData(to), len(to))
		}
		out = out[:len(out)+written]
	}
	return out
}

// symMulVecAt saves half of the reading where the matrix is too large for the cache next to the core.
func symMulVecAt(l level, dst, m, x []float32) {
	if n := len(x); l != avx512 || n%16 != 0 || n < 112 {
		scanAt(l, dst, m, n, x)
		return
	}
	clear(dst)
	symMulVecAVX512(unsafe.SliceData(dst), unsafe.SliceData(m), unsafe.SliceData(x), len(x))
}

func hasScanCodes(l level) bool { return l != portable }

// Products of words are the same in 8 lanes and in 16 for a scan that waits for memory, so one kernel is enough.
func scanCodesAt(l level, out []float32, codes []int8, columns int, q []int16, scales []float32, by, plus, with float32) {
	n := 0
	if l != portable {
		if n = len(out) &^ 7; n > 0 {
			scanCodesAVX2(unsafe.SliceData(out), unsafe.SliceData(codes), n, columns, unsafe.SliceData(q), unsafe.SliceData(scales), by, plus, with)
		}
	}
	scanCodesPortable(out[n:], codes[n*columns:], columns, q, scales[n:], by, plus, with)
}
