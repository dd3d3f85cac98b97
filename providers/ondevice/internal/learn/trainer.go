package learn

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/exact"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/others"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/view"
)

// A Trainer collects tools and makes models of them. It keeps what it has worked out about a tool, so
// that adding one to many is cheap. It is not safe for concurrent use.
type Trainer struct {
	tools []*lesson // by name
}

// builtin are the sentences of package others, read.
var builtin = sync.OnceValue(func() []prepared {
	var v view.Sentence
	var out []prepared
	for i, s := range others.Sentences() {
		p := prepare(&v, &Sample{Text: Text{Runes: []rune(s)}, Unmarked: true}, view.KeyOf(Background), false)
		p.group = i
		out = append(out, p)
	}
	return out
})

// A lesson is a tool whose samples have been read.
type lesson struct {
	name    string
	source  []Sample
	samples []prepared // nil until they are read
	copies  []prepared // of samples, with other values in their slots; each in the group of its sample
}

// NewTrainer returns a trainer that knows of no tool, and of the background only what package others has.
func NewTrainer() *Trainer { return &Trainer{tools: []*lesson{{name: Background}}} }

// Put adds a tool, or replaces the one of that name. It keeps the slices of the samples, which must not change.
// An error names the sample that is wrong and says what is.
func (t *Trainer) Put(tool Tool) error {
	if _, ok := t.find(tool.Name); !ok && len(t.tools) > maxTools {
		return fmt.Errorf("tool %q: there are %d tools already", tool.Name, len(t.tools))
	}
	if len(tool.Name) > maxName {
		return fmt.Errorf("tool %.40q…: the name has %d bytes, the most is %d", tool.Name, len(tool.Name), maxName)
	}
	l := &lesson{name: tool.Name}
	for i := range tool.Samples {
		if err := tool.Samples[i].check(); err != nil {
			return fmt.Errorf("tool %q: sample %d %w", tool.Name, i, err)
		}
	}
	l.source = slices.Clone(tool.Samples)
	i, ok := t.find(tool.Name)
	if ok {
		t.tools[i] = l
	} else {
		t.tools = slices.Insert(t.tools, i, l)
	}
	return nil
}

// Remove takes a tool away, if it is there.
func (t *Trainer) Remove(name string) {
	if i, ok := t.find(name); ok {
		t.tools = slices.Delete(t.tools, i, i+1)
	}
}

func (t *Trainer) find(name string) (int, bool) {
	return slices.BinarySearchFunc(t.tools, name, func(l *lesson, name string) int { return cmp.Compare(l.name, name) })
}

// errNothing is what training on nothing fails with.
var errNothing = errors.New("no tool has samples")

// manySamples have variety enough to learn from.
const manySamples = 800

// copies is how many variants of each sample are made if there are so many samples in all.
func copies(samples int) int {
	switch {
	case samples <= manySamples:
		return 8
	case samples <= 3000:
		return 2
	}
	return 0
}

// read reads the samples if they were not read yet.
func (l *lesson) read(v *view.Sentence) {
	if l.samples != nil {
		return
	}
	key := view.KeyOf(l.name)
	for i := range l.source {
		l.samples = append(l.samples, prepare(v, &l.source[i], key, i%2 == 1))
	}
	weigh(l.source, l.samples)
	if l.name != Background {
		return
	}
	for _, p := range builtin() {
		p.group += len(l.source)
		l.samples = append(l.samples, p)
	}
}

// vary makes so many copies of each sample, with the values of other samples in its slots.
func (l *lesson) vary(v *view.Sentence, copies int, vals values) {
	l.copies = l.copies[:0]
	key := view.KeyOf(l.name)
	var random exact.Source
	for k := range copies {
		for i := range l.source {
			if s, changed := vals.vary(&l.source[i], &random); changed {
				p := prepare(v, &s, key, (i+k)%2 == 0)
				p.group, p.weight = l.samples[i].group, l.samples[i].weight
				l.copies = append(l.copies, p)
			}
		}
	}
}

// Train makes a model of the tools. It fails only if ctx ends or there is no tool with samples.
func (t *Trainer) Train(ctx context.Context) (*Model, error) {
	n := 0
	for _, l := range t.tools {
		if l.name != Background {
			n += len(l.source)
		}
	}
	if n == 0 {
		return nil, errNothing
	}
	var v view.Sentence
	var lessons []*lesson
	vals := make(values)
	for _, l := range t.tools {
		for i := range l.source {
			vals.collect(&l.source[i])
		}
	}
	for _, l := range t.tools {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if l.read(&v); len(l.samples) > 0 {
			l.vary(&v, copies(n), vals)
			lessons = append(lessons, l)
		}
	}
	m := &Model{}
	for _, l := range lessons {
		m.names = append(m.names, l.name)
		m.keys = append(m.keys, view.KeyOf(l.name))
	}
	if err := m.learnTools(ctx, lessons, n); err != nil {
		return nil, err
	}
	if err := m.learnSlots(ctx, lessons, n); err != nil {
		return nil, err
	}
	return m, nil
}
