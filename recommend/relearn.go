package recommend

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/zhushou-ai/zhushou/recommend/learn"
)

// LearnOptions say how [Engine.Learn] learns. The zero value is ready: the best blend of learners, with
// settings chosen on a held-back part of what people did.
type LearnOptions struct {
	// GraphOnly learns the item graph alone, in about a tenth of the time. Its answers are somewhat less
	// accurate and take a tenth of the time as well.
	GraphOnly bool
	// Reuse takes the settings that an earlier Learn chose, where there are any: a small part of the work.
	Reuse bool
	// Again says that what a person took may be suggested again, whatever it is: groceries, not films.
	// It only matters to what is learned; [Item.RebuyDays] tells when to suggest it.
	Again bool
	// ListLength is the length of answer that settings are chosen for. Zero means 20.
	ListLength int
	// Seed makes what is random in learning. The same histories and seed give the same answers.
	Seed uint64
	// Workers is how many goroutines learn. Zero means as many as there are processors.
	Workers int
	// Progress is called now and then with what is being done. It may be nil.
	Progress func(stage string)
}

// The numbers that learners know the kinds of events by. Skips and refusals are not learned from.
const (
	viewKind learn.Kind = iota
	cartKind
	buyKind
	likeKind
	rateKind
)

// fewestBuys is how many purchases there must be for suggestions to be made for purchases.
const fewestBuys = 100

// Learn learns from all histories and then answers by what it learned: much better than the engine does
// without, once there are some thousand events. It goes on beside queries and events, reading the
// histories bit by bit; then the new model takes the place of the old one at once. Every event counts from
// the next query on all the same, since people are judged by what they did and not by who they were when
// the engine learned, and items that came later are found through the incremental graph and their content.
//
// What is learned is to suggest purchases where there are a hundred or more, and anything people took to
// otherwise. In a folder the settings that it was made with are kept at once, and itself with the next
// [Engine.Compact], which [Engine.Keep] sees to.
//
// One Learn runs at a time; a second one waits. When ctx ends, what was learned before stays in place. With
// nothing to learn from, the report is empty and there is no error.
func (e *Engine) Learn(ctx context.Context, options LearnOptions) (*learn.Report, error) {
	select {
	case e.learning <- struct{}{}:
		defer func() { <-e.learning }()
	case <-ctx.Done():
		return nil, fmt.Errorf("recommend: learn: %w", ctx.Err())
	}
	report, err := e.learn(ctx, options)
	if err != nil {
		return nil, fmt.Errorf("recommend: %w", err)
	}
	return report, nil
}

// Learned reports whether the engine answers by something it learned. If it does not because what the folder
// holds cannot be read, the error says why, and wraps [ErrCorrupt], [ErrVersion] or
// [learn.ErrUnreadable].
func (e *Engine) Learned() (bool, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	switch {
	case e.closed:
		return false, ErrClosed
	case e.model.ready():
		return true, nil
	case e.model != nil:
		return false, fmt.Errorf("recommend: learned: %w", e.model.unread())
	case e.unusable != nil:
		return false, fmt.Errorf("recommend: learned: %w", e.unusable)
	}
	return false, nil
}

// learnedOf returns how many events there were when the model was made that the engine answers by, and minus
// infinity if there is none.
func (e *Engine) learnedOf() float64 {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if !e.model.ready() {
		return math.Inf(-1)
	}
	return float64(e.model.recorded)
}

// errForgotten says that somebody was forgotten while their history was being learned from.
var errForgotten = errors.New("somebody was forgotten")

// learn is Learn for a caller that holds the token.
func (e *Engine) learn(ctx context.Context, options LearnOptions) (*learn.Report, error) {
	for {
		report, err := e.learnOnce(ctx, options)
		if !errors.Is(err, errForgotten) {
			return report, err
		}
	}
}

