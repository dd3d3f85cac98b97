package pinyin

import (
	"slices"
	"strings"
	"sync"
)

// A Fuzzy is a set of differences that a listener or a typist may miss. The zero Fuzzy tells all syllables apart.
type Fuzzy uint16

// The differences. Tones make none.
const (
	ZhZ     Fuzzy = 1 << iota // zhōng zōng
	ChC                       // chéng céng
	ShS                       // shì sì
	NL                        // nán lán
	FH                        // fēi huī, fú hú
	RL                        // rè lè
	AnAng                     // fán fáng
	EnEng                     // chén chéng
	InIng                     // lín líng
	IanIang                   // yán yáng
	UanUang                   // guān guāng

	// Flat are the initials that much of southern China does not curl the tongue for.
	Flat = ZhZ | ChC | ShS

	// Nasal are the finals that differ in n and ng.
	Nasal = AnAng | EnEng | InIng | IanIang | UanUang

	// AllFuzzy are all differences.
	AllFuzzy = Flat | NL | FH | RL | Nasal
)

// classes are the syllables of each set that was asked for: for the place of each syllable that of the first one which
// is the same to the set.
var classes sync.Map // Fuzzy → []uint16

// Key returns the syllable that stands for all that f does not tell apart from s, without a tone: two syllables sound
// alike if their keys are the same.
func (f Fuzzy) Key(s Syllable) Syllable {
	at := int(s >> toneBits)
	if all := f.classes(); at < len(all) {
		return Syllable(all[at]) << toneBits
	}
	return 0
}

// Keys returns the keys of the syllables of a text, its other parts left out.
func (f Fuzzy) Keys(s string) []Syllable {
	var keys []Syllable
	for p := range All(s) {
		if p.Syllable != 0 {
			keys = append(keys, f.Key(p.Syllable))
		}
	}
	return keys
}

func (f Fuzzy) classes() []uint16 {
	f &= AllFuzzy
	if all, ok := classes.Load(f); ok {
		return all.([]uint16)
	}
	all := make([]uint16, len(sounds()))
	first := make(map[[2]string]uint16)
	for i, s := range sounds() {
		merged := f.merge(s)
		if _, ok := first[merged]; !ok {
			first[merged] = uint16(i)
		}
		all[i] = first[merged]
	}
	classes.Store(f, all)
	return all
}

// merge returns the initial and the final of a syllable with what f does not hear taken away.
func (f Fuzzy) merge(s sound) [2]string {
	initial, final := s.initial, s.final
	switch {
	case f&FH != 0 && initial == "h" && final[0] == 'u':
		initial = "f"
		if rest := final[1:]; rest == "i" || rest == "n" {
			final = "e" + rest // hui, hun: fei, fen
		} else if rest != "" {
			final = rest // hua, huang: fa, fang
		}
	case f&ZhZ != 0 && initial == "zh", f&ChC != 0 && initial == "ch", f&ShS != 0 && initial == "sh":
		initial = initial[:1]
	case f&NL != 0 && initial == "n", f&RL != 0 && initial == "r":
		initial = "l"
	}
	for _, n := range nasals {
		if f&n.difference != 0 && final == n.final {
			final = strings.TrimSuffix(final, "g")
		}
	}
	return [2]string{initial, final}
}

var nasals = []struct {
	difference Fuzzy
	final      string
}{{AnAng, "ang"}, {EnEng, "eng"}, {InIng, "ing"}, {IanIang, "iang"}, {UanUang, "uang"}}

// What the parts of a syllable weigh in a Distance.
const (
	toneDistance       = 0.1
	confusableDistance = 0.2
	partDistance       = 0.5
)

// Distance tells how unlike two texts sound, from the syllables of each: 0 if they are the same, 1 for every syllable
// that is quite another, is missing or is too many. A part of a syllable that is easily confused (see [AllFuzzy])
// counts 0.2, another tone 0.1. A syllable with [NoTone] has any tone. Time is proportional to the product of the
// lengths.
func Distance(a, b []Syllable) float64 {
	if len(a) < len(b) {
		a, b = b, a
	}
	row := make([]float64, len(b)+1)
	for j := range row {
		row[j] = float64(j)
	}
	for i, s := range a {
		diagonal := row[0]
		row[0] = float64(i + 1)
		for j, t := range b {
			d := min(diagonal+unlike(s, t), row[j]+1, row[j+1]+1)
			diagonal, row[j+1] = row[j+1], d
		}
	}
	return row[len(b)]
}

// unlike is the distance of two syllables.
func unlike(a, b Syllable) float64 {
	d := 0.0
	if a>>toneBits != b>>toneBits {
		x, y := a.sound(), b.sound()
		if d = partsUnlike(x, y); AllFuzzy.Key(a) == AllFuzzy.Key(b) {
			d = confusableDistance
			if x.initial != y.initial && x.final != y.final {
				d *= 2
			}
		}
	}
	if a.Tone() != b.Tone() && a.Tone() != NoTone && b.Tone() != NoTone {
		d += toneDistance
	}
	return min(d, 1)
}

func partsUnlike(a, b sound) float64 {
	x, y := AllFuzzy.merge(a), AllFuzzy.merge(b)
	d := 0.0
	for i, pair := range [][2]string{{a.initial, b.initial}, {a.final, b.final}} {
		switch {
		case pair[0] == pair[1]:
		case x[i] == y[i]:
			d += confusableDistance
		default:
			d += partDistance
		}
	}
	return d
}

// alike returns the names of all syllables that are the same to f as that at a place, itself first.
func (f Fuzzy) alike() [][]string {
	all := f.classes()
	groups := make(map[uint16][]uint16)
	for i := range all {
		if i > 0 {
			groups[all[i]] = append(groups[all[i]], uint16(i))
		}
	}
	names := make([][]string, len(all))
	for i := range all {
		if i == 0 {
			continue
		}
		names[i] = []string{sounds()[i].name}
		for _, other := range groups[all[i]] {
			if name := sounds()[other].name; !slices.Contains(names[i], name) {
				names[i] = append(names[i], name)
			}
		}
	}
	return names
}
