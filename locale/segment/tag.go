package segment

// A Tag is a part of speech as jieba's dictionary has it. The zero Tag is that of what is in no dictionary.
type Tag uint8

// The tags that matter most. The dictionary has some more, of rare words; their String tells them.
const (
	NoTag          Tag = iota
	Noun               // n
	Person             // nr
	Verb               // v
	Idiom              // i
	Phrase             // l
	Place              // ns
	Numeral            // m
	ProperNoun         // nz
	Transliterated     // nrt
	Character          // zg
	Organization       // nt
	Adjective          // a
	VerbalNoun         // vn
	Descriptive        // z
	Adverb             // d
	Time               // t
	Abbreviation       // j
	Attributive        // b
	Morpheme           // g
	Pronoun            // r
	Location           // s
	Conjunction        // c
	otherPerson        // nrfg
)

// tagNames are the tags in the order of words.txt.
var tagNames = [...]string{
	"", "n", "nr", "v", "i", "l", "ns", "m", "nz", "nrt", "zg", "nt", "a", "vn", "z", "d", "t", "j", "b", "g", "r", "s",
	"c", "nrfg", "x", "f", "ng", "o", "q", "vg", "p", "ad", "mq", "y", "ag", "an", "e", "u", "tg", "k", "vi", "vq", "rr",
	"vd", "dg", "h", "mg", "df", "rg", "rz", "ud", "ug", "uj", "ul", "uv", "uz",
}

// String returns the tag as the dictionary writes it: "n", "v", "nr"; the empty string for the zero Tag.
func (t Tag) String() string {
	if int(t) < len(tagNames) {
		return tagNames[t]
	}
	return "?"
}

// ParseTag returns the tag that is written as name, and whether there is one.
func ParseTag(name string) (Tag, bool) {
	for t, n := range tagNames {
		if n == name {
			return Tag(t), true
		}
	}
	return NoTag, false
}
