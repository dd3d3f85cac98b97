package route

import (
	"cmp"
	"strings"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// refusal says why something cannot be done, and what the device can do.
func (c *call) refusal(d decision) string {
	w := &c.r.words
	if d.reason == UserRefused {
		if d.asked == AskedConsent {
			return w.NotSent
		}
		return w.NotDone
	}
	var s string
	switch d.reason {
	case PrivateRequest, PrivateTool, MarksUnknown:
		s = w.Private
	case PersonalData, Unmasked:
		s = w.Private
		if types := c.cur.all() & c.kept(); types != 0 {
			s = strings.ReplaceAll(w.Data, "{data}", spoken(types))
		}
	case MediaKept:
		s = w.Media
	case ChildMode:
		s = w.Child
	case NoConsent, ConsentRefused, ConsentUnknown:
		s = w.NoConsent
	case Unable:
		s = w.Unable
	case Unavailable, LastResort:
		s = c.unavailable(d.barred)
	case NotRecorded:
		s = w.Busy
	default:
		s = w.NotSetUp
	}
	if can := c.can(); can != "" {
		s += strings.ReplaceAll(w.Can, "{tools}", can)
	}
	return s
}

// kept are the types of personal data that the policy keeps from some cloud, or lets go masked only.
func (c *call) kept() privacy.Types {
	var types privacy.Types
	for _, g := range c.p.grants {
		if g != nil {
			types |= g.keep | g.mask
		}
	}
	return types
}

// unavailable says why no cloud answers: there is no network if none of them can be reached.
func (c *call) unavailable(barred []Barred) string {
	w := &c.r.words
	count := map[State]int{}
	for _, b := range barred {
		if b.Reason == Unavailable {
			count[b.State]++
			count[""]++
		}
	}
	switch all := count[""]; {
	case count[Offline] > 0 && count[Offline] == all:
		return w.Offline
	case count[Quota] > 0 && count[Quota] == all:
		return w.Quota
	case count[NeedsDownload]+count[Downloading]+count[NotEligible]+count[DisabledByUser]+count[DisabledByRegion]+count[Rejected] == all:
		return w.NotSetUp
	}
	return w.Busy
}

// can names a few things that the device can do.
func (c *call) can() string {
	if !c.deviceUsable() {
		return ""
	}
	var said []string
	for _, s := range c.req.Tools {
		if short := clause(s.Description); short != "" && len(said) < 3 {
			said = append(said, short)
		}
	}
	return strings.Join(said, "、")
}

// maxClause bounds what is said of a tool, in characters.
const maxClause = 12

// clause returns the beginning of a description, empty if that is too long to be said.
func clause(description string) string {
	s := strings.TrimSpace(description)
	if i := strings.IndexAny(s, "，。；：（！？,.;:(!?\n"); i >= 0 {
		s = s[:i]
	}
	if len([]rune(s)) > maxClause {
		return ""
	}
	return s
}

// isItThis asks whether the user meant what the device would do.
func (c *call) isItThis() string {
	if q := c.judgement.Question; q != "" {
		return q
	}
	var what []string
	for _, called := range c.judgement.Calls {
		name := called.Name
		if s := c.conv.tool(called.Name); s != nil {
			name = cmp.Or(clause(s.Description), name)
		}
		what = append(what, name)
	}
	return strings.ReplaceAll(c.r.words.IsItThis, "{what}", strings.Join(what, "、"))
}

// mayItLeave asks whether what the user says may go to a tier.
func (c *call) mayItLeave(t *tier) string {
	w := &c.r.words
	g := c.p.grants[t.Place]
	data := ""
	if types := c.cur.all() &^ g.keep; types&^g.mask != 0 {
		data = strings.ReplaceAll(w.AlsoData, "{data}", spoken(types&^g.mask))
	} else if types != 0 {
		data = strings.ReplaceAll(w.MaskedData, "{data}", spoken(types))
	}
	return strings.NewReplacer("{tier}", t.title(), "{data}", data).Replace(w.MayItLeave)
}
