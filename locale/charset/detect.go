package charset

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"
)

// A Guess is an answer to which charset text is in.
type Guess struct {
	Charset Charset
	// Confidence is the probability, from 0 to 1, that the guess is right. It is low for text that
	// is too short to tell and for data that is no Chinese or English text in any of the charsets.
	Confidence float64
	// BOM is the length of the byte order mark that the text begins with, or 0.
	BOM int
}

// window is how many bytes are examined.
const window = 16 << 10

// Detect returns the charsets that b can be in, the most likely first, at least one and at most one of a family:
// GB18030 where there are four-byte codes, otherwise GBK; Big5-HKSCS where there are codes of the
// Hong Kong supplement, otherwise Big5. Plain ASCII, and nothing, is UTF-8.
//
// It examines the first 16 KiB and, if these are ASCII at first, as many from the first byte that is not.
func Detect(b []byte) []Guess {
	head := b[:min(len(b), window)]
	guesses := examine(head, true, len(head) == len(b))
	at := asciiLength(b)
	if at == len(b) || settled(guesses[0], at) {
		return guesses
	}
	tail := b[at:min(len(b), at+window)]
	return examine(tail, false, at+len(tail) == len(b))
}

// Decode returns the text of b in its most likely charset without the byte order mark, and that charset.
// Bytes that are no character become U+FFFD.
func Decode(b []byte) (string, Guess) {
	guess := Detect(b)[0]
	text, _ := guess.Charset.DecodeLossy(b[guess.BOM:])
	return text, guess
}

// settled tells whether the best guess on the head of a text needs no second look from its first byte that is
// not ASCII, at ascii.
func settled(g Guess, ascii int) bool {
	return ascii == 0 || g.BOM > 0 || g.Charset == UTF16LE || g.Charset == UTF16BE
}

// examine compares the charsets on all of b, which is the head of the text or begins with its first byte that
// is not ASCII, and may be complete.
func examine(b []byte, head, complete bool) []Guess {
	if len(b) == 0 {
		return []Guess{{Charset: UTF8, Confidence: 1}}
	}
	candidates := []Charset{UTF8, GB18030, Big5HKSCS}
	if head {
		for _, c := range [...]Charset{UTF8, UTF16LE, UTF16BE, GB18030} {
			if hasMark(b, c) {
				return []Guess{{Charset: c, Confidence: 1, BOM: len(codecs[c].bom)}}
			}
		}
		candidates = append(candidates, UTF16LE, UTF16BE)
	}
	if asciiLength(b) == len(b) {
		candidates = slices.DeleteFunc(candidates, func(c Charset) bool { return c == GB18030 || c == Big5HKSCS })
	}
	type scored struct {
		Guess
		cost float64
	}
	all := make([]scored, len(candidates))
	noise := byteCost * float64(len(b)) // what b costs if it is no text
	least := noise
	for i, c := range candidates {
		all[i] = scored{Guess{Charset: c}, cost(c, b, complete)}
		if c == UTF16LE || c == UTF16BE {
			all[i].cost += markCost
		}
		least = min(least, all[i].cost)
		switch {
		case c == GB18030 && !hasFourByteCode(b):
			all[i].Charset = GBK
		case c == Big5HKSCS && !hasHongKongCode(b):
			all[i].Charset = Big5
		}
	}
	sum := math.Exp(least - noise)
	for _, s := range all {
		sum += math.Exp(least - s.cost)
	}
	slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(a.cost, b.cost) })
	guesses := make([]Guess, len(all))
	for i, s := range all {
		s.Confidence = math.Exp(least-s.cost) / sum
		guesses[i] = s.Guess
	}
	return guesses
}

// cost tells how surprising b is as text in c, in nats. A character that b ends within costs nothing unless b
// is complete.
func cost(c Charset, b []byte, complete bool) float64 {
	table := model()
	decode := c.codec().decode
	var buf [1024]byte
	units, malformed := 0, 0
	for {
		nDst, nSrc, bad, err := decode(buf[:], b, complete)
		for text := buf[:nDst]; len(text) > 0; {
			r, size := utf8.DecodeRune(text)
			units += int(table[min(int(r), len(table)-1)])
			text = text[size:]
		}
		if bad > 0 {
			malformed++
		}
		b = b[nSrc+bad:]
		if len(b) == 0 || nDst+nSrc+bad == 0 && err != nil {
			return float64(units)/costScale + malformedCost*float64(malformed)
		}
	}
}

// asciiLength returns how many bytes of ASCII b begins with.
func asciiLength(b []byte) int {
	for i, c := range b {
		if c >= utf8.RuneSelf {
			return i
		}
	}
	return len(b)
}
