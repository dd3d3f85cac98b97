package learn

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// solveByHand solves a dense system by elimination with pivots.
func solveByHand(a [][]float64, b []float64) []float64 {
	n := len(b)
	for p := range n {
		best := p
		for i := p + 1; i < n; i++ {
			if a[i][p]*a[i][p] > a[best][p]*a[best][p] {
				best = i
			}
		}
		a[p], a[best], b[p], b[best] = a[best], a[p], b[best], b[p]
		for i := range n {
			if i == p {
				continue
			}
			f := a[i][p] / a[p][p]
			for j := range n {
				a[i][j] -= f * a[p][j]
			}
			b[i] -= f * b[p]
		}
	}
	for i := range b {
		b[i] /= a[i][i]
	}
	return b
}

// normalEquations solves one vector of alternating least squares as the formula has it.
func normalEquations(f *Factors, y []float32, taken []entry, reg float64) []float64 {
	dims := f.settings.Dims
	a, b := make([][]float64, dims), make([]float64, dims)
	for i := range a {
		a[i] = make([]float64, dims)
		a[i][i] = reg
		for j := range a[i] {
			for o := range len(y) / dims {
				a[i][j] += f.settings.Unseen * float64(y[o*dims+i]) * float64(y[o*dims+j])
			}
			for _, e := range taken {
				a[i][j] += float64(e.weight) * float64(y[int(e.id)*dims+i]) * float64(y[int(e.id)*dims+j])
			}
		}
		for _, e := range taken {
			b[i] += float64(e.weight) * float64(y[int(e.id)*dims+i])
		}
	}
	return solveByHand(a, b)
}

func smallFactors() FactorSettings {
	return FactorSettings{Dims: 8, Sweeps: 3, Steps: 16, Unseen: 0.05, Regularisation: 0.3, RegularPower: 0.5, PersonPower: 0.25, ItemPower: 0.25, Seed: 7}
}

// Alternating least squares by conjugate gradient with enough steps is the one by normal equations.
func TestFactorsAreLeastSquares(t *testing.T) {
	t.Parallel()
	h := crowd(8, 60, 30, false)
	s := smallFactors()
	f, err := NewFactors(t.Context(), h, s, 2)
	require.NoError(t, err)

	table := newTable(h, s.Weights)
	y, x := make([]float32, h.Items*s.Dims), make([]float32, table.people.count()*s.Dims)
	start(y, s.Dims, s.Seed, &table.items)
	half := func(x, y []float32, r *rows, own func(i int) float32, other func(i int) float32) {
		others := len(y) / s.Dims
		for u := range r.count() {
			var taken []entry
			for _, e := range r.row(u) {
				taken = append(taken, entry{e.id, e.weight * own(u) * other(int(e.id)) * f.scale})
			}
			v := x[u*s.Dims : (u+1)*s.Dims]
			if clear(v); len(taken) == 0 {
				continue
			}
			for k, w := range normalEquations(f, y, taken, float64(f.regular(len(taken), others))) {
				v[k] = float32(w)
			}
		}
	}
	person := func(u int) float32 { return raised(len(table.people.row(u)), -s.PersonPower) }
	item := func(i int) float32 { return raised(len(table.items.row(i)), -s.ItemPower) }
	for range s.Sweeps {
		half(x, y, &table.people, person, item)
		half(y, x, &table.items, item, person)
	}
	near(t, y, f.vectors, 1e-3)
}

func TestFactorsFoldAProfileIn(t *testing.T) {
	t.Parallel()
	h := crowd(9, 60, 30, false)
	f, err := NewFactors(t.Context(), h, smallFactors(), 1)
	require.NoError(t, err)
	profile := []Taken{{Item: 3, Weight: 1}, {Item: 12, Weight: 2}}
	own := raised(2, -0.25)
	x := normalEquations(f, f.vectors, []entry{{3, own * f.item[3] * f.scale}, {12, 2 * own * f.item[12] * f.scale}}, float64(f.regular(2, h.Items)))
	want := make([]float32, h.Items)
	for i := range want {
		for k, v := range x {
			want[i] += float32(v) * f.vectors[i*8+k]
		}
	}
	near(t, want, scores(f, h.Items, profile), 5e-3)
	explained(t, f, h.Items, profile, 5e-3)
	require.Equal(t, make([]float32, h.Items), scores(f, h.Items, nil))
}

// Each sweep lowers what is to be made small.
func TestSweepsLowerTheLoss(t *testing.T) {
	t.Parallel()
	h := crowd(10, 80, 40, false)
	table := newTable(h, Weights{})
	var losses []float64
	for sweeps := 1; sweeps < 6; sweeps++ {
		s := smallFactors()
		s.Sweeps, s.Steps = sweeps, 3
		f, err := NewFactors(t.Context(), h, s, 1)
		require.NoError(t, err)
		var loss float64
		for u := range table.people.count() {
			var profile []Taken
			for _, e := range table.people.row(u) {
				profile = append(profile, Taken{Item: e.id, Weight: e.weight})
			}
			got := scores(f, h.Items, profile)
			own := raised(len(profile), -s.PersonPower)
			for i, v := range got {
				loss += s.Unseen * float64(v) * float64(v)
				if w, _ := find(table.people.row(u), int32(i)); w > 0 {
					loss += float64(w*own*f.item[i]*f.scale) * float64(1-v) * float64(1-v)
				}
			}
		}
		losses = append(losses, loss)
	}
	require.True(t, slices.IsSortedFunc(losses, func(a, b float64) int {
		if a > b {
			return -1
		}
		return 1
	}), "%v", losses)
}

// The spread of a person's scores is known without making them.
func TestDeviationOfFactors(t *testing.T) {
	t.Parallel()
	h := crowd(23, 80, 40, false)
	f, err := NewFactors(t.Context(), h, smallFactors(), 1)
	require.NoError(t, err)
	var s Scratch
	for u := range 20 {
		if person := f.personOf(h.Profile(u), &s); person != nil {
			got := f.deviation(person, &s)
			require.InEpsilon(t, deviation(scores(f, h.Items, h.Profile(u))), got, 1e-3)
		}
	}
}

func TestFactorsRefuse(t *testing.T) {
	t.Parallel()
	h := crowd(24, 20, 30, false)
	for name, spoil := range map[string]func(*FactorSettings){
		"no dimensions":     func(s *FactorSettings) { s.Dims = 0 },
		"unseen is nothing": func(s *FactorSettings) { s.Unseen = 0 },
		"no regularisation": func(s *FactorSettings) { s.Regularisation = 0 },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := smallFactors()
			spoil(&s)
			_, err := NewFactors(t.Context(), h, s, 1)
			require.ErrorContains(t, err, "factors need")
		})
	}
}
