package ondevice

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/pattern"
)

// trained is what the engine has learned. It never changes.
type trained struct {
	skills   []lesson         // by the name of the tool
	model    *learn.Model     // of the skills that can be called; nil if there are none
	phrasing func() *phrasing // of all skills
}

// tools returns the tools of the skills.
func (t *trained) tools() []*tool {
	out := make([]*tool, len(t.skills))
	for i := range t.skills {
		out[i] = t.skills[i].tool
	}
	return out
}

// A lesson is what a skill teaches about its tool.
type lesson struct {
	spec     *assistant.ToolSpec
	phrases  []string
	not      []string
	rules    map[string]string
	lists    map[string][]Name
	names    map[string]*Names
	examples []Example
	tool     *tool       // compiled from spec
	learned  *learn.Tool // nil until it is needed
}

// skill returns the lesson about the tool called name, or nil.
func (t *trained) skill(name string) *lesson {
	i := t.place(name)
	if i < 0 {
		return nil
	}
	return &t.skills[i]
}

// place returns the index of the lesson about the tool called name, or -1.
func (t *trained) place(name string) int {
	i, ok := slices.BinarySearchFunc(t.skills, name, func(l lesson, name string) int { return cmp.Compare(l.spec.Name, name) })
	if !ok {
		return -1
	}
	return i
}

// Train teaches the engine skills. A skill takes the place of an earlier one whose tool has the same
// name; the others stay. What the engine knows in the end depends on the skills it has, not on the
// order or the number of calls in which they came. A request finds what was learned about its tools by
// their names.
//
// A phrase that cannot be read gives an error that names the skill, the phrase and the place, and
// nothing is learned. Train may be called while the engine is in use.
func (e *Engine) Train(ctx context.Context, skills []Skill) error {
	e.training.Lock()
	defer e.training.Unlock()
	next, err := e.trained.Load().with(skills, e.names)
	if err != nil {
		return fmt.Errorf("train: %w", err)
	}
	if next.model, err = next.learn(ctx); err != nil {
		return fmt.Errorf("train: %w", err)
	}
	e.trained.Store(next)
	return nil
}

// with returns the lessons together with those of more skills.
func (t *trained) with(skills []Skill, shared map[string]*Names) (*trained, error) {
	next := &trained{skills: slices.Clone(t.skills)}
	var problems []error
	seen := make(map[string]bool)
	for i, s := range skills {
		if s.Tool == nil || s.Tool.Spec() == nil {
			problems = append(problems, fmt.Errorf("skill %d has no tool", i))
			continue
		}
		l := lesson{spec: s.Tool.Spec(), not: slices.Clone(s.Not), rules: s.Rules, lists: s.Lists, names: s.Names, examples: slices.Clone(s.Examples)}
		if seen[l.spec.Name] {
			problems = append(problems, fmt.Errorf("skill %q is there twice", l.spec.Name))
			continue
		}
		seen[l.spec.Name] = true
		l.phrases = phrasesOf(l.spec, &s)
		if err := l.check(shared); err != nil {
			problems = append(problems, err)
			continue
		}
		at, found := slices.BinarySearchFunc(next.skills, l.spec.Name, func(l lesson, name string) int { return cmp.Compare(l.spec.Name, name) })
		if found {
			next.skills[at] = l
		} else {
			next.skills = slices.Insert(next.skills, at, l)
		}
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	next.phrasing = sync.OnceValue(func() *phrasing { return newPhrasing(next.tools()) })
	return next, nil
}

// describes reports whether a request's tool is the one that the skill was about in every respect.
func (l *lesson) describes(spec *assistant.ToolSpec) bool {
	own := l.spec
	return own == spec || own.Description == spec.Description && bytes.Equal(own.Schema, spec.Schema) &&
		!slices.ContainsFunc(spec.Examples, func(e string) bool { return !slices.Contains(l.phrases, e) })
}

// phrasesOf returns the phrases of a tool and its skill, each once.
func phrasesOf(spec *assistant.ToolSpec, s *Skill) []string {
	phrases := slices.Clone(spec.Examples)
	for _, p := range s.Phrases {
		if !slices.Contains(phrases, p) {
			phrases = append(phrases, p)
		}
	}
	return phrases
}

// check reports what is wrong with a skill.
func (l *lesson) check(shared map[string]*Names) error {
	args, err := parseArguments(l.spec.Schema)
	if err != nil {
		return fmt.Errorf("skill %q: %w", l.spec.Name, err)
	}
	for name := range l.names {
		if argIndex(args, name) < 0 {
			return fmt.Errorf("skill %q has names for %q, which is no argument of its tool", l.spec.Name, name)
		}
	}
	t := newTool(l.spec, l, shared)
	l.tool = t
	if t.err != nil {
		return nil // it is never called; the interpretation says why
	}
	scope := t.scope(kindNames)
	for _, phrase := range slices.Concat(l.phrases, l.not) {
		if _, err := pattern.Compile([]pattern.Phrase{{Text: phrase, Scope: scope}}, nil); err != nil {
			return fmt.Errorf("skill %q: %w", l.spec.Name, err)
		}
	}
	return l.prepare()
}

// prepare works out what the learned part is taught.
func (l *lesson) prepare() error {
	if l.learned != nil {
		return nil
	}
	learned, err := lessonOf(l.tool, l.examples)
	if err != nil {
		return fmt.Errorf("skill %q: %w", l.spec.Name, err)
	}
	l.learned = &learned
	return nil
}

// learn trains the model of the skills.
func (t *trained) learn(ctx context.Context) (*learn.Model, error) {
	trainer := learn.NewTrainer()
	n := 0
	for i := range t.skills {
		l := &t.skills[i]
		if l.tool.err != nil {
			continue
		}
		if err := l.prepare(); err != nil { // it was loaded
			return nil, err
		}
		if err := trainer.Put(*l.learned); err != nil {
			return nil, err
		}
		n += len(l.learned.Samples)
	}
	if n == 0 {
		return nil, ctx.Err()
	}
	return trainer.Train(ctx)
}

// saved returns the form of the model that restore reads; it is empty if there is none.
func (t *trained) saved() []byte {
	if t.model == nil {
		return nil
	}
	var b bytes.Buffer
	_, _ = t.model.WriteTo(&b) // a buffer takes everything
	return b.Bytes()
}

// restore reads the model.
func (t *trained) restore(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	m, err := learn.Load(b)
	if err != nil {
		return fmt.Errorf("model: %w", err)
	}
	t.model = m
	return nil
}
