package pinyin

import (
	"strings"
	"sync"
)

// A Style is a way to write syllables.
type Style uint8

// The styles. The examples are 中 and 绿.
const (
	ToneMark       Style = iota // zhōng lǜ
	ToneNumber                  // zhong1 lü4
	ToneAfterVowel              // zho1ng lü4, the number stands where the mark would
	Plain                       // zhong lü, without tones
	FirstLetter                 // z l
	InitialOnly                 // zh l, nothing where a syllable begins with a vowel
	FinalOnly                   // ōng ǜ
	Zhuyin                      // ㄓㄨㄥ ㄌㄩˋ
	WadeGiles                   // chung¹ lü⁴

	styles
)

// An Umlaut is a way to write the vowel ü.
type Umlaut uint8

// The ways to write ü.
const (
	Diaeresis Umlaut = iota // lǜ
	LetterV                 // lv4, as it is typed
	LettersYU               // LYU, as in passports

	umlauts
)

// forms are all syllables written in all ways, each list made when it is first used: at the number of a Syllable is
// its form.
var forms [styles][umlauts]struct {
	once sync.Once
	all  *[maxSyllables]form
}

// maxSyllables is more than the largest number of a Syllable, and a power of two.
const maxSyllables = 1 << 12

// A form is a syllable as it is written, and in the last byte its size. All forms have the same size, so that copying
// one is an instruction or two.
type form [maxForm + 1]byte

const maxForm = 15

func (f *form) size() int { return int(f[maxForm]) }

func (f *form) String() string { return string(f[:f.size()]) }

// Format returns the syllable in a style; the empty string if it is none.
func (s Syllable) Format(style Style) string { return s.format(style, Diaeresis) }

func (s Syllable) format(style Style, umlaut Umlaut) string {
	if style >= styles || umlaut >= umlauts {
		return ""
	}
	if s >= maxSyllables {
		return ""
	}
	return formsOf(style, umlaut)[s].String()
}

// formsOf returns the forms of all syllables.
func formsOf(style Style, umlaut Umlaut) *[maxSyllables]form {
	f := &forms[style][umlaut]
	f.once.Do(func() { f.all = write(style, umlaut) })
	return f.all
}

func write(style Style, umlaut Umlaut) *[maxSyllables]form {
	all := new([maxSyllables]form)
	for i := range len(sounds()) << toneBits {
		s := Syllable(i)
		if s>>toneBits == 0 || s.Tone() > Neutral {
			continue
		}
		text := spell(s.sound(), s.Tone(), style)
		switch umlaut {
		case LetterV:
			text = vLetters.Replace(text)
		case LettersYU:
			text = yuLetters.Replace(text)
		}
		all[i][maxForm] = uint8(copy(all[i][:maxForm], text))
	}
	return all
}

var (
	vLetters  = strings.NewReplacer("ü", "v", "ǖ", "v̄", "ǘ", "v́", "ǚ", "v̌", "ǜ", "v̀")
	yuLetters = strings.NewReplacer("ü", "yu", "ǖ", "yū", "ǘ", "yú", "ǚ", "yǔ", "ǜ", "yù")
)

func spell(s sound, tone int, style Style) string {
	digit := ""
	if tone > NoTone && tone < Neutral {
		digit = string(rune('0' + tone))
	}
	switch style {
	case ToneMark:
		return mark(s.name, tone)
	case ToneNumber:
		if tone == Neutral {
			return s.name + "5"
		}
		return s.name + digit
	case ToneAfterVowel:
		at, size := nucleus(s.name)
		return s.name[:at+size] + digit + s.name[at+size:]
	case Plain:
		return s.name
	case FirstLetter:
		if s.name == "ê" {
			return "e"
		}
		return s.name[:1]
	case InitialOnly:
		return s.initial
	case FinalOnly:
		return mark(s.final, tone)
	case Zhuyin:
		return zhuyin(s, tone)
	case WadeGiles:
		return wadeGiles(s) + [...]string{"", "¹", "²", "³", "⁴", "⁵"}[tone]
	}
	return ""
}

// nucleus returns where the vowel that bears the tone begins, and its size in bytes: a or e if there is one, the o of
// ou, else the last vowel; without a vowel the first consonant, as in ń.
func nucleus(name string) (at, size int) {
	if i := strings.IndexAny(name, "aeê"); i >= 0 {
		if strings.HasPrefix(name[i:], "ê") {
			return i, len("ê")
		}
		return i, 1
	}
	if i := strings.Index(name, "ou"); i >= 0 {
		return i, 1
	}
	for i, r := range name {
		switch r {
		case 'i', 'o', 'u':
			at, size = i, 1
		case 'ü':
			at, size = i, len("ü")
		}
	}
	if size > 0 {
		return at, size
	}
	if i := strings.IndexAny(name, "mn"); i >= 0 {
		return i, 1
	}
	return 0, 1
}

// marked are the letters that bear a tone, with each of the four.
var marked = map[string][4]string{
	"a": {"ā", "á", "ǎ", "à"}, "e": {"ē", "é", "ě", "è"}, "i": {"ī", "í", "ǐ", "ì"}, "o": {"ō", "ó", "ǒ", "ò"},
	"u": {"ū", "ú", "ǔ", "ù"}, "ü": {"ǖ", "ǘ", "ǚ", "ǜ"}, "ê": {"ê̄", "ế", "ê̌", "ề"},
	"m": {"m̄", "ḿ", "m̌", "m̀"}, "n": {"n̄", "ń", "ň", "ǹ"},
}

func mark(name string, tone int) string {
	if tone <= NoTone || tone >= Neutral {
		return name
	}
	at, size := nucleus(name)
	letters, ok := marked[name[at:at+size]]
	if !ok {
		return name
	}
	return name[:at] + letters[tone-1] + name[at+size:]
}
