package pack

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/guard/profile"
	"github.com/zhushou-ai/zhushou/locale/match"
)

// key is a key that is the same in every run.
func key(n byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
}

func public(n byte) ed25519.PublicKey { return key(n).Public().(ed25519.PublicKey) }

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func example(changed string, words ...string) *Pack {
	p := &Pack{Name: "own", Version: "7", Changed: day(changed)}
	for _, w := range words {
		p.Words = append(p.Words, match.Word{Text: w, Category: "A.1.h"})
	}
	return p
}

func text(t *testing.T, p *Pack, k ed25519.PrivateKey) string {
	t.Helper()
	var b strings.Builder
	require.NoError(t, p.Write(&b, k))
	return b.String()
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	p := example("2026-11-20", "咕噜呱啦", "叽喳 哐啷")
	p.Words = append(p.Words, match.Word{Text: "噼啪", Weight: 0.25})
	got, err := Read(strings.NewReader(text(t, p, key(1))), public(2), public(1))
	require.NoError(t, err)
	require.Equal(t, public(1), got.Signer)
	got.Signer = nil
	require.Equal(t, p, got)

	got, err = Read(strings.NewReader(text(t, p, nil)))
	require.NoError(t, err)
	require.Equal(t, p, got)
}

func TestNoChangedByteIsRead(t *testing.T) {
	t.Parallel()
	whole := text(t, example("2026-11-20", "咕噜呱啦", "叽喳哐啷"), key(1))
	for i := range len(whole) - 1 { // the last newline carries nothing
		b := []byte(whole)
		b[i] ^= 1
		_, err := Read(bytes.NewReader(b), public(1))
		require.Error(t, err, "byte %d flipped", i)
		_, err = Read(strings.NewReader(whole[:i]), public(1))
		require.Error(t, err, "cut at %d", i)
	}
}

func TestNotTrusted(t *testing.T) {
	t.Parallel()
	p := example("2026-11-20", "咕噜呱啦")
	signed := text(t, p, key(1))
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"not signed":               {text(t, p, nil), ErrUnsigned},
		"signed by somebody else":  {text(t, p, key(3)), ErrSignature},
		"words behind":             {signed + "叽喳\n", ErrSignature},
		"words between":            {strings.Replace(signed, "#sig", "叽喳\n#sig", 1), ErrSignature},
		"another pack's signature": {text(t, example("2026-11-21", "咕噜呱啦"), nil) + signed[strings.Index(signed, "#sig"):], ErrSignature},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(strings.NewReader(c.text), public(1), public(2))
			require.ErrorIs(t, err, c.want)
		})
	}
}

func TestReadErrors(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                              `first line "": want #pack`,
		"咕噜\tA.1.h\n":                   `first line "咕噜\tA.1.h": want #pack`,
		"#pack own 7\n":                 "want #pack, name, version and day",
		"#pack own 7 20.11.2026\n咕噜\n":  `day "20.11.2026": want one like 2026-11-20`,
		"#pack own 7 2026-11-20\n\t坏\n": "line 2",
	} {
		_, err := Read(strings.NewReader(text))
		require.ErrorContains(t, err, want, "%q", text)
	}
}

func TestWriteErrors(t *testing.T) {
	t.Parallel()
	good := match.Word{Text: "咕噜"}
	for name, c := range map[string]struct {
		change func(*Pack)
		key    ed25519.PrivateKey
		want   string
	}{
		"name with a space": {func(p *Pack) { p.Name = "my own" }, nil, "want #pack, name"},
		"no version":        {func(p *Pack) { p.Version = "" }, nil, "want #pack, name"},
		"empty word":        {func(p *Pack) { p.Words = []match.Word{good, {}} }, nil, "words[1]"},
		"comment":           {func(p *Pack) { p.Words[0].Text = "#咕噜" }, nil, "like a comment"},
		"tab":               {func(p *Pack) { p.Words[0].Text = "咕\t噜" }, nil, "white space"},
		"line in category":  {func(p *Pack) { p.Words[0].Category = "A\n#signature" }, nil, "white space"},
		"no number":         {func(p *Pack) { p.Words[0].Weight = math.Inf(1) }, nil, "no number"},
		"short key":         {func(*Pack) {}, key(1)[:10], "key of 10 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := example("2026-11-20", "咕噜")
			c.change(p)
			var b strings.Builder
			require.ErrorContains(t, p.Write(&b, c.key), c.want)
			require.Empty(t, b.String())
		})
	}
}

