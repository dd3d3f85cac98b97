package language

import (
	"cmp"
	"slices"
)

// A Language is a tag of BCP 47.
type Language string

// The languages that are told apart.
const (
	Unknown   Language = "und" // another one, or none
	Chinese   Language = "zh"  // other than Cantonese
	Cantonese Language = "yue"
	Japanese  Language = "ja"
	Korean    Language = "ko"
	English   Language = "en"
)

// A Detection is what [Detect] finds.
type Detection struct {
	// Language is that of the largest part of the text. A Latin word counts as much as 1.5 ideographs.
	Language Language

	// Confidence says how sure Language is, from 0 to 1. It is low for short text, for text without anything that only
	// one language has, and for mixed text; it is 0 for Unknown.
	Confidence float64

	// Scripts has the scripts of all letters, the most frequent one first.
	Scripts []Share
}

// A Share is how much of a text is in a script.
type Share struct {
	Script string  // by ISO 15924: Hani, Hira, Kana, Bopo, Hang, Latn, Cyrl, Arab, Thai; Zzzz for all others
	Share  float64 // of the letters, from 0 to 1
}

// Detect tells the language of s. It looks at all of s, and takes time in proportion to it.
func Detect(s string) Detection {
	var t tally
	t.count(s)
	var d Detection
	d.Language, d.Confidence = t.language()
	letters := 0
	for _, n := range t.letters {
		letters += n
	}
	for script, n := range t.letters {
		if n > 0 {
			d.Scripts = append(d.Scripts, Share{scriptNames[script], float64(n) / float64(letters)})
		}
	}
	slices.SortStableFunc(d.Scripts, func(a, b Share) int { return cmp.Compare(b.Share, a.Share) })
	return d
}

// language weighs what was counted. Nothing in it is precise: the numbers are such that the ordinary sentence of each
// language is far from every limit.
func (t *tally) language() (Language, float64) {
	han, kana := float64(t.letters[han]+t.letters[bopomofo]), float64(t.kana)
	east := han + kana/2
	korean := float64(t.letters[hangul])
	latin := 1.5 * float64(t.words)
	others := float64(t.letters[cyrillic]+t.letters[arabic]+t.letters[thai]+t.letters[unknown]) / 4
	all := east + korean + latin + others
	switch most := max(east, korean, latin, others); {
	case all == 0 || most == others:
		return Unknown, 0
	case most == korean:
		return Korean, korean / all * sure(2*korean)
	case most == latin:
		return t.latin(latin / all)
	}
	japanese := kana + 2*float64(t.japanese)
	chinese := 2*float64(t.chinese) + han/20
	cantonese := float64(t.cantonese)
	share := east / all
	switch {
	case japanese > chinese+cantonese:
		return Japanese, share * sure(japanese) * (japanese - chinese) / japanese
	case 25*cantonese >= han && cantonese > 0:
		return Cantonese, share * sure(3*cantonese)
	}
	evidence := chinese + han/8
	return Chinese, share * sure(evidence) * evidence / (evidence + japanese + 2*cantonese)
}

// latin tells English from other languages in Latin letters.
func (t *tally) latin(share float64) (Language, float64) {
	english, foreign := float64(t.english), float64(t.foreign)
	switch {
	case english > foreign:
		return English, share * sure(2*english) * (english - foreign) / english
	case english == foreign && foreign == 0 && 2*t.accented <= t.words:
		return English, share * 0.3 // nothing says that it is, nor that it is not
	}
	return Unknown, 0
}

// sure turns an amount of evidence into a confidence that grows towards 1.
func sure(evidence float64) float64 { return evidence / (evidence + 1) }
