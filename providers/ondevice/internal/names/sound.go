package names

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/pinyin"
)

// A sound is how a character is read: the number of its syllable, and its tone in the lowest three bits. It is 0 where a
// character has no reading, as in Latin words, which sound as they are written.
type sound uint16

func (s sound) syllable() int { return int(s >> 3) }
func (s sound) tone() int     { return int(s & 7) }

// A syllable is one without its tone.
type syllable struct {
	initial, final uint8  // indices of initials and finals
	key            uint16 // the number of the first syllable that is easily confused with it
}

// A phonology is what is known of syllables, made once.
type phonology struct {
	number    map[pinyin.Syllable]uint16 // without tone → index in syllables
	syllables []syllable                 // 0 is none
}

// alone has the sounds of characters by their codes, with nothing around them, once phonetics was called. It is no part
// of the heap, of which the collector keeps as much again free.
var alone [1 << 16]sound

var phonetics = sync.OnceValue(func() *phonology {
	p := &phonology{number: make(map[pinyin.Syllable]uint16), syllables: make([]syllable, 1)}
	for i := range 1 << 16 {
		s := pinyin.Syllable(i)
		if s.WithTone(pinyin.NoTone) != s || s.Initial()+s.Final() == "" {
			continue
		}
		p.number[s] = uint16(len(p.syllables))
		p.syllables = append(p.syllables, syllable{
			initial: indexOf(initials, s.Initial()), final: indexOf(finals, s.Final()),
		})
	}
	for s, n := range p.number {
		p.syllables[n].key = p.number[pinyin.AllFuzzy.Key(s)]
	}
	p.hearAlone()
	return p
})

// hearAlone listens to all characters that have a reading.
func (p *phonology) hearAlone() {
	var text []rune
	var sounds []sound
	hear := func() {
		sounds = p.listen(sounds[:0], text)
		for i, r := range text {
			alone[r] = sounds[i]
		}
		text = text[:0]
	}
	add := func(r rune) {
		if text = append(text, r, between); len(text) >= together {
			hear()
		}
	}
	for r := '0'; r <= '9'; r++ {
		add(r)
	}
	for _, han := range unicode.Han.R16 {
		for r := rune(han.Lo); r <= rune(han.Hi); r += rune(han.Stride) {
			add(r)
		}
	}
	hear()
}

func indexOf(all, one string) uint8 {
	i := uint8(0)
	for part := range strings.FieldsSeq(all) {
		if i++; part == one {
			return i
		}
	}
	return 0 // it is not there
}

// listen appends the sounds of text in view, one for each character.
func (p *phonology) listen(dst []sound, text []rune) []sound {
	at := len(dst)
	dst = append(dst, make([]sound, len(text))...)
	for piece := range pinyin.All(chinese(text)) {
		if piece.Syllable != 0 {
			dst[at] = p.sound(piece.Syllable)
		}
		at += utf8.RuneCountInString(piece.Text)
	}
	return dst
}

// chinese returns text with Chinese digits for Arabic ones, which are read so.
func chinese(text []rune) string {
	var b strings.Builder
	b.Grow(3 * len(text))
	for _, r := range text {
		if isDigit(r) {
			r = []rune("零一二三四五六七八九")[r-'0']
		}
		b.WriteRune(r)
	}
	return b.String()
}

func (p *phonology) sound(y pinyin.Syllable) sound {
	return sound(p.number[y.WithTone(pinyin.NoTone)])<<3 | sound(y.Tone())
}

// key returns what is the same for sounds that are easily confused: of characters without a reading themselves.
func (p *phonology) key(s sound, code uint16) uint16 {
	if s == 0 {
		return 1<<15 | code
	}
	return p.syllables[s.syllable()].key
}

// keyAlone is the key of a character by its code, read alone.
func (p *phonology) keyAlone(code uint16) uint16 { return p.key(alone[code], code) }

// The parts of syllables.
const (
	initials = "b p m f d t n l g k h j q x zh ch sh r z c s"
	finals   = "a o e ai ei ao ou an en ang eng ong er i ia ie iao iu ian in iang ing iong " +
		"u ua uo uai ui uan un uang ueng ü üe üan ün"
)

// Costs are in hundredths of a character that is quite another.
const (
	whole        = 100 // another character
	gap          = 75  // a character too many or missing
	homophone    = 8   // another character that sounds the same
	otherTone    = 6   // another tone
	otherReading = 10  // the reading that a character does not have there
	otherPart    = 55  // another initial, another final
)

// confusions are pairs of parts that are heard for each other and what they cost, the more alike ones first.
const confusions = `
	10 zh-z ch-c sh-s an-ang en-eng in-ing n-l
	15 ian-iang uan-uang f-h r-l e-o uo-o
	25 b-p d-t g-k j-q zh-ch z-c zh-j ch-q sh-x z-j c-q s-x sh-ch s-c x-q r-zh r-sh k-h g-h m-n r-n
	25 i-ü ie-üe ian-üan in-ün ong-eng ueng-eng iong-ong ai-ei ao-ou ei-ui uan-an un-en ua-a uai-ai uo-ou e-uo uang-ang
	30 ing-eng in-en ing-ün ou-u iu-ou iao-ao ian-an iang-ang ia-a ie-ei üe-e i-ei i-in i-ing u-o un-ün uan-üan er-e ong-un ian-in an-en ang-eng
	40 b-d p-t d-g t-k b-m f-p d-l t-h d-n zh-d j-d q-t z-d l-m f-b e-a o-u iu-u ai-a ao-a an-a e-en uo-u i-e ie-i ü-u
`

// A matrix has the cost of each pair of parts.
type matrix [40][40]uint8

// unlike returns the costs of initials and of finals.
var unlike = sync.OnceValues(func() (ofInitials, ofFinals *matrix) {
	ofInitials, ofFinals = new(matrix), new(matrix)
	for _, m := range []*matrix{ofInitials, ofFinals} {
		for i := range m {
			for j := range m[i] {
				if i != j {
					m[i][j] = otherPart
				}
			}
		}
	}
	set := func(m *matrix, a, b uint8, c uint8) {
		if a != 0 && b != 0 {
			m[a][b], m[b][a] = min(m[a][b], c), min(m[b][a], c)
		}
	}
	for line := range strings.Lines(confusions) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		c := (fields[0][0]-'0')*10 + fields[0][1] - '0'
		for _, pair := range fields[1:] {
			a, b, _ := strings.Cut(pair, "-")
			set(ofInitials, indexOf(initials, a), indexOf(initials, b), c)
			set(ofFinals, indexOf(finals, a), indexOf(finals, b), c)
		}
	}
	return ofInitials, ofFinals
})