func (e *Engine) learnOnce(ctx context.Context, options LearnOptions) (*learn.Report, error) {
	m, h, err := e.readAll(ctx)
	if err != nil {
		return nil, err
	}
	m.options = options
	report, reused := &learn.Report{}, e.reusable(options)
	if len(h.Taken) > 0 {
		if report, err = m.learn(ctx, h, reused); err != nil {
			return nil, err
		}
	} else {
		m = nil
	}
	chosen := m != nil && m.settings != nil && reused == nil
	if chosen {
		if err := e.keepSettings(ctx, m.settings); err != nil {
			return nil, err
		}
	}
	err = e.tryAdopt(m)
	if chosen && errors.Is(err, errForgotten) { // they may have been chosen by what that person did
		err = errors.Join(err, e.keepSettings(context.WithoutCancel(ctx), nil))
	}
	return report, err
}

// keepSettings remembers settings, or that there are none.
func (e *Engine) keepSettings(ctx context.Context, s *learn.Settings) error {
	return e.change(ctx, "keep settings", 1,
		func(int) ([]byte, error) { return encodeSettings(s) },
		func(int) { e.settings = s })
}

// tryAdopt puts a model in place unless somebody was forgotten while it was made.
func (e *Engine) tryAdopt(m *model) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case e.closed:
		return ErrClosed
	case m != nil && m.forgets != e.forgets:
		return errForgotten
	}
	e.adopt(m)
	return nil
}

// adopt puts a model, or nil, in place.
func (e *Engine) adopt(m *model) {
	e.model, e.tainted, e.fresh, e.unusable = m, false, nil, nil
	if m == nil {
		return
	}
	for n, takers := range e.graph.takers {
		if len(takers) > 0 && m.number(int32(n)) < 0 {
			e.fresh = append(e.fresh, int32(n))
		}
	}
}

// reusable returns the settings to learn with, or nil if they are to be chosen.
func (e *Engine) reusable(options LearnOptions) *learn.Settings {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if !options.Reuse {
		return nil
	}
	return e.settings
}

// learn fills in the model from histories in its numbers.
func (m *model) learn(ctx context.Context, h *learn.Histories, settings *learn.Settings) (*learn.Report, error) {
	o := m.options
	var err error
	report := &learn.Report{}
	if o.GraphOnly {
		graph := learn.DefaultGraph()
		if settings != nil {
			graph = settings.Graph
		}
		m.learner, err = learn.NewGraph(ctx, h, graph, o.Workers)
	} else {
		config := learn.Config{
			Settings: settings, Again: o.Again, ListLength: o.ListLength, Seed: o.Seed, Workers: o.Workers, Progress: o.Progress,
		}
		var buys int
		for _, t := range h.Taken {
			if t.Kind == buyKind {
				buys++
			}
		}
		if buys >= fewestBuys {
			config.Targets = []learn.Kind{buyKind}
		}
		m.learner, report, err = learn.Learn(ctx, h, config)
		if err == nil {
			m.settings = &report.Settings
		}
	}
	if err != nil {
		return nil, err
	}
	if o.Progress != nil {
		o.Progress("gather reasons")
	}
	m.evidence, err = gatherEvidence(ctx, h, o.Workers)
	return report, err
}

// readAtOnce is how many histories are read before waiting changes get a turn.
const readAtOnce = 256

// readAll copies all histories, people in the order of their ids, and numbers the items in that of theirs.
func (e *Engine) readAll(ctx context.Context) (*model, *learn.Histories, error) {
	e.mu.RLock()
	m := &model{recorded: e.recorded, forgets: e.forgets}
	everybody, closed := e.graph.all(), e.closed
	e.mu.RUnlock()
	if closed {
		return nil, nil, ErrClosed
	}
	sortResidents(everybody)

	h := &learn.Histories{}
	var profile []learn.Taken
	for from := 0; from < len(everybody); from += readAtOnce {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		e.mu.RLock()
		if e.closed || e.forgets != m.forgets {
			e.mu.RUnlock()
			return nil, nil, errForgotten
		}
		for _, who := range everybody[from:min(from+readAtOnce, len(everybody))] {
			if profile = e.graph.look(who.number).taken(profile[:0]); len(profile) > 0 {
				h.Add(profile)
			}
		}
		e.mu.RUnlock()
	}
	if len(h.Start) == 0 {
		h.Start = []int{0}
	}
	e.mu.RLock()
	if e.closed {
		e.mu.RUnlock()
		return nil, nil, ErrClosed
	}
	names := e.catalogue.names[:h.Items:h.Items] // names are added to, never changed
	m.numbers = make([]int32, len(e.catalogue.names))
	e.mu.RUnlock()

	for i := range m.numbers {
		m.numbers[i] = -1
	}
	for _, t := range h.Taken {
		if m.numbers[t.Item] < 0 {
			m.numbers[t.Item] = 0
			m.items = append(m.items, t.Item)
		}
	}
	slices.SortFunc(m.items, func(a, b int32) int { return cmp.Compare(names[a], names[b]) })
	for i, item := range m.items {
		m.numbers[item] = int32(i)
	}
	for i := range h.Taken {
		h.Taken[i].Item = m.numbers[h.Taken[i].Item]
	}
	h.Items = len(m.items)
	return m, h, nil
}

