package minor

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/usage"
)

// A Person is who speaks.
type Person struct {
	ID    string
	Child bool // whether the mode is on: because of the age, or because somebody switched it on
	Age   int  // in years
	// AgeKnown says that Age is right. Without it the strictest limits hold.
	AgeKnown bool
	// Character is who answers, if a service has several.
	Character string
	Limits    Limits
}

// Limits are what a guardian sets. Zero fields leave it to the [Policy].
type Limits struct {
	Daily      time.Duration // a day; negative for none at all
	Night      *Night        // other hours of rest
	Characters []string      // who must not answer
	// Spending is how much may be spent a month, in fen; negative for nothing. If zero, nothing is limited.
	Spending int64
}

// Night is when somebody pauses, on China's clocks.
type Night struct{ From, To Clock }

// A Notice is something that a guardian or the service may want to know.
type Notice struct {
	Kind   Kind
	Person Person
	Text   string // what the child was told
	Usage  usage.Usage
}

// A Kind says what a [Notice] is about.
type Kind string

// The kinds.
const (
	NightPause Kind = "night"
	TimeUsedUp Kind = "time used up"
	Blocked    Kind = "character blocked"
	Rest       Kind = "rest"
	NotKnown   Kind = "not known" // who it is could not be told, so that it counts as a child
)

// Words are what the child is told. Empty ones are the Chinese defaults.
type Words struct {
	Night, UsedUp, Blocked string
	Rest                   string // %d is how many minutes the use has lasted
}

var defaults = Words{
	Night:   "现在是休息时间，明天再聊吧，晚安。",
	UsedUp:  "今天的使用时间到了，去做点别的事情吧，明天见。",
	Blocked: "家长没有开放这个角色，换一个吧。",
	Rest:    "（已经用了%d分钟，起来活动一下，让眼睛休息休息吧。）",
}

// A Mode wraps a model.
type Mode struct {
	// Who tells who speaks. If it is nil or fails, the request counts as that of a child of unknown age, named by
	// [assistant.Request.User].
	Who func(ctx context.Context, req *assistant.Request) (Person, error)
	// Policy, if nil, is [DefaultPolicy].
	Policy *Policy
	// Clock counts use. If nil, one in memory, with the default gap.
	Clock *usage.Clock
	// Notify is told of everything, such as for the guardian's overview. If nil, nobody is.
	Notify func(ctx context.Context, n Notice)
	Words  Words
}

const markRested = "minor.rested"

// Wrap is a middleware.
func (m Mode) Wrap(model assistant.Model) assistant.Model {
	if m.Who == nil {
		m.Who = func(_ context.Context, req *assistant.Request) (Person, error) {
			return Person{ID: req.User, Child: true}, nil
		}
	}
	if m.Policy == nil {
		m.Policy = DefaultPolicy()
	}
	if m.Clock == nil {
		m.Clock = new(usage.Clock)
	}
	m.Words = Words{
		cmp.Or(m.Words.Night, defaults.Night), cmp.Or(m.Words.UsedUp, defaults.UsedUp),
		cmp.Or(m.Words.Blocked, defaults.Blocked), cmp.Or(m.Words.Rest, defaults.Rest),
	}
	return &moded{m, model}
}

type moded struct {
	Mode
	model assistant.Model
}

// Stream implements [assistant.Model].
func (m *moded) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		p, err := m.Who(ctx, req)
		if err != nil {
			p = Person{ID: req.User, Child: true}
			m.notify(ctx, Notice{Kind: NotKnown, Person: p})
		}
		if p.AgeKnown && p.Age < m.Policy.Adult {
			p.Child = true
		}
		if !p.Child {
			m.model.Stream(ctx, req)(yield)
			return
		}
		v, err := m.judge(ctx, p, req.Format.Kind == assistant.FormatText)
		if err != nil {
			yield(assistant.Chunk{}, err)
			return
		}
		if v.kind != "" {
			m.notify(ctx, Notice{v.kind, p, v.text, v.usage})
		}
		if v.stop {
			if yield(assistant.Chunk{Text: v.text, Meta: &assistant.Meta{Vendor: "minor"}}, nil) {
				yield(assistant.Chunk{Finish: assistant.FinishRefusal, Usage: &assistant.Usage{}}, nil)
			}
			return
		}
		if v.text != "" && !yield(assistant.Chunk{Text: v.text + "\n\n"}, nil) {
			return
		}
		guided := *req
		guided.Messages = append([]assistant.Message{assistant.System(m.Policy.band(p.Age, p.AgeKnown).Guidance)}, req.Messages...)
		m.model.Stream(ctx, &guided)(yield)
	}
}

func (m *moded) notify(ctx context.Context, n Notice) {
	if m.Notify != nil {
		m.Notify(ctx, n)
	}
}

// A verdict is what is to be done about a request.
type verdict struct {
	kind  Kind
	text  string
	stop  bool
	usage usage.Usage
}

// judge counts the request and decides.
func (m *moded) judge(ctx context.Context, p Person, canRemind bool) (v verdict, err error) {
	band := m.Policy.band(p.Age, p.AgeKnown)
	daily := time.Duration(band.DailyMinutes) * time.Minute
	switch {
	case p.Limits.Daily < 0:
		daily = 0
	case p.Limits.Daily > 0:
		daily = p.Limits.Daily
	}
	night := Night{m.Policy.NightFrom, m.Policy.NightTo}
	if p.Limits.Night != nil {
		night = *p.Limits.Night
	}
	now := m.Clock.Time()
	switch {
	case within(now, night.From, night.To):
		return verdict{kind: NightPause, text: m.Words.Night, stop: true}, nil
	case slices.Contains(p.Limits.Characters, p.Character) && p.Character != "":
		return verdict{kind: Blocked, text: m.Words.Blocked, stop: true}, nil
	}
	rest := time.Duration(m.Policy.RestMinutes) * time.Minute
	v.usage, err = m.Clock.Update(ctx, p.ID, func(u *usage.Usage) {
		v = verdict{}
		if u.Today >= daily {
			v = verdict{kind: TimeUsedUp, text: m.Words.UsedUp, stop: true}
			return
		}
		since := u.Started
		if last := u.Mark(markRested); last.After(since) {
			since = last
		}
		if canRemind && u.Last.Sub(since) >= rest {
			v.kind, v.text = Rest, fmt.Sprintf(m.Words.Rest, int(u.Continuous().Minutes()))
			u.Set(markRested, u.Last)
		}
	})
	return v, err
}
