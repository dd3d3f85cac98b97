package learn

import (
	"context"
	"fmt"
	"math"

	"github.com/zhushou-ai/zhushou/internal/simd"
)

// FactorSettings say how people and items become vectors whose inner product is near one where somebody took
// something and near zero elsewhere. What is made small is
//
//	Σ taken  c·(1 - x·y)²  +  Unseen · Σ all (x·y)²  +  Σ people reg·|x|²  +  Σ items reg·|y|²
//
// where c is weight · deg(person)^-PersonPower · deg(item)^-ItemPower, scaled so that it is 1 on average, and reg is
// Regularisation · (deg + Unseen · others)^RegularPower: with a power above zero what is taken often is held back more.
type FactorSettings struct {
	Weights
	Dims           int
	Sweeps         int // how often people and items are solved in turn
	Steps          int // of conjugate gradient for each person or item and sweep, from where the last sweep ended
	Unseen         float64
	Regularisation float64
	RegularPower   float64
	PersonPower    float64
	ItemPower      float64
	Seed           uint64
}

// DefaultFactors are good settings where nothing is known.
func DefaultFactors() FactorSettings {
	return FactorSettings{Dims: 384, Sweeps: 6, Steps: 2, Unseen: 0.04, Regularisation: 1.5, PersonPower: 0.1, ItemPower: 0.4}
}

// Factors is matrix factorisation of who took what, by alternating least squares. It keeps the items' vectors only, 4
// bytes for each dimension of each item; a person's vector is solved from the profile when it is asked for. While it
// learns it keeps the people's as well.
type Factors struct {
	settings FactorSettings
	vectors  []float32 // of items
	gram     []float32 // Unseen · the sum of their outer products
	mean     []float32
	item     []float32 // what an item adds to the weight of having taken it
	scale    float32   // makes weights 1 on average
}

// NewFactors learns the vectors on as many goroutines as asked for; zero means as many as there are processors. How
// many they are does not show in the result.
func NewFactors(ctx context.Context, h *Histories, settings FactorSettings, workers int) (*Factors, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	return newFactors(ctx, newTable(h, settings.Weights), settings, workers)
}

func newFactors(ctx context.Context, t *table, settings FactorSettings, workers int) (*Factors, error) {
	if settings.Dims < 1 || !(settings.Unseen > 0) || !(settings.Regularisation > 0) {
		return nil, fmt.Errorf("learn: factors need at least one dimension and Unseen and Regularisation above zero, not %d, %v and %v",
			settings.Dims, settings.Unseen, settings.Regularisation)
	}
	people, items, dims := t.people.count(), t.items.count(), settings.Dims
	f := &Factors{settings: settings, vectors: make([]float32, items*dims), gram: make([]float32, dims*dims), item: make([]float32, items)}
	for i := range f.item {
		f.item[i] = raised(len(t.items.row(i)), -settings.ItemPower)
	}
	person := make([]float32, people)
	var sum float64
	for u := range person {
		person[u] = raised(len(t.people.row(u)), -settings.PersonPower)
		for _, e := range t.people.row(u) {
			sum += float64(e.weight * person[u] * f.item[e.id])
		}
	}
	f.scale = float32(float64(len(t.people.entries)) / max(sum, math.SmallestNonzeroFloat32))

	start(f.vectors, dims, settings.Seed, &t.items)
	x, gram := make([]float32, people*dims), make([]float32, dims*dims)
	for range settings.Sweeps {
		if err := f.gramOf(ctx, f.gram, f.vectors, workers); err != nil {
			return nil, err
		}
		if err := f.half(ctx, x, f.vectors, f.gram, &t.people, person, f.item, workers); err != nil {
			return nil, err
		}
		if err := f.gramOf(ctx, gram, x, workers); err != nil {
			return nil, err
		}
		if err := f.half(ctx, f.vectors, x, gram, &t.items, f.item, person, workers); err != nil {
			return nil, err
		}
	}
	f.mean = make([]float32, dims)
	for i := range items {
		simd.Axpy(1/float32(items), f.vector(int32(i)), f.mean)
	}
	return f, f.gramOf(ctx, f.gram, f.vectors, workers)
}

// vector returns an item's vector.
func (f *Factors) vector(item int32) []float32 {
	return f.vectors[int(item)*f.settings.Dims:][:f.settings.Dims]
}

// start gives each item that somebody took a small vector that depends on nothing but its number and the seed.
func start(vectors []float32, dims int, seed uint64, items *rows) {
	size := 0.17 / float32(math.Sqrt(float64(dims)))
	for i := range items.count() {
		if len(items.row(i)) == 0 {
			continue
		}
		for k := range dims {
			bits := hash(seed ^ hash(uint64(i)<<20+uint64(k)))
			var bell float32 // the sum of four even numbers is near enough to a normal one
			for range 4 {
				bell += float32(bits&0xffff)/0x10000 - 0.5
				bits >>= 16
			}
			vectors[i*dims+k] = bell * size
		}
	}
}

