package route

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"sync/atomic"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Config sets up a [Router].
type Config struct {
	// Device answers on the device. Its Place is [Device], and its Name "ondevice" if it has none. Without
	// a Model nothing is answered on the device, and what must not leave is refused.
	Device Tier

	// Judge says what the device would do. If nil, the device's Model if that is a Judge; if it is none
	// either, no request is known to be a command.
	Judge Judge

	// Abilities are what the device has beside [Tools].
	Abilities Ability

	// LongText is the number of characters of a message above which it is too long for the device, which
	// matters if the device lacks the ability [LongText]. If zero, 200.
	LongText int

	// Clouds are the other tiers, in the order that decides where nothing else does.
	Clouds []Tier

	// Policy says what may leave. If nil, nothing does. See also [Router.SetPolicy].
	Policy *Policy

	// Marks, if not nil, says what the application knows of a request: whose it is, and whether the
	// session is private. If it fails, nothing leaves.
	Marks func(ctx context.Context, req *assistant.Request) (Marks, error)

	// Consent knows what users have agreed to. If nil, nobody has agreed to anything, and what a policy
	// lets the router ask is asked each time.
	Consent Consent

	// Recorder, if not nil, keeps all decisions.
	Recorder Recorder

	// Shadow, if not nil, turns shadow mode on: the device does not act where a cloud may be asked
	// instead, and Shadow is told how what it would have done compares. It must not block, and may be
	// called from several goroutines at once.
	Shadow func(ctx context.Context, c Comparison)

	// Pause is how long a tier is left alone after it failed, doubled with each further failure up to five
	// minutes. If zero, 5 seconds.
	Pause time.Duration

	// Words are what the router says itself; empty ones are in simplified Chinese.
	Words Words

	// Now is the clock. If nil, [time.Now].
	Now func() time.Time
}

// Marks are what an application knows of a request. The zero Marks say nothing in particular.
//
// A request can be marked for itself too: Extra["route"] with the keys "private" and "child", whose
// values are true or false. What is marked in either way is marked.
type Marks struct {
	// Subject and Session are opaque ids of the user and of his conversation, for consent and records.
	Subject, Session string

	// Private says that the request must not leave the device, nor be part of the history of one that does.
	Private bool

	// Child says that a child is speaking.
	Child bool
}

// A Router is an [assistant.Model] that chooses for each request which model answers: see the package
// comment. It is safe for concurrent use.
type Router struct {
	c      Config
	judge  Judge
	device *tier // nil if there is none
	clouds []*tier
	policy atomic.Pointer[inForce]
	words  Words
	specs  specs
}

var _ assistant.Model = (*Router)(nil)

// inForce is the policy that holds.
type inForce struct {
	*rules
	since time.Time
}

// New returns a router. It fails if a tier is not fit for use or the policy is not valid.
func New(c Config) (*Router, error) {
	r := &Router{c: c, judge: c.Judge, words: c.Words.withDefaults()}
	if r.c.Now == nil {
		r.c.Now = time.Now
	}
	r.c.LongText = cmp.Or(c.LongText, 200)
	pause := cmp.Or(c.Pause, 5*time.Second)
	if c.Device.Model != nil {
		t := c.Device
		t.Name = cmp.Or(t.Name, "ondevice")
		if t.Place != Device {
			return nil, fmt.Errorf("route: the device %q is at the place %v", t.Name, t.Place)
		}
		r.device = &tier{Tier: t, pause: pause}
		if j, ok := t.Model.(Judge); ok && r.judge == nil {
			r.judge = j
		}
	}
	for i, t := range c.Clouds {
		switch {
		case t.Name == "":
			return nil, fmt.Errorf("route: cloud %d has no name", i)
		case t.Model == nil:
			return nil, fmt.Errorf("route: cloud %q has no model", t.Name)
		case t.Place != Trusted && t.Place != Partner:
			return nil, fmt.Errorf("route: cloud %q is at the place %v, want trusted or partner", t.Name, t.Place)
		case r.tier(t.Name) != nil:
			return nil, fmt.Errorf("route: there are two tiers named %q", t.Name)
		}
		r.clouds = append(r.clouds, &tier{Tier: t, pause: pause})
	}
	if err := r.SetPolicy(c.Policy); err != nil {
		return nil, err
	}
	return r, nil
}

// SetPolicy puts another policy in force, for requests that begin from now on. If it is not valid,
// SetPolicy returns why, and nothing leaves the device any more.
func (r *Router) SetPolicy(p *Policy) error {
	ready, err := p.compile()
	if err != nil {
		ready, _ = (*Policy)(nil).compile()
	}
	r.policy.Store(&inForce{ready, r.now()})
	return err
}

func (r *Router) now() time.Time { return r.c.Now() }

// tier returns the tier of a name, nil if there is none.
func (r *Router) tier(name string) *tier {
	if r.device != nil && r.device.Name == name {
		return r.device
	}
	for _, t := range r.clouds {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// Stream implements [assistant.Model]. What the router says itself comes from a vendor called "route".
func (r *Router) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		c, err := r.begin(ctx, req)
		if err == nil {
			err = c.serve(yield)
		}
		if err != nil && !errors.Is(err, errStopped) {
			yield(assistant.Chunk{}, err)
		}
	}
}

// errStopped ends a call whose caller has left the loop; it is never yielded.
var errStopped = errors.New("stopped by the caller")
