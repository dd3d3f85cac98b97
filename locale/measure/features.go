package measure

import (
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// Features count what the number of tokens depends on. For each tokenizer, tokenWeights has what one of each costs.
type features struct {
	// Words are runs of Latin letters of ASCII, cut where a small letter comes before a capital one.
	words [wordKinds][maxWord]uint32 // by their length, less one
	other [featureCount]uint32
}

// Kinds of words.
const (
	afterSpace = iota
	afterOther
	inCapitals // two or more
	wordKinds
)

const maxWord = 16 // what is longer counts as lettersBeyond

// The other features.
const (
	lettersBeyond   = iota
	ideographTokens // of runs of ideographs of the main block
	digitGroups     // of up to three
	digits
	spaceBeforeDigit
	spaceBeforeWide // before what is not ASCII
	spaceBeforeMark
	oneMark // runs of ASCII punctuation, by length
	twoMarks
	threeMarks
	fourMarks
	marksBeyond      // marks of longer runs
	markBeforeLetter // one mark
	sameMarks        // three or more
	endAfterOther    // line ends, with those after them
	endAfterMark
	endAfterWideMark
	indents         // two spaces or more
	tabs            // runs
	commonWideMarks // ，。、
	wideMarks       // other Chinese punctuation
	wideMarkPairs   // Chinese punctuation after the same
	fullWidths      // letters and digits
	rareIdeographs  // of other blocks
	kanaLetters
	hangulSyllables
	latinLetters // not of ASCII
	latinRests   // letters of ASCII after one of them
	cyrillicLetters
	twoBytes // other characters of two bytes
	threeByteLetters
	threeBytes
	fourBytes
	featureCount
)

// kinds has what each byte begins: a letter of ASCII (a or A), a digit (0), punctuation (!), a space, a line end (n),
// another control character (t), or a character that is not ASCII (W).
const kinds = "ttttttttttnttntttttttttttttttttt !!!!!!!!!!!!!!!0000000000!!!!!!" +
	"!AAAAAAAAAAAAAAAAAAAAAAAAAA!!!!!!aaaaaaaaaaaaaaaaaaaaaaaaaa!!!!t" +
	"WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW" +
	"WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"

// count adds the features of s.
func (f *features) count(s string, v *vocabulary) {
	last := byte('n') // the kind before i, W for Chinese punctuation, L for a Latin letter, 0 for anything else
	for i := 0; i < len(s); {
		k := kinds[s[i]]
		start, spaced := i, last == ' '
		switch k {
		case 'W':
			if spaced {
				f.other[spaceBeforeWide]++
			}
			i, last = f.wide(s, i, last, v)
			continue
		case 'a', 'A':
			if i = f.word(s, i, spaced, last == 'L'); last == 'L' {
				f.other[latinRests]++
			}
			last = k
			continue
		}
		for i++; i < len(s) && kinds[s[i]] == k; i++ {
		}
		n := i - start
		switch k {
		case '0':
			f.other[digitGroups] += uint32(n+2) / 3
			f.other[digits] += uint32(n)
			if spaced {
				f.other[spaceBeforeDigit]++
			}
		case '!':
			f.marks(s[start:i], i < len(s) && kinds[s[i]]|0x20 == 'a')
			if spaced {
				f.other[spaceBeforeMark]++
			}
		case ' ':
			if n > 1 {
				f.other[indents]++
			}
		case 'n':
			switch last {
			case '!':
				f.other[endAfterMark]++
			case 'W':
				f.other[endAfterWideMark]++
			default:
				f.other[endAfterOther]++
			}
		case 't':
			f.other[tabs]++
		}
		last = k
	}
}

// word adds the word at s[i:], unless it only continues one, and returns its end.
func (f *features) word(s string, i int, spaced, continues bool) int {
	start := i
	for i < len(s) && kinds[s[i]] == 'A' {
		i++
	}
	kind := afterOther
	switch capitals := i - start; {
	case capitals > 1:
		kind = inCapitals
		if i < len(s) && kinds[s[i]] == 'a' {
			i-- // the last capital begins the next word
		}
	default:
		i = smallEnd(s, i)
		if spaced {
			kind = afterSpace
		}
	}
	if !continues {
		f.length(kind, i-start)
	}
	return i
}

// smallEnd returns the end of the run of small letters at s[i:].
func smallEnd(s string, i int) int {
	const each = 0x0101010101010101
	for i < len(s) {
		var b uint64
		if i+8 <= len(s) {
			b = eight(s[i:])
		} else {
			b = rest(s, i)
		}
		low := b &^ (0x80 * each) // so that no sum carries
		small := (low + (0x80-'a')*each) &^ (low + (0x7F-'z')*each) &^ b & (0x80 * each)
		n := bits.TrailingZeros64(^small&(0x80*each)) / 8
		if i += n; n < 8 {
			break
		}
	}
	return i
}

// length adds a word of n letters.
func (f *features) length(kind, n int) {
	f.words[kind][min(n, maxWord)-1]++
	f.other[lettersBeyond] += uint32(max(n-maxWord, 0))
}

// marks adds a run of ASCII punctuation.
func (f *features) marks(s string, beforeLetter bool) {
	switch n := len(s); {
	case n == 1 && beforeLetter:
		f.other[markBeforeLetter]++
	case n > 2 && s[0] == s[1] && s[1] == s[n-1]:
		f.other[sameMarks]++
	default:
		f.other[oneMark+min(n, 4)-1]++
		f.other[marksBeyond] += uint32(max(n-4, 0))
	}
}

// wide adds the run of ideographs, or the one other character that is not ASCII, at s[i:].
func (f *features) wide(s string, i int, last byte, v *vocabulary) (end int, kind byte) {
	if end = f.ideographs(s, i, v); end > i {
		return end, 0
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	i += size
	feature := threeBytes
	switch {
	case r == '，' || r == '。' || r == '、':
		feature, kind = commonWideMarks, 'W'
	case 0x3001 <= r && r <= 0x301F || 0x2010 <= r && r <= 0x2027 || 0xFF01 <= r && r <= 0xFF0F || 0xFF1A <= r && r <= 0xFF20:
		feature, kind = wideMarks, 'W'
	case 0x3041 <= r && r <= 0x30FF:
		feature = kanaLetters
	case 0xAC00 <= r && r <= 0xD7A3:
		feature = hangulSyllables
	case 0x3400 <= r && r < 0x4DC0 || 0x20000 <= r && r < 0x40000:
		feature = rareIdeographs
	case 0xFF10 <= r && r <= 0xFF5A:
		feature = fullWidths
	case r < 0x250:
		feature, kind = latinLetters, 'L'
	case 0x400 <= r && r < 0x530:
		feature = cyrillicLetters
	case size < 3:
		feature = twoBytes
	case size == 4:
		feature = fourBytes
	case unicode.In(r, unicode.L, unicode.M):
		feature = threeByteLetters
	}
	f.other[feature]++
	if kind == 'W' && last == 'W' {
		f.other[wideMarkPairs]++
	}
	return i, kind
}

// ideographs adds a run of ideographs of the main block, and returns its end. From the left, two
// that are a token are taken together, with a third one that makes a triple, or with two more that make one token of
// four.
func (f *features) ideographs(s string, i int, v *vocabulary) int {
	const square = ideographs * ideographs * hashFactor & (1<<64 - 1)
	var tokens, last, lastCost uint64
	var triple uint64           // what to add to the hash of two for that of the triple with the one before them
	var paired, before uint64   // 1 if the last two are a token, and if the two before the last one are
	var pairs, pairsLast uint64 // the last two, as the hash of four has its first two; and those before the last one
	joined := uint64(1)         // 1 if the last one is in a token with the one before it, or there is none
	for i+2 < len(s) {
		b := s[i]
		if b < 0xE4 || b > 0xE9 || s[i+1]&0xC0 != 0x80 || s[i+2]&0xC0 != 0x80 {
			break
		}
		r := uint64(b)&0xF<<12 | uint64(s[i+1])&0x3F<<6 | uint64(s[i+2])&0x3F - firstIdeograph
		if r >= ideographs {
			break
		}
		hash := (last*ideographs + r) * hashFactor
		hit := v.has(hash+triple&-paired) & (paired | (1 - joined))
		cost := uint64(v.costs[r])
		pair := hit &^ paired
		four := v.has(hash+pairsLast*square) & pair & before
		tokens += cost*(1-hit) + pair*(1-lastCost) - four
		triple = (last + 1) * square
		pairs, pairsLast = (last+1)*ideographs+r, pairs
		paired, before = pair, paired
		last, lastCost, joined = r, cost, hit
		i += 3
	}
	f.other[ideographTokens] += uint32(tokens)
	return i
}
