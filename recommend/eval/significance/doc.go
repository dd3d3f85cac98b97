// Package significance says whether a difference of means could be luck: confidence intervals and
// p-values for values that were measured on the same users.
//
//	c, err := significance.Compare(ctx, a, b, significance.Config{})
//	fmt.Println(c) // 差 +0.0120 [+0.0101, +0.0139]，p 自助 0.0001、…
//
// a[i] and b[i] are the same user's Recall@20 under two recommenders. Pairing matters: users differ
// far more from each other than recommenders do.
//
// # Methods
//
// The interval is the percentile bootstrap over users (Efron and Tibshirani, An Introduction to the
// Bootstrap, 1993, chapter 13): users are drawn with replacement Samples times, and the interval holds
// the middle of the means. The bootstrap p-value is that of the shifted distribution (chapter 16):
// how often a mean of redrawn differences lies as far from the observed mean as that lies from 0.
//
// The permutation p-value (Fisher's randomisation test; Smucker, Allan and Carterette, CIKM 2007, on
// its use for ranking) swaps a and b for a random half of the users: how often is the mean difference
// then at least as large, in either direction. With few users all the swaps are tried and the p-value
// is exact.
//
// Both sampled p-values count the observation as one of the samples, so they are never 0 (Davison and
// Hinkley, Bootstrap Methods and their Application, 1997, chapter 4).
//
// # Many comparisons
//
// Among twenty comparisons of equals one has p < 0.05. Decide beforehand which metric counts, or
// divide the level by the number of comparisons.
package significance
