package route

import (
	"context"
	"fmt"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A Place is how far from the user a model is. Places are ordered: what may go to one may go to those
// before it.
type Place uint8

// The places.
const (
	Device  Place = iota // in this process, or on the user's own machine
	Trusted              // one's own cloud, or one under a contract that keeps the data one's own
	Partner              // anybody else's
)

var placeNames = [...]string{"device", "trusted", "partner"}

func (p Place) String() string {
	if int(p) < len(placeNames) {
		return placeNames[p]
	}
	return fmt.Sprintf("place %d", uint8(p))
}

// MarshalText writes the name of the place.
func (p Place) MarshalText() ([]byte, error) {
	if int(p) >= len(placeNames) {
		return nil, fmt.Errorf("route: there is no %v", p)
	}
	return []byte(p.String()), nil
}

// UnmarshalText reads the name of a place.
func (p *Place) UnmarshalText(text []byte) error {
	for i, name := range placeNames {
		if string(text) == name {
			*p = Place(i)
			return nil
		}
	}
	return fmt.Errorf("place %.40q: want device, trusted or partner", text)
}

// An Ability is a set of things that some requests need and not every model has.
type Ability uint16

// The abilities.
const (
	Images   Ability = 1 << iota // sees pictures
	Audio                        // hears
	Video                        // sees films
	Files                        // reads documents
	Tools                        // calls tools
	JSON                         // answers in JSON, with a schema or without
	Thinking                     // thinks visibly, as much as asked
	Search                       // searches the web
	LongText                     // reads more than [Config.LongText] characters
	Prose                        // writes and knows things; a device that has it answers what is no command and must not leave
)

// AllAbilities is the set of all abilities.
const AllAbilities = Prose<<1 - 1

// A Tier is a model and where it is.
type Tier struct {
	// Name tells tiers apart: in records, in replies and in consent. It must not change, because what a
	// user agreed to is kept by it.
	Name string

	// Title is what users know it as, such as “通义千问”. If empty, the Name.
	Title string

	Place Place
	Model assistant.Model

	// Masks says that the model replaces personal data of all types with placeholders before it sends
	// anything, and puts the data back into what it answers, so that data which the policy wants masked may
	// go there.
	Masks bool

	// Recalls says that it does so also where the same data stands again, somewhere else in the request,
	// without what tells that it is personal: 我叫张伟 and then 张伟的贺卡怎么写. If false, the router keeps what
	// says such data again, and the turns in which a model has repeated it.
	Recalls bool

	// Lacks are the abilities that the model does not have. Requests that need them go elsewhere. The
	// device lacks all of them but Tools, unless [Config.Abilities] says otherwise.
	Lacks Ability

	// Models are the names of models that a request may ask this tier for, beside the tier's own name,
	// which stands for whichever model the tier likes.
	Models []string

	// Price is what a million tokens cost, in a unit that is the same for all tiers.
	Price float64

	// Latency is how long the first content usually takes. It is used until that has been measured.
	Latency time.Duration

	// Check, if not nil, says what the application knows of the tier: that the user has turned it off,
	// that it is not offered in the region, that its files are not downloaded yet. It must be quick, and
	// may be called from several goroutines at once. A state of [Ready] leaves the judgement to the
	// router, which knows how the last requests ended.
	Check func(ctx context.Context) Status
}

// title is what users know the tier as.
func (t *Tier) title() string {
	if t.Title != "" {
		return t.Title
	}
	return t.Name
}
