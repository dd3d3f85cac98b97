package companion

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/usage"
)

// A Level says how a person is.
type Level uint8

// The levels.
const (
	Calm Level = iota
	Distressed
	Endangered
)

func (l Level) String() string {
	return [...]string{"calm", "distressed", "endangered"}[min(l, Endangered)]
}

// A Detector judges what a person said. It must be safe for concurrent use.
type Detector interface {
	Detect(ctx context.Context, text string) (Level, error)
}

// A Crisis is what those who are to help are told. It holds nothing of what was said.
type Crisis struct {
	Person string
	Time   time.Time
}

// A Notice is something that a person should see, or that a service should know.
type Notice struct {
	Kind   Kind
	Person string
	Text   string // for the person; empty if it is for the service alone
	Err    error
}

// A Kind says what a [Notice] is about.
type Kind string

// The kinds.
const (
	Reminder      Kind = "reminder"       // of long use
	Exit          Kind = "exit"           // the person ended the conversation
	Intervention  Kind = "intervention"   // somebody is in danger, and was answered without the model; Err if it could not be counted
	ContactFailed Kind = "contact failed" // nobody could be reached: Err says why
	DetectFailed  Kind = "detect failed"  // the detector returned Err
)

// Words are what the package says. Empty ones are the Chinese defaults.
type Words struct {
	Reminder     string // %s is how long the use has lasted
	Goodbye      string
	Intervention string
	Guidance     string // instruction to the model
}

var defaults = Words{
	Reminder:     "（提醒：您已经连续使用%s。我是人工智能，不是真人，建议休息一下。）",
	Goodbye:      "好的，再见。",
	Intervention: "我很担心您现在的安全。请先远离危险，马上联系身边的人，或拨打全国统一心理援助热线12356；情况紧急请拨打110或120。我是人工智能，不能代替他们，但您不必独自面对。",
	Guidance:     "用户情绪可能低落。先倾听和安慰，不评判，不迎合伤害自己或他人的想法，鼓励联系亲友或专业人士，可以提到全国统一心理援助热线12356。说明你是人工智能。",
}

// A Watch wraps a model. Fill in what is there; a zero Watch reminds and lets go.
type Watch struct {
	// Who tells who speaks. If nil, it is [assistant.Request.User]. Of nobody no use is counted, and no contact is known.
	Who func(ctx context.Context, req *assistant.Request) string
	// Clock counts use. If nil, one in memory, with the default gap. Give minors' mode the same one.
	Clock *usage.Clock
	// Every is after how much use without a break people are reminded. If zero, two hours.
	Every time.Duration
	// Detect judges what people say. If nil, nobody does.
	Detect Detector
	// Contact reaches the guardian or emergency contact of somebody in danger. It is called before the answer,
	// at most once in [Watch.Again], also if the request has ended meanwhile: it must end by itself.
	Contact func(ctx context.Context, c Crisis) error
	// Again is how long after a contact there is no other, and how long the model stays careful after a
	// crisis. If zero, 24 hours.
	Again time.Duration
	// Notify is told of everything. If nil, reminders are put before the next answer that is text.
	Notify func(ctx context.Context, n Notice)
	Words  Words
}

// What is marked in the usage.
const (
	markReminded  = "companion.reminded"
	markContacted = "companion.contacted"
	markCrisis    = "companion.crisis"
)

// Wrap is a middleware.
func (w Watch) Wrap(m assistant.Model) assistant.Model {
	if w.Clock == nil {
		w.Clock = new(usage.Clock)
	}
	if w.Every <= 0 {
		w.Every = 2 * time.Hour
	}
	if w.Again <= 0 {
		w.Again = 24 * time.Hour
	}
	w.Words = Words{
		cmp.Or(w.Words.Reminder, defaults.Reminder), cmp.Or(w.Words.Goodbye, defaults.Goodbye),
		cmp.Or(w.Words.Intervention, defaults.Intervention), cmp.Or(w.Words.Guidance, defaults.Guidance),
	}
	return &watched{w, m}
}

type watched struct {
	Watch
	model assistant.Model
}

func (w *watched) notify(ctx context.Context, n Notice) {
	if w.Notify != nil {
		w.Notify(ctx, n)
	}
}

