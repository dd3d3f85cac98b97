package recommend

import (
	"math"
	"slices"
)

// words is an inverted index of texts, scored by BM25.
type words struct {
	ids    map[string]int32
	posts  [][]posting // by number of the term: the items with it, last put last
	texts  int         // how many texts there are
	length int         // of all together, in terms
	b      float64     // how much longer texts count less, 0 to 1
}

// posting says that an item's text has a term.
type posting struct {
	item   int32
	count  uint16 // how often
	length uint16 // of the text, in terms
}

// saturation is from when on a repeated term counts little more.
const saturation = 1.2

func newWords(b float64) *words { return &words{ids: map[string]int32{}, b: b} }

// counted is a term of one text, by number.
type counted struct {
	term  int32
	count uint16
}

// count interns the terms of a text.
func (w *words) count(terms []string) []counted {
	var out []counted
	slices.Sort(terms)
	for i, t := range terms {
		if i > 0 && t == terms[i-1] {
			if last := &out[len(out)-1]; last.count < math.MaxUint16 {
				last.count++
			}
			continue
		}
		n, ok := w.ids[t]
		if !ok {
			n = int32(len(w.posts))
			w.ids[string([]byte(t))] = n // do not keep a whole text alive for one term
			w.posts = append(w.posts, nil)
		}
		out = append(out, counted{n, 1})
	}
	return out
}

// total is the length of a text.
func total(text []counted) (n int) {
	for _, c := range text {
		n += int(c.count)
	}
	return n
}

// add indexes the text of an item.
func (w *words) add(text []counted, item int32) {
	n := total(text)
	if n == 0 {
		return
	}
	w.texts++
	w.length += n
	for _, c := range text {
		w.posts[c.term] = append(w.posts[c.term], posting{item, c.count, uint16(min(n, math.MaxUint16))})
	}
}

// remove takes the text of an item out.
func (w *words) remove(text []counted, item int32) {
	n := total(text)
	if n == 0 {
		return
	}
	w.texts--
	w.length -= n
	for _, c := range text {
		posts := w.posts[c.term]
		if i := slices.IndexFunc(posts, func(p posting) bool { return p.item == item }); i >= 0 {
			w.posts[c.term] = slices.Delete(posts, i, i+1)
		}
	}
}

// search calls found with the items that have a term and how much that says, the newest ones at most.
func (w *words) search(term string, newest int, found func(item int32, score float32)) {
	n, ok := w.ids[term]
	if !ok {
		return
	}
	posts := w.posts[n]
	df := float64(len(posts))
	rarity := math.Log1p((float64(w.texts) - df + 0.5) / (df + 0.5))
	mean := float64(w.length) / float64(max(1, w.texts))
	for _, p := range posts[max(0, len(posts)-newest):] {
		tf := float64(p.count)
		norm := saturation * (1 - w.b + w.b*float64(p.length)/mean)
		found(p.item, float32(rarity*tf*(saturation+1)/(tf+norm)))
	}
}

// has reports whether a text has a term.
func (w *words) has(text []counted, term string) bool {
	n, ok := w.ids[term]
	return ok && slices.ContainsFunc(text, func(c counted) bool { return c.term == n })
}
