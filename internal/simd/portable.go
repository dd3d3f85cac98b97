package simd

// The portable kernels: unrolled by four, with independent sums, because one sum would wait for itself.

func dotPortable(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	b = b[:len(a)]
	for len(a) >= 4 && len(b) >= 4 {
		s0 += a[0] * b[0]
		s1 += a[1] * b[1]
		s2 += a[2] * b[2]
		s3 += a[3] * b[3]
		a, b = a[4:], b[4:]
	}
	for i := range a {
		s0 += a[i] * b[i]
	}
	return (s0 + s1) + (s2 + s3)
}

func axpyPortable(alpha float32, x, y []float32) {
	for len(x) >= 4 && len(y) >= 4 {
		y[0] += alpha * x[0]
		y[1] += alpha * x[1]
		y[2] += alpha * x[2]
		y[3] += alpha * x[3]
		x, y = x[4:], y[4:]
	}
	for i := range min(len(x), len(y)) {
		y[i] += alpha * x[i]
	}
}

func scalePortable(alpha float32, x []float32) {
	for i := range x {
		x[i] *= alpha
	}
}

func abovePortable(scores []float32, from int, threshold float32, out []int32) []int32 {
	for i := from; i < len(scores); i++ {
		if scores[i] > threshold {
			out = append(out, int32(i))
		}
	}
	return out
}

func scanPortable(out, rows []float32, dims int, q []float32) {
	for i := range out {
		out[i] = dotPortable(q, rows[i*dims:])
	}
}

// gramPortable adds up the upper triangle, four rows at a time so that dst is read and written once for four, and
// mirrors it.
func gramPortable(dst, rows []float32, dims int) {
	upper := make([]float32, dims*dims)
	for ; len(rows) >= 4*dims; rows = rows[4*dims:] {
		a, b, c, d := rows[:dims], rows[dims:2*dims], rows[2*dims:3*dims], rows[3*dims:4*dims]
		for i := range dims {
			ai, bi, ci, di := a[i], b[i], c[i], d[i]
			to := upper[i*dims:][i:dims]
			aj, bj, cj, dj := a[i:][:len(to)], b[i:][:len(to)], c[i:][:len(to)], d[i:][:len(to)]
			for j := range to {
				to[j] += (ai*aj[j] + bi*bj[j]) + (ci*cj[j] + di*dj[j])
			}
		}
	}
	for ; len(rows) >= dims; rows = rows[dims:] {
		for i := range dims {
			axpyPortable(rows[i], rows[i:dims], upper[i*dims:][i:dims])
		}
	}
	addSymmetric(dst, upper, dims, dims)
}

// addSymmetric adds to dst the symmetric matrix whose upper triangle is given, in rows of the given stride.
func addSymmetric(dst, upper []float32, dims, stride int) {
	for i := range dims {
		dst[i*dims+i] += upper[i*stride+i]
		for j := i + 1; j < dims; j++ {
			v := upper[i*stride+j]
			dst[i*dims+j] += v
			dst[j*dims+i] += v
		}
	}
}
