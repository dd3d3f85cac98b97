package route

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// A Policy says what may leave the device, and how sure the device must be to act. It is data: see
// [ParsePolicy] for its form in JSON, and [DefaultPolicy] for one to begin with.
//
// A nil Policy, and the zero Policy, let nothing leave the device.
type Policy struct {
	// Name is how records call the policy.
	Name string `json:"name,omitzero"`

	// Precision is the share of the device's acts that must be right. A judgement that is less sure is
	// not acted on. If zero, 0.98.
	Precision float64 `json:"precision,omitzero"`

	// Doubt is the confidence below which a judgement is worth nothing, not even a question. If zero, 0.5.
	Doubt float64 `json:"doubt,omitzero"`

	// Find is how sure it must be that something is personal data: "possible", "likely" or "certain". If
	// empty, "possible", which takes many a number for private that is not.
	Find string `json:"find,omitzero"`

	// OutsideTools are the names of tools that change the world outside: that pay, send or unlock. They
	// are never called without a person's consent to the very call: where the tool's own spec does not
	// ask for it, the router asks on the device, and offers the tool to no cloud.
	OutsideTools []string `json:"outside_tools,omitzero"`

	// Child is the farthest place that requests in child mode may go to.
	Child Place `json:"child,omitzero"`

	// Tools is how many tools a cloud is offered at most, the likeliest first. If zero, 8.
	Tools int `json:"tools,omitzero"`

	// Race is how long the device may take to begin, where it is sure and all that it would call only
	// reads, before a cloud is asked too; whoever begins first answers. If zero, nothing is raced.
	Race assistant.Duration `json:"race,omitzero"`

	// Prefer is "price" or "speed": what decides between clouds that are equally able, near and well. If
	// empty, "price".
	Prefer string `json:"prefer,omitzero"`

	// Trusted and Partner say what may go to these places. If nil, nothing.
	Trusted *Grant `json:"trusted,omitzero"`
	Partner *Grant `json:"partner,omitzero"`
}

// A Grant says what may go to a place.
type Grant struct {
	// Data says what happens to personal data, by class or by group of classes: "keep", "mask" or
	// "send". A class that has its own entry does not follow its group.
	Data map[string]Handling `json:"data,omitzero"`

	// Other is for the classes that Data does not name. If empty, "keep".
	Other Handling `json:"other,omitzero"`

	// Media is for pictures, recordings, films and documents, in which nobody looks for personal data:
	// "keep" or "send". If empty, "keep".
	Media Handling `json:"media,omitzero"`

	// Consent is how the user must have agreed. If empty, "given".
	Consent Asking `json:"consent,omitzero"`

	// History is how much of the conversation goes along with a request.
	History History `json:"history,omitzero"`
}

// History is how much of a conversation a cloud is told. What must stay on the device is left out in any
// case, in whole turns: what the user said and all that was answered and called upon it.
type History struct {
	// Turns is how many turns before the present one, at most.
	Turns int `json:"turns,omitzero"`

	// Device includes the turns that the device dealt with although they might have left it.
	Device bool `json:"device,omitzero"`

	// Unmarked includes turns of which it is not known where they were answered: examples in a template,
	// conversations from before there was a router.
	Unmarked bool `json:"unmarked,omitzero"`
}

// A Handling is what happens to data of a class.
type Handling string

// The handlings, from strict to lax.
const (
	Keep Handling = "keep" // what holds such data does not leave
	Mask Handling = "mask" // it leaves by a tier that masks it
	Send Handling = "send" // it leaves as it is
)

// An Asking is how a user's consent comes about.
type Asking string

// The ways to ask.
const (
	AskNobody  Asking = "none"          // no consent is needed
	AskGiven   Asking = "given"         // it must have been given to the application: the router does not ask
	AskSession Asking = "each_session"  // the router asks, once in a session
	AskClass   Asking = "each_class"    // the router asks, once for each class of personal data, and once for none
	AskAlways  Asking = "every_request" // the router asks every time
)

const (
	defaultPrecision = 0.98
	defaultDoubt     = 0.5
	defaultTools     = 8
)

// Validate says what is wrong with the policy, naming the field, or nil.
func (p *Policy) Validate() error {
	if p == nil {
		return nil
	}
	_, err := p.compile()
	return err
}

// rules are a policy made ready for use. They never change.
type rules struct {
	name             string
	precision, doubt float64
	detector         privacy.Detector
	outside          map[string]bool
	child            Place
	tools            int
	race             assistant.Duration
	speed            bool // before price
	grants           [Partner + 1]*grant
}