// taken appends what a person took to, oldest first, in the engine's numbers: no skips, nothing they
// refused or came to dislike.
func (p *person) taken(to []learn.Taken) []learn.Taken {
	for _, a := range p.deeds {
		if t, ok := a.taken(); ok && p.marks[p.find(a.item)].strength > 0 {
			to = append(to, t)
		}
	}
	return to
}

// taken returns an deed as learners know it, if it speaks for the item.
func (a deed) taken() (learn.Taken, bool) {
	t := learn.Taken{Item: a.item, Weight: a.weight, Time: a.time()}
	if t.Weight == 0 {
		t.Weight = 1
	}
	switch a.kind() {
	case View:
		t.Kind = viewKind
	case Cart:
		t.Kind = cartKind
	case Buy:
		t.Kind = buyKind
	case Like:
		t.Kind = likeKind
	case Rate:
		t.Kind, t.Weight = rateKind, a.weight-3 // four stars count 1, five count 2
	default:
		return t, false
	}
	return t, t.Weight > 0
}

// KeepOptions say when [Engine.Keep] learns again.
type KeepOptions struct {
	LearnOptions
	// Every is how often it looks whether there is enough new. Zero means a minute.
	Every time.Duration
	// Share is how many new events there must be, as a part of all. Zero means a tenth.
	Share float64
	// Learned is called after each learning with its outcome. It may be nil. An error does not end Keep:
	// the model before stays in place, and it tries again.
	Learned func(*learn.Report, error)
}

// compactAfter is how many changes the log may hold before Keep writes a snapshot.
const compactAfter = 1 << 20

// Keep learns now, unless the folder holds what was learned, and again whenever enough is new, until ctx ends
// or the engine is closed, and returns the error of that. Settings are chosen when there are twice as many
// events as at the last choice, and reused otherwise. In a folder it also writes a snapshot, after learning
// and when the log has become long. It starts no goroutine: call it in one of yours.
func (e *Engine) Keep(ctx context.Context, options KeepOptions) error {
	every, share := options.Every, options.Share
	if every <= 0 {
		every = time.Minute
	}
	if share <= 0 {
		share = 0.1
	}
	if options.Learned == nil {
		options.Learned = func(*learn.Report, error) {}
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	if _, err := e.Learned(); err != nil && !errors.Is(err, ErrClosed) {
		options.Learned(nil, err)
	}
	learned := e.learnedOf()
	chosen := max(learned, 0)
	for {
		fresh := false
		if total := float64(e.events()); total-learned > share*total || math.IsInf(learned, -1) {
			o := options.LearnOptions
			o.Reuse = o.Reuse || total < 2*chosen
			report, err := e.Learn(ctx, o)
			if errors.Is(err, ErrClosed) {
				return fmt.Errorf("recommend: keep: %w", err)
			}
			if err == nil {
				learned, fresh = total, true
				if !o.Reuse {
					chosen = total
				}
			}
			if ctx.Err() == nil {
				options.Learned(report, err)
			}
		}
		if e.store != nil && (fresh || e.store.Pending() > compactAfter) {
			if err := e.Compact(ctx); err != nil && ctx.Err() == nil {
				options.Learned(nil, err)
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("recommend: keep: %w", ctx.Err())
		case <-tick.C:
		}
	}
}

func (e *Engine) events() uint64 {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.recorded
}
