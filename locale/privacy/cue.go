package privacy

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// A cueKind says what a cue is evidence of.
type cueKind uint8

const (
	_ cueKind = iota
	cueResidentID
	cueResidencePermit
	cuePermanentResident
	cueHongKongMacauPermit
	cueTaiwanPermit
	cueRegionalID
	cuePassport
	cueMilitaryID
	cueDriverFile
	cuePhone
	cueBankCard
	cueCreditCode
	cueOrganisationCode
	cuePlate
	cueVIN
	cueIMEI
	cueDevice
	cueMAC
	cueCoordinates
	cueQQ
	cueWeChat
	cueOpenID
	cueBirth
	cueAddress
	cueName    // what is labelled so
	cueCalled  // 我叫
	cueIAm     // 我是: also said of what is no name
	cueSurname // 我姓
	cueTitle   // after a name
	cueOffice  // after a name, but also after other words
	cueOther   // the number is something else
)

// cueNames are the kinds as cues.txt calls them.
var cueNames = [...]string{
	cueResidentID: "身份证", cueResidencePermit: "居住证", cuePermanentResident: "永居证", cueHongKongMacauPermit: "回乡证",
	cueTaiwanPermit: "台胞证", cueRegionalID: "区域证", cuePassport: "护照", cueMilitaryID: "军人证",
	cueDriverFile: "档案编号", cuePhone: "电话", cueBankCard: "银行卡", cueCreditCode: "信用代码",
	cueOrganisationCode: "机构代码", cuePlate: "车牌", cueVIN: "车架号", cueIMEI: "串号", cueDevice: "设备", cueMAC: "网卡",
	cueCoordinates: "地点", cueQQ: "扣扣", cueWeChat: "微信", cueOpenID: "开放标识", cueBirth: "生日", cueAddress: "地址",
	cueName: "姓名", cueCalled: "自称", cueIAm: "我是", cueSurname: "我姓", cueTitle: "称谓", cueOffice: "职称",
	cueOther: "非",
}

//go:embed cues.txt
var cueText string

// A cueWord is one word of the table, folded.
type cueWord struct {
	text  []rune
	kinds []cueKind
	latin bool // starts and ends where a Latin word does
	colon bool // counts by itself only with a colon after it
}

type cueWords struct {
	byFirst map[rune][]cueWord      // longest first
	pairs   [1 << 10]uint64         // a filter of the first two characters, of cues that can do without a number and a colon
	exact   map[[2]rune]bool        // these characters
	firsts  [classified / 64]uint64 // first characters of all cues
	starts  map[rune]bool           // first characters of those in pairs
	heads   map[uint32]bool         // the beginnings of those in Latin letters
	latin   uint32                  // the first letters of these
	last    map[rune]bool           // the last characters of those that need a colon
}

// alone are the cues that lead to data without digits.
var alone = []cueKind{cueOpenID, cueWeChat, cueBirth, cueAddress, cueName, cueCalled, cueIAm, cueSurname, cueTitle, cueOffice}

// pair returns the bit of two characters in the filter.
func pair(a, b rune) (index, bit uint32) {
	h := (uint32(a)*0x9E3779B1 ^ uint32(b)*0x85EBCA6B) >> 7 & 0xFFFF
	return h >> 6, h & 63
}

// mayBegin reports whether a cue may begin with two characters: most of those with which none does are known at once.
func (t *cueWords) mayBegin(a, b rune) bool {
	index, bit := pair(a, b)
	return t.pairs[index]>>bit&1 != 0
}

// begins reports whether a cue begins with two characters.
func (t *cueWords) begins(a, b rune) bool {
	return t.mayBegin(a, b) && t.exact[[2]rune{fold.All.Rune(a), fold.All.Rune(b)}]
}

var cueTable = sync.OnceValue(func() *cueWords {
	t := &cueWords{byFirst: make(map[rune][]cueWord), starts: make(map[rune]bool), exact: make(map[[2]rune]bool), heads: make(map[uint32]bool), last: make(map[rune]bool)}
	index := make(map[string]*cueWord)
	for name, words := range rows(cueText) {
		kind := cueKind(slices.Index(cueNames[:], name))
		for _, w := range words {
			w, _ = fold.All.String(w)
			w, colon := strings.CutSuffix(w, ":")
			if index[w] == nil {
				index[w] = &cueWord{text: []rune(w)}
			}
			index[w].kinds = append(index[w].kinds, kind)
			index[w].colon = index[w].colon || colon
		}
	}
	for _, w := range index {
		t.add(*w)
	}
	t.filter()
	for _, words := range t.byFirst {
		slices.SortFunc(words, func(a, b cueWord) int {
			if len(a.text) != len(b.text) {
				return len(b.text) - len(a.text)
			}
			return slices.Compare(a.text, b.text)
		})
	}
	return t
})

func (t *cueWords) add(w cueWord) {
	first, last := w.text[0], w.text[len(w.text)-1]
	w.latin = isLatin(first) && isLatin(last)
	t.byFirst[first] = append(t.byFirst[first], w)
	t.firsts[first/64] |= 1 << (first % 64)
	switch {
	case !slices.ContainsFunc(w.kinds, func(k cueKind) bool { return slices.Contains(alone, k) }):
	case w.colon && !w.latin:
		t.last[last] = true
	case w.latin:
		t.heads[head(string(w.text))] = true
		t.latin |= 1 << (first & 31)
	case len(w.text) > 1:
		t.starts[first] = true
		t.exact[[2]rune(w.text[:2])] = true
	}
}

// filter fills the filter of the first two characters with all their forms.
func (t *cueWords) filter() {
	forms := make(map[rune][]rune)
	for p := range t.exact {
		forms[p[0]], forms[p[1]] = []rune{p[0]}, []rune{p[1]}
	}
	for r := rune(0x80); r < classified; r++ {
		f := fold.All.Rune(r)
		if list, ok := forms[f]; ok && f != r {
			forms[f] = append(list, r)
		}
	}
	for p := range t.exact {
		for _, a := range forms[p[0]] {
			for _, b := range forms[p[1]] {
				index, bit := pair(a, b)
				t.pairs[index] |= 1 << bit
			}
		}
	}
}

// headSize is the number of letters by which Latin cues are recognised at first.
const headSize = 4

// rows yields the rows of a table: a name, a colon, and words.
func rows(table string) func(yield func(string, []string) bool) {
	return func(yield func(string, []string) bool) {
		for line := range strings.Lines(table) {
			name, words, ok := strings.Cut(line, ":")
			if ok && line[0] != '#' && !yield(name, strings.Fields(words)) {
				return
			}
		}
	}
}

// runesOf returns the set of the characters of a table's row.
func runesOf(words []string) map[rune]bool {
	set := make(map[rune]bool)
	for _, w := range words {
		for _, r := range w {
			set[fold.All.Rune(r)] = true
		}
	}
	return set
}
