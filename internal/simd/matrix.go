package simd

// A matrix is row-major: row i of dims columns is rows[i*dims:(i+1)*dims]. A last row that is not whole does not count,
// and without columns (dims < 1) there are no rows.

// Scan sets out[i] to the inner product of row i and q, for as many rows as there are and out has room for. If q is
// shorter than dims, the columns it lacks count as zero; what it has beyond dims is not looked at.
func Scan(out, rows []float32, dims int, q []float32) {
	n := min(len(out), count(rows, dims))
	if n < 1 {
		return
	}
	scanAt(best, out[:n], rows, dims, q[:min(len(q), dims)])
}

// ScanMany does what Scan does for several queries while it reads the rows once: qs is a matrix of queries of the same
// dims, and with n rows, out[j*n+i] becomes the inner product of row i and query j. Queries for which out has no room
// for all n results are left out.
func ScanMany(out, rows []float32, dims int, qs []float32) {
	n := count(rows, dims)
	if n < 1 {
		return
	}
	m := min(count(qs, dims), len(out)/n)
	scanManyAt(best, out[:m*n], rows[:n*dims], dims, qs[:m*dims])
}

// SymMulVec sets dst to the product of a symmetric matrix and x, of len(x) numbers. The matrix has len(x) rows and
// columns and is stored in full, but not all of it may be read: a matrix that is not symmetric gives nothing useful.
// If dst or m is too short, nothing is done. dst must not overlap m or x. For several vectors at once [ScanMany] is
// much faster.
func SymMulVec(dst, m, x []float32) {
	n := len(x)
	if n == 0 || len(dst) < n || len(m)/n < n {
		return
	}
	symMulVecAt(best, dst[:n], m[:n*n], x)
}

// Gram adds to dst, a matrix of dims × dims, the sum over all rows of the row's outer product with itself: the
// transpose of the matrix times the matrix. What is added is symmetric to the bit. If dst is too short, nothing is
// done.
func Gram(dst, rows []float32, dims int) {
	n := count(rows, dims)
	if n < 1 || len(dst)/dims < dims {
		return
	}
	gramAt(best, dst[:dims*dims], rows[:n*dims], dims)
}

// count returns the number of whole rows.
func count(rows []float32, dims int) int {
	if dims < 1 {
		return 0
	}
	return len(rows) / dims
}

// scanManyAt takes block after block of rows that stays in the cache next to the core, and every query for each.
func scanManyAt(l level, out, rows []float32, dims int, qs []float32) {
	n := len(rows) / dims
	block := max(scanBlock/dims&^7, 8)
	for from := 0; from < n; from += block {
		to := min(from+block, n)
		part := rows[from*dims : to*dims]
		done := scanFours(l, out[from:], n, part, dims, qs)
		for j := done; j < len(qs)/dims; j++ {
			scanAt(l, out[j*n+from:j*n+to], part, dims, qs[j*dims:(j+1)*dims])
		}
	}
}

// scanBlock is how many numbers such a block has: 24 KB of a first cache of 32 or more.
const scanBlock = 6 << 10
