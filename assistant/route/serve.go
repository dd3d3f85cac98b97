package route

import (
	"errors"

	"github.com/zhushou-ai/zhushou/assistant"
)

// serve decides who answers, and has the answer made.
func (c *call) serve(yield func(assistant.Chunk, error) bool) error {
	d, err := c.decide()
	if err != nil {
		return err
	}
	w := &writer{yield: yield}
	switch d.action {
	case OnDevice:
		return c.onDevice(w, d)
	case ToCloud:
		return c.toCloud(w, d)
	case AskUser:
		d.about = c.r.device
		return c.ask(w, d, c.isItThis(), "")
	}
	return c.decline(w, d)
}

// record keeps a decision. If it cannot be kept nothing may leave.
func (c *call) record(d decision, place Place, tier string, o *outgoing, after Reason) error {
	if c.r.c.Recorder == nil {
		return nil
	}
	rec := Record{Time: c.now, Subject: c.marks.Subject, Session: c.marks.Session, Policy: c.p.name,
		Rule: d.rule, Action: d.action, Reason: d.reason, Place: place, Tier: tier, Asked: d.asked,
		Barred: d.barred, After: after, Classes: classNames(c.cur.all())}
	if c.judged {
		rec.Verdict, rec.Confidence, rec.Likeliest = c.judgement.Verdict, c.judgement.Confidence, c.likeliest()
	}
	if o != nil {
		rec.Classes, rec.Turns, rec.Withheld, rec.Tools = classNames(o.types), o.turns, o.withheld, len(o.offered)
	}
	return c.r.c.Recorder.Record(c.ctx, rec)
}

// origin is the mark that the answer gets.
func (c *call) origin(d decision, place Place, tier string) Origin {
	return Origin{Place: place, Tier: tier, Rule: d.rule, Action: d.action, Reason: d.reason, Reach: c.reach,
		Granted: c.granted, At: c.now.UTC()}
}

// onDevice lets the device answer. If it fails before it has said anything, a cloud that needs no
// question may.
func (c *call) onDevice(w *writer, d decision) error {
	t := c.r.device
	if t == nil {
		return c.decline(w, d)
	}
	_ = c.record(d, Device, t.Name, nil, "") // nothing leaves
	var err error
	if c.races(d) {
		err = c.race(w, d)
	} else {
		err = c.stream(c.ctx, w, t, c.heard(), c.origin(d, Device, t.Name), nil)
	}
	if err == nil || w.begun || c.ctx.Err() != nil || len(d.may) == 0 || len(d.may[0].asks) > 0 {
		return err
	}
	d.action, d.reason, c.deviceFailed = ToCloud, DeviceFailed, true
	return c.toCloud(w, d)
}

// toCloud asks the clouds that may have the request, one after the other, until one answers.
func (c *call) toCloud(w *writer, d decision) error {
	var after Reason
	var notes []assistant.Dropped
	for _, m := range d.may {
		if len(m.asks) > 0 {
			d.action, d.reason, d.asked, d.about, w.notes = AskUser, NoConsent, AskedConsent, m.tier, notes
			return c.ask(w, d, c.mayItLeave(m.tier), after)
		}
		o := c.outgoing(m.tier)
		if err := c.record(d, m.Place, m.Name, o, after); err != nil {
			d.reason = NotRecorded
			return c.instead(w, d, after)
		}
		w.notes = append(notes[:len(notes):len(notes)], o.dropped...)
		err := c.stream(c.ctx, w, m.tier, o.req, c.origin(d, m.Place, m.Name), o)
		if err == nil || c.ctx.Err() != nil || errors.Is(err, errStopped) {
			return err
		}
		state, _ := stateOf(err)
		switch {
		case state == "": // another cloud would not like the request any better
			return err
		case w.begun:
			return c.interrupted(w, d, err)
		}
		after = Failed
		notes = append(notes, assistant.Dropped{Field: "Model", Reason: m.Name + " failed: " + kindOf(err)})
		d.barred = append(d.barred, Barred{m.Name, Unavailable, state})
	}
	d.reason = LastResort
	return c.instead(w, d, after)
}

// instead does what can be done when no cloud has answered: the device may still be good for something.
func (c *call) instead(w *writer, d decision, after Reason) error {
	rule, reason := d.rule, d.reason
	d.may, w.notes = nil, nil
	switch {
	case c.deviceFailed:
		d.action = Decline
	case rule == RuleGoesOn && c.deviceUsable():
		d.action = OnDevice
	default:
		c.stay(&d)
	}
	d.rule, d.reason = rule, reason
	switch d.action {
	case OnDevice:
		return c.onDevice(w, d)
	case AskUser:
		d.about = c.r.device
		return c.ask(w, d, c.isItThis(), after)
	}
	return c.decline(w, d)
}

// ask has the router ask the user something.
func (c *call) ask(w *writer, d decision, question string, after Reason) error {
	_ = c.record(d, Device, "", nil, after) // nothing leaves
	origin := c.origin(d, Device, "")
	origin.Asked, origin.About = d.asked, d.about.Name
	return c.say(w, origin, question, assistant.FinishStop)
}

// decline has the router say that something cannot be done, and why.
func (c *call) decline(w *writer, d decision) error {
	d.action = Decline
	_ = c.record(d, Device, "", nil, "")
	finish := assistant.FinishRefusal
	if d.reason == UserRefused {
		finish = assistant.FinishStop
	}
	return c.say(w, c.origin(d, Device, ""), c.refusal(d), finish)
}

// say has the router say a sentence of its own.
func (c *call) say(w *writer, origin Origin, sentence string, finish assistant.FinishReason) error {
	w.start(origin)
	err := w.write(assistant.Chunk{Text: sentence, Meta: &assistant.Meta{Vendor: "route", Model: "route"}})
	if err == nil {
		err = w.write(assistant.Chunk{Finish: finish, Usage: &assistant.Usage{}})
	}
	return err
}

// interrupted ends an answer that broke off. Where only words were said a sentence takes the place of
// the rest; calls of an answer that broke off must not run, so that the error stands.
func (c *call) interrupted(w *writer, d decision, broke error) error {
	if w.solid {
		return broke
	}
	sentence, finish := c.r.words.Interrupted, assistant.FinishOther
	if !w.spoke {
		d.barred, d.reason = append(d.barred, Barred{Reason: Unavailable, State: first(stateOf(broke))}), LastResort
		sentence, finish = c.refusal(d), assistant.FinishRefusal
	}
	if err := w.write(assistant.Chunk{Text: sentence}); err != nil {
		return err
	}
	last := assistant.Chunk{Finish: finish}
	if finish == assistant.FinishOther {
		m := w.lastMeta()
		m.RawFinish = "interrupted: " + kindOf(broke)
		last.Meta = &m
	}
	return w.write(last)
}

func first[T, U any](v T, _ U) T { return v }

// kindOf puts an error into words that may be shown: its kind, and no words of a vendor.
func kindOf(err error) string {
	var e *assistant.Error
	if errors.As(err, &e) {
		return e.Kind.Error()
	}
	return "unknown error"
}