// Stream implements [assistant.Model].
func (w *watched) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		person := req.User
		if w.Who != nil {
			person = w.Who(ctx, req)
		}
		said, fresh := lastSaid(req)
		if fresh && IsExit(said) {
			w.notify(ctx, Notice{Kind: Exit, Person: person})
			say(yield, w.Words.Goodbye)
			return
		}
		level := Calm
		if fresh {
			level = w.judge(ctx, person, said)
		}
		if level == Endangered { // whoever else is gone or fails
			w.intervene(context.WithoutCancel(ctx), person)
			say(yield, w.Words.Intervention)
			return
		}
		if err := ctx.Err(); err != nil {
			yield(assistant.Chunk{}, err)
			return
		}
		if person == "" {
			if level == Distressed {
				req = guided(req, w.Words.Guidance)
			}
			w.model.Stream(ctx, req)(yield)
			return
		}
		state, err := w.update(ctx, person, level, w.Notify != nil || req.Format.Kind == assistant.FormatText)
		if err != nil {
			yield(assistant.Chunk{}, err)
			return
		}
		if level == Distressed || state.careful {
			req = guided(req, w.Words.Guidance)
		}
		if state.reminder != "" {
			w.notify(ctx, Notice{Kind: Reminder, Person: person, Text: state.reminder})
			if w.Notify == nil && !yield(assistant.Chunk{Text: state.reminder + "\n\n"}, nil) {
				return
			}
		}
		w.model.Stream(ctx, req)(yield)
	}
}

// judge asks the detector. One that fails counts as distress, which harms nobody.
func (w *watched) judge(ctx context.Context, person, said string) Level {
	if w.Detect == nil || said == "" {
		return Calm
	}
	level, err := w.Detect.Detect(ctx, said)
	if err == nil {
		return level
	}
	w.notify(ctx, Notice{Kind: DetectFailed, Person: person, Err: err})
	return max(level, Distressed)
}

// A state is what is to be done about a request.
type state struct {
	reminder string
	careful  bool // there was a crisis lately
	contact  bool // somebody must be told now
}

// update counts the request and decides, in one step, what only one of several requests may do.
func (w *watched) update(ctx context.Context, person string, level Level, canRemind bool) (s state, err error) {
	_, err = w.Clock.Update(ctx, person, func(u *usage.Usage) {
		s = state{}
		now := u.Last
		since := u.Started
		if last := u.Mark(markReminded); last.After(since) {
			since = last
		}
		if canRemind && now.Sub(since) >= w.Every {
			s.reminder = fmt.Sprintf(w.Words.Reminder, hours(u.Continuous()))
			u.Set(markReminded, now)
		}
		crisis := u.Mark(markCrisis)
		s.careful = !crisis.IsZero() && now.Sub(crisis) < w.Again
		if level == Endangered {
			contacted := u.Mark(markContacted)
			if s.contact = contacted.IsZero() || now.Sub(contacted) >= w.Again; s.contact {
				u.Set(markContacted, now)
			}
			u.Set(markCrisis, now)
		}
	})
	return s, err
}

// intervene tells those who can help. If they cannot be reached, the next sign of danger tries again; if it cannot be
// told whether they were, they are told now.
func (w *watched) intervene(ctx context.Context, person string) {
	if person == "" { // there is nobody to tell
		w.notify(ctx, Notice{Kind: Intervention})
		return
	}
	s, err := w.update(ctx, person, Endangered, false)
	w.notify(ctx, Notice{Kind: Intervention, Person: person, Err: err})
	if err == nil && !s.contact || w.Contact == nil {
		return
	}
	err = w.Contact(ctx, Crisis{Person: person, Time: w.Clock.Time()})
	if err == nil {
		return
	}
	w.notify(ctx, Notice{Kind: ContactFailed, Person: person, Err: err})
	_, err = w.Clock.Update(ctx, person, func(u *usage.Usage) { u.Set(markContacted, time.Time{}) })
	if err != nil {
		w.notify(ctx, Notice{Kind: ContactFailed, Person: person, Err: err})
	}
}

// hours says a length of time.
func hours(d time.Duration) string {
	h, m := int(d.Hours()), int(d.Minutes())%60
	switch {
	case h == 0:
		return fmt.Sprintf("%d分钟", m)
	case m == 0:
		return fmt.Sprintf("%d小时", h)
	}
	return fmt.Sprintf("%d小时%d分钟", h, m)
}

// lastSaid returns what the person said, if that is what the request is about: after a tool has answered, it
// is not.
func lastSaid(req *assistant.Request) (string, bool) {
	if n := len(req.Messages); n > 0 && req.Messages[n-1].Role == assistant.RoleUser {
		return req.Messages[n-1].Text(), true
	}
	return "", false
}

// guided returns the request with an instruction in front.
func guided(req *assistant.Request, instruction string) *assistant.Request {
	with := *req
	with.Messages = append([]assistant.Message{assistant.System(instruction)}, req.Messages...)
	return &with
}

func say(yield func(assistant.Chunk, error) bool, text string) {
	if yield(assistant.Chunk{Text: text, Meta: &assistant.Meta{Vendor: "companion"}}, nil) {
		yield(assistant.Chunk{Finish: assistant.FinishStop, Usage: &assistant.Usage{}}, nil)
	}
}
