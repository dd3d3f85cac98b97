package assistant

import "encoding/json"

// An Origin says where an answer came from, if something has chosen between several models, such as a router. It
// stays with the message in the session, where a later turn can know what must not leave; it is no part of
// what was said, and goes to no vendor. An Origin must not be modified.
type Origin struct {
	Tier   string `json:"tier,omitzero"`   // the name that the chosen model has there; empty if the router itself answered
	Device bool   `json:"device,omitzero"` // the answer was made on the device, and nothing left it
	Vendor string `json:"vendor,omitzero"` // as in [Meta]
	Model  string `json:"model,omitzero"`  // as in [Meta]

	// Detail is what the layer that has chosen wants to know again in later turns.
	Detail json.RawMessage `json:"detail,omitzero"`
}
