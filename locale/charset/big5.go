package charset

import (
	"unicode/utf8"

	"golang.org/x/text/transform"
)

func decodeBig5(dst, src []byte, atEOF bool) (nDst, nSrc, malformed int, err error) {
	table := big5Decoding()
	for nSrc < len(src) {
		lead := src[nSrc]
		if lead < utf8.RuneSelf {
			n := copyASCII(dst[nDst:], src[nSrc:])
			if n == 0 {
				return nDst, nSrc, 0, transform.ErrShortDst
			}
			nDst, nSrc = nDst+n, nSrc+n
			continue
		}
		if lead < firstLead || lead > lastLead {
			return nDst, nSrc, 1, nil
		}
		if len(src)-nSrc < 2 {
			if !atEOF {
				return nDst, nSrc, 0, transform.ErrShortSrc
			}
			return nDst, nSrc, 1, nil
		}
		trail := src[nSrc+1]
		var r rune
		if trail >= firstTrail {
			r = rune(table[slot(lead, trail)])
		}
		switch {
		case r == 0 && trail < utf8.RuneSelf:
			return nDst, nSrc, 1, nil // the ASCII is read again
		case r == 0:
			return nDst, nSrc, 2, nil
		case r >= 0x800 && r < 0x10000 && len(dst)-nDst >= 3:
			d := dst[nDst : nDst+3]
			d[0], d[1], d[2] = 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F
			nDst += 3
		case r >= pairBase:
			p := big5Pairs[r-pairBase]
			if len(dst)-nDst < 4 {
				return nDst, nSrc, 0, transform.ErrShortDst
			}
			nDst += utf8.EncodeRune(dst[nDst:], p.letter)
			nDst += utf8.EncodeRune(dst[nDst:], p.mark)
		default:
			if len(dst)-nDst < utf8.RuneLen(r) {
				return nDst, nSrc, 0, transform.ErrShortDst
			}
			nDst += utf8.EncodeRune(dst[nDst:], r)
		}
		nSrc += 2
	}
	return nDst, nSrc, 0, nil
}

func encodeBig5(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	return encodeBig5With(big5Encoding(), false, dst, src, atEOF)
}

func encodeBig5HKSCS(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	return encodeBig5With(hkscsEncoding(), true, dst, src, atEOF)
}

func encodeBig5With(table *big5EncodeTable, pairs bool, dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		if src[nSrc] < utf8.RuneSelf {
			n := copyASCII(dst[nDst:], src[nSrc:])
			if n == 0 {
				return nDst, nSrc, transform.ErrShortDst
			}
			nDst, nSrc = nDst+n, nSrc+n
			continue
		}
		r, size := threeBytes(src[nSrc:]), 3
		if r == 0 {
			if r, size = nextRune(src[nSrc:], atEOF); size == 0 {
				return nDst, nSrc, transform.ErrShortSrc
			}
		}
		var code uint16
		if int(r) < len(table) {
			code = table[r]
		}
		if pairs && (r == 0xCA || r == 0xEA) {
			rest := src[nSrc+size:]
			if !atEOF && !utf8.FullRune(rest) {
				return nDst, nSrc, transform.ErrShortSrc
			}
			mark, markSize := utf8.DecodeRune(rest)
			for _, p := range big5Pairs {
				if p.letter == r && p.mark == mark {
					code = p.code
					size += markSize
				}
			}
		}
		if code == 0 {
			return nDst, nSrc, errNoCode
		}
		if len(dst)-nDst < 2 {
			return nDst, nSrc, transform.ErrShortDst
		}
		dst[nDst], dst[nDst+1] = byte(code>>8), byte(code)
		nDst, nSrc = nDst+2, nSrc+size
	}
	return nDst, nSrc, nil
}

// hasHongKongCode tells whether text that decodes as Big5 uses codes that only the supplement has.
func hasHongKongCode(src []byte) bool {
	table := big5Decoding()
	for i := 0; i+1 < len(src); i++ {
		lead, trail := src[i], src[i+1]
		if lead < firstLead || lead > lastLead || trail < firstTrail || table[slot(lead, trail)] == 0 {
			continue
		}
		code := uint16(lead)<<8 | uint16(trail)
		if code <= hkscsBelow.last || code >= hkscsAbove.first || hkscsBetween.first <= code && code <= hkscsBetween.last {
			return true
		}
		i++
	}
	return false
}
