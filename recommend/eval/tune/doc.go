// Package tune searches the parameters for which something is best: all points of a grid, points at
// random, or points that a model of the outcomes proposes.
//
//	space := tune.Space{
//		{Name: "neighbours", Low: 10, High: 500, Log: true, Integer: true},
//		{Name: "power", Values: []float64{0.5, 0.7, 1}},
//	}
//	history, err := tune.Bayesian(ctx, space, func(ctx context.Context, p tune.Params) (float64, error) {
//		… learn with p["neighbours"] and p["power"], measure on the validation part …
//	}, tune.Config{Trials: 40})
//	best, ok := history.Best()
//
// The objective must be measured on validation data only. A test set that takes part in a choice no
// longer says what the choice is worth; look at it once, with the parameters that were found.
//
// # Methods
//
// [Grid] suits one or two parameters of which one knows the useful values. [Random] is the better
// choice for more, as every trial tries a new value of every parameter (Bergstra and Bengio, JMLR
// 2012). [Bayesian] suits objectives that take long: after some spread-out points it fits a Gaussian
// process (Matérn 5/2 kernel; length and noise by marginal likelihood) and tries where the expected
// improvement is largest (Jones, Schonlau and Welch, 1998; Snoek, Larochelle and Adams, NIPS 2012).
//
// All are deterministic given the seed and the objective, try no point twice, and keep every trial.
package tune
