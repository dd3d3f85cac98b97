package main

import (
	"maps"
	"math"
	"slices"

	"github.com/zhushou-ai/zhushou/locale/pinyin/internal/reading"
)

// options are what a fit depends on.
type options struct {
	decay     float64 // how strongly weights are held at 0
	words     float64 // weight of a word of the dictionary against a sentence
	frequency int     // least frequency of such a word
	settled   float64 // weight of a place that a phrase settles against another
	steps     int     // of the descent
}

// A feature is one of the features of a place.
type feature struct {
	kind  int
	value uint32
}

// A model is log-linear: the score of a sound is its bias and the weights of the features.
type model struct {
	sounds  []uint16 // the first is the commonest, whose score is always 0
	bias    []float64
	weights []map[feature]float64
}

func (m *model) choose(f reading.Features) uint16 {
	best, most := 0, 0.0
	for c := 1; c < len(m.sounds); c++ {
		if s := m.score(c, f); s > most {
			best, most = c, s
		}
	}
	return m.sounds[best]
}

func (m *model) score(c int, f reading.Features) float64 {
	s := m.bias[c]
	for kind, value := range f {
		if value != 0 {
			s += m.weights[c][feature{kind, value}]
		}
	}
	return s
}

// fitAll fits the models of all characters that are read in several ways where no phrase settles it.
func fitAll(examples map[rune][]example, table *reading.Table, o options) map[rune]*model {
	models := make(map[rune]*model)
	for _, r := range slices.Sorted(maps.Keys(examples)) {
		if m := fit(r, examples[r], table, o); m != nil {
			models[r] = m
		}
	}
	return models
}

// fit fits the model of a character, nil if it is read in one way only.
func fit(r rune, examples []example, table *reading.Table, o options) *model {
	m := new(model)
	for s := range table.Sounds(r) {
		m.sounds = append(m.sounds, s)
		break
	}
	for _, e := range examples {
		if !e.word && !slices.Contains(m.sounds, e.sound) && len(m.sounds) < reading.MaxChoices {
			m.sounds = append(m.sounds, e.sound)
		}
	}
	if len(m.sounds) < 2 {
		return nil
	}
	d := newDescent(m.sounds, examples, o)
	for range o.steps {
		d.step()
	}
	m.bias, m.weights = make([]float64, len(m.sounds)), make([]map[feature]float64, len(m.sounds))
	for c := range m.weights {
		m.weights[c] = make(map[feature]float64)
	}
	for _, c := range d.cells {
		if c.of == bias {
			m.bias[c.sound] = c.value
		} else if math.Abs(c.value) >= smallest {
			m.weights[c.sound][c.of] = c.value
		}
	}
	return m
}

// smallest is the smallest weight that is worth its room.
const smallest = 0.1
