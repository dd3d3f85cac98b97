package route

import (
	"context"
	"log/slog"
	"time"
)

// A Recorder keeps what the router decides. It is told before anything is done, so that nothing leaves
// that is not recorded: if it returns an error, no cloud is asked. It must be safe for concurrent use.
type Recorder interface {
	Record(ctx context.Context, r Record) error
}

// A Record is one decision. It holds nothing that anybody said. A request that several tiers were asked
// about, because the first ones failed, has a record for each.
type Record struct {
	Time    time.Time
	Subject string // of [Marks]
	Session string
	Policy  string // its name

	Rule   Rule
	Action Action
	Reason Reason

	// Place and Tier are where the request goes; the tier is empty if the router answers itself.
	Place Place
	Tier  string
	Asked Asked // what the user is asked, if the action is [AskUser]

	Verdict    Verdict // of the device
	Confidence float64
	Likeliest  string // tool

	Classes  []string // of personal data that were found in what goes to a cloud, or kept it from going
	Turns    int      // before this one that go along
	Withheld int      // before this one that do not
	Tools    int      // that are offered
	Barred   []Barred // tiers that were passed over

	// After is why the tier before failed, if this is another attempt.
	After Reason
}

// Barred is a tier that a request could not go to.
type Barred struct {
	Tier   string
	Reason Reason
	State  State // if the reason is [Unavailable]
}

// LogValue groups the fields for structured logs.
func (r Record) LogValue() slog.Value {
	attrs := []slog.Attr{slog.String("rule", string(r.Rule)), slog.String("action", string(r.Action)), slog.String("reason", string(r.Reason))}
	add := func(key, v string) {
		if v != "" {
			attrs = append(attrs, slog.String(key, v))
		}
	}
	add("policy", r.Policy)
	add("tier", r.Tier)
	add("asked", string(r.Asked))
	add("verdict", string(r.Verdict))
	add("likeliest", r.Likeliest)
	add("after", string(r.After))
	if r.Verdict != "" {
		attrs = append(attrs, slog.Float64("confidence", r.Confidence))
	}
	if len(r.Classes) > 0 {
		attrs = append(attrs, slog.Any("classes", r.Classes))
	}
	if r.Action == ToCloud {
		attrs = append(attrs, slog.Int("turns", r.Turns), slog.Int("withheld", r.Withheld), slog.Int("tools", r.Tools))
	}
	for _, b := range r.Barred {
		add("not_"+b.Tier, string(b.Reason))
	}
	return slog.GroupValue(attrs...)
}
