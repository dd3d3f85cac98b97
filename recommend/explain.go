package recommend

import (
	"cmp"
	"slices"
	"strings"
)

const (
	minShare = 0.05 // of the score: what is less is not worth telling
	maxWhy   = 3    // items named by one reason
)

// explain returns the reasons for a suggestion, largest share first.
func (r *request) explain(s scored) []Reason {
	p := r.parts(s.item)
	whole := p.sum()
	var out []Reason
	add := func(amount float64, reason Reason) {
		if amount > 0 && amount >= minShare*whole {
			reason.Share = amount / whole
			out = append(out, reason)
		}
	}
	if p.together > 0 {
		r.explainTogether(s.item, p.together, add)
	}
	if p.alike > 0 {
		add(p.alike, r.explainAlike(s.item))
	}
	if p.text > 0 { // told however small, since it decided on the place
		out = append(out, Reason{Kind: MatchesText, Value: r.wordsIn(s.item), Share: p.text / whole})
	}
	if p.meant > 0 {
		out = append(out, Reason{Kind: MatchesMeaning, Share: p.meant / whole})
	}
	if p.akin >= minShare*whole && p.akin > 0 {
		add(p.akin, Reason{Kind: SimilarContent, Items: r.likest(s.item)})
	}
	add(p.due, Reason{Kind: Rebuy, Items: []string{r.e.catalogue.names[s.item]}})
	if r.e.trends[s.item].rising(r.now, r.e.config.TrendHalfLife.Seconds()) {
		add(p.popular, Reason{Kind: Trending})
	} else {
		add(p.popular, Reason{Kind: Popular})
	}
	if created := r.e.catalogue.entries[s.item].item.Created; len(out) == 0 && !created.IsZero() {
		if age := r.now - created.Unix(); age >= 0 && age < newArrivalsDays*secondsPerDay {
			out = append(out, Reason{Kind: NewArrival})
		}
	}
	slices.SortStableFunc(out, func(a, b Reason) int { return cmp.Compare(b.Share, a.Share) })
	return out
}

// why collects the items of the person that speak for an item, and splits their credit by whether people
// bought both.
type why struct {
	bought, other       top
	boughtSum, otherSum float64
}

func (w *why) add(item int32, credit float64, bought bool) {
	if bought {
		w.boughtSum += credit
		w.bought.push(scored{item, credit})
	} else {
		w.otherSum += credit
		w.other.push(scored{item, credit})
	}
}

// explainTogether splits the credit for what people do, and names the items of the person it came from.
// Where none of them has evidence to show there is no reason.
func (r *request) explainTogether(item int32, amount float64, add func(float64, Reason)) {
	names := r.e.catalogue.names
	w := &why{bought: top{keep: maxWhy, ids: names}, other: top{keep: maxWhy, ids: names}}
	switch number := r.model.number(item); {
	case number >= 0:
		r.explainLearnt(number, w)
	case r.model != nil:
		list := r.e.graph.list(item, &r.tally)
		for _, a := range r.anchors {
			if n, ok := list.of(a.item); ok {
				w.add(a.item, float64(n.score)*a.weight, n.bought)
			}
		}
	default:
		for _, a := range r.anchors {
			if n, ok := r.neighbours(a.item).of(item); ok {
				w.add(a.item, float64(n.score)*a.weight, n.bought)
			}
		}
	}
	if sum := w.boughtSum + w.otherSum; sum > 0 {
		add(w.boughtSum*amount/sum, Reason{Kind: BoughtTogether, Items: r.named(w.bought)})
		add(w.otherSum*amount/sum, Reason{Kind: SimilarToRecent, Items: r.named(w.other)})
	}
}

// explainLearnt finds the witnesses for an item among the anchors, or, if there are none, the anchors whose
// witness it is itself.
func (r *request) explainLearnt(number int32, w *why) {
	m := r.model
	if len(r.spoken) == 0 {
		for _, a := range r.anchors {
			if n := m.number(a.item); n >= 0 {
				if r.voices[n] == 0 {
					r.spoken = append(r.spoken, n)
				}
				r.voices[n] += float32(a.weight)
			}
		}
	}
	for _, witness := range m.evidenceOf(number) {
		if voice := r.voices[witness.item/2]; voice > 0 && witness.weight > 0 {
			w.add(m.items[witness.item/2], float64(voice*witness.weight), witness.item&1 == 1)
		}
	}
	if w.boughtSum+w.otherSum > 0 {
		return
	}
	for _, n := range r.spoken {
		for _, witness := range m.evidenceOf(n) {
			if witness.item/2 == number && witness.weight > 0 {
				w.add(m.items[n], float64(r.voices[n]*witness.weight), witness.item&1 == 1)
			}
		}
	}
}

// named returns the ids of what t kept, each once.
func (r *request) named(t top) []string {
	var ids []string
	for _, s := range t.sorted() {
		if id := r.e.catalogue.names[s.item]; !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// explainAlike returns the feature the person likes most about an item.
func (r *request) explainAlike(item int32) Reason {
	best := top{keep: 1, ids: r.e.catalogue.features.names}
	for _, f := range r.e.catalogue.entries[item].features {
		if r.likes[f] > 0 {
			best.push(scored{f, float64(r.likes[f])})
		}
	}
	if len(best.heap) == 0 {
		return Reason{Kind: SameTrait}
	}
	name := r.e.catalogue.features.names[best.heap[0].item]
	reason := Reason{Kind: SameTrait, Value: name[2:]}
	switch name[:2] {
	case sortCategory:
		reason.Kind = SameCategory
	case sortBrand:
		reason.Kind = SameBrand
	case sortAttribute:
		_, reason.Value, _ = strings.Cut(reason.Value, "=")
	}
	return reason
}

// wordsIn returns the words of the query's text that an item contains.
func (r *request) wordsIn(item int32) string {
	c := r.e.catalogue
	e := &c.entries[item]
	return matched(r.text, r.terms, func(t string) bool { return c.head.has(e.head, t) || c.body.has(e.body, t) })
}
