package recommend

import (
	"context"
	"fmt"
)

// Forget erases users: their histories, what they chose, and whatever was derived or learned from these.
// When it returns, every answer is what it would be if they had never been there, up to rounding in the
// last digits. Unknown users are ignored.
//
// It is for who leaves. That they had switched personalisation off is erased too, since to remember it would
// be to keep something of them: should the same id come back, it is a newcomer, and personalised. Who stays
// and wants their past gone has not taken back their no, which holds until they do: for them there is
// [Engine.ForgetHistory].
//
// What was learned from them is learned anew before Forget returns, settings included, which takes as
// long as [Engine.Learn]; forget many users in one call. In a folder, files that hold their events are
// replaced. If that fails, or ctx ends first, the users are forgotten nevertheless: the engine then does
// without what it had learned until the next Learn, old files stay until [Engine.Compact] succeeds, and
// the error says so.
func (e *Engine) Forget(ctx context.Context, users ...string) error {
	return e.forgetAll(ctx, users, encodeForget, e.forget)
}

// ForgetHistory is Forget for users who stay: it erases what they did, with all that was derived or learned
// from it, and keeps what they chose: that they are not to be personalised, hidden and frozen interests.
func (e *Engine) ForgetHistory(ctx context.Context, users ...string) error {
	return e.forgetAll(ctx, users, encodeForgetHistory, e.forgetHistory)
}

func (e *Engine) forgetAll(ctx context.Context, users []string, encode func(user string) []byte, forget func(user string)) error {
	for i, user := range users {
		if err := checkID("user", user); err != nil {
			return wrapIndex("forget", i, err)
		}
	}
	err := e.change(ctx, "forget", len(users),
		func(i int) ([]byte, error) { return encode(users[i]), nil },
		func(i int) { forget(users[i]) })
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
	delete(e.choices, user)
	e.forgetHistory(user)
}

func (e *Engine) forgetHistory(user string) {
	g := e.graph
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
