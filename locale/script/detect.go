package script

import (
	"sync"

	"github.com/zhushou-ai/zhushou/internal/decode"
)

// A Script is how Chinese is written.
type Script uint8

// The scripts that [Detect] tells apart.
const (
	// Unknown is a text without a character that only one script has: there is no Chinese, or it reads the same in both.
	Unknown Script = iota
	// Hans is simplified Chinese.
	Hans
	// Hant is traditional Chinese.
	Hant
	// Mixed is both, neither by mistake.
	Mixed
)

// String returns the name, for Hans and Hant that of ISO 15924.
func (s Script) String() string {
	return [...]string{"Unknown", "Hans", "Hant", "Mixed"}[min(s, Mixed)]
}

// A Detection is what [Detect] finds.
type Detection struct {
	// Script is the script of the text. It is Mixed if each of both has at least a fifth of the characters that tell.
	Script Script

	// Region is a hint at where the text is from, by its words and spellings: CN for simplified text, TW or HK for
	// traditional text if it has more that is particular to the one than to the other, otherwise empty.
	Region string

	// Confidence says how sure Script is, from 0 for Unknown to almost 1. One character that tells gives 0.5.
	Confidence float64

	// Simplified and Traditional count the characters that only the one script has.
	Simplified, Traditional int
}

// Detect tells the script of s. It looks at all of s, and takes time in proportion to it.
func Detect(s string) Detection {
	var d Detection
	known := evidence()
	for i := 0; i < len(s); {
		r, size := decode.Rune(s, i)
		i += size
		switch known.at(r) {
		case onlySimplified:
			d.Simplified++
		case onlyTraditional:
			d.Traditional++
		}
	}
	all, less := d.Simplified+d.Traditional, min(d.Simplified, d.Traditional)
	share := float64(all-less) / float64(all+1)
	switch {
	case all == 0:
		return d
	case less*5 >= all:
		d.Script, share = Mixed, 2*float64(less)/float64(all+1)
	case d.Simplified > d.Traditional:
		d.Script, d.Region = Hans, "CN"
	default:
		d.Script, d.Region = Hant, region(s)
	}
	d.Confidence = share
	return d
}

// region compares how much of traditional text is particular to Taiwan and to Hong Kong.
func region(s string) string {
	taiwan := fromTaiwanWords.compiled().replaced(s)
	hongKong := fromHongKongWords.compiled().replaced(s)
	switch {
	case taiwan > hongKong:
		return "TW"
	case hongKong > taiwan:
		return "HK"
	}
	return ""
}

// replaced counts the places of s that t replaces by something else.
func (t *table) replaced(s string) int {
	n := 0
	for i := 0; i < len(s); {
		r, size := decode.Rune(s, i)
		e := t.chars.at(r)
		if state := e.state(); state != 0 {
			if end, number := t.phrase(s, i+size, state); end > 0 {
				if string(t.values.at(number)) != s[i:end] {
					n++
				}
				i = end
				continue
			}
		}
		if r >= 0 && e.out(r) != r {
			n++
		}
		i += size
	}
	return n
}

// Entries of the table of evidence. All others are zero or the character itself.
const (
	onlySimplified entry = iota + 1
	onlyTraditional
)

// evidence has the characters that only one script has: those that the conversions between simplified and traditional
// change, without those that either script also has as they are.
var evidence = sync.OnceValue(func() *chars {
	c := &chars{}
	both := make(map[string]bool)
	for _, p := range dictionary("Both") {
		both[p.from] = true
	}
	for _, side := range []struct {
		dictionary string
		only       entry
	}{{"STCharacters", onlySimplified}, {"TSCharacters", onlyTraditional}} {
		for _, p := range dictionary(side.dictionary) {
			if r, ok := single(p.from); ok && p.from != p.to && !both[p.from] {
				*c.entry(r) = side.only
			}
		}
	}
	return c
})
