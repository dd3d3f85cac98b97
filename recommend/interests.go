package recommend

import (
	"cmp"
	"slices"
	"strings"
)

// InterestKind is what an [Interest] is in.
type InterestKind string

const (
	InCategory  InterestKind = "category"
	InBrand     InterestKind = "brand"
	InTag       InterestKind = "tag"
	InAttribute InterestKind = "attribute" // Value is "key=value"
	InPrice     InterestKind = "price"     // Value is a category and a range: "茶叶 ¥64–128"; see [Config.PriceBands]
)

// Interest is a tag that the engine has of a person, as its answers make use of it.
type Interest struct {
	Kind  InterestKind `json:"kind"`
	Value string       `json:"value"`
	// Share is this interest's part of all of the person's interests, 0 to 1. It is 0 for a hidden one.
	Share  float64 `json:"share,omitempty"`
	Hidden bool    `json:"hidden,omitempty"`
}

var interestSorts = map[InterestKind]string{
	InCategory: sortCategory, InBrand: sortBrand, InTag: sortTag, InAttribute: sortAttribute, InPrice: sortPrice,
}

// feature is the name of an interest in the catalogue.
func (i Interest) feature() string { return interestSorts[i.Kind] + i.Value }

func (i Interest) check() error {
	if interestSorts[i.Kind] == "" {
		return invalid("interest kind %q is unknown: give one of category, brand, tag, attribute, price", i.Kind)
	}
	if i.Value == "" || len(i.Value) > maxText {
		return invalid("interest value is %d bytes long: give 1 to %d", len(i.Value), maxText)
	}
	return nil
}

// Interests returns the tags that the engine has of a user, the strongest first, then the hidden ones. It
// is empty for whom personalisation is off: there is nothing in use.
func (e *Engine) Interests(user string) []Interest {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.interests(user)
}

func (e *Engine) interests(user string) []Interest {
	c := e.choices[user]
	if c != nil && c.Off {
		return nil
	}
	q := Query{User: user, Now: e.config.Now()}
	r := e.begin(&q)
	defer e.giveBack(r.scratch)
	r.readHistory()
	r.like()
	var list []Interest
	var whole float64
	for _, f := range r.liked {
		whole += float64(r.likes[f])
	}
	for _, f := range r.liked {
		if v := float64(r.likes[f]); v > 0 {
			name := e.catalogue.features.names[f]
			list = append(list, Interest{Kind: interestKind(name), Value: name[2:], Share: v / whole})
		}
	}
	slices.SortFunc(list, func(a, b Interest) int {
		return cmp.Or(cmp.Compare(b.Share, a.Share), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Value, b.Value))
	})
	if c != nil {
		list = append(list, c.Hidden...)
	}
	return list
}

func interestKind(feature string) InterestKind {
	for kind, sort := range interestSorts {
		if strings.HasPrefix(feature, sort) {
			return kind
		}
	}
	return ""
}
