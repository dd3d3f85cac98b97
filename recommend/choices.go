package recommend

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// choices are what a user decided about being recommended to. They are kept until the user is forgotten.
type choices struct {
	Off    bool       `json:"off,omitempty"`    // not personalised
	Frozen int64      `json:"frozen,omitempty"` // Unix seconds: what came later does not shape their taste; 0 is not frozen
	Hidden []Interest `json:"hidden,omitempty"`
}

func (c *choices) isZero() bool { return !c.Off && c.Frozen == 0 && len(c.Hidden) == 0 }

// decide changes what is remembered of a user's choices.
func (e *Engine) decide(ctx context.Context, user string, change func(c *choices)) error {
	if err := checkID("user", user); err != nil {
		return fmt.Errorf("recommend: %w", err)
	}
	e.deciding.Lock() // between reading the choices and writing them
	defer e.deciding.Unlock()
	e.mu.RLock()
	next := choices{}
	if made := e.choices[user]; made != nil {
		next = *made
		next.Hidden = slices.Clone(made.Hidden)
	}
	e.mu.RUnlock()
	change(&next)
	return e.change(ctx, "decide", 1,
		func(int) ([]byte, error) { return encodeChoices(user, &next) },
		func(int) { e.setChoices(user, &next) })
}

func (e *Engine) setChoices(user string, c *choices) {
	if c.isZero() {
		delete(e.choices, user)
		return
	}
	e.choices[strings.Clone(user)] = c
}

// Personalize switches personalised answers on, as they are at first, or off for a user. While off, every
// query of theirs is answered as with [Query.NonPersonal]. What they do is still recorded, and still
// counts for what goes with what; to have that erased, use [Engine.Forget].
func (e *Engine) Personalize(ctx context.Context, user string, on bool) error {
	return e.decide(ctx, user, func(c *choices) { c.Off = !on })
}

// Personalized reports whether answers for a user are personalised.
func (e *Engine) Personalized(user string) bool {
	e.mu.RLock()
	defer e.mu.RUnlock()
	c := e.choices[user]
	return c == nil || !c.Off
}

// HideInterest makes an interest of a user without effect from the next query on: it counts for nothing,
// and the items of their history that have it are not built on.
func (e *Engine) HideInterest(ctx context.Context, user string, interest Interest) error {
	if err := interest.check(); err != nil {
		return fmt.Errorf("recommend: hide interest: %w", err)
	}
	interest = Interest{Kind: interest.Kind, Value: strings.Clone(interest.Value), Hidden: true}
	return e.decide(ctx, user, func(c *choices) {
		if !slices.Contains(c.Hidden, interest) {
			c.Hidden = append(c.Hidden, interest)
		}
	})
}

// ShowInterest takes HideInterest back.
func (e *Engine) ShowInterest(ctx context.Context, user string, interest Interest) error {
	return e.decide(ctx, user, func(c *choices) {
		c.Hidden = slices.DeleteFunc(c.Hidden, func(h Interest) bool { return h.Kind == interest.Kind && h.Value == interest.Value })
	})
}

// FreezeInterests holds a user's taste as it is now, or lets it change again. While frozen, what they do
// is recorded, and what they bought or refused is not suggested, but nothing new shapes their answers.
func (e *Engine) FreezeInterests(ctx context.Context, user string, frozen bool) error {
	now := e.config.Now().Unix()
	return e.decide(ctx, user, func(c *choices) {
		switch {
		case !frozen:
			c.Frozen = 0
		case c.Frozen == 0:
			c.Frozen = now
		}
	})
}
