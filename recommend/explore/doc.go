// Package explore lets chance fill the end of a ranked list, so that items get seen which the ranking
// would never show, and says how likely each outcome was.
//
//	picks := explore.Tail(len(ranked), 10, explore.Options{Rate: 0.1}, rand.New(rand.NewPCG(seed, 0)))
//
// The policy is ε-greedy in each of the last places: with probability Rate an item is drawn from the
// next best ones, all alike, and otherwise the best one left is taken. Its propensities are exact, and
// never 0 for an item of the pool, as inverse propensity scoring needs them.
package explore
