package recommend

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// wish is what a user decided about being recommended to. It is kept until the user is forgotten.
type wish struct {
	Off    bool       `json:"off,omitempty"`    // not personalised
	Frozen int64      `json:"frozen,omitempty"` // Unix seconds: what came later does not shape their taste; 0 is not frozen
	Hidden []Interest `json:"hidden,omitempty"`
}

func (w *wish) isZero() bool { return !w.Off && w.Frozen == 0 && len(w.Hidden) == 0 }

// InterestKind is what an [Interest] is in.
type InterestKind string

const (
	InCategory  InterestKind = "category"
	InBrand     InterestKind = "brand"
	InTag       InterestKind = "tag"
	InAttribute InterestKind = "attribute" // Value is "key=value"
)

// Interest is a tag that the engine has of a person, as its answers make use of it.
type Interest struct {
	Kind  InterestKind `json:"kind"`
	Value string       `json:"value"`
	// Share is this interest's part of all of the person's interests, 0 to 1. It is 0 for a hidden one.
	Share  float64 `json:"share,omitempty"`
	Hidden bool    `json:"hidden,omitempty"`
}

var interestSorts = map[InterestKind]string{
	InCategory: sortCategory, InBrand: sortBrand, InTag: sortTag, InAttribute: sortAttribute,
}

// feature is the name of an interest in the catalogue.
func (i Interest) feature() string { return interestSorts[i.Kind] + i.Value }

func (i Interest) check() error {
	if interestSorts[i.Kind] == "" {
		return invalid("interest kind %q is unknown: give one of category, brand, tag, attribute", i.Kind)
	}
	if i.Value == "" || len(i.Value) > maxText {
		return invalid("interest value is %d bytes long: give 1 to %d", len(i.Value), maxText)
	}
	return nil
}

// decide changes what is remembered of a user's wishes.
func (e *Engine) decide(ctx context.Context, user string, change func(w *wish)) error {
	if err := checkID("user", user); err != nil {
		return fmt.Errorf("recommend: %w", err)
	}
	e.deciding.Lock() // between reading the wish and writing it
	defer e.deciding.Unlock()
	e.mu.RLock()
	next := wish{}
	if w := e.wishes[user]; w != nil {
		next = *w
		next.Hidden = slices.Clone(w.Hidden)
	}
	e.mu.RUnlock()
	change(&next)
	return e.change(ctx, "decide", 1,
		func(int) ([]byte, error) { return encodeWish(user, &next) },
		func(int) { e.setWish(user, &next) })
}

func (e *Engine) setWish(user string, w *wish) {
	if w.isZero() {
		delete(e.wishes, user)
		return
	}
	e.wishes[strings.Clone(user)] = w
}

// Personalize switches personalised answers on, as they are at first, or off for a user. While off, every
// query of theirs is answered as with [Query.NonPersonal]. What they do is still recorded, and still
// counts for what goes with what; to have that erased, use [Engine.Forget].
func (e *Engine) Personalize(ctx context.Context, user string, on bool) error {
	return e.decide(ctx, user, func(w *wish) { w.Off = !on })
}

// Personalized reports whether answers for a user are personalised.
func (e *Engine) Personalized(user string) bool {
	e.mu.RLock()
	defer e.mu.RUnlock()
	w := e.wishes[user]
	return w == nil || !w.Off
}

// HideInterest makes an interest of a user without effect from the next query on: it counts for nothing,
// and the items of their history that have it are not built on.
func (e *Engine) HideInterest(ctx context.Context, user string, interest Interest) error {
	if err := interest.check(); err != nil {
		return fmt.Errorf("recommend: hide interest: %w", err)
	}
	interest = Interest{Kind: interest.Kind, Value: strings.Clone(interest.Value), Hidden: true}
	return e.decide(ctx, user, func(w *wish) {
		if !slices.Contains(w.Hidden, interest) {
			w.Hidden = append(w.Hidden, interest)
		}
	})
}

// ShowInterest takes HideInterest back.
func (e *Engine) ShowInterest(ctx context.Context, user string, interest Interest) error {
	return e.decide(ctx, user, func(w *wish) {
		w.Hidden = slices.DeleteFunc(w.Hidden, func(h Interest) bool { return h.Kind == interest.Kind && h.Value == interest.Value })
	})
}

// FreezeInterests holds a user's taste as it is now, or lets it change again. While frozen, what they do
// is recorded, and what they bought or refused is not suggested, but nothing new shapes their answers.
func (e *Engine) FreezeInterests(ctx context.Context, user string, frozen bool) error {
	now := time.Now().Unix()
	return e.decide(ctx, user, func(w *wish) {
		switch {
		case !frozen:
			w.Frozen = 0
		case w.Frozen == 0:
			w.Frozen = now
		}
	})
}

// Interests returns the tags that the engine has of a user, the strongest first, then the hidden ones. It
// is empty for whom personalisation is off: there is nothing in use.
func (e *Engine) Interests(user string) []Interest {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.interests(user)
}

