package vector

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/simd"
)

// kinds are ways in which the numbers of real and of hostile vectors are spread.
var kinds = map[string]func(r *rand.Rand, v []float32){
	"gaussian": func(r *rand.Rand, v []float32) {
		for i := range v {
			v[i] = float32(r.NormFloat64())
		}
	},
	"one column is large": func(r *rand.Rand, v []float32) {
		for i := range v {
			v[i] = float32(r.NormFloat64())
		}
		v[3] *= 1000
	},
	"nearly the same": func(r *rand.Rand, v []float32) {
		for i := range v {
			v[i] = float32(i%7) + float32(r.NormFloat64())*1e-4
		}
	},
	"sparse": func(r *rand.Rand, v []float32) {
		v[r.IntN(len(v))] = 1
		v[r.IntN(len(v))] = -float32(r.Float64())
	},
	"lengths of all sizes": func(r *rand.Rand, v []float32) {
		scale := math.Pow(10, float64(r.IntN(50)-38))
		for i := range v {
			v[i] = float32(r.NormFloat64() * scale)
		}
	},
	"up to the limits": func(r *rand.Rand, v []float32) {
		for i := range v {
			v[i] = math.Float32frombits(r.Uint32())
			if v[i]-v[i] != 0 {
				v[i] = math.MaxFloat32
			}
		}
	},
	"codes lose nothing": func(r *rand.Rand, v []float32) {
		for i := range v {
			v[i] = float32(r.IntN(255)-127) / 3
		}
		v[0] = 127.0 / 3
	},
	"tiny": func(r *rand.Rand, v []float32) {
		for i := range v {
			v[i] = float32(r.NormFloat64() * 1e-42)
		}
		v[0] = 1e-40
	},
}

func TestBoundsAreNeverTooSmall(t *testing.T) {
	t.Parallel()
	for name, fill := range kinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(6, 1))
			for _, dims := range []int{32, 45, 64, 300, 2500} {
				const n = 40
				k := &sketch{columns: (dims + 15) / 16 * 16}
				rows := make([]float32, n*dims)
				for i := range n {
					fill(r, rows[i*dims:(i+1)*dims])
					k.set(i, rows[i*dims:(i+1)*dims])
				}
				all := &sketch{columns: k.columns}
				all.fill(rows, dims)
				require.Equal(t, k, all)
				q := make([]float32, dims)
				var s sketched
				scores, bounds := make([]float32, n), make([]float32, n)
				for range 20 {
					fill(r, q)
					if r.IntN(3) == 0 {
						copy(q, rows[r.IntN(n)*dims:])
					}
					if !k.query(&s, q) {
						require.Contains(t, name, "limits")
						continue
					}
					simd.Scan(scores, rows, dims, q)
					k.bounds(bounds, 0, &s)
					for i := range scores {
						require.GreaterOrEqual(t, bounds[i], scores[i], "row %d, %d dims", i, dims)
					}
				}
			}
		})
	}
}

// A search finds with a sketch what it finds without, to the bit.
func TestSketchChangesNothing(t *testing.T) {
	t.Parallel()
	for name, fill := range kinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const n = 3000
			r := rand.New(rand.NewPCG(6, 2))
			for _, metric := range []Metric{Cosine, Dot} {
				for _, dims := range []int{32, 50} {
					x, err := New(Config{Dims: dims, Metric: metric})
					require.NoError(t, err)
					v := make([]float32, dims)
					for range n {
						clear(v)
						fill(r, v)
						require.NoError(t, x.Put(r.Int32N(n), v))
						x.Delete(r.Int32N(10 * n))
					}
					for range 20 {
						fill(r, v)
						q := Query{Vector: v, Limit: 1 + r.IntN(50)}
						with, err := x.Search(t.Context(), q, nil)
						require.NoError(t, err)
						rough := x.rough
						x.rough = nil
						without, err := x.Search(t.Context(), q, nil)
						require.NoError(t, err)
						x.rough = rough
						require.Equal(t, without, with)
					}
				}
			}
		})
	}
}
