package recommend

import "time"

// Kind is what a person did to an item. The empty Kind is a View.
type Kind string

const (
	View          Kind = "view"           // looked at it
	Cart          Kind = "cart"           // put it in the cart
	Buy           Kind = "buy"            // bought it: owned from now on
	Like          Kind = "like"           // liked, saved or shared it
	Rate          Kind = "rate"           // gave Weight stars, 1 to 5; below 3 is dislike
	Skip          Kind = "skip"           // was shown it and passed by
	NotInterested Kind = "not_interested" // asked not to be shown it: obeyed at once
)

// Event is one thing a person did. User and Item are required.
//
// The item need not be known: events may arrive before the catalogue. Such an item is learned from,
// and suggested once it is put.
type Event struct {
	User    string            `json:"user"`
	Item    string            `json:"item"`
	Kind    Kind              `json:"kind,omitempty"`
	Weight  float64           `json:"weight,omitempty"`  // stars for Rate; otherwise how much it counts, 0 meaning 1
	Time    time.Time         `json:"time,omitzero"`     // zero means now; kept to the second
	Context map[string]string `json:"context,omitempty"` // circumstances, such as "scene": "首页"
}

// maxWeight bounds Event.Weight: no single event may drown the others.
const maxWeight = 1000

// Validate returns an error wrapping [ErrInvalid] if e cannot be recorded.
func (e Event) Validate() error {
	if err := checkID("user", e.User); err != nil {
		return err
	}
	if err := checkID("item", e.Item); err != nil {
		return err
	}
	if err := checkTime("time", e.Time); err != nil {
		return err
	}
	switch e.Kind {
	case "", View, Cart, Buy, Like, Skip, NotInterested:
		if !(e.Weight >= 0 && e.Weight <= maxWeight) { // also catches NaN
			return invalid("weight %v is out of range: give 0 to %d", e.Weight, maxWeight)
		}
	case Rate:
		if !(e.Weight >= 1 && e.Weight <= 5) {
			return invalid("rating %v is out of range: give 1 to 5 stars as the weight", e.Weight)
		}
	default:
		return invalid("kind %q is unknown: give one of view, cart, buy, like, rate, skip, not_interested", e.Kind)
	}
	return nil
}

// interest returns what the event says for the item, in units of one view; negative is dislike.
func (e Event) interest() float64 {
	w := e.Weight
	if w == 0 {
		w = 1
	}
	switch e.Kind {
	case Cart, Like:
		return 3 * w
	case Buy:
		return 5 * w
	case Rate:
		if w < 3 {
			return 3 * (w - 3) // one star outweighs having bought it
		}
		return 2 * (w - 3)
	case Skip:
		return -w
	case NotInterested:
		return 0
	default:
		return w
	}
}
