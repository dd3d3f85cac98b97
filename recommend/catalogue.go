package recommend

import (
	"maps"
	"slices"
	"strings"
)

// entry is what the catalogue knows of an item. An item met only in events, or removed, is not listed.
type entry struct {
	item     Item
	listed   bool
	features []int32   // into catalogue.features, ascending
	head     []counted // terms of title, brand, categories, tags
	body     []counted // terms of the text
}

// catalogue holds the items and finds them by feature and by term.
type catalogue struct {
	ids      map[string]int32
	names    []string // by item number
	entries  []entry
	listed   int // how many are listed
	features *index
	head     *words
	body     *words
	banded   bool // prices are features
}

// Features are named by a letter for their sort and their value.
const (
	sortCategory  = "c\x00"
	sortBrand     = "b\x00"
	sortTag       = "t\x00"
	sortAttribute = "a\x00" // key, "=", value
	sortPrice     = "p\x00" // category, space, band
)

func newCatalogue(config Config) *catalogue {
	return &catalogue{banded: config.PriceBands, ids: map[string]int32{}, features: newIndex(), head: newWords(0.3), body: newWords(0.75)}
}

// intern returns the number of an item, new or known.
func (c *catalogue) intern(id string) int32 {
	n, ok := c.ids[id]
	if !ok {
		n = int32(len(c.names))
		id = strings.Clone(id) // do not keep a whole request alive for one id
		c.ids[id] = n
		c.names = append(c.names, id)
		c.entries = append(c.entries, entry{})
	}
	return n
}

// itemTerms are the terms of an item's head and body.
type itemTerms struct{ head, body []string }

func termsOf(it *Item) *itemTerms {
	head := it.Title
	for _, s := range slices.Concat([]string{it.Brand}, it.Categories, it.Tags) {
		if s != "" {
			head += "\n" + s
		}
	}
	return &itemTerms{indexTerms(folded(head)), indexTerms(folded(it.Text))}
}

// put lists the item, in place of what was known of it. Its terms may be nil.
func (c *catalogue) put(n int32, it Item, terms *itemTerms) {
	it.ID = c.names[n]
	if old := &c.entries[n]; old.listed && indexedAlike(&old.item, &it) && (!c.banded || old.item.Price.band() == it.Price.band()) { // a change of price or stock
		it.Categories, it.Tags, it.Attributes = old.item.Categories, old.item.Tags, old.item.Attributes
		old.item = it
		return
	}
	it.Categories = slices.Clone(it.Categories)
	it.Tags = slices.Clone(it.Tags)
	it.Attributes = maps.Clone(it.Attributes)

	var names []string
	for _, v := range it.Categories {
		names = append(names, sortCategory+v)
	}
	for _, v := range it.Tags {
		names = append(names, sortTag+v)
	}
	for k, v := range it.Attributes {
		names = append(names, sortAttribute+k+"="+v)
	}
	if it.Brand != "" {
		names = append(names, sortBrand+it.Brand)
	}
	if band := it.Price.band(); c.banded && band != "" {
		for _, v := range it.Categories {
			names = append(names, sortPrice+v+" "+band)
		}
	}
	slices.Sort(names) // attributes come in random order
	features := numbers(c.features, names)
	slices.Sort(features)

	if terms == nil {
		terms = termsOf(&it)
	}
	c.remove(n)
	c.entries[n] = entry{item: it, listed: true, features: features, head: c.head.count(terms.head), body: c.body.count(terms.body)}
	c.listed++
	c.features.add(features, n)
	c.head.add(c.entries[n].head, n)
	c.body.add(c.entries[n].body, n)
}

// indexedAlike reports whether two versions of an item are found by the same features and terms.
func indexedAlike(a, b *Item) bool {
	return a.Title == b.Title && a.Text == b.Text && a.Brand == b.Brand && slices.Equal(a.Categories, b.Categories) &&
		slices.Equal(a.Tags, b.Tags) && maps.Equal(a.Attributes, b.Attributes)
}

// remove takes an item off the list; its number stays.
func (c *catalogue) remove(n int32) {
	e := &c.entries[n]
	if !e.listed {
		return
	}
	c.features.remove(e.features, n)
	c.head.remove(e.head, n)
	c.body.remove(e.body, n)
	c.entries[n] = entry{}
	c.listed--
}

// numbers interns names and returns their numbers, each once.
func numbers(x *index, names []string) []int32 {
	out := make([]int32, 0, len(names))
	seen := make(map[int32]bool, len(names))
	for _, name := range names {
		if n := x.intern(name); !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}

// allows reports whether an item may be suggested at all under a filter.
func (f *Filter) allows(e *entry) bool {
	it := &e.item
	if !e.listed || it.Unavailable {
		return false
	}
	if len(f.Brands) > 0 && !slices.Contains(f.Brands, it.Brand) {
		return false
	}
	if len(f.Categories) > 0 && !slices.ContainsFunc(it.Categories, func(c string) bool { return slices.Contains(f.Categories, c) }) {
		return false
	}
	for _, t := range f.Tags {
		if !slices.Contains(it.Tags, t) {
			return false
		}
	}
	return f.priced(it.Price)
}

func (f *Filter) priced(p Money) bool {
	low, high := !f.MinPrice.IsZero(), !f.MaxPrice.IsZero()
	switch {
	case !low && !high:
		return true
	case p.IsZero(), low && f.MinPrice.code() != p.code(), high && f.MaxPrice.code() != p.code():
		return false
	}
	return (!low || p.Amount >= f.MinPrice.Amount) && (!high || p.Amount <= f.MaxPrice.Amount)
}