func TestCover(t *testing.T) {
	t.Parallel()
	rules, err := profile.Open("gbt-45654-2025")
	require.NoError(t, err)
	p := example("2026-11-20")
	for i := range rules.Words.Total {
		p.Words = append(p.Words, match.Word{Text: fmt.Sprint("咕噜", i), Category: rules.Categories[i%17].ID})
	}
	c := p.Cover(rules, day("2026-11-21"))
	require.True(t, c.OK(), "%v", c.Shortfalls)
	require.True(t, p.Cover(rules, day("2027-11-21")).Stale)
	few := 0
	p.Words = deleteAllBut(p.Words, "A.1.f", 199, &few)
	require.Contains(t, p.Cover(rules, day("2026-11-21")).Shortfalls, profile.Shortfall{Category: "A.1.f", Have: 199, Want: 200})
}

// deleteAllBut keeps n words of a category and all others.
func deleteAllBut(words []match.Word, category string, n int, seen *int) []match.Word {
	var out []match.Word
	for _, w := range words {
		if w.Category == category {
			if *seen++; *seen > n {
				continue
			}
		}
		out = append(out, w)
	}
	return out
}

func put(t *testing.T, path, text string, at time.Time) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	require.NoError(t, os.Chtimes(path, at, at))
}

func TestReloadKeepsWhatWorks(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "words.txt")
	s := &Source{Path: path, Trusted: []ed25519.PublicKey{public(1)}}
	require.ErrorIs(t, s.Reload(), os.ErrNotExist)
	require.Nil(t, s.Load())
	require.Nil(t, s.Pack())

	put(t, path, text(t, example("2026-11-20", "咕噜"), key(1)), day("2026-11-20"))
	require.NoError(t, s.Reload())
	require.True(t, s.Load().Contains("一咕噜二"))

	other := example("2026-11-22", "叽喳")
	other.Name = "theirs"
	for what, bad := range map[string]string{
		"older":      text(t, example("2026-11-19", "叽喳"), key(1)),
		"not signed": text(t, example("2026-11-22", "叽喳"), nil),
		"theirs":     text(t, other, key(1)),
		"empty":      "",
	} {
		put(t, path, bad, day("2026-11-21"))
		require.Error(t, s.Reload(), what)
		require.True(t, s.Load().Contains("咕噜"), what)
		require.False(t, s.Load().Contains("叽喳"), what)
	}
	put(t, path, text(t, example("2026-11-20", "叽喳"), key(1)), day("2026-11-22")) // the same day may see two releases
	require.NoError(t, s.Reload())
	require.True(t, s.Load().Contains("叽喳"))
}

func TestWatch(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "words.txt")
	put(t, path, text(t, example("2026-11-20", "咕噜"), nil), day("2026-11-20"))
	synctest.Test(t, func(t *testing.T) {
		s := &Source{Path: path}
		require.NoError(t, s.Reload())
		said := make(chan string, 9)
		go func() {
			_ = s.Watch(t.Context(), time.Minute, func(p *Pack, err error) {
				said <- fmt.Sprint(p.Changed.Day(), " ", err != nil)
			})
		}()
		inThreeMinutes := func() (all []string) {
			time.Sleep(3 * time.Minute)
			synctest.Wait()
			for len(said) > 0 {
				all = append(all, <-said)
			}
			return all
		}
		require.Empty(t, inThreeMinutes())
		put(t, path, text(t, example("2026-11-21", "叽喳"), nil), day("2026-11-21"))
		require.Equal(t, []string{"21 false"}, inThreeMinutes())
		put(t, path, "broken", day("2026-11-22"))
		require.Equal(t, []string{"21 true"}, inThreeMinutes())
		require.NoError(t, os.Remove(path))
		require.Equal(t, []string{"21 true"}, inThreeMinutes())
		require.True(t, s.Load().Contains("叽喳"))
		put(t, path, text(t, example("2026-11-22", "哐啷"), nil), day("2026-11-23"))
		require.Equal(t, []string{"22 false"}, inThreeMinutes())
		require.True(t, s.Load().Contains("哐啷"))
	})
}

func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	p := example("2026-11-20", "咕噜呱啦")
	if err := p.Write(&b, key(1)); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("#pack own 7 2026-11-20\n咕噜\tA.1.h\t0.5\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		if _, err := Read(bytes.NewReader(in), public(1)); err == nil {
			require.True(t, bytes.HasPrefix(in, b.Bytes()[:b.Len()-1]), "nobody has signed this")
		}
		p, err := Read(bytes.NewReader(in))
		if err != nil {
			return
		}
		var out bytes.Buffer
		if p.Write(&out, nil) != nil {
			return // white space that only a reader allows
		}
		again, err := Read(&out)
		require.NoError(t, err)
		require.Equal(t, p, again)
	})
}
