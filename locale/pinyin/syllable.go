package pinyin

import (
	_ "embed"
	"strings"
	"sync"
)

// A Syllable is a syllable of Mandarin with its tone. The zero Syllable is none: it stands with text that has no
// reading. Syllables are comparable with ==, and small enough to pass around and to keep by the million.
type Syllable uint16

// The tones. A syllable that was parsed from plain pinyin has NoTone.
const (
	NoTone  = 0
	Neutral = 5 // 轻声, which has no mark
)

const (
	toneBits = 3
	toneMask = 1<<toneBits - 1
)

// names are the syllables of Mandarin, interjections and dialectal ones of dictionaries among them. The place of one,
// counted from 1, is what a Syllable holds above its tone.
//
//go:embed syllables.txt
var names string

// A sound is a syllable without its tone, taken apart.
type sound struct {
	name           string // "zhong", "yuan", "lü"
	initial, final string // "zh" and "ong", "" and "üan", "l" and "ü"
}

// sounds are all syllables at their places; at 0 is none.
var sounds = sync.OnceValue(func() []sound {
	all := []sound{{}}
	for line := range strings.Lines(names) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for name := range strings.FieldsSeq(line) {
			initial, final := split(name)
			all = append(all, sound{name, initial, final})
		}
	}
	return all
})

var places = sync.OnceValue(func() map[string]uint16 {
	at := make(map[string]uint16)
	for i, s := range sounds() {
		if i > 0 {
			at[s.name] = uint16(i)
		}
	}
	return at
})

// split takes a syllable apart into its initial and its final, the latter as it is written after an initial: that of
// wei is ui, that of yuan is üan.
func split(name string) (initial, final string) {
	switch {
	case name == "m" || name == "n" || name == "ng" || name == "hm" || name == "hng" || name == "r":
		return "", name
	case name[0] == 'y':
		rest := name[1:]
		switch rest[0] {
		case 'u':
			return "", "ü" + rest[1:]
		case 'i':
			return "", rest
		}
		if rest == "ou" {
			return "", "iu"
		}
		return "", "i" + rest
	case name[0] == 'w':
		switch rest := name[1:]; rest {
		case "u":
			return "", "u"
		case "ei":
			return "", "ui"
		case "en":
			return "", "un"
		default:
			return "", "u" + rest
		}
	}
	n := 0
	switch name[0] {
	case 'z', 'c', 's':
		n = 1
		if len(name) > 1 && name[1] == 'h' {
			n = 2
		}
	case 'a', 'e', 'o', "ê"[0]:
	default:
		n = 1
	}
	initial, final = name[:n], name[n:]
	if final[0] == 'u' && strings.Contains("jqx", initial) && initial != "" {
		final = "ü" + final[1:]
	}
	return initial, final
}

func (s Syllable) sound() sound {
	if at := int(s >> toneBits); at < len(sounds()) {
		return sounds()[at]
	}
	return sound{}
}

// Tone returns the tone: 1 to 4, [Neutral] or [NoTone].
func (s Syllable) Tone() int {
	return int(s & toneMask)
}

// WithTone returns the syllable with another tone: 1 to 4, [Neutral] or [NoTone].
func (s Syllable) WithTone(tone int) Syllable {
	if s == 0 || tone < NoTone || tone > Neutral {
		return s
	}
	return s&^toneMask | Syllable(tone)
}

// Initial returns the consonant that the syllable begins with, "zh" of zhōng. It is empty if it begins with a vowel,
// which y and w are in the spelling of pinyin.
func (s Syllable) Initial() string { return s.sound().initial }

// Final returns the syllable without its initial and its tone, as it is written after an initial: "ong" of zhōng, "ui"
// of wèi as of duì, "üan" of yuán and of juàn.
func (s Syllable) Final() string { return s.sound().final }

// String returns the syllable in pinyin with its tone mark, as [ToneMark] writes it.
func (s Syllable) String() string { return s.Format(ToneMark) }
