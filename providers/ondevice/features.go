package ondevice

import (
	"cmp"
	"math"
	"slices"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/exact"
)

// A feature is a run of one to three words.
type feature uint64

// featuresOf calls yield for every run of at most three words.
func featuresOf(words []symbol, yield func(feature)) {
	for i := range words {
		f := feature(0)
		for k := i; k < len(words) && k < i+3; k++ {
			f = (f + feature(uint32(words[k])) + 1) * 0x9E3779B97F4A7C15
			f ^= f >> 29
			yield(f)
		}
	}
}

func featureOf(w symbol) (f feature) {
	featuresOf([]symbol{w}, func(g feature) { f = g })
	return f
}

// distinct returns every feature of words once, in order.
func distinct(words []symbol) []feature {
	out := make([]feature, 0, 3*len(words))
	featuresOf(words, func(f feature) {
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	})
	return out
}

// A glossary is the features of tools and background sentences, ascending, and where they occur.
type glossary struct {
	features []feature
	buckets  []uint32  // where the features begin whose uppermost bits are the place, and one more for the end
	shift    uint      // to the uppermost bits
	counts   []uint32  // in how many tools and background sentences each occurs
	rarities []float64 // by count
	starts   []uint32  // where the phrases that have a feature begin, and one more for the end
	phrases  []uint32
}

// A counting is the features of some documents, each of which is one tool or background sentence.
type counting struct {
	occurrences []occurrence
	documents   int
}

type occurrence struct {
	feature feature
	count   uint32
}

// add counts the features of one document.
func (c *counting) add(views ...[]symbol) {
	from := len(c.occurrences)
	for _, words := range views {
		featuresOf(words, func(f feature) { c.occurrences = append(c.occurrences, occurrence{f, 1}) })
	}
	sortOccurrences(c.occurrences[from:])
	once := slices.CompactFunc(c.occurrences[from:], func(a, b occurrence) bool { return a.feature == b.feature })
	c.occurrences = c.occurrences[:from+len(once)]
	c.documents++
}

// mention enters features without counting them.
func (c *counting) mention(words []symbol) {
	featuresOf(words, func(f feature) { c.occurrences = append(c.occurrences, occurrence{f, 0}) })
}

func sortOccurrences(all []occurrence) {
	slices.SortFunc(all, func(a, b occurrence) int { return cmp.Compare(a.feature, b.feature) })
}

func newGlossary(c *counting) *glossary {
	sortOccurrences(c.occurrences)
	n := 0
	for i, o := range c.occurrences {
		if i == 0 || o.feature != c.occurrences[i-1].feature {
			n++
		}
	}
	g := &glossary{features: make([]feature, 0, n), counts: make([]uint32, 0, n), shift: 64}
	for i, o := range c.occurrences {
		if i == 0 || o.feature != c.occurrences[i-1].feature {
			g.features, g.counts = append(g.features, o.feature), append(g.counts, 0)
		}
		g.counts[len(g.counts)-1] += o.count
	}
	for 1<<(64-g.shift) < len(g.features)/2 {
		g.shift--
	}
	g.buckets = make([]uint32, 1<<(64-g.shift)+1)
	for _, f := range g.features {
		g.buckets[f>>g.shift+1]++
	}
	for i := 1; i < len(g.buckets); i++ {
		g.buckets[i] += g.buckets[i-1]
	}
	total := float64(c.documents)
	most := exact.Log(2 * (total + 1))
	g.rarities = make([]float64, c.documents+1)
	for n := range g.rarities {
		g.rarities[n] = exact.Log((total+1)/(float64(n)+0.5)) / most
	}
	return g
}

// place returns the index of a feature, or -1.
func (g *glossary) place(f feature) int {
	b := f >> g.shift
	for i := g.buckets[b]; i < g.buckets[b+1]; i++ {
		if g.features[i] == f {
			return int(i)
		}
	}
	return -1
}

// rarity is the inverse document frequency of a feature, scaled so that an unknown one has 1.
func (g *glossary) rarity(f feature) float64 { return g.rarities[g.count(f)] }

func (g *glossary) count(f feature) uint32 {
	if i := g.place(f); i >= 0 {
		return g.counts[i]
	}
	return 0
}

// index enters the phrases that have a feature. The features of all phrases are in the glossary.
func (g *glossary) index(phrases []phrase) {
	g.starts = make([]uint32, len(g.features)+1)
	each := func(do func(place int, phrase uint32)) {
		for i := range phrases {
			for _, f := range distinct(phrases[i].words) {
				do(g.place(f), uint32(i))
			}
		}
	}
	each(func(at int, _ uint32) { g.starts[at+1]++ })
	for i := range g.features {
		g.starts[i+1] += g.starts[i]
	}
	g.phrases = make([]uint32, g.starts[len(g.features)])
	next := slices.Clone(g.starts)
	each(func(at int, phrase uint32) {
		g.phrases[next[at]] = phrase
		next[at]++
	})
}

// having returns the phrases that have a feature.
func (g *glossary) having(f feature) []uint32 {
	i := g.place(f)
	if i < 0 {
		return nil
	}
	return g.phrases[g.starts[i]:g.starts[i+1]]
}

// length returns the Euclidean length of the weighted features of words.
func (g *glossary) length(words []symbol) float64 {
	sum := 0.0
	for _, f := range distinct(words) {
		w := g.rarity(f)
		sum += float64(w * w)
	}
	return math.Sqrt(sum)
}
