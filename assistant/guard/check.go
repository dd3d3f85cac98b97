package guard

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// A Decision is what a [Guard] made of a text.
type Decision struct {
	Stage  Stage
	Action Action // the most severe that was taken; [Allow] if none
	// Findings are what was found, in the order in which it was certain. They hold nothing of the text.
	Findings []Finding
	// Errors are the checks that failed.
	Errors []error
	Took   time.Duration // by the checks
}

// A check is one text of a stage that is looked at.
type check struct {
	g        *engine
	ctx      context.Context
	stage    Stage
	policy   Policy
	whole    bool // the text comes at once
	old      bool // it was judged before: it is only changed
	late     bool // the text may have been shown
	findings []Finding
	errs     []error
	began    time.Time
	fatal    error // the caller's context has ended
}

// Unavailable is the category of what could not be checked.
const Unavailable = "unavailable"

// lane returns the lane of the check.
func (c *check) lane() lane {
	l := lane{mask: string(c.g.char()), style: c.style, open: c.policy.Mode == Observe}
	if c.policy.Off {
		return l
	}
	for _, pack := range c.g.Words {
		if pack.Load == nil {
			continue
		}
		if m := pack.Load(); m != nil {
			l.rules = append(l.rules, &wordRule{check: c, pack: pack.Name, stream: m.Stream()})
		}
	}
	if c.g.Private != nil {
		l.rules = append(l.rules, &privateRule{check: c, stream: c.g.Private.Stream()})
	}
	if len(c.g.Classifiers) > 0 {
		l.sampler = &sampler{check: c}
	}
	return l
}

func (c *check) style(one change, text string) string { return c.g.Masker.Value(one.private, text) }

// found takes a finding, and appends the change that it makes.
func (c *check) found(changes []change, f Finding, private privacy.Type) []change {
	if f.Action = c.g.action(c.stage, f); c.late && (f.Action == Redact || f.Action == Rewrite) {
		f.Action = SafeAnswer // what was shown cannot be changed, only withdrawn
	}
	c.findings = append(c.findings, f)
	if f.Action == Allow || c.policy.Mode == Observe {
		return changes
	}
	one := change{start: f.Start, end: f.End, action: f.Action, finding: len(c.findings) - 1}
	switch {
	case f.Action == Rewrite:
		one.with = c.g.replacement(f)
	case f.Action == Redact:
		one.private = private
	case c.old: // it is hidden, and ends nothing: the person has moved on
		one.action = Redact
	default:
		one.with = f.Category
	}
	return append(changes, one)
}

// classify asks the classifiers. It returns what to make of those that failed, too.
func (c *check) classify(s Sample) (found []Finding) {
	if cached, ok := c.g.memo.get(c.old, s); ok {
		return cached
	}
	ctx, cancel := context.WithTimeout(c.ctx, c.policy.budget())
	defer cancel()
	failed := false
	for i, one := range c.g.Classifiers {
		some, err := ask(ctx, one, s)
		for _, f := range some {
			if f.Start < 0 || f.End < f.Start || f.End > len(s.Text) {
				f.Start, f.End = 0, 0
			}
			found = append(found, f)
		}
		if err == nil {
			continue
		}
		if c.fatal = c.ctx.Err(); c.fatal != nil {
			return nil
		}
		failed = true
		c.errs = append(c.errs, fmt.Errorf("guard: classifier %d at %s: %w", i, c.stage, err))
		if !c.policy.FailOpen {
			return append(found, Finding{Category: Unavailable, Rule: fmt.Sprintf("classifier %d", i), Action: Block, Confidence: 1})
		}
	}
	if !failed {
		c.g.memo.put(c.whole, s, found)
	}
	return found
}

var errPanicked = errors.New("panicked")

// ask asks one classifier.
func ask(ctx context.Context, one Classifier, s Sample) (found []Finding, err error) {
	defer func() {
		if p := recover(); p != nil {
			found, err = nil, errPanicked
		}
	}()
	if err := ctx.Err(); err != nil { // the others have used the time up
		return nil, err
	}
	return one.Classify(ctx, s)
}

// report tells of the decision.
func (c *check) report(taken Action) {
	if c.g.Decided == nil || c.policy.Off {
		return
	}
	taken = max(taken, Allow)
	if c.policy.Mode != Observe {
		for _, f := range c.findings {
			if !f.Action.Ends() {
				taken = max(taken, f.Action)
			}
		}
	}
	c.g.Decided(c.ctx, Decision{Stage: c.stage, Action: taken, Findings: c.findings, Errors: c.errs, Took: time.Since(c.began)})
}
