//go:build amd64 && !purego

package simd

// gramAt adds up the upper triangle in tiles, for a block of rows at a time that stays near the core.
func gramAt(l level, dst, rows []float32, dims int) {
	if l == portable {
		gramPortable(dst, rows, dims)
		return
	}
	const width = 32 // of a tile
	stride := (dims + width - 1) &^ (width - 1)
	upper := make([]float32, stride*stride)
	block := max(gramBlock/stride, 16)
	var padded []float32 // a block with zeros in the columns that fill the last tile
	if stride != dims {
		padded = make([]float32, min(block, len(rows)/dims)*stride)
	}
	for len(rows) > 0 {
		n := min(block, len(rows)/dims)
		from := rows[:n*dims]
		rows = rows[n*dims:]
		if padded != nil {
			for i := range n {
				copy(padded[i*stride:], from[i*dims:][:dims])
			}
			from = padded
		}
		for j := 0; j < stride; j += width {
			for i := 0; i < j+width; i += 8 {
				gramTile(l, upper[i*stride+j:], stride, from[i:], from[j:], n)
			}
		}
	}
	addSymmetric(dst, upper, dims, stride)
}

// gramBlock is how many numbers of rows are multiplied before the next rows.
const gramBlock = 16 << 10

// gramTile adds to a tile of 8 × 32 of c what n rows give for it; a and b begin at the tile's row and column.
func gramTile(l level, c []float32, stride int, a, b []float32, n int) {
	if l == avx512 {
		gramAVX512(&c[0], stride, &a[0], &b[0], stride, n)
		return
	}
	for i := 0; i < 8; i += 4 {
		for j := 0; j < 32; j += 16 {
			gramAVX2(&c[i*stride+j], stride, &a[i], &b[j], stride, n)
		}
	}
}
