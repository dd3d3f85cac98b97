package tune

import (
	"context"
	"math"
	"slices"
)

// gaussian is a Gaussian process over the unit cube, with scores brought to mean 0 and deviation 1.
type gaussian struct {
	points  [][]float64
	length  float64
	factor  [][]float64 // lower Cholesky factor of the kernel matrix
	weights []float64   // kernel matrix⁻¹ · scores
	best    float64
	row     []float64 // scratch
}

// matern is the Matérn kernel of smoothness 5/2.
func matern(a, b []float64, length float64) float64 {
	var squares float64
	for i := range a {
		d := (a[i] - b[i]) / length
		squares += d * d
	}
	d := math.Sqrt(5 * squares)
	return (1 + d + d*d/3) * math.Exp(-d)
}

// fit chooses length and noise by the likelihood of the scores. It returns nil if the scores are all
// equal or ctx ends.
func fit(ctx context.Context, points [][]float64, scores []float64) *gaussian {
	var mean, variance float64
	for _, v := range scores {
		mean += v / float64(len(scores))
	}
	for _, v := range scores {
		variance += (v - mean) * (v - mean) / float64(len(scores))
	}
	if !(variance > 0) || math.IsInf(variance, 0) {
		return nil
	}
	scaled := make([]float64, len(scores))
	for i, v := range scores {
		scaled[i] = (v - mean) / math.Sqrt(variance)
	}
	var best *gaussian
	likely := math.Inf(-1)
	for _, length := range []float64{0.1, 0.2, 0.4, 0.8, 1.6} {
		for _, noise := range []float64{1e-6, 1e-3, 1e-1} {
			if ctx.Err() != nil {
				return nil
			}
			// More dimensions are farther apart.
			g := &gaussian{points: points, length: length * math.Sqrt(float64(len(points[0])))}
			if likelihood, ok := g.solve(scaled, noise); ok && likelihood > likely {
				best, likely = g, likelihood
			}
		}
	}
	return best
}

// solve factors the kernel matrix and returns the logarithm of the likelihood, but for a constant.
func (g *gaussian) solve(scores []float64, noise float64) (float64, bool) {
	n := len(g.points)
	g.factor = make([][]float64, n)
	var determinant float64
	for i := range n {
		row := make([]float64, i+1)
		g.factor[i] = row
		for j := range i + 1 {
			v := matern(g.points[i], g.points[j], g.length)
			if i == j {
				v += noise
			}
			for k := range j {
				v -= row[k] * g.factor[j][k]
			}
			if j < i {
				row[j] = v / g.factor[j][j]
				continue
			}
			if v <= 0 {
				return 0, false
			}
			row[i] = math.Sqrt(v)
			determinant += math.Log(row[i])
		}
	}
	g.weights = slices.Clone(scores)
	g.forward(g.weights)
	var squares float64
	for _, v := range g.weights {
		squares += v * v
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			g.weights[i] -= g.factor[k][i] * g.weights[k]
		}
		g.weights[i] /= g.factor[i][i]
	}
	g.best, g.row = slices.Max(scores), make([]float64, n)
	return -squares/2 - determinant, true
}

// forward solves factor · x = v in place.
func (g *gaussian) forward(v []float64) {
	for i, row := range g.factor {
		for k := range i {
			v[i] -= row[k] * v[k]
		}
		v[i] /= row[i]
	}
}

// improvement returns by how much the score at the point is expected to exceed the best.
func (g *gaussian) improvement(point []float64) float64 {
	var mean float64
	for i, p := range g.points {
		g.row[i] = matern(p, point, g.length)
		mean += g.row[i] * g.weights[i]
	}
	g.forward(g.row)
	variance := 1.0
	for _, v := range g.row {
		variance -= v * v
	}
	deviation := math.Sqrt(max(variance, 1e-12))
	d := mean - g.best
	z := d / deviation
	return d*math.Erfc(-z/math.Sqrt2)/2 + deviation*math.Exp(-z*z/2)/math.Sqrt(2*math.Pi)
}
