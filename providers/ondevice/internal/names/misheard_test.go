package names

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/zhushou-ai/zhushou/locale/pinyin"
)

// A mishearing is a generator of names and of what becomes of them in recognised speech.
type mishearing struct {
	rand   *rand.Rand
	common []rune                     // the 3755 common characters of GB 2312
	sound  map[pinyin.Syllable][]rune // by syllable with tone
	plain  map[pinyin.Syllable][]rune // by syllable without tone
	fuzzy  map[pinyin.Syllable][]rune // by what is easily confused
	rhyme  map[string][]rune          // by final
}

func newMishearing(seed uint64) *mishearing {
	m := &mishearing{
		rand:  rand.New(rand.NewPCG(seed, 0)),
		sound: make(map[pinyin.Syllable][]rune), plain: make(map[pinyin.Syllable][]rune), fuzzy: make(map[pinyin.Syllable][]rune),
		rhyme: make(map[string][]rune),
	}
	for high := byte(0xB0); high <= 0xD7; high++ {
		for low := byte(0xA1); low <= 0xFE && (high < 0xD7 || low <= 0xF9); low++ {
			s, _ := simplifiedchinese.GBK.NewDecoder().String(string([]byte{high, low}))
			r := []rune(s)[0]
			readings := pinyin.Readings(r)
			if len(readings) == 0 {
				continue
			}
			m.common = append(m.common, r)
			y := readings[0]
			m.sound[y] = append(m.sound[y], r)
			m.plain[y.WithTone(0)] = append(m.plain[y.WithTone(0)], r)
			m.fuzzy[pinyin.AllFuzzy.Key(y)] = append(m.fuzzy[pinyin.AllFuzzy.Key(y)], r)
			m.rhyme[y.Final()] = append(m.rhyme[y.Final()], r)
		}
	}
	return m
}

func pick[T any](m *mishearing, from []T) T { return from[m.rand.IntN(len(from))] }

// names makes different names of 2 to 6 characters, which share their characters with others.
func (m *mishearing) names(n int) []Name {
	pool := make([]rune, 700)
	for i := range pool {
		pool[i] = pick(m, m.common)
	}
	seen := make(map[string]bool)
	var all []Name
	for len(all) < n {
		length := []int{2, 2, 3, 3, 3, 3, 4, 4, 5, 6}[m.rand.IntN(10)]
		var b strings.Builder
		for range length {
			b.WriteRune(pick(m, pool))
		}
		if !seen[b.String()] {
			seen[b.String()] = true
			all = append(all, Name{Text: b.String()})
		}
	}
	return all
}

// The ways to mishear a character.
const (
	asHomophone  = "a homophone"
	inOtherTone  = "another tone"
	confused     = "an easily confused syllable"
	anotherWhole = "another syllable"
	rhyming      = "a rhyme"
	badly        = "most characters, some lost" // in any of these ways
)

// character returns what is heard for a character, which is another one.
func (m *mishearing) character(r rune, way string) (rune, bool) {
	y := pinyin.Readings(r)[0]
	var from []rune
	switch way {
	case asHomophone:
		from = m.sound[y]
	case inOtherTone:
		from = m.plain[y.WithTone(0)]
	case confused:
		from = m.fuzzy[pinyin.AllFuzzy.Key(y)]
	case rhyming:
		from = m.rhyme[y.Final()]
	default:
		from = m.common
	}
	for range 20 {
		if other := pick(m, from); other != r && (way != inOtherTone || pinyin.Readings(other)[0] != y) &&
			(way != confused || pinyin.Readings(other)[0].WithTone(0) != y.WithTone(0)) {
			return other, true
		}
	}
	return r, false
}

// mishear returns a name with some characters misheard in one way.
func (m *mishearing) mishear(name, way string) (string, bool) {
	runes := []rune(name)
	if way == badly {
		return m.mishearBadly(runes)
	}
	times := 1 + m.rand.IntN(2)
	if way == anotherWhole || way == rhyming {
		times = 1
	}
	changed := false
	for _, i := range m.rand.Perm(len(runes))[:min(times, len(runes))] {
		var ok bool
		runes[i], ok = m.character(runes[i], way)
		changed = changed || ok
	}
	return string(runes), changed
}

func (m *mishearing) mishearBadly(name []rune) (string, bool) {
	ways := []string{asHomophone, asHomophone, inOtherTone, confused, confused, rhyming, anotherWhole}
	var heard []rune
	for _, r := range name {
		if m.rand.Float64() < 0.1 {
			continue
		}
		if m.rand.Float64() < 0.6 {
			r, _ = m.character(r, pick(m, ways))
		}
		if heard = append(heard, r); m.rand.Float64() < 0.05 {
			heard = append(heard, pick(m, m.common))
		}
	}
	return string(heard), len(heard) > 0 && !slices.Equal(heard, name)
}

