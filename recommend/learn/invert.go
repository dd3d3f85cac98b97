package learn

import (
	"context"
	"fmt"

	"github.com/zhushou-ai/zhushou/internal/simd"
)

// invertBlock is how many rows and columns are swept at once.
const invertBlock = 64

// invert replaces a symmetric positive definite matrix of n rows by its inverse, by sweeping one block of rows and
// columns after the other. With D the block on the diagonal and U the columns above and below it, a sweep makes
//
//	D → -D⁻¹    U → U·D⁻¹    the rest → the rest - U·D⁻¹·Uᵀ
//
// and after all sweeps the matrix is minus the inverse. Only the lower half is worked on, then mirrored. It takes n³
// multiplications and additions, nearly all of them in products of vectors as long as a block.
func invert(ctx context.Context, m []float32, n, workers int) error {
	u, w := make([]float32, n*invertBlock), make([]float32, n*invertBlock)
	for k := 0; k < n; k += invertBlock {
		b := min(invertBlock, n-k)
		if err := sweep(ctx, m, n, k, b, u[:n*b], w[:n*b], workers); err != nil {
			return err
		}
	}
	const tile = 64
	return parallel(ctx, workers, (n+tile-1)/tile, 1, func(_, from, _ int) {
		for at := 0; at <= from*tile; at += tile { // by tiles, so that rows and columns both stay near
			for i := from * tile; i < min(from*tile+tile, n); i++ {
				for j := at; j < min(at+tile, i+1); j++ {
					m[i*n+j] = -m[i*n+j]
					m[j*n+i] = m[i*n+j]
				}
			}
		}
	})
}

// sweep sweeps the block of b rows and columns from k on.
func sweep(ctx context.Context, m []float32, n, k, b int, u, w []float32, workers int) error {
	d, err := invertSmall(m, n, k, b)
	if err != nil {
		return err
	}
	for i := range n { // the columns of the block, in rows of b
		for j := range b {
			if at := k + j; i >= at {
				u[i*b+j] = m[i*n+at]
			} else {
				u[i*b+j] = m[at*n+i]
			}
		}
	}
	if err := parallel(ctx, workers, n, 64, func(_, from, to int) {
		for i := from; i < to; i++ {
			simd.Scan(w[i*b:(i+1)*b], d, b, u[i*b:(i+1)*b])
		}
	}); err != nil {
		return err
	}
	const some = 16 // rows of U that go over W together
	buffers := make([][]float32, workerCount(workers))
	if err := parallel(ctx, workers, n, some, func(worker, from, to int) {
		if buffers[worker] == nil {
			buffers[worker] = make([]float32, some*n)
		}
		out := buffers[worker][:(to-from)*to]
		simd.ScanMany(out, w[:to*b], b, u[from*b:to*b])
		for i := from; i < to; i++ {
			if i >= k && i < k+b {
				continue
			}
			simd.Axpy(-1, out[(i-from)*to:][:i+1], m[i*n:][:i+1])
		}
	}); err != nil {
		return err
	}
	for i := range n {
		switch {
		case i >= k+b:
			copy(m[i*n+k:i*n+k+b], w[i*b:])
		case i >= k:
			for j := range b {
				m[i*n+k+j] = -d[(i-k)*b+j]
			}
		default:
			for j := range b {
				m[(k+j)*n+i] = w[i*b+j]
			}
		}
	}
	return nil
}

// invertSmall returns the inverse of a block on the diagonal, worked out in float64.
func invertSmall(m []float32, n, k, b int) ([]float32, error) {
	a := make([]float64, b*b)
	for i := range b {
		for j := range i + 1 {
			a[i*b+j] = float64(m[(k+i)*n+k+j])
			a[j*b+i] = a[i*b+j]
		}
	}
	for p := range b {
		pivot := a[p*b+p]
		if !(pivot > 0) {
			return nil, fmt.Errorf("learn: the matrix of the linear model is not positive definite at item %d (pivot %v): use more regularisation", k+p, pivot)
		}
		a[p*b+p] = 1
		for j := range b {
			a[p*b+j] /= pivot
		}
		for i := range b {
			if f := a[i*b+p]; i != p && f != 0 {
				a[i*b+p] = 0
				for j := range b {
					a[i*b+j] -= f * a[p*b+j]
				}
			}
		}
	}
	d := make([]float32, b*b)
	for i := range d {
		d[i] = float32(a[i])
	}
	return d, nil
}
