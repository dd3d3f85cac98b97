package pattern

import (
	"errors"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

// A phrase is read, or has a mistake at a place in it; what it describes can be read again.
func FuzzPhrase(f *testing.F) {
	for _, seed := range []string{
		"[请]提醒我{time}{text}", "(打开|开启|){room}[的]灯", "(a;b;c)", "<turn on>{x:color}", "{*}灯{*1-10}", "打开 && {room}", `\{\`, "[[[", "{a:b}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := Parse(Phrase{Text: text, Scope: everything})
		if err != nil {
			var mistake *Error
			require.True(t, errors.As(err, &mistake))
			require.GreaterOrEqual(t, mistake.Offset, 0)
			require.LessOrEqual(t, mistake.Offset, len(mistake.Text))
			require.NotEmpty(t, mistake.Reason)
			return
		}
		for _, pieces := range e.Sentences(5) {
			again := ""
			for _, p := range pieces {
				if again += Quote(p.Text); p.Slot.Name != "" {
					again += "{" + p.Slot.Name + ":" + p.Slot.Of + "}"
				}
			}
			_, err := Parse(Phrase{Text: again, Scope: everything})
			if err != nil {
				require.NotContains(t, err.Error(), "closes nothing")
			}
		}
		if len(text) < 200 {
			set, err := Compile([]Phrase{{Text: text, Scope: everything}}, nil)
			require.NoError(t, err)
			set.Match(view.OfString(text), nil, Options{})
		}
	})
}

// Bytes are a set, or an error; a set matches without harm.
func FuzzLoad(f *testing.F) {
	f.Add(saved(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		set, err := Load(sealed(data))
		if err != nil {
			return
		}
		sentence := view.OfString("把客厅的灯打开然后买米")
		for _, loose := range []bool{false, true} {
			check(t, sentence, 11, set.Match(sentence, []Candidate{{0, 3, 1, 0}, {3, 11, 2, 1}}, Options{Loose: loose}))
		}
	})
}

// What is found lies in the sentence, in order and apart.
func FuzzMatch(f *testing.F) {
	f.Add("把{room}灯打开", "提醒我{time}{text}", "把客厅灯打开", uint16(1), uint16(3), true)
	f.Add("{a}{b}", "{*}灯", "play some song 12", uint16(0), uint16(5), false)
	f.Fuzz(func(t *testing.T, one, two, text string, start, end uint16, loose bool) {
		if !utf8.ValidString(text) || len(one)+len(two) > 200 || len(text) > 400 {
			return
		}
		set, err := Compile([]Phrase{{Text: one, Scope: everything}, {Text: two, Scope: everything}}, []string{"的", "请"})
		if err != nil {
			return
		}
		sentence := []rune(text)
		candidates := []Candidate{{int(start), int(end), moment, 0}, {int(start) / 2, int(end), song, 1}}
		check(t, view.Of(sentence), len(sentence), set.Match(view.Of(sentence), candidates, Options{Loose: loose}))
	})
}

// check checks matches of a sentence of n characters.
func check(t *testing.T, sentence *view.Text, n int, matches []Match) {
	seen := make(map[int]bool)
	for i, m := range matches {
		require.False(t, seen[m.Phrase])
		seen[m.Phrase] = true
		require.LessOrEqual(t, m.Literal+m.Free+m.Skipped, len(sentence.Runes))
		at := 0
		for _, f := range m.Fills {
			require.GreaterOrEqual(t, f.Start, at)
			require.Greater(t, f.End, f.Start)
			require.LessOrEqual(t, f.End, n)
			require.False(t, f.Candidate >= 0 && f.Value >= 0)
			at = f.End
		}
		if i > 0 {
			last := matches[i-1]
			require.LessOrEqual(t, last.Free+last.Skipped+last.Doubt, m.Free+m.Skipped+m.Doubt)
		}
	}
}