// nearestBy finds the name with the least distance by trying all.
func nearestBy(names []Name, distance func(i int) float64) int {
	best, at := math.Inf(1), -1
	for i := range names {
		if d := distance(i); d < best {
			best, at = d, i
		}
	}
	return at
}

// edits is the edit distance of two texts in characters.
func edits(a, b []rune) float64 {
	row := make([]float64, len(b)+1)
	for j := range row {
		row[j] = float64(j)
	}
	for i := range a {
		diagonal := row[0]
		row[0] = float64(i + 1)
		for j := range b {
			d := min(diagonal, row[j], row[j+1]) + 1
			if a[i] == b[j] {
				d = diagonal
			}
			diagonal, row[j+1] = row[j+1], d
		}
	}
	return row[len(b)]
}

// Misheard names are recognised, and better than by their characters or their sounds alone.
func TestMisheardNames(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	for _, c := range []struct {
		names, tries int
		alone        bool // compare with characters and sounds alone
		least        float64
	}{{1000, 60, true, 0.9}, {20_000, 150, false, 0.85}} {
		m := newMishearing(1)
		names := m.names(c.names)
		x := Collect(slices.Values(names))
		runes := make([][]rune, len(names))
		sounds := make([][]pinyin.Syllable, len(names))
		said := func(text string) (s []pinyin.Syllable) {
			for p := range pinyin.All(text) {
				s = append(s, p.Syllable)
			}
			return s
		}
		for i, n := range names {
			runes[i], sounds[i] = []rune(n.Text), said(n.Text)
		}
		var all, byBoth, byCharacters, bySounds int
		for _, way := range []string{asHomophone, inOtherTone, confused, rhyming, anotherWhole, badly} {
			right, n := 0, 0
			for range c.tries {
				i := m.rand.IntN(len(names))
				heard, ok := m.mishear(names[i].Text, way)
				if !ok {
					continue
				}
				n++
				if got := x.Nearest(heard, 1); len(got) > 0 && got[0].Name == i {
					right++
				}
				if !c.alone {
					continue
				}
				r, s := []rune(heard), said(heard)
				if nearestBy(names, func(k int) float64 { return edits(r, runes[k]) }) == i {
					byCharacters++
				}
				if nearestBy(names, func(k int) float64 { return pinyin.Distance(s, sounds[k]) }) == i {
					bySounds++
				}
			}
			t.Logf("%5d names, %-28s %5.1f %%", c.names, way, percent(right, n))
			byBoth, all = byBoth+right, all+n
		}
		t.Logf("%5d names, all %43.1f %%", c.names, percent(byBoth, all))
		require.GreaterOrEqual(t, percent(byBoth, all), 100*c.least)
		if c.alone {
			t.Logf("by characters alone %.1f %%, by sounds alone %.1f %%", percent(byCharacters, all), percent(bySounds, all))
			require.Greater(t, byBoth, max(byCharacters, bySounds))
		}
	}
}

// What is sure is right.
func TestSure(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	for _, n := range []int{50, 1000, 10_000} {
		m := newMishearing(3)
		all := m.names(2 * n)
		x := Collect(slices.Values(all[:n]))
		sure, right, tried := 0, 0, 0
		for k := range 800 {
			i := m.rand.IntN(n)
			text := all[n+i].Text // not in the list
			if k%4 != 0 {
				way := pick(m, []string{asHomophone, inOtherTone, confused, rhyming, anotherWhole, badly})
				var ok bool
				if text, ok = m.mishear(all[i].Text, way); !ok {
					continue
				}
				tried++
			}
			if hits := x.Nearest(text, 2); x.Sure(hits) {
				sure++
				if k%4 != 0 && hits[0].Name == i {
					right++
				}
			}
		}
		t.Logf("%5d names: %.1f %% of the names are sure, %.1f %% of these right", n, percent(right, tried), percent(right, sure))
		require.GreaterOrEqual(t, percent(right, sure), 96.0)
		require.GreaterOrEqual(t, percent(right, tried), 40.0)
	}
	require.False(t, of("手机", "手机").Sure(of("手机", "手机").Nearest("手机", 2)), "two of the same name")
	require.True(t, of("手机", "电脑").Sure(of("手机", "电脑").Nearest("手鸡", 2)))
	require.False(t, of("手机").Sure(nil))
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(of) }

func BenchmarkNearest(b *testing.B) {
	m := newMishearing(1)
	names := m.names(100_000)
	x := Collect(slices.Values(names))
	x.sound()
	var heard []string
	for range 100 {
		text, _ := m.mishear(pick(m, names).Text, confused)
		heard = append(heard, text)
	}
	i := 0
	for b.Loop() {
		x.Nearest(heard[i%len(heard)], 3)
		i++
	}
}
