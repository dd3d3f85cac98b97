package route

import (
	"fmt"
	"slices"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A decision is what a rule has decided.
type decision struct {
	rule   Rule
	action Action
	reason Reason
	asked  Asked // if the action is to ask
	about  *tier // what is asked is about

	may    []candidate // clouds, the best first
	barred []Barred
}

// decide applies the rules in their order. The first that decides wins.
func (c *call) decide() (decision, error) {
	if name := c.req.Model; name != "" && !c.isDevice(name) && !slices.ContainsFunc(c.r.clouds, func(t *tier) bool { return t.serves(name) }) {
		return decision{}, &assistant.Error{Kind: assistant.ErrNotFound, Vendor: "route", Message: fmt.Sprintf("no tier has a model %.80q", name)}
	}
	if last := c.last(); last != nil && last.Role == assistant.RoleTool {
		return c.goesOn(), nil
	}
	if d, ok, err := c.answered(); ok || err != nil {
		return d, err
	}
	if err := c.judge(); err != nil {
		return decision{}, err
	}
	return c.afresh(), nil
}

// afresh judges what the user says by itself.
func (c *call) afresh() decision {
	may, barred := c.survey()
	d := decision{may: may, barred: barred}
	for _, rule := range [...]func(*call, *decision) bool{(*call).neverLeaves, (*call).mustLeave, (*call).pending, (*call).understood} {
		if rule(c, &d) {
			break
		}
	}
	if c.r.c.Shadow != nil && d.action != ToCloud && len(may) > 0 && len(may[0].asks) == 0 {
		d.action, d.reason, d.asked = ToCloud, ShadowMode, ""
	}
	return d
}

// goesOn decides who says what came of a tool: the cloud that called it, if it may see it, or the device.
func (c *call) goesOn() decision {
	d := decision{rule: RuleGoesOn, action: OnDevice, reason: ToolResult}
	_, origin, known := c.conv.lastAnswer(c.conv.current())
	if t := c.r.tier(origin.Tier); known && t != nil && c.p.grants[t.Place] != nil && c.p.grants[t.Place].consent != AskClass {
		c.agreed = t // a yes holds for the turn; what a class of data needs is asked of the store again
	}
	d.may, d.barred = c.survey()
	if known {
		c.reach = min(c.reach, origin.Reach)
	}
	if c.r.device != nil && (!known || origin.Place == Device) {
		return d
	}
	d.may = slices.DeleteFunc(d.may, func(m candidate) bool { // in the middle of a turn nobody is asked for consent
		return len(m.asks) > 0 || known && m.Place > origin.Reach
	})
	for i, m := range d.may {
		if m.Name == origin.Tier {
			copy(d.may[1:i+1], d.may[:i])
			d.may[0] = m
		}
	}
	switch {
	case len(d.may) > 0:
		d.action = ToCloud
	case c.deviceUsable():
		d.reason = why(d.barred)
	default:
		d.action, d.reason = Decline, why(d.barred)
	}
	return d
}

// maxWait is how long a question of the router waits for its answer.
const maxWait = 10 * time.Minute

// answered deals with a yes or no to a question of the router.
func (c *call) answered() (decision, bool, error) {
	i := c.conv.current()
	last := c.last()
	if i < 1 || last == nil || last.Role != assistant.RoleUser {
		return decision{}, false, nil
	}
	_, o, ok := c.conv.lastAnswer(i - 1)
	yes, clear := reply(last.Text())
	if !ok || o.Asked == "" || !clear || c.now.Sub(o.At) > maxWait || o.At.Sub(c.now) > maxWait {
		return decision{}, false, nil
	}
	t := c.r.tier(o.About)
	switch {
	case t == nil: // the tier is gone since
		return decision{}, false, nil
	case !yes:
		d := decision{rule: RuleAnswered, action: Decline, reason: UserRefused, asked: o.Asked}
		if o.Asked == AskedConsent {
			c.back()
			return d, true, c.remember(t, false)
		}
		return d, true, nil
	}
	c.back()
	if err := c.judge(); err != nil {
		return decision{}, false, err
	}
	if o.Asked == AskedConsent {
		if err := c.remember(t, true); err != nil {
			return decision{rule: RuleAnswered, action: Decline, reason: ConsentUnknown}, true, nil
		}
		c.granted = true
	}
	c.agreed = t
	if o.Asked == AskedAct {
		_, barred := c.survey()
		return decision{rule: RuleAnswered, action: OnDevice, reason: UserAgreed, barred: barred}, true, nil
	}
	return c.afresh(), true, nil
}

// remember keeps the answer to the question for consent.
func (c *call) remember(t *tier, agreed bool) error {
	if c.p.grants[t.Place] == nil {
		return nil
	}
	for _, q := range c.questions(t, c.cur.all()) {
		if !c.remembered(q) {
			continue
		}
		if c.standing(q).Standing == Agreed && agreed {
			continue
		}
		if err := c.r.c.Consent.Answer(c.ctx, q, agreed); err != nil {
			return err
		}
		delete(c.standings, q)
	}
	return nil
}

// neverLeaves decides if no cloud may have the request.
func (c *call) neverLeaves(d *decision) bool {
	if len(d.may) > 0 {
		return false
	}
	c.stay(d)
	d.rule, d.reason = RuleNever, why(d.barred)
	return true
}

// stay decides what the device does with a request that no cloud may have, or none has answered.
func (c *call) stay(d *decision) {
	switch {
	case !c.deviceUsable():
		d.action = Decline
	case c.mustLeave(d):
		d.action = Decline
	default:
		if c.understood(d); d.action != ToCloud {
			return
		}
		d.action = Decline
		if c.r.c.Abilities&Prose != 0 {
			d.action = OnDevice
		}
	}
}

// mustLeave decides if the device cannot take the request, or cannot answer it in the form that is wanted.
func (c *call) mustLeave(d *decision) bool {
	d.rule, d.action = RuleMust, ToCloud
	lacks := c.needs() &^ (c.r.c.Abilities | Tools)
	switch {
	case c.req.Model != "" && !c.isDevice(c.req.Model):
		d.reason = NamedModel
	case lacks&(Images|Audio|Video|Files) != 0:
		d.reason = Media
	case lacks&JSON != 0:
		d.reason = Structured
	case lacks&Search != 0:
		d.reason = WebSearch
	case lacks&LongText != 0:
		d.reason = TooLong
	default:
		return false
	}
	return true
}

func (c *call) isDevice(model string) bool { return c.r.device != nil && c.r.device.serves(model) }

// pending decides if the user says what the device has asked for.
func (c *call) pending(d *decision) bool {
	if !c.judged || !c.judgement.Fills || c.judgement.Verdict == Refuse || c.judgement.Confidence < c.p.doubt {
		return false
	}
	d.rule, d.action, d.reason = RulePending, OnDevice, FillsQuestion
	if c.judgement.Verdict == Act && c.outside() {
		d.action, d.reason, d.asked = AskUser, NeedsConsent, AskedAct
	}
	return true
}

// understood decides by how sure the device is.
func (c *call) understood(d *decision) bool {
	j := &c.judgement
	d.rule = RuleUnderstood
	sure := j.Confidence >= c.p.precision
	home := len(d.may) == 0
	switch {
	case !c.judged || j.Verdict == Refuse, j.Confidence < c.p.doubt && !(j.Fills && home):
		d.action, d.reason = ToCloud, NotACommand
	case j.Verdict == Answer && (sure || home):
		d.action, d.reason = OnDevice, OwnAnswer
	case j.Verdict == Act && c.outside():
		d.action, d.reason, d.asked = AskUser, NeedsConsent, AskedAct
	case sure, j.Fills && home:
		d.action, d.reason = OnDevice, Sure
	case !home && (j.Verdict == Answer || c.cloudAsked()):
		d.action, d.reason = ToCloud, CloudDialogue
	case j.Verdict == Act:
		d.action, d.reason, d.asked = AskUser, Unsure, AskedAct
	default:
		d.action, d.reason = OnDevice, Unsure
	}
	return true
}

// why returns the reason to give for what cannot leave: that of the tier that came closest to being asked.
func why(barred []Barred) Reason {
	best, at := NotGranted, -1
	for _, b := range barred {
		for i, r := range closeness {
			if r == b.Reason && i > at {
				best, at = r, i
			}
		}
	}
	return best
}

// closeness are the reasons for which a tier is passed over, in the order in which they are looked for.
var closeness = [...]Reason{NotGranted, MarksUnknown, PrivateRequest, PrivateTool, NotNamed, Unable, PersonalData, Unmasked, MediaKept,
	ConsentUnknown, NoConsent, ConsentRefused, ChildMode, Unavailable}
