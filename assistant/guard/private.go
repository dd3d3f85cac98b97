package guard

import (
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// A privateRule finds personal data.
type privateRule struct {
	check    *check
	stream   *privacy.Stream
	findings []privacy.Finding
	narrow   bool // nothing that is looked for begins with an ordinary character
}

// anywhere are the types of data that can begin with any character, such as the name of a street or an army.
var anywhere = privacy.TypesOf(privacy.Name, privacy.Address, privacy.MilitaryID, privacy.BirthDate, privacy.Coordinates)

func newPrivateRule(c *check, d privacy.Detector) *privateRule {
	types := d.Types
	if types == 0 {
		types = privacy.AllTypes
	}
	return &privateRule{check: c, stream: d.Stream(), narrow: types&anywhere == 0}
}

func (r *privateRule) read(changes []change, piece string) []change {
	r.findings = r.stream.Append(r.findings[:0], piece)
	return r.found(changes)
}

func (r *privateRule) end(changes []change) []change {
	r.findings = r.stream.Flush(r.findings[:0])
	return r.found(changes)
}

func (r *privateRule) found(changes []change) []change {
	for _, p := range r.findings {
		f := Finding{Category: r.check.g.private(), Rule: p.Type.String(), Start: p.Start, End: p.End, Confidence: float64(p.Confidence+1) / 3}
		changes = r.check.found(changes, f, p.Type)
	}
	return changes
}

// pending is what the stream has not decided, less what stands at its beginning and is no beginning of a number.
func (r *privateRule) pending(held string) int {
	n := r.stream.Pending()
	if !r.narrow || n == 0 {
		return n
	}
	n = min(n, len(held)) // the rest was handed on before
	for n > 0 {
		size := harmless(held[len(held)-n:])
		if size == 0 {
			break
		}
		n -= size
	}
	return n
}

// harmless returns the length of the beginning of s with which no number, code or address of a network begins, whatever
// follows: an ordinary character, or what an ordinary character follows and is too short.
func harmless(s string) int {
	var digits, letters, end int
	for _, c := range s {
		switch kindOf(c) {
		case ordinary:
			if end == 0 {
				return utf8.RuneLen(c)
			}
			return end
		case digit:
			digits++
		case province:
			if end > 0 {
				return 0
			}
		case letter:
			letters++
		default:
			return 0
		}
		if end += utf8.RuneLen(c); digits > 2 || letters > 4 || digits*letters > 0 {
			return 0
		}
	}
	return 0 // more may follow
}

// A kind says what a character can be in a number.
type kind uint8

const (
	other    kind = iota
	ordinary      // Chinese, or a mark between sentences
	digit         // in both scripts and all their forms
	province      // the first character of a licence plate
	letter
)

func kindOf(c rune) kind {
	switch {
	case c >= '0' && c <= '9':
		return digit
	case c|0x20 >= 'a' && c|0x20 <= 'z':
		return letter
	case strings.ContainsRune("，。、！？；", c):
		return ordinary
	case c < 0x4E00 || c > 0x9FFF:
		return other
	case strings.ContainsRune("零一壹幺弌二贰弍贰貳三叁弎参叄參四肆五伍六陆陸七柒八捌九玖两兩十拾廿", c):
		return digit
	case strings.ContainsRune("京津沪滬渝冀豫云雲辽遼黑湘皖鲁魯新苏蘇浙赣贛鄂桂甘晋晉蒙陕陝吉闽閩贵貴粤粵青藏川宁寧甯琼瓊使领領", c):
		return province
	}
	return ordinary
}
