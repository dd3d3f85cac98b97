package entity

import (
	"time"

	"github.com/zhushou-ai/zhushou/locale/number"
	"github.com/zhushou-ai/zhushou/locale/quantity"
	"github.com/zhushou-ai/zhushou/locale/when"
)

// A Finder finds entities of one sort. Those of this package are [Times], [Quantities] and [Numbers]; package private has
// one for private data, and a caller can have others, for names that only he knows.
type Finder interface {
	// Find calls yield for the entities in t, which [Text.Entity] makes, from left to right and without overlap. The
	// text was said at ref. It may be called again for a part of the text.
	Find(t *Text, ref time.Time, yield func(Entity))
}

// Times finds entities of the kind Time. The zero value has the default options.
type Times when.Options

// Find is Find of [Finder].
func (o Times) Find(t *Text, ref time.Time, yield func(Entity)) {
	for _, m := range when.Parse(t.view, ref, when.Options(o)) {
		e := t.Entity(Time, m.Start, m.End)
		m.Start, m.End, m.Text = e.Start, e.End, e.Text
		e.Value = m
		yield(e)
	}
}

// Quantities finds entities of the kinds Money, Amount and Count. The zero value has the default options.
type Quantities quantity.Options

// Find is Find of [Finder].
func (o Quantities) Find(t *Text, _ time.Time, yield func(Entity)) {
	if !t.numerals && o.Bare == 0 {
		return
	}
	for m := range quantity.Options(o).Find(t.view) {
		kind := Amount
		switch m.Quantity.Unit.Dimension() {
		case quantity.Money:
			kind = Money
		case quantity.Count:
			kind = Count
		}
		e := t.Entity(kind, m.Start, m.End)
		m.Start, m.End, m.Text = e.Start, e.End, e.Text
		e.Value = m
		yield(e)
	}
}

// Numbers finds entities of the kind Number. The zero value has the default options.
type Numbers number.Options

// Find is Find of [Finder].
func (o Numbers) Find(t *Text, _ time.Time, yield func(Entity)) {
	if !t.numerals {
		return
	}
	for m := range number.Options(o).Find(t.view) {
		e := t.Entity(Number, m.Start, m.End)
		m.Start, m.End, m.Text = e.Start, e.End, e.Text
		e.Value = m
		yield(e)
	}
}
