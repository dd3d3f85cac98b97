package learn

import "github.com/zhushou-ai/zhushou/internal/simd"

// solver solves (gram + Σ w·y·yᵀ + reg·I) x = Σ w·y by conjugate gradient.
type solver struct {
	row                    []entry // the vectors y that count beside the Gram matrix, and their weights w
	reg                    float32
	size                   float32 // square of the residual
	residual, along, image []float32
}

// fromZero sets x, which is zero, to about the solution.
func (s *solver) fromZero(x, y, gram []float32, steps int) {
	dims := len(x)
	s.residual = zeros(s.residual, dims)
	for _, e := range s.row {
		simd.Axpy(e.weight, y[int(e.id)*dims:][:dims], s.residual)
	}
	s.descend(x, y, gram, steps)
}

// descend makes the residual smaller by moving x.
func (s *solver) descend(x, y, gram []float32, steps int) {
	s.along, s.image = append(s.along[:0], s.residual...), zeros(s.image, len(x))
	s.size = simd.Dot(s.residual, s.residual)
	for range steps {
		if s.done() {
			return
		}
		simd.SymMulVec(s.image, gram, s.along)
		s.addOwn(s.image, s.along, y)
		s.step(x)
	}
}

// done reports whether there is nothing to gain.
func (s *solver) done() bool { return s.size < 1e-20 }

// addOwn adds to dst the matrix times v, less what the Gram matrix makes of it.
func (s *solver) addOwn(dst, v, y []float32) {
	dims := len(v)
	simd.Axpy(s.reg, v, dst)
	for _, e := range s.row {
		o := y[int(e.id)*dims:][:dims]
		simd.Axpy(e.weight*simd.Dot(o, v), o, dst)
	}
}

// step moves x along, and turns.
func (s *solver) step(x []float32) {
	step := s.size / simd.Dot(s.along, s.image)
	simd.Axpy(step, s.along, x)
	simd.Axpy(-step, s.image, s.residual)
	old := s.size
	s.size = simd.Dot(s.residual, s.residual)
	simd.Scale(s.size/old, s.along)
	simd.Axpy(1, s.residual, s.along)
}

// solvedAtOnce is how many systems are solved in step, so that the Gram matrix is read once for all of them.
const solvedAtOnce = 32

// blockSolver solves several systems with one Gram matrix.
type blockSolver struct {
	each         []solver // their vectors are rows of these matrices
	residual     []float32
	along, image []float32
}

// begin makes room for n systems.
func (b *blockSolver) begin(n, dims int) {
	if cap(b.each) < n {
		b.each = make([]solver, n, max(n, solvedAtOnce))
		all := cap(b.each) * dims
		b.residual, b.along, b.image = make([]float32, all), make([]float32, all), make([]float32, all)
	}
	b.each = b.each[:n]
	for i := range b.each {
		s := &b.each[i]
		s.residual, s.along, s.image = b.residual[i*dims:][:dims], b.along[i*dims:][:dims], b.image[i*dims:][:dims]
	}
}

// solve moves the rows of x towards the solutions, from where they are.
func (b *blockSolver) solve(x, y, gram []float32, steps int) {
	n := len(b.each)
	dims := len(x) / n
	simd.ScanMany(b.image[:n*dims], gram, dims, x)
	for i := range b.each {
		s := &b.each[i]
		s.addOwn(s.image, x[i*dims:][:dims], y)
		clear(s.residual)
		simd.Axpy(-1, s.image, s.residual)
		for _, e := range s.row {
			simd.Axpy(e.weight, y[int(e.id)*dims:][:dims], s.residual)
		}
		copy(s.along, s.residual)
		s.size = simd.Dot(s.residual, s.residual)
	}
	for range steps {
		simd.ScanMany(b.image[:n*dims], gram, dims, b.along[:n*dims])
		for i := range b.each {
			if s := &b.each[i]; !s.done() {
				s.addOwn(s.image, s.along, y)
				s.step(x[i*dims:][:dims])
			}
		}
	}
}
