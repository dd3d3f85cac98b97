package learn

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// graphByHand works the formula out as it is written.
func graphByHand(h *Histories, s GraphSettings) [][]float64 {
	taken := make([]map[int32]float64, h.People())
	degree := make([]float64, h.Items)
	for u := range taken {
		taken[u] = map[int32]float64{}
		for _, t := range h.Profile(u) {
			if w := float64(s.of(t)); w > 0 {
				taken[u][t.Item] = max(taken[u][t.Item], w)
			}
		}
		for i := range taken[u] {
			degree[i]++
		}
	}
	ties := make([][]float64, h.Items)
	for i := range ties {
		ties[i] = make([]float64, h.Items)
		for j := range ties[i] {
			if i == j {
				continue
			}
			for _, mine := range taken {
				if len(mine) == 0 {
					continue
				}
				ties[i][j] += mine[int32(i)] * mine[int32(j)] * math.Pow(float64(len(mine)), -s.PersonPower)
			}
			if ties[i][j] > 0 {
				ties[i][j] = math.Pow(ties[i][j]*math.Pow(degree[i]*degree[j], -s.ItemPower), s.Power)
			}
		}
	}
	return ties
}

func TestGraphIsTheFormula(t *testing.T) {
	t.Parallel()
	h := crowd(1, 80, 40, false)
	for name, s := range map[string]GraphSettings{
		"default":      DefaultGraph(),
		"plain counts": {Power: 1},
		"kinds":        {PersonPower: 1.2, ItemPower: 0.4, Power: 0.7, Weights: Weights{Kinds: []float32{0, 2}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, err := NewGraph(t.Context(), h, s, 2)
			require.NoError(t, err)
			want := graphByHand(h, s)
			for i := range h.Items {
				got := make([]float64, h.Items)
				for _, n := range g.Neighbours(int32(i)) {
					got[n.Item] = float64(n.Score)
				}
				for j, w := range want[i] {
					require.InDelta(t, w, got[j], 1e-5*max(w, 1), "%d and %d", i, j)
				}
			}
		})
	}
}

func TestGraphScoresAProfile(t *testing.T) {
	t.Parallel()
	h := crowd(2, 80, 40, false)
	s := DefaultGraph()
	s.Recency = 0.5
	g, err := NewGraph(t.Context(), h, s, 1)
	require.NoError(t, err)
	ties := graphByHand(h, s)
	profile := []Taken{{Item: 3, Weight: 1}, {Item: 7, Weight: 2}, {Item: 3, Weight: 3}, {Item: 9, Weight: 1}, {Item: 4000, Weight: 1}}
	want := make([]float32, h.Items)
	for i := range want {
		want[i] = float32(ties[9][i] + 0.5*3*ties[3][i] + 0.25*2*ties[7][i])
	}
	near(t, want, scores(g, h.Items, profile), 1e-5)
	explained(t, g, h.Items, profile, 1e-5)
}

func TestGraphKeepsTheStrongest(t *testing.T) {
	t.Parallel()
	h := crowd(3, 120, 50, false)
	s := DefaultGraph()
	s.Limit = 0
	all, err := NewGraph(t.Context(), h, s, 1)
	require.NoError(t, err)
	s.Limit = 5
	few, err := NewGraph(t.Context(), h, s, 1)
	require.NoError(t, err)
	for i := range int32(h.Items) {
		want := all.Neighbours(i)
		require.Equal(t, want[:min(5, len(want))], few.Neighbours(i))
	}
}

// What is rebuilt after changes equals what is learned from scratch, to the bit, and the old graph stays as it was.
func TestRebuildEqualsLearningAnew(t *testing.T) {
	t.Parallel()
	for name, limit := range map[string]int{"all neighbours": 0, "four neighbours": 4, "fifteen neighbours": 15} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(5, uint64(limit)))
			s := DefaultGraph()
			s.Limit = limit
			h := crowd(4, 100, 60, false)
			g, err := NewGraph(t.Context(), h, s, 2)
			require.NoError(t, err)
			for range 20 {
				before := graphRows(g)
				next := &Histories{Items: h.Items + r.IntN(2)}
				var changed []int32
				for u := range h.People() {
					profile := slices.Clone(h.Profile(u))
					if r.IntN(20) == 0 {
						for _, t := range profile {
							changed = append(changed, t.Item)
						}
						switch r.IntN(3) {
						case 0:
							profile = nil
						case 1:
							if len(profile) > 0 {
								profile = profile[1:]
							}
						default:
							item := int32(r.IntN(next.Items))
							profile, changed = append(profile, Taken{Item: item, Weight: 1}), append(changed, item)
						}
					}
					next.Add(profile)
				}
				rebuilt, err := g.Rebuild(t.Context(), next, changed, 2)
				require.NoError(t, err)
				anew, err := NewGraph(t.Context(), next, s, 1)
				require.NoError(t, err)
				require.Equal(t, graphRows(anew), graphRows(rebuilt))
				require.Equal(t, before, graphRows(g))
				g, h = rebuilt, next
			}
		})
	}
}

func graphRows(g *Graph) [][]Hit {
	lists := make([][]Hit, len(g.rows))
	for i := range lists {
		lists[i] = g.Neighbours(int32(i))
	}
	return lists
}

func TestPower(t *testing.T) {
	t.Parallel()
	for _, exponent := range []float64{0, 0.3, 0.7, 1} {
		p := newPower(exponent)
		for x := float32(1e-20); x < 1e20; x *= 1.37 {
			want := math.Pow(float64(x), exponent)
			require.InEpsilon(t, want, p.of(x), 3e-6, "%v to the power of %v", x, exponent)
		}
	}
}
