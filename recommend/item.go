package recommend

import "time"

// Item is something that can be suggested. Only ID is required; the zero value of every other field
// means "not known" or "no".
type Item struct {
	ID          string            `json:"id"`
	Title       string            `json:"title,omitempty"`
	Text        string            `json:"text,omitempty"`       // description, searched after the title
	Categories  []string          `json:"categories,omitempty"` // each a name of the shop's choice, such as "茶叶"
	Tags        []string          `json:"tags,omitempty"`       // what may be said of it: "送礼", "无糖"
	Brand       string            `json:"brand,omitempty"`
	Price       Money             `json:"price,omitzero"`        // read by filters only, unless [Config.PriceBands] says otherwise
	Unavailable bool              `json:"unavailable,omitempty"` // sold out or withdrawn: still learned from, never suggested
	RebuyDays   int               `json:"rebuy_days,omitempty"`  // days a consumable lasts; 0 means bought once and owned
	Created     time.Time         `json:"created,omitzero"`      // when it first went on offer
	Attributes  map[string]string `json:"attributes,omitempty"`  // further facts, such as "产地": "杭州"
}

// maxFacts bounds the categories, tags and attributes of one item, each.
const maxFacts = 100

// Validate returns an error wrapping [ErrInvalid] if it cannot be a catalogue entry.
func (it Item) Validate() error {
	if err := checkID("item id", it.ID); err != nil {
		return err
	}
	if it.RebuyDays < 0 {
		return invalid("item %q: rebuy days are negative (%d): give 0 for goods bought once", it.ID, it.RebuyDays)
	}
	if err := it.Price.check("price"); err != nil {
		return invalid("item %q: %v", it.ID, err)
	}
	if y := it.Created.Year(); y < 0 || y > 9999 {
		return invalid("item %q: created in the year %d: give a time up to 9999", it.ID, y)
	}
	if n := max(len(it.Categories), len(it.Tags), len(it.Attributes)); n > maxFacts {
		return invalid("item %q has %d categories, tags or attributes: give at most %d of each", it.ID, n, maxFacts)
	}
	return nil
}
