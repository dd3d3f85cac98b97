package eval

import "slices"

// Metric is a figure of merit; the package comment has the formulas.
type Metric string

// The metrics of a user's list, in the order of reports, and then those of all lists together.
const (
	Recall      Metric = "recall"
	NDCG        Metric = "ndcg"
	Precision   Metric = "precision"
	HitRate     Metric = "hitrate"
	MRR         Metric = "mrr"
	MAP         Metric = "map"
	Novelty     Metric = "novelty"
	Diversity   Metric = "diversity"
	Popularity  Metric = "popularity"
	Calibration Metric = "calibration"

	Coverage Metric = "coverage"
	Gini     Metric = "gini"
)

// PerUser lists the metrics that every user has a value of, and so an interval and a test.
func PerUser() []Metric {
	return []Metric{Recall, NDCG, Precision, HitRate, MRR, MAP, Novelty, Diversity, Popularity, Calibration}
}

// Overall lists the metrics that only all lists together have.
func Overall() []Metric { return []Metric{Coverage, Gini} }

// LowerIsBetter reports whether a smaller value is the better one: for calibration, a divergence, and
// for the measures of concentration on popular items.
func (m Metric) LowerIsBetter() bool {
	return m == Calibration || m == Gini || m == Popularity
}

// The places of the per-user metrics in a table of values, in the order of PerUser.
const (
	atRecall = iota
	atNDCG
	atPrecision
	atHitRate
	atMRR
	atMAP
	atNovelty
	atDiversity
	atPopularity
	atCalibration
	perUser
)

// place returns the place of the metric in a table of values, and -1 if it is not one of a user.
func (m Metric) place() int { return slices.Index(PerUser(), m) }
