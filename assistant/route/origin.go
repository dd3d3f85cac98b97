package route

import (
	"encoding/json"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Origin says where an answer came from and why. The router adds it to every answer, as a part that
// stays in the session and goes to no cloud: by it a later turn knows what must not leave. See [Of].
type Origin struct {
	Place  Place  `json:"place"`
	Tier   string `json:"tier,omitzero"` // empty if the router itself answered
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

// partType is the "type" of the part in JSON.
const partType = "route"

type originJSON struct {
	Type string `json:"type"`
	Origin
}

// part returns the origin as a part of a message.
func (o Origin) part() assistant.Part {
	b, err := json.Marshal(originJSON{partType, o})
	if err != nil { // a place that does not exist
		b = []byte(`{"type":"` + partType + `"}`)
	}
	return assistant.Unknown{JSON: b}
}

// Of returns where an answer of the assistant came from, and false if that is not known.
func Of(m assistant.Message) (Origin, bool) {
	for _, p := range m.Parts {
		if o, ok := OfPart(p); ok {
			return o, true
		}
	}
	return Origin{}, false
}

// OfPart is [Of] for one part, such as that of an [assistant.PartReceived]: it comes with the first piece
// of an answer.
func OfPart(p assistant.Part) (Origin, bool) {
	u, ok := p.(assistant.Unknown)
	if !ok {
		return Origin{}, false
	}
	var o originJSON
	if json.Unmarshal(u.JSON, &o) != nil || o.Type != partType || o.Rule == "" {
		return Origin{}, false
	}
	return o.Origin, true
}
