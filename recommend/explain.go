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
	together, alike, text, due, popular := r.parts(s.item)
	whole := together + alike + text + due + popular
	var out []Reason
	add := func(amount float64, reason Reason) {
		if amount > 0 && amount >= minShare*whole {
			reason.Share = amount / whole
			out = append(out, reason)
		}
	}
	if together > 0 {
		r.explainTogether(s.item, together, add)
	}
	if alike > 0 {
		add(alike, r.explainAlike(s.item))
	}
	if text > 0 {
		add(text, Reason{Kind: MatchesText, Value: r.wordsIn(s.item)})
	}
	add(due, Reason{Kind: Rebuy, Items: []string{r.e.catalogue.names[s.item]}})
	if r.e.trends[s.item].rising(r.now, r.e.config.TrendHalfLife.Seconds()) {
		add(popular, Reason{Kind: Trending})
	} else {
		add(popular, Reason{Kind: Popular})
	}
	if created := r.e.catalogue.entries[s.item].item.Created; len(out) == 0 && !created.IsZero() {
		if age := r.now - created.Unix(); age >= 0 && age < newArrivalsDays*secondsPerDay {
			out = append(out, Reason{Kind: NewArrival})
		}
	}
	slices.SortStableFunc(out, func(a, b Reason) int { return cmp.Compare(b.Share, a.Share) })
	return out
}

// explainTogether splits the credit for co-occurrence by whether people bought both items, and names
// the anchors it came from.
func (r *request) explainTogether(item int32, amount float64, add func(float64, Reason)) {
	names := r.e.catalogue.names
	bought := top{keep: maxWhy, ids: names}
	other := top{keep: maxWhy, ids: names}
	var boughtSum, otherSum float64
	for _, a := range r.anchors {
		n, ok := r.e.graph.list(a.item, &r.tally).of(item)
		if !ok {
			continue
		}
		credit := float64(n.score) * a.weight
		if n.bought {
			boughtSum += credit
			bought.push(scored{a.item, credit})
		} else {
			otherSum += credit
			other.push(scored{a.item, credit})
		}
	}
	scale := amount / (boughtSum + otherSum)
	add(boughtSum*scale, Reason{Kind: BoughtTogether, Items: r.named(bought)})
	add(otherSum*scale, Reason{Kind: SimilarToRecent, Items: r.named(other)})
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
	return matched(r.runes, r.terms, func(t string) bool {
		return slices.Contains(e.head, c.head.lookup(t)) || slices.Contains(e.body, c.body.lookup(t))
	})
}
