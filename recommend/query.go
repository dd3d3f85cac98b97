package recommend

import "time"

const (
	// DefaultLimit is the number of suggestions for a query whose Limit is 0.
	DefaultLimit = 10
	// MaxLimit is the largest Limit a query may ask for.
	MaxLimit = 1000

	maxRecent = 1000
	maxIDs    = 10000
	maxText   = 4096
)

// Query asks for suggestions: for a person (User), for what was looked at lately (Recent), for words
// (Text), or for any of these together. With none of them the answer is what is popular.
// Ids that are not known are ignored, and an unknown user is a newcomer.
type Query struct {
	User   string   `json:"user,omitempty"`
	Recent []string `json:"recent,omitempty"` // items of this visit, newest last; never suggested
	Text   string   `json:"text,omitempty"`   // what the person says: items that match its words or meaning come first
	Limit  int      `json:"limit,omitempty"`  // 0 means DefaultLimit; more than MaxLimit is an error

	Filter     Filter   `json:"filter,omitzero"`
	Exclude    []string `json:"exclude,omitempty"`    // items never to suggest
	Candidates []string `json:"candidates,omitempty"` // if not empty, the only items to suggest

	// NonPersonal answers without personal traits: User, Recent and Context are not read, so all who
	// ask the same otherwise get the same list. It is implied for whom [Engine.Personalize] switched off.
	NonPersonal bool `json:"non_personal,omitempty"`
	// Seen allows items that the user saw, liked or put in the cart, but neither bought nor refused.
	Seen bool `json:"seen,omitempty"`
	// Diversity, 0 to 1, is how strongly a category gives way once it has been suggested: at 0 the
	// list is ordered by score; at 1 no category comes twice while another is left among the best
	// 4·Limit+50 items.
	Diversity float64 `json:"diversity,omitempty"`
	// Calibration, 0 to 1, is how strongly the categories of the answer are held to the proportions that
	// they have in the person's history. Without a history it does nothing.
	Calibration float64 `json:"calibration,omitempty"`
	// Rules come on top of [Config.Rules].
	Rules Rules `json:"rules,omitzero"`
	// Explore lets less likely items in, to learn whether people take to them.
	Explore Explore `json:"explore,omitzero"`

	Context map[string]string `json:"context,omitempty"` // circumstances, as in Event
	Now     time.Time         `json:"now,omitzero"`      // zero means the present
}

// Explore says how an answer explores. [Suggestion.Propensity] then tells how likely each item was to
// come where it came, which is what off-policy evaluation needs to be logged. The zero value does not
// explore.
type Explore struct {
	// Rate, 0 to 1, is how often one of the last Slots places is filled by chance.
	Rate float64 `json:"rate,omitempty"`
	// Slots is how many places at the end of the list may be. Zero means a fifth of the list, at least one.
	Slots int `json:"slots,omitempty"`
	// Pool is how many of the next best items chance chooses from, all alike. Zero means 50.
	Pool int `json:"pool,omitempty"`
	// Thompson chooses by how likely each item of the pool is to be the one that most people take to, of those who met
	// it, as far as is known; Rate is then how often chance chooses all alike. See [explore.Thompson]. What is little
	// known gets its turn. It takes a millisecond or so.
	Thompson bool `json:"thompson,omitempty"`
	// Seed makes the chance, together with User, Text, Recent and Now. The same query has the same answer.
	Seed uint64 `json:"seed,omitempty"`
}

func (x Explore) check() error {
	if !(x.Rate >= 0 && x.Rate <= 1) {
		return invalid("explore: rate %v is out of range: give 0 to 1", x.Rate)
	}
	if x.Slots < 0 || x.Slots > MaxLimit || x.Pool < 0 || x.Pool > MaxLimit {
		return invalid("explore: %d slots and a pool of %d are out of range: give 0 to %d", x.Slots, x.Pool, MaxLimit)
	}
	return nil
}

// Filter narrows what may be suggested. Its fields all have to hold; an empty field always holds.
type Filter struct {
	Categories []string `json:"categories,omitempty"` // any of these
	Brands     []string `json:"brands,omitempty"`     // any of these
	Tags       []string `json:"tags,omitempty"`       // all of these

	// MinPrice and MaxPrice are inclusive; a zero amount is no bound. While one is set, an item
	// without a price, or priced in another currency, does not fit.
	MinPrice Money `json:"min_price,omitzero"`
	MaxPrice Money `json:"max_price,omitzero"`
}

// Validate returns an error wrapping [ErrInvalid] if q cannot be answered.
func (q Query) Validate() error {
	if q.User != "" {
		if err := checkID("user", q.User); err != nil {
			return err
		}
	}
	if q.Limit < 0 || q.Limit > MaxLimit {
		return invalid("limit %d is out of range: give 1 to %d, or 0 for %d", q.Limit, MaxLimit, DefaultLimit)
	}
	if !(q.Diversity >= 0 && q.Diversity <= 1) { // also catches NaN
		return invalid("diversity %v is out of range: give 0 to 1", q.Diversity)
	}
	if !(q.Calibration >= 0 && q.Calibration <= 1) {
		return invalid("calibration %v is out of range: give 0 to 1", q.Calibration)
	}
	if err := q.Rules.Validate(); err != nil {
		return err
	}
	if err := q.Explore.check(); err != nil {
		return err
	}
	if err := checkTime("now", q.Now); err != nil {
		return err
	}
	if len(q.Text) > maxText {
		return invalid("text is %d bytes long: give at most %d", len(q.Text), maxText)
	}
	if err := checkIDs("recent", q.Recent, maxRecent); err != nil {
		return err
	}
	if err := checkIDs("exclude", q.Exclude, maxIDs); err != nil {
		return err
	}
	if err := checkIDs("candidates", q.Candidates, maxIDs); err != nil {
		return err
	}
	return q.Filter.check()
}

func (f Filter) check() error {
	if n := max(len(f.Categories), len(f.Brands), len(f.Tags)); n > maxFacts {
		return invalid("filter has %d categories, brands or tags: give at most %d of each", n, maxFacts)
	}
	if err := f.MinPrice.check("filter: min price"); err != nil {
		return err
	}
	if err := f.MaxPrice.check("filter: max price"); err != nil {
		return err
	}
	if f.MinPrice.IsZero() || f.MaxPrice.IsZero() {
		return nil
	}
	if f.MinPrice.code() != f.MaxPrice.code() {
		return invalid("filter: prices from %v to %v are in two currencies: give one", f.MinPrice, f.MaxPrice)
	}
	if f.MinPrice.Amount > f.MaxPrice.Amount {
		return invalid("filter: min price %v is above max price %v: swap them", f.MinPrice, f.MaxPrice)
	}
	return nil
}
