package route

import (
	"context"
	"time"
)

// A State says whether a tier can be asked, and if not, why.
type State string

// The states. Only in the first two is a tier asked.
const (
	Ready    State = "ready"
	Degraded State = "degraded" // it failed last time; the next failure makes it Failing

	NeedsDownload    State = "needs download"     // by the user
	Downloading      State = "downloading"        // under way; waiting helps
	NotEligible      State = "not eligible"       // this machine or account never can
	DisabledByUser   State = "disabled by user"   // in the application's settings
	DisabledByRegion State = "disabled by region" // not offered where the user is
	DisabledByPolicy State = "disabled by policy" // the [Policy] lets nothing go there
	Offline          State = "offline"            // there is no network
	Quota            State = "quota used up"      // of money or tokens
	RateLimited      State = "rate limited"       // too many requests; waiting helps
	Failing          State = "failing"            // the vendor is unwell, or a circuit is open
	Rejected         State = "rejected"           // the vendor does not accept the key, or does not know the model
)

// usable reports whether a tier in this state is asked.
func (s State) usable() bool { return s == "" || s == Ready || s == Degraded }

// Status is what is known of a tier.
type Status struct {
	Tier  string
	Place Place
	State State

	// Since is when the state began, as far as is known.
	Since time.Time

	// Retry is when the tier will be asked again, zero if that does not depend on the time.
	Retry time.Time

	// Latency is how long the first content takes lately; zero if the tier has not answered yet.
	Latency time.Duration
}

// Status returns what is known of every tier, the device first and the others in the order of
// [Config.Clouds]. It sends nothing.
func (r *Router) Status(ctx context.Context) []Status {
	p := r.policy.Load()
	now := r.now()
	out := make([]Status, 0, 1+len(r.clouds))
	if r.device != nil {
		out = append(out, r.device.status(ctx, now))
	}
	for _, t := range r.clouds {
		s := t.status(ctx, now)
		if p.grants[t.Place] == nil {
			s.State, s.Since, s.Retry = DisabledByPolicy, p.since, time.Time{}
		}
		out = append(out, s)
	}
	return out
}
