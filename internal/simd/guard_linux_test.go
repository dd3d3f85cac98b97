package simd

import (
	"syscall"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// fenced returns one page of numbers that has pages on both sides which nobody may touch.
func fenced(t *testing.T) []float32 {
	t.Helper()
	page := syscall.Getpagesize()
	memory, err := syscall.Mmap(-1, 0, 3*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, syscall.Munmap(memory)) })
	require.NoError(t, syscall.Mprotect(memory[:page], syscall.PROT_NONE))
	require.NoError(t, syscall.Mprotect(memory[2*page:], syscall.PROT_NONE))
	return unsafe.Slice((*float32)(unsafe.Pointer(&memory[page])), page/4)
}

// No kernel touches memory that it was not given, not even to read it.
func TestKernelsStayInside(t *testing.T) {
	t.Parallel()
	everyLevel(t, func(t *testing.T, l level) {
		a, b, c := fenced(t), fenced(t), fenced(t)
		for n := range 200 {
			for _, s := range [][3][]float32{
				{a[:n], b[:n], c[:n]},
				{a[len(a)-n:], b[len(b)-n:], c[len(c)-n:]},
			} {
				x, y, z := s[0], s[1], s[2]
				dotAt(l, x, y)
				axpyAt(l, 1, x, y)
				scaleAt(l, 1, y)
				room := unsafe.Slice((*int32)(unsafe.Pointer(unsafe.SliceData(z))), n)
				aboveAt(l, x, -1, room[:0:n])
				for _, dims := range []int{1, 5, 16, 19, 32, 40} {
					rows := n / dims
					if rows == 0 {
						continue
					}
					// The matrix and the queries too lie next to the fence.
					scanAt(l, z[:rows], x[n-rows*dims:], dims, y[n-dims:])
					queries := min(n/rows, rows, 6)
					scanManyAt(l, z[n-queries*rows:], x[n-rows*dims:], dims, y[n-queries*dims:])
					if dims*dims <= n {
						gramAt(l, z[n-dims*dims:], x[n-rows*dims:], dims)
					}
				}
				if n >= 64 {
					codes := unsafe.Slice((*int8)(unsafe.Pointer(&x[n-n/16*16])), n/16*16)
					q := unsafe.Slice((*int16)(unsafe.Pointer(&y[n-8])), 16)
					scanCodesAt(l, z[n-n/16:], codes, 16, q, y[n-n/16:], 1, 1, 1)
				}
			}
		}
	})
	everyLevel(t, func(t *testing.T, l level) {
		const dims = 128
		a, b := fenced(t), fenced(t)
		m := make([]float32, dims*dims)
		symMulVecAt(l, a[len(a)-dims:], m, b[len(b)-dims:])
		symMulVecAt(l, a[:dims], m, b[:dims])
		copy(a, m)
		symMulVecAt(l, b[:16], a[len(a)-256:], b[len(b)-16:])
	})
}
