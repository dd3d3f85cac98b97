// Package offpolicy estimates what a policy would have earned from the log of another one that was
// live, without showing anything to anybody.
//
// The log must say with which probability each action was taken (its propensity): a recommender that
// explores can. Where the new policy takes an action more often than the old one did, that action's
// rewards count for more:
//
//	samples, err := offpolicy.Weigh(log, policy, nil)
//	report, err := offpolicy.Estimate(samples, offpolicy.Config{})
//	fmt.Println(report.SNIPS, report.Warnings)
//
// # Estimators
//
// With w = π(a|x)/p, the reward r, n entries and a model q of the reward:
//
//   - IPS: mean of w·r. Unbiased if propensities are right and positive wherever π is (Horvitz and
//     Thompson, 1952). Its variance is large where π and the log differ.
//   - Clipped: mean of min(w, M)·r. Less variance; too low where rewards are positive; M is √n unless set (Ionides,
//     Journal of Computational and Graphical Statistics, 2008).
//   - SNIPS: Σ w·r / Σ w. Slightly biased, consistent, and indifferent to a constant added to rewards
//     (Swaminathan and Joachims, NIPS 2015). The one to look at first.
//   - DR: mean of Σ_a π(a|x)·q(x,a) + w·(r − q(x,a)). Unbiased if either the propensities or the model
//     are right, and of small variance if the model is good (Dudík, Langford and Li, ICML 2011). The
//     model must have been learned from other data than this log.
//
// Intervals are normal, from the empirical variance; that of SNIPS by the delta method. They are too
// narrow when few entries carry most of the weight, of which the effective sample size (Σw)²/Σw² (Kish)
// tells: when it is small, [Report.Warnings] says so, and the figures are not to be decided on.
//
// # What it does not do
//
// Entries are taken as independent and actions as single items. For a list shown as a whole, log the
// propensity of the item at its place and evaluate place by place.
package offpolicy
