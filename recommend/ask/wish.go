package ask

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/recommend"
)

// Kind is what a [Term] tells of the wish.
type Kind uint8

const (
	Thing     Kind = iota // what it is, or how: 保温杯, 红色
	Recipient             // whom it is for: 妈妈
	Occasion              // when it is given or used: 生日
	Measure               // a size that is no price: 500ml, 10岁, 四件套
	Category              // a category of the vocabulary
	Brand                 // a brand of the vocabulary
)

// String returns the name of the constant in lower case.
func (k Kind) String() string {
	names := [...]string{"thing", "recipient", "occasion", "measure", "category", "brand"}
	if int(k) < len(names) {
		return names[k]
	}
	return "unknown"
}

// MarshalText writes the name of the constant.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Term is a word that tells something of the wish.
type Term struct {
	Text string `json:"text"` // as it was said
	Kind Kind   `json:"kind"`
	Name string `json:"name,omitempty"` // of a category or brand, as in the vocabulary
	Not  bool   `json:"not,omitempty"`  // it is refused
}

// Wish is what a text asks for. The zero Wish asks for nothing in particular.
type Wish struct {
	Terms []Term `json:"terms,omitempty"` // in the order of the text, none twice

	// Filter holds the price and the categories and brands that are wanted. Prices have the currency
	// that was said.
	Filter recommend.Filter `json:"filter,omitzero"`

	Count int  `json:"count,omitempty"` // how many suggestions are asked for: 推荐三款; 0 if it is not said, and for 一款
	Cheap bool `json:"cheap,omitempty"` // it should not cost much, by no figure: 便宜点, 不要太贵
}

// Text returns the terms that are wanted, with spaces between, for Query.Text. Names that the Filter
// holds are left out: whatever passes it has them.
func (w Wish) Text() string {
	var texts []string
	for _, t := range w.Terms {
		if !t.Not && t.Kind != Category && t.Kind != Brand {
			texts = append(texts, t.Text)
		}
	}
	return strings.Join(texts, " ")
}

// Query returns q narrowed by the wish: its text in place of Query.Text if there is one, its categories,
// brands and prices, and, if one was said, the count as Limit, at most [recommend.MaxLimit]. A filter
// that q has stays: what holds is what both allow, or the one of q if nothing is in both. What is
// refused is not in it: recommenders have no such filter, so ask for more than is needed and keep what
// [Wish.Accepts].
func (w Wish) Query(q recommend.Query) recommend.Query {
	if text := w.Text(); text != "" {
		q.Text = text
	}
	q.Filter.Categories = both(q.Filter.Categories, w.Filter.Categories)
	q.Filter.Brands = both(q.Filter.Brands, w.Filter.Brands)
	q.Filter.MinPrice, q.Filter.MaxPrice = narrower(q.Filter, w.Filter)
	if w.Count > 0 {
		q.Limit = min(w.Count, recommend.MaxLimit)
	}
	return q
}

// both returns the names that are in both lists, where an empty list holds all.
func both(own, said []string) []string {
	if len(own) == 0 || len(said) == 0 {
		return append(own[:len(own):len(own)], said...)
	}
	var common []string
	for _, name := range own {
		if slices.Contains(said, name) {
			common = append(common, name)
		}
	}
	if common == nil {
		return own
	}
	return common
}

// narrower returns the prices that both filters allow, or those of own if there are none.
func narrower(own, said recommend.Filter) (low, high recommend.Money) {
	low, high = own.MinPrice, own.MaxPrice
	if low.IsZero() && high.IsZero() {
		return said.MinPrice, said.MaxPrice
	}
	if s := said.MinPrice; !s.IsZero() && (low.IsZero() || s.Amount > low.Amount) {
		low = s
	}
	if s := said.MaxPrice; !s.IsZero() && (high.IsZero() || s.Amount < high.Amount) {
		high = s
	}
	if !low.IsZero() && !high.IsZero() && low.Amount > high.Amount || !sameCurrency(own, said) {
		return own.MinPrice, own.MaxPrice
	}
	return low, high
}

// sameCurrency reports whether no two prices of the filters are of different currencies.
func sameCurrency(filters ...recommend.Filter) bool {
	currency := ""
	set := false
	for _, f := range filters {
		for _, m := range [...]recommend.Money{f.MinPrice, f.MaxPrice} {
			code := m.Currency
			if code == "CNY" {
				code = ""
			}
			if m.IsZero() {
				continue
			}
			if set && code != currency {
				return false
			}
			currency, set = code, true
		}
	}
	return true
}

// Refuses reports whether the wish refuses anything, so that [Wish.Accepts] has work to do.
func (w Wish) Refuses() bool { return slices.ContainsFunc(w.Terms, func(t Term) bool { return t.Not }) }

// Accepts reports whether an item has nothing that the wish refuses: not in its categories, brand and
// tags, and not in its title, where 无酒精 and 不含酒精 do not count as 酒精. It would rather leave out
// too much: 不要茶 refuses a 茶几 as well. The Filter is not looked at.
func (w Wish) Accepts(it recommend.Item) bool {
	for _, t := range w.Terms {
		if !t.Not {
			continue
		}
		if t.Kind == Category && slices.Contains(it.Categories, t.Name) || t.Kind == Brand && it.Brand == t.Name {
			return false
		}
		word := fold(t.Text)
		if holds(it.Title, word) || holds(it.Brand, word) || slices.ContainsFunc(it.Categories, func(c string) bool { return holds(c, word) }) ||
			slices.ContainsFunc(it.Tags, func(tag string) bool { return holds(tag, word) }) {
			return false
		}
	}
	return true
}

// fold returns what spellings of a text in either script, width and case have in common.
func fold(s string) string { return strings.ToLower(plain(s)) }

// holds reports whether a text has a folded word in it that it does not say to be absent.
func holds(text, word string) bool {
	text = fold(text)
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		if !without(text[:at+i]) {
			return true
		}
		at += i + len(word)
	}
}

// without reports whether what follows before is said to be absent.
func without(before string) bool {
	before = strings.TrimRight(before, " ")
	for _, word := range [...]string{"无", "不含", "不加", "不带", "零", "免", "非", "去", "不", "没有"} {
		if strings.HasSuffix(before, word) {
			return true
		}
	}
	if number, ok := strings.CutSuffix(before, "0"); ok { // 0糖, but not 100糖
		last, _ := utf8.DecodeLastRuneInString(number)
		return last < '0' || last > '9'
	}
	return false
}

// add appends a term unless it is there; if it is both wanted and refused, what is said last holds.
func (w *Wish) add(t Term) {
	w.Terms = slices.DeleteFunc(w.Terms, func(o Term) bool { return o.Text == t.Text && o.Not != t.Not })
	if !slices.Contains(w.Terms, t) {
		w.Terms = append(w.Terms, t)
	}
}

// filter puts the names that are wanted and not refused into the filter.
func (w *Wish) filter() {
	for _, t := range w.Terms {
		refused := slices.ContainsFunc(w.Terms, func(o Term) bool { return o.Not && o.Name == t.Name })
		switch {
		case t.Not || refused:
		case t.Kind == Category && !slices.Contains(w.Filter.Categories, t.Name):
			w.Filter.Categories = append(w.Filter.Categories, t.Name)
		case t.Kind == Brand && !slices.Contains(w.Filter.Brands, t.Name):
			w.Filter.Brands = append(w.Filter.Brands, t.Name)
		}
	}
}
