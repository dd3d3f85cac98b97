// Package learn finds out, from who took what, what somebody will take to next.
//
// Everything is scored by profile, the list of what a person took, and not by who it is: an event changes the next
// answer, a new person is served at once, and who opted out has no profile. What is learned does not change afterwards
// and serves any number of goroutines; a query works in a [Scratch] that is reused, and allocates nothing. [Save] writes
// what was learned as columns, and [Load] reads them in place.
//
//	h := &learn.Histories{}
//	for _, person := range people {
//		h.Add(person.Taken) // items by number, in the order in which they were taken
//	}
//	blend, report, err := learn.Learn(ctx, h, learn.Config{})
//
//	scores := make([]float32, h.Items)
//	blend.Score(scores, profile, &scratch)
//	hits = learn.Top(hits[:0], scores, 20, &scratch)
//	shares := blend.Explain(profile, hits[0].Item, &scratch) // because of what
//
//	hits = blend.Propose(hits[:0], visit, &scratch) // for a short profile: only what fits, without a look at the rest
//
// # Which learner when
//
// [Learn] tries them all on a part of the histories that it holds back, sets them to what finds most of it, weighs
// them, and learns from everything again. Who wants one alone takes
//
//   - [Graph], items that the same people took, if one learner must do: quick to learn and to ask, rebuilt in part after
//     changes, and it says plainly because of what;
//   - [Neighbours], people who took the same: nothing to learn, and the best single one where there is much history; with
//     an order of events it heeds what those people took next, which makes it the best one for sessions too;
//   - [Factors], vectors whose inner product is high for what belongs together: sees likeness across several steps;
//   - [Linear], a linear model of every item on all others: best for small catalogues with much history;
//   - [Transitions], what is taken after what: for sessions and sequences;
//   - [Popularity], what many take, or with a half-life what is trending: for who has no profile;
//   - [Habit], what this person takes again and again: for groceries.
//
// What they find on public data. All items are ranked but those of the profile, and everything was chosen by [Learn]
// with a [Config] that says no more than the length of list and, for the shop, that purchases are wanted. Most rows are
// for what Learn held back; the last one is for what the publishers of the data hold back, which Learn never sees.
//
//	                       gowalla               beauty              retail rocket
//	                       Recall@20  NDCG@20    HR@10  NDCG@10      Recall@20  NDCG@20
//	Popularity               0.026    0.016      0.016  0.008          0.037    0.026
//	Graph                    0.211    0.149      0.095  0.058          0.079    0.047
//	Neighbours               0.217    0.155      0.111  0.072          0.121    0.066
//	Factors                  0.210    0.149      0.099  0.060          0.083    0.042
//	Transitions                 no order         0.110  0.071          0.124    0.073
//	all, blended             0.229    0.163      0.116  0.074          0.130    0.077
//	the same, published      0.195    0.163      0.105  0.065          0.311    0.178
//
// (The shop's published histories go on after the purchase asked for; what Learn holds back is asked for with what came
// before it, which is harder.)
//
// # Cost
//
// Learning holds all events in memory (24 bytes each), a table of who took what (18 bytes for each pair), the rows of
// the graph (8 bytes for each pair of neighbours, at most Limit for each item) and the vectors (4 bytes for each
// dimension of each person and item). It is done twice where settings are chosen, one after the other; the first
// time by one and a half million events at most, and while settings of the graph are tried there are two of it.
// Settings that do worse than the best ones so far on a part of what was held back are not tried on the rest. A person's
// newest thousand things count.
//
// # What is exact
//
// The same histories and seed give the same numbers, whatever the number of goroutines, on one kind of processor. A
// profile that is emptied leaves no trace: learning again gives what it would have given had the person never been
// there. [Graph.Rebuild] equals learning from scratch to the bit.
package learn
