// Package eval measures recommenders: how much of what people took later a list of suggestions holds,
// how varied, novel and fair to the long tail it is, and how long it takes.
//
//	result, err := eval.Run(ctx, ranker, eval.Config{Train: parts.Train, Test: parts.Test})
//	fmt.Println(result.Mean(eval.Recall, 20), result.Mean(eval.NDCG, 20))
//
// Anything with a [Ranker]'s one method can be measured; [RankerFunc] makes one of a function, and
// [ByName] of what knows users and items by name. The package knows no engine. Data comes from the
// package dataset, parts of it from split. [Compare] says whether one result is better than another
// beyond luck, report makes a page of them, tune searches parameters, and offpolicy judges a policy
// from the log of another. The program in the folder evaluate measures files from the command line.
//
// # Protocol
//
// Every user of the test set is asked about, and the answer is ranked over all items: sampled
// candidates give other orders of recommenders than full ranking does (Krichene and Rendle, KDD 2020).
// What a user took in training is not to be suggested again, unless [Config.Repeat] says so. An answer
// is what is left of the ranker's list when such items, repeated items and numbers without a name have
// been left out, cut at the largest cutoff; Result.Dropped counts them. So a ranker that cannot leave
// items out may return a longer list.
//
// # Metrics
//
// For one user let L be the list cut at k, T the distinct items of the test set that could be
// suggested, and rel(i) = 1 if the item at place i is in T. All but the last two are means over users.
//
//   - [Recall]: Σ rel(i) / |T|.
//   - [Precision]: Σ rel(i) / k, even where the list is shorter.
//   - [NDCG]: Σ rel(i)/log2(i+1) over its largest value Σ 1/log2(i+1) for i = 1…min(k, |T|), the
//     convention of LightGCN (He et al., SIGIR 2020; NDCGatK_r of its published code).
//   - [HitRate]: 1 if any rel(i) is 1.
//   - [MRR]: 1/i of the first rel(i) = 1, else 0.
//   - [MAP]: Σ rel(i)·Precision(i) / min(k, |T|), where Precision(i) is that of the first i places, the
//     convention of RecBole.
//   - [Novelty]: mean of −log2(n(item)/N), with n of the N users of the training set having taken it;
//     1 stands for n = 0 (mean self-information; Zhou et al., PNAS 2010).
//   - [Diversity]: mean over the pairs of the list of 1 − |A∩B|/|A∪B| for their categories, over items
//     that have any (intra-list diversity; Ziegler et al., WWW 2005). Undefined with fewer than two.
//   - [Popularity]: mean of n(item), the average popularity of suggestions, ARP (Yin et al., VLDB 2012).
//   - [Calibration]: KL(p‖q̃) = Σ p(c) ln(p(c)/q̃(c)) with p the shares of categories in the user's
//     training items, q in the list, q̃ = 0.99q + 0.01p; an item's categories share it equally. 0 is
//     perfect (Steck, RecSys 2018, with equal weights). Undefined where no item of the user has a
//     category; an empty q gives ln 100.
//   - [Coverage]: share of the items of the training and test sets that are in anybody's list.
//   - [Gini]: Σ (2i−n−1)·x(i) / (n·Σ x) for the number of lists x(i) that item i of those n is in,
//     ascending: 0 if all are suggested equally, near 1 if few take all.
//
// An undefined value of a user is NaN and does not count in the mean.
package eval
