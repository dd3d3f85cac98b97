package learn

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// shelf is a [Sink] and a [Source] in memory.
type shelf map[string]any

func (s shelf) Bytes(name string, parts ...[]byte)       { s[name] = slices.Concat(parts...) }
func (s shelf) Uint16s(name string, parts ...[]uint16)   { s[name] = slices.Concat(parts...) }
func (s shelf) Int64s(name string, parts ...[]int64)     { s[name] = slices.Concat(parts...) }
func (s shelf) Float32s(name string, parts ...[]float32) { s[name] = slices.Concat(parts...) }

// reading is a shelf as a source.
type reading struct{ shelf }

func column[T any](s shelf, name string) (T, error) {
	c, ok := s[name].(T)
	if !ok {
		return c, fmt.Errorf("no column %s", name)
	}
	return c, nil
}

func (r reading) Bytes(name string) ([]byte, error)       { return column[[]byte](r.shelf, name) }
func (r reading) Uint16s(name string) ([]uint16, error)   { return column[[]uint16](r.shelf, name) }
func (r reading) Int64s(name string) ([]int64, error)     { return column[[]int64](r.shelf, name) }
func (r reading) Float32s(name string) ([]float32, error) { return column[[]float32](r.shelf, name) }

func savedBlend(t *testing.T) (*Histories, *Blend, shelf) {
	h := crowd(41, 200, 60, true)
	settings := quick(DefaultSettings())
	settings.Neighbours.Nearness, settings.Neighbours.Backward = 0.9, 0.5
	b, _, err := Learn(t.Context(), h, Config{Settings: &settings})
	require.NoError(t, err)
	s := shelf{}
	require.NoError(t, Save(s, b))
	return h, b, s
}

func TestLoadedAnswersAsSaved(t *testing.T) {
	t.Parallel()
	h, want, s := savedBlend(t)
	got, err := Load(reading{s}, h.Items)
	require.NoError(t, err)
	same(t, want, got.(*Blend), h)
	var one, two Scratch
	for u := range 20 {
		require.Equal(t, want.Explain(h.Profile(u), 3, &one), got.Explain(h.Profile(u), 3, &two))
	}

	g, err := NewGraph(t.Context(), h, DefaultGraph(), 1)
	require.NoError(t, err)
	s = shelf{}
	require.NoError(t, Save(s, g))
	again, err := Load(reading{s}, h.Items)
	require.NoError(t, err)
	require.Equal(t, g, again)
	require.ErrorContains(t, Save(s, NewHabit(3, DefaultHabit())), "cannot be saved")
}

// TestLoadRefuses takes columns away, cuts them short and puts numbers into them that cannot be.
func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	h, _, s := savedBlend(t)
	_, err := Load(reading{s}, h.Items+1)
	require.ErrorIs(t, err, ErrUnreadable)
	for name, column := range s {
		for what, spoilt := range map[string]any{"gone": nil, "short": short(column), "wild": wild(column)} {
			if spoilt == nil && what != "gone" {
				continue
			}
			t.Run(name+" "+what, func(t *testing.T) {
				other := maps.Clone(s)
				other[name] = spoilt
				_, err := Load(reading{other}, h.Items)
				require.Error(t, err)
			})
		}
	}
	s["about"] = []byte(`{"Version":99}`)
	_, err = Load(reading{s}, h.Items)
	require.ErrorIs(t, err, ErrUnreadable)
	require.ErrorContains(t, err, "version 99")
}

func short(column any) any {
	switch c := column.(type) {
	case []byte:
		return c[:len(c)-1]
	case []uint16:
		return c[:len(c)-1]
	case []int64:
		return c[:len(c)-1]
	case []float32:
		return c[:len(c)-1]
	}
	return nil
}

// wild puts a number that is too great into a column of numbers of items, people or places.
func wild(column any) any {
	c, ok := column.([]int64)
	if !ok {
		return nil
	}
	c = slices.Clone(c)
	c[len(c)/2] = c[len(c)/2] | 0x7fffff00
	return c
}