func (e *Engine) interests(user string) []Interest {
	w := e.wishes[user]
	if w != nil && w.Off {
		return nil
	}
	q := Query{User: user, Now: time.Now()}
	r := e.begin(&q)
	defer e.giveBack(r.scratch)
	r.readHistory()
	r.like()
	var list []Interest
	var whole float64
	for _, f := range r.liked {
		whole += float64(r.likes[f])
	}
	for _, f := range r.liked {
		if v := float64(r.likes[f]); v > 0 {
			name := e.catalogue.features.names[f]
			list = append(list, Interest{Kind: interestKind(name), Value: name[2:], Share: v / whole})
		}
	}
	slices.SortFunc(list, func(a, b Interest) int {
		return cmp.Or(cmp.Compare(b.Share, a.Share), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Value, b.Value))
	})
	if w != nil {
		list = append(list, w.Hidden...)
	}
	return list
}

func interestKind(feature string) InterestKind {
	for kind, sort := range interestSorts {
		if strings.HasPrefix(feature, sort) {
			return kind
		}
	}
	return ""
}

// Held is all that the engine holds of one user.
type Held struct {
	User         string     `json:"user"`
	Personalized bool       `json:"personalized"`
	Frozen       time.Time  `json:"frozen,omitzero"` // since when the interests are frozen
	Events       []Event    `json:"events"`          // oldest first
	Interests    []Interest `json:"interests"`
}

// Export returns, as JSON of a [Held], everything that the engine holds of a user. Of one who is not
// known that is an empty list of events. Event.Context is not kept by the engine.
func (e *Engine) Export(ctx context.Context, user string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("recommend: export: %w", err)
	}
	if err := checkID("user", user); err != nil {
		return nil, fmt.Errorf("recommend: export: %w", err)
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	if e.closed {
		return nil, ErrClosed
	}
	held := Held{User: user, Personalized: true, Events: []Event{}, Interests: e.interests(user)}
	if w := e.wishes[user]; w != nil {
		held.Personalized = !w.Off
		if w.Frozen != 0 {
			held.Frozen = time.Unix(w.Frozen, 0).UTC()
		}
	}
	if held.Interests == nil {
		held.Interests = []Interest{}
	}
	if n := e.graph.number(user); n >= 0 {
		for _, a := range e.graph.look(n).deeds {
			held.Events = append(held.Events, Event{
				User: user, Item: e.catalogue.names[a.item], Kind: a.kind(), Weight: a.exactWeight(), Time: time.Unix(a.time(), 0).UTC(),
			})
		}
	}
	b, err := json.Marshal(held)
	if err != nil {
		return nil, fmt.Errorf("recommend: export: %w", err)
	}
	return b, nil
}

// Forget erases users: their histories, their wishes, and whatever was derived or learned from these.
// When it returns, every answer is what it would be if they had never been there, up to rounding in the
// last digits. Unknown users are ignored.
//
// What was learned from them is learned anew before Forget returns, settings included, which takes as
// long as [Engine.Learn]; forget many users in one call. In a folder, files that hold their events are
// replaced. If that fails, or ctx ends first, the users are forgotten nevertheless: the engine then does
// without what it had learned until the next Learn, old files stay until [Engine.Compact] succeeds, and
// the error says so.
func (e *Engine) Forget(ctx context.Context, users ...string) error {
	for i, user := range users {
		if err := checkID("user", user); err != nil {
			return wrapIndex("forget", i, err)
		}
	}
	err := e.change(ctx, "forget", len(users),
		func(i int) ([]byte, error) { return encodeForget(users[i]), nil },
		func(i int) { e.forget(users[i]) })
	if err != nil {
		return err
	}
	if err := e.unlearn(ctx); err != nil {
		return fmt.Errorf("recommend: forget: users are forgotten, but learning without them failed: %w", err)
	}
	if e.store == nil {
		return nil
	}
	if err := e.Compact(ctx); err != nil {
		return fmt.Errorf("recommend: forget: users are forgotten, but old files remain: %w", err)
	}
	return nil
}

// unlearn learns anew if the model knows somebody who was forgotten.
func (e *Engine) unlearn(ctx context.Context) error {
	e.mu.RLock()
	tainted := e.tainted
	e.mu.RUnlock()
	if !tainted {
		return nil
	}
	var err error
	select {
	case e.learning <- struct{}{}:
		e.mu.RLock()
		m := e.model
		tainted = e.tainted // another Learn may have seen to it
		e.mu.RUnlock()
		if tainted && m != nil {
			_, err = e.learn(ctx, m.options)
		}
		<-e.learning
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err != nil {
		e.mu.Lock()
		if e.tainted {
			e.adopt(nil)
		}
		e.mu.Unlock()
	}
	return err
}

func (e *Engine) forget(user string) {
	g := e.graph
	delete(e.wishes, user)
	who := g.number(user)
	if who < 0 {
		return
	}
	e.forgets++
	p := g.at(who)
	if len(p.deeds) > 0 {
		e.tainted = e.tainted || e.model != nil && p.born <= e.model.recorded
		e.settings = nil // may have been chosen by what this person did
	}
	for len(p.marks) > 0 {
		e.drop(who, p, p.marks[len(p.marks)-1].item)
	}
	for i := range g.lists { // any may have weighed an item by how many people it had
		g.lists[i].Store(nil)
	}
	g.people.forget(user, who)
}