// A grant is a Grant made ready for use.
type grant struct {
	keep, mask privacy.Types
	media      bool
	consent    Asking
	history    History
}

// compile checks a policy and makes it ready. A nil policy becomes rules that let nothing leave.
func (p *Policy) compile() (*rules, error) {
	if p == nil {
		return &rules{name: "none", precision: defaultPrecision, doubt: defaultDoubt}, nil
	}
	r := &rules{name: p.Name, precision: cmp.Or(p.Precision, defaultPrecision), doubt: cmp.Or(p.Doubt, defaultDoubt), child: p.Child,
		tools: cmp.Or(p.Tools, defaultTools), race: p.Race, outside: set(p.OutsideTools)}
	switch {
	case !(r.precision > 0 && r.precision <= 1):
		return nil, fmt.Errorf("policy: precision is %v, want more than 0 and at most 1", r.precision)
	case !(r.doubt > 0 && r.doubt <= r.precision):
		return nil, fmt.Errorf("policy: doubt is %v, want more than 0 and at most the precision, %v", r.doubt, r.precision)
	case r.tools < 0:
		return nil, fmt.Errorf("policy: tools is %d, want at least 1, or 0 for %d", r.tools, defaultTools)
	case r.race.Duration < 0:
		return nil, fmt.Errorf("policy: race is %v, want no time or more", r.race.Duration)
	case r.child > Partner:
		return nil, fmt.Errorf("policy: child is %v, want device, trusted or partner", r.child)
	case p.Prefer != "" && p.Prefer != "price" && p.Prefer != "speed":
		return nil, fmt.Errorf("policy: prefer is %.40q, want price or speed", p.Prefer)
	}
	r.speed = p.Prefer == "speed"
	if slices.Contains(p.OutsideTools, "") {
		return nil, errors.New("policy: outside_tools has an empty name")
	}
	i := slices.Index([]string{"", "possible", "likely", "certain"}, p.Find)
	if i < 0 {
		return nil, fmt.Errorf("policy: find is %.40q, want possible, likely or certain", p.Find)
	}
	r.detector.Confidence = privacy.Confidence(max(0, i-1))
	for place, g := range [...]*Grant{Trusted: p.Trusted, Partner: p.Partner} {
		if g == nil {
			continue
		}
		ready, err := g.compile()
		if err != nil {
			return nil, fmt.Errorf("policy: %v: %w", Place(place), err)
		}
		r.grants[place] = ready
	}
	return r, nil
}

func (g *Grant) compile() (*grant, error) {
	ready := &grant{consent: cmp.Or(g.Consent, AskGiven), history: g.History}
	switch ready.consent {
	case AskNobody, AskGiven, AskSession, AskClass, AskAlways:
	default:
		return nil, fmt.Errorf("consent is %.40q, want none, given, each_session, each_class or every_request", g.Consent)
	}
	switch g.Media {
	case "", Keep:
	case Send:
		ready.media = true
	default:
		return nil, fmt.Errorf("media is %.40q, want keep or send", g.Media)
	}
	if g.History.Turns < 0 {
		return nil, fmt.Errorf("history: turns is %d, want 0 or more", g.History.Turns)
	}
	handled := map[Handling]privacy.Types{Keep: privacy.AllTypes}
	move := func(types privacy.Types, h Handling) {
		for k := range handled {
			handled[k] &^= types
		}
		handled[h] |= types
	}
	if err := g.Other.check("other", true); err != nil {
		return nil, err
	}
	move(privacy.AllTypes, cmp.Or(g.Other, Keep))
	for _, classes := range []bool{false, true} { // groups first, so that a class of its own wins
		for _, name := range slices.Sorted(maps.Keys(g.Data)) {
			h := g.Data[name]
			types, class, err := typesNamed(name)
			if err == nil {
				err = h.check("data: "+name, false)
			}
			if err != nil {
				return nil, err
			}
			if class == classes {
				move(types, h)
			}
		}
	}
	ready.keep, ready.mask = handled[Keep], handled[Mask]
	return ready, nil
}

func (h Handling) check(field string, empty bool) error {
	switch h {
	case Keep, Mask, Send:
		return nil
	case "":
		if empty {
			return nil
		}
	}
	return fmt.Errorf("%s is %.40q, want keep, mask or send", field, string(h))
}

func set(names []string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}
