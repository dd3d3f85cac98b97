package route

import (
	"encoding/json"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Origin says where an answer came from and why. The router adds it to every answer, as an [assistant.Origin] that
// stays in the session and goes to no cloud: by it a later turn knows what must not leave. See [Of].
type Origin struct {
	Place  Place  `json:"place"`
	Tier   string `json:"-"` // as in [assistant.Origin]
	Rule   Rule   `json:"rule"`
	Action Action `json:"action"`
	Reason Reason `json:"reason"`

	// Reach is the farthest place that what was said in this turn may ever go to.
	Reach Place `json:"reach"`

	// Asked is what the answer asks the user, if it is a question of the router, and About the tier that
	// it is about.
	Asked Asked  `json:"asked,omitzero"`
	About string `json:"about,omitzero"`
	// Granted says that the user has agreed to the question of the turn before.
	Granted bool `json:"granted,omitzero"`

	At time.Time `json:"at"`
}

// Asked is what the router may ask of a user.
type Asked string

// The questions of a router.
const (
	AskedConsent Asked = "consent" // whether the question may go to the tier
	AskedAct     Asked = "act"     // whether this is what was meant
)

// told returns what is said of an answer whose vendor has said m.
func (o Origin) told(m *assistant.Meta) *assistant.Origin {
	detail, err := json.Marshal(o)
	if err != nil { // a place that does not exist: it is not known where the answer came from
		detail = nil
	}
	return &assistant.Origin{Tier: o.Tier, Device: o.Place == Device, Vendor: m.Vendor, Model: m.Model, Detail: detail}
}

// Of returns where an answer of the assistant came from, and false if that is not known.
func Of(m assistant.Message) (Origin, bool) {
	if m.Origin == nil {
		return Origin{}, false
	}
	o := Origin{Tier: m.Origin.Tier}
	if json.Unmarshal(m.Origin.Detail, &o) != nil || o.Rule == "" {
		return Origin{}, false
	}
	return o, true
}
