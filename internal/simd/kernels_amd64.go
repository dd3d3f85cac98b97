//go:build amd64 && !purego

package simd

// The kernels in assembly. None looks at its pointers when its count is zero.

//go:noescape
func dotAVX2(a, b *float32, n int) float32

//go:noescape
func dotAVX512(a, b *float32, n int) float32

//go:noescape
func axpyAVX2(alpha float32, x, y *float32, n int)

//go:noescape
func axpyAVX512(alpha float32, x, y *float32, n int)

//go:noescape
func scaleAVX2(alpha float32, x *float32, n int)

//go:noescape
func scaleAVX512(alpha float32, x *float32, n int)

//go:noescape
func aboveAVX2(scores *float32, from, n int, threshold float32, out *int32, room int) (read, written int)

//go:noescape
func aboveAVX512(scores *float32, from, n int, threshold float32, out *int32, room int) (read, written int)

//go:noescape
func scanAVX2(out, rows *float32, n, dims int, q *float32, width int)

//go:noescape
func scanAVX512(out, rows *float32, n, dims int, q *float32, width int)

//go:noescape
func scanFourAVX512(out *float32, apart int, rows *float32, n, dims int, qs *float32)

//go:noescape
func symMulVecAVX512(y, m, x *float32, dims int)

//go:noescape
func scanCodesAVX2(out *float32, codes *int8, n, columns int, q *int16, scales *float32, by, plus, with float32)

//go:noescape
func gramAVX2(c *float32, stride int, a, b *float32, dims, n int)

//go:noescape
func gramAVX512(c *float32, stride int, a, b *float32, dims, n int)
