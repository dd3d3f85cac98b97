package route

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A Comparison is what a cloud did with a request, beside what the device would have done. It holds what
// was said, and so belongs where the conversation does.
type Comparison struct {
	Tier      string // that answered
	Judgement Judgement
	// Would is what the router would have had the device do under the policy in force: [OnDevice],
	// [AskUser], or [ToCloud] if it would not have tried.
	Would Action
	// Calls are what the cloud called; none if it only spoke.
	Calls []assistant.ToolCall

	Agreement Agreement
}

// An Agreement says how what two tiers did compares.
type Agreement string

// The agreements. What the cloud does is taken for right; who knows better corrects it.
const (
	SameCalls  Agreement = "same calls"
	OtherArgs  Agreement = "same tools, other arguments"
	OtherTools Agreement = "other tools"
	OnlyDevice Agreement = "only the device would call"
	OnlyCloud  Agreement = "only the cloud called"
	NoCalls    Agreement = "neither calls"
)

// Right reports whether the device would have been right to act.
func (c Comparison) Right() bool { return c.Agreement == SameCalls }

// A watch collects what a cloud does, in shadow mode. A nil watch does nothing.
type watch struct {
	c     *call
	tier  string
	calls []assistant.ToolCall
	gone  bool // the answer was withdrawn
}

// shadow returns a watch if the answer is to be compared.
func (c *call) shadow(t *tier, o *outgoing) *watch {
	if c.r.c.Shadow == nil || o == nil || !c.judged {
		return nil
	}
	return &watch{c: c, tier: t.Name}
}

func (w *watch) add(k *assistant.Chunk) {
	if w == nil {
		return
	}
	w.calls = append(w.calls, k.ToolCalls...)
	w.gone = w.gone || k.Retract != nil
}

func (w *watch) tell(ctx context.Context) {
	if w == nil || w.gone {
		return
	}
	c := w.c
	j := c.judgement
	d := decision{may: make([]candidate, 1)} // as if there were a cloud
	if !c.pending(&d) {
		c.understood(&d)
	}
	var mine []assistant.ToolCall
	if j.Verdict == Act {
		mine = j.Calls
	}
	c.r.c.Shadow(ctx, Comparison{Tier: w.tier, Judgement: j, Would: d.action, Calls: w.calls, Agreement: compareCalls(mine, w.calls)})
}

// compareCalls compares the device's calls with a cloud's.
func compareCalls(device, cloud []assistant.ToolCall) Agreement {
	switch {
	case len(device) == 0 && len(cloud) == 0:
		return NoCalls
	case len(device) == 0:
		return OnlyCloud
	case len(cloud) == 0:
		return OnlyDevice
	case len(device) != len(cloud):
		return OtherTools
	}
	agreement := SameCalls
	for i, d := range device {
		switch {
		case d.Name != cloud[i].Name:
			return OtherTools
		case !sameJSON(d.Arguments, cloud[i].Arguments):
			agreement = OtherArgs
		}
	}
	return agreement
}

// sameJSON reports whether two objects are the same but for the order of their fields.
func sameJSON(a, b string) bool {
	canonical := func(s string) []byte {
		var v any
		d := json.NewDecoder(bytes.NewReader([]byte(cmp.Or(s, "{}"))))
		d.UseNumber()
		if d.Decode(&v) != nil {
			return []byte(s)
		}
		out, err := json.Marshal(v) // which sorts keys
		if err != nil {
			return []byte(s)
		}
		return out
	}
	return a == b || bytes.Equal(canonical(a), canonical(b))
}
