package guard

import (
	"sync"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// A privateRule finds personal data.
type privateRule struct {
	check    *check
	stream   *privacy.Stream
	findings []privacy.Finding
	narrow   bool   // nothing that is looked for begins with an ordinary character
	quiet    bool   // nothing has begun
	late     []byte // ordinary text that the stream was not given yet, because nothing begins in it
}

// A stream takes a few hundred bytes at once as fast as a few: so small pieces wait for others, up to lateSize in all.
const smallPiece, lateSize = 64, 1024

// anywhere are the types of data that can begin with any character, such as the name of a street, of an army, or of a
// mailbox, as in 张三@qq.com.
var anywhere = privacy.TypesOf(privacy.Name, privacy.Address, privacy.MilitaryID, privacy.BirthDate, privacy.Coordinates, privacy.Email)

func newPrivateRule(c *check, d privacy.Detector) *privateRule {
	types := d.Types
	if types == 0 {
		types = privacy.AllTypes
	}
	return &privateRule{check: c, stream: d.Stream(), narrow: types&anywhere == 0, quiet: true}
}

func (r *privateRule) read(changes []change, piece string) []change {
	if r.narrow && r.quiet && len(piece) <= smallPiece && len(r.late)+len(piece) <= lateSize && allOrdinary(piece) {
		r.late = append(r.late, piece...)
		return changes
	}
	if len(r.late) > 0 {
		piece = string(append(r.late, piece...))
		r.late = r.late[:0]
	}
	r.findings = r.stream.Append(r.findings[:0], piece)
	return r.found(changes)
}

func (r *privateRule) end(changes []change) []change {
	r.findings = r.stream.Append(r.findings[:0], string(r.late))
	r.findings = r.stream.Flush(r.findings)
	r.late, r.quiet = r.late[:0], true
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
	if len(r.late) > 0 {
		return 0
	}
	n := r.stream.Pending()
	if !r.narrow {
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
	r.quiet = n == 0
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

// allOrdinary reports whether a text is nothing but ordinary characters.
func allOrdinary(s string) bool {
	for _, c := range s {
		if kindOf(c) != ordinary {
			return false
		}
	}
	return true
}

func kindOf(c rune) kind {
	switch {
	case c >= firstHan && c <= lastHan:
		return hanKinds()[c-firstHan]
	case c >= '0' && c <= '9':
		return digit
	case c|0x20 >= 'a' && c|0x20 <= 'z':
		return letter
	case c == '，' || c == '。' || c == '、' || c == '！' || c == '？' || c == '；':
		return ordinary
	}
	return other
}

const firstHan, lastHan = 0x4E00, 0x9FFF

var hanKinds = sync.OnceValue(func() *[lastHan - firstHan + 1]kind {
	kinds := new([lastHan - firstHan + 1]kind)
	for i := range kinds {
		kinds[i] = ordinary
	}
	for _, c := range "一壹幺弌二贰弍貳三叁弎参叄參四肆五伍六陆陸七柒八捌九玖零两兩十拾廿" {
		kinds[c-firstHan] = digit
	}
	for _, c := range "京津沪滬渝冀豫云雲辽遼黑湘皖鲁魯新苏蘇浙赣贛鄂桂甘晋晉蒙陕陝吉闽閩贵貴粤粵青藏川宁寧甯琼瓊使领領" {
		kinds[c-firstHan] = province
	}
	return kinds
})
