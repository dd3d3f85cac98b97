package eval

import (
	"math"
	"slices"

	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
)

// smoothing is how much of the profile is mixed into the list for calibration, so that a missing
// category costs much but not infinitely much.
const smoothing = 0.01

// measurer computes the metrics of one user's list after the other. It keeps its memory between users
// and is for one goroutine.
type measurer struct {
	cutoffs   []int
	catalogue *dataset.Catalogue
	taken     []int32 // by item: users who took it in training
	users     int     // in training

	hit               []bool    // by place of the list
	profile           []float64 // by category; zeroes between users
	listed            []float64
	inProfile, inList []int32 // categories that are not zero, ascending
}

func newMeasurer(cutoffs []int, catalogue *dataset.Catalogue, taken []int32, users int) *measurer {
	categories := catalogue.Categories.Len()
	return &measurer{cutoffs: cutoffs, catalogue: catalogue, taken: taken, users: users,
		profile: make([]float64, categories), listed: make([]float64, categories)}
}

// discounts[i] is what a hit at place i from 0 gains; ideals[n] is the sum of the first n.
func discounts(most int) (gains, ideals []float64) {
	gains, ideals = make([]float64, most), make([]float64, most+1)
	for i := range gains {
		gains[i] = 1 / math.Log2(float64(i+2))
		ideals[i+1] = ideals[i] + gains[i]
	}
	return gains, ideals
}

// measure writes the values of a list, cutoff by cutoff, to out. The list has distinct items; truth,
// ascending, is not empty.
func (m *measurer) measure(list, truth, seen []int32, gains, ideals []float64, out []float64) {
	m.hit = m.hit[:0]
	for _, item := range list {
		_, hit := slices.BinarySearch(truth, item)
		m.hit = append(m.hit, hit)
	}
	m.inProfile = m.share(seen, m.profile, m.inProfile)
	for c, k := range m.cutoffs {
		values := out[c*perUser : (c+1)*perUser]
		cut := list[:min(k, len(list))]
		m.accuracy(k, len(cut), len(truth), gains, ideals, values)
		m.character(cut, values)
	}
	for _, category := range m.inProfile {
		m.profile[category] = 0
	}
}

// accuracy computes what depends on where the hits are.
func (m *measurer) accuracy(k, n, truth int, gains, ideals, values []float64) {
	var hits, gain, precisions, first float64
	for i, hit := range m.hit[:n] {
		if !hit {
			continue
		}
		hits++
		gain += gains[i]
		precisions += hits / float64(i+1)
		if hits == 1 {
			first = 1 / float64(i+1)
		}
	}
	most := min(k, truth)
	values[atRecall] = hits / float64(truth)
	values[atPrecision] = hits / float64(k)
	values[atNDCG] = gain / ideals[most]
	values[atHitRate] = min(hits, 1)
	values[atMRR] = first
	values[atMAP] = precisions / float64(most)
}

// character computes what depends on which items are in the list.
func (m *measurer) character(list []int32, values []float64) {
	var information, popularity float64
	for _, item := range list {
		taken := float64(m.taken[item])
		popularity += taken
		information -= math.Log2(max(taken, 1) / float64(max(m.users, 1)))
	}
	values[atNovelty], values[atPopularity] = math.NaN(), math.NaN()
	if n := float64(len(list)); n > 0 {
		values[atNovelty], values[atPopularity] = information/n, popularity/n
	}
	values[atDiversity] = m.diversity(list)
	values[atCalibration] = m.calibration(list)
}

// diversity returns the mean distance of categories over pairs.
func (m *measurer) diversity(list []int32) float64 {
	var distance, pairs float64
	for i, a := range list {
		left := m.catalogue.CategoriesOf(a)
		if len(left) == 0 {
			continue
		}
		for _, b := range list[:i] {
			right := m.catalogue.CategoriesOf(b)
			if len(right) == 0 {
				continue
			}
			common := 0
			for _, category := range left {
				if slices.Contains(right, category) {
					common++
				}
			}
			distance += 1 - float64(common)/float64(len(left)+len(right)-common)
			pairs++
		}
	}
	return distance / pairs // NaN without pairs
}

// share adds up the categories of items as shares of the whole. It returns which they are.
func (m *measurer) share(items []int32, shares []float64, into []int32) []int32 {
	into = into[:0]
	var total float64
	for _, item := range items {
		categories := m.catalogue.CategoriesOf(item)
		for _, category := range categories {
			shares[category] += 1 / float64(len(categories))
			into = append(into, category)
		}
		if len(categories) > 0 {
			total++
		}
	}
	slices.Sort(into)
	into = slices.Compact(into)
	for _, category := range into {
		shares[category] /= total
	}
	return into
}

// calibration returns the divergence of the list from the profile.
func (m *measurer) calibration(list []int32) float64 {
	if len(m.inProfile) == 0 {
		return math.NaN()
	}
	m.inList = m.share(list, m.listed, m.inList)
	var divergence float64
	for _, category := range m.inProfile { // others add nothing
		p := m.profile[category]
		divergence += p * math.Log(p/((1-smoothing)*m.listed[category]+smoothing*p))
	}
	for _, category := range m.inList {
		m.listed[category] = 0
	}
	return max(divergence, 0)
}

// gini returns how unequally the suggestions fall on the items; counts are sorted by it.
func gini(counts []int32) float64 {
	slices.Sort(counts)
	var weighted, total float64
	n := float64(len(counts))
	for i, count := range counts {
		weighted += (2*float64(i+1) - n - 1) * float64(count)
		total += float64(count)
	}
	if total == 0 {
		return math.NaN()
	}
	return weighted / (n * total)
}
