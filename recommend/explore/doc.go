// Package explore lets chance fill the end of a ranked list, so that items get seen which the ranking
// would never show, and says how likely each outcome was.
//
//	picks := explore.Tail(len(ranked), 10, explore.Options{Rate: 0.1}, rand.New(rand.NewPCG(seed, 0)))
//
// There are two policies for the last places. [Tail] is ε-greedy: with probability Rate an item is drawn
// from the next best ones, all alike, and otherwise the best one left is taken. [Thompson] draws an item
// by how likely it is to be the best of them as far as is known, so that it tries what is little known.
// Propensities are exact, and never 0 for an item of the pool while Rate is above 0, as inverse propensity
// scoring needs them.
package explore
