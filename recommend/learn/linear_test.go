package learn

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestInvert(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 2, 5, 63, 64, 65, 130, 200} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(11, uint64(n)))
			m := make([]float32, n*n)
			for range 2 * n { // a sum of outer products, and a diagonal
				v := make([]float32, n)
				for i := range v {
					v[i] = float32(r.NormFloat64())
				}
				for i := range v {
					for j := range v {
						m[i*n+j] += v[i] * v[j]
					}
				}
			}
			for i := range n {
				m[i*n+i] += 5
			}
			inverse := append([]float32(nil), m...)
			require.NoError(t, invert(t.Context(), inverse, n, 2))
			for i := range n {
				for j := range n {
					var sum float64
					for k := range n {
						sum += float64(m[i*n+k]) * float64(inverse[k*n+j])
					}
					want := 0.0
					if i == j {
						want = 1
					}
					require.InDelta(t, want, sum, 2e-3, "%d, %d", i, j)
				}
			}
		})
	}
	require.ErrorContains(t, invert(t.Context(), []float32{1, 2, 2, 1}, 2, 1), "not positive definite")
}

// The weights are those of the closed form.
func TestLinearIsTheClosedForm(t *testing.T) {
	t.Parallel()
	h := crowd(12, 100, 30, false)
	s := LinearSettings{Regularisation: 5, MostItems: 100}
	l, err := NewLinear(t.Context(), h, s, 2)
	require.NoError(t, err)
	n := h.Items
	gram := make([][]float64, n)
	for i := range gram {
		gram[i] = make([]float64, n)
		gram[i][i] = s.Regularisation
	}
	table := newTable(h, s.Weights)
	for u := range table.people.count() {
		for _, a := range table.people.row(u) {
			for _, b := range table.people.row(u) {
				gram[a.id][b.id] += float64(a.weight) * float64(b.weight)
			}
		}
	}
	for j := range n { // column j of the inverse
		unit := make([]float64, n)
		unit[j] = 1
		matrix := make([][]float64, n)
		for i := range matrix {
			matrix[i] = append([]float64(nil), gram[i]...)
		}
		p := solveByHand(matrix, unit)
		for i := range n {
			want := -p[i] / p[j]
			if i == j {
				want = 0
			}
			require.InDelta(t, want, l.weights[i*n+j], 1e-4, "%d for %d", i, j)
		}
	}
	explained(t, l, n, []Taken{{Item: 3, Weight: 1}, {Item: 9, Weight: 2}}, 1e-5)
}

func TestLinearRefuses(t *testing.T) {
	t.Parallel()
	h := crowd(13, 20, 30, false)
	_, err := NewLinear(t.Context(), h, LinearSettings{Regularisation: 5, MostItems: 29}, 1)
	require.ErrorIs(t, err, ErrManyItems)
	_, err = NewLinear(t.Context(), h, LinearSettings{MostItems: 100}, 1)
	require.ErrorContains(t, err, "regularisation above zero")
}