// hash is the finaliser of splitmix64.
func hash(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// gramOf sets dst to Unseen times the sum of the rows' outer products. The blocks are summed up in order, so that it
// does not matter who does which.
func (f *Factors) gramOf(ctx context.Context, dst, vectors []float32, workers int) error {
	const block = 4096
	dims := f.settings.Dims
	n := len(vectors) / dims
	parts := make([][]float32, (n+block-1)/block)
	err := parallel(ctx, workers, len(parts), 1, func(_, from, _ int) {
		parts[from] = make([]float32, dims*dims)
		simd.Gram(parts[from], vectors[from*block*dims:min((from+1)*block, n)*dims], dims)
	})
	clear(dst)
	for _, part := range parts {
		simd.Axpy(float32(f.settings.Unseen), part, dst)
	}
	return err
}

// half solves the vectors x of one side, given those of the other. own and other are what either side adds to the
// weight of a pair.
func (f *Factors) half(ctx context.Context, x, y, gram []float32, r *rows, own, other []float32, workers int) error {
	dims := f.settings.Dims
	solvers := make([]blockSolver, workerCount(workers))
	return parallel(ctx, workers, r.count(), solvedAtOnce, func(worker, from, to int) {
		b := &solvers[worker]
		b.begin(to-from, dims)
		for u := from; u < to; u++ {
			s := &b.each[u-from]
			if s.row = s.row[:0]; len(r.row(u)) == 0 {
				clear(x[u*dims : (u+1)*dims])
			}
			for _, e := range r.row(u) {
				s.row = append(s.row, entry{e.id, e.weight * own[u] * other[e.id] * f.scale})
			}
			s.reg = f.regular(len(s.row), len(other))
		}
		b.solve(x[from*dims:to*dims], y, gram, f.settings.Steps)
	})
}

func (f *Factors) regular(degree, others int) float32 {
	reg := f.settings.Regularisation
	if f.settings.RegularPower != 0 {
		reg *= math.Pow(float64(degree)+f.settings.Unseen*float64(others), f.settings.RegularPower)
	}
	return float32(reg)
}

// foldSteps is how many steps a vector that begins at zero is given.
const foldSteps = 6

// pairs fills in what a profile has as the solver's row.
func (f *Factors) pairs(profile []Taken, s *Scratch) {
	bag := s.gather(profile, len(f.item), &f.settings.Weights)
	own := raised(len(bag), -f.settings.PersonPower)
	s.fold.row = s.fold.row[:0]
	for _, b := range bag {
		s.fold.row = append(s.fold.row, entry{b.id, b.weight * own * f.item[b.id] * f.scale})
	}
	s.fold.reg = f.regular(len(s.fold.row), len(f.item))
}

// personOf returns the vector of who has a profile, or nothing if the profile says nothing.
func (f *Factors) personOf(profile []Taken, s *Scratch) []float32 {
	f.pairs(profile, s)
	if len(s.fold.row) == 0 {
		return nil
	}
	s.vector = zeros(s.vector, f.settings.Dims)
	s.fold.fromZero(s.vector, f.vectors, f.gram, foldSteps)
	return s.vector
}

// deviation returns the standard deviation of a person's scores over all items, without making them: the sum of their
// squares is in the Gram matrix.
func (f *Factors) deviation(person []float32, s *Scratch) float64 {
	s.fold.image = zeros(s.fold.image, len(person))
	simd.SymMulVec(s.fold.image, f.gram, person)
	square := float64(simd.Dot(person, s.fold.image)) / f.settings.Unseen / float64(len(f.item))
	mean := float64(simd.Dot(person, f.mean))
	return math.Sqrt(max(square-mean*mean, 0))
}

// Score implements [Learner].
func (f *Factors) Score(dst []float32, profile []Taken, s *Scratch) {
	if person := f.personOf(profile, s); person != nil {
		simd.Scan(dst[:len(f.item)], f.vectors, f.settings.Dims, person)
	} else {
		clear(dst)
	}
}

// Explain implements [Learner]. The vector of a person is a sum with one part for each item of the profile; each
// part's product with the item's vector is its share.
func (f *Factors) Explain(profile []Taken, item int32, s *Scratch) []Share {
	if item < 0 || int(item) >= len(f.item) {
		return nil
	}
	f.pairs(profile, s)
	if len(s.fold.row) == 0 {
		return nil
	}
	s.vector = zeros(s.vector, f.settings.Dims)
	s.fold.residual = append(s.fold.residual[:0], f.vector(item)...)
	s.fold.descend(s.vector, f.vectors, f.gram, 3*foldSteps)
	shares := make([]Share, 0, len(s.fold.row))
	for _, e := range s.fold.row {
		shares = append(shares, Share{e.id, e.weight * simd.Dot(s.vector, f.vector(e.id))})
	}
	return sortShares(shares)
}
