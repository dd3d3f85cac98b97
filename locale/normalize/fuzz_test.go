package normalize

import (
	"math/rand/v2"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func addSeeds(f *testing.F, add func(s string)) {
	f.Helper()
	rng := rand.New(rand.NewPCG(4, 4))
	for range 20 {
		add(generated(rng, 8))
	}
}

// The forms are those of golang.org/x/text.
func FuzzForms(f *testing.F) {
	addSeeds(f, func(s string) { f.Add(s) })
	f.Fuzz(func(t *testing.T, s string) {
		for _, form := range forms {
			want := expected(form.theirs, s)
			require.Equal(t, want, form.ours.String(s), form.name)
			require.Equal(t, want == s, form.ours.IsNormal(s), form.name)
		}
	})
}

func FuzzOptions(f *testing.F) {
	addSeeds(f, func(s string) { f.Add(s, uint32(len(s)*7919)) })
	f.Fuzz(func(t *testing.T, s string, bits uint32) {
		o := Options{ // not every combination of what has a table, which takes its time
			Form: Form(bits % 3), Width: bits&4 != 0, KeepPunctuation: bits&4 != 0, Case: bits&8 != 0, Script: bits&8 != 0,
			Invisible: bits&16 != 0, Emoji: Emoji(bits >> 5 & 1), Invalid: bits&16 != 0, Space: Space(bits >> 6 & 15),
			Punctuation: Punctuation(bits >> 10 % 3), Spacing: Spacing(bits >> 12 % 3),
		}
		checkAgreement(t, o, s)
		require.Equal(t, o.String(s), streamed(t, o, s, rand.New(rand.NewPCG(uint64(bits), 1))))
	})
}

// What is normal stays, with any one of the options.
func FuzzTwice(f *testing.F) {
	addSeeds(f, func(s string) { f.Add(s) })
	f.Fuzz(func(t *testing.T, s string) {
		for name, o := range variants {
			if o.Emoji != KeepEmoji || !utf8.ValidString(s) {
				continue // what is left can be an emoji, or a character, anew
			}
			once := o.String(s)
			require.Equal(t, once, o.String(once), name)
		}
	})
}
