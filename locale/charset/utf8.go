package charset

import (
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// copyUTF8 copies well-formed text. Malformed are the longest bytes that could have begun a character.
func copyUTF8(dst, src []byte, atEOF bool) (nDst, nSrc, malformed int, err error) {
	for nSrc < len(src) {
		n := min(len(dst)-nDst, len(src)-nSrc, 4096)
		for cut := 0; cut < utf8.UTFMax && n > 0 && nSrc+n < len(src) && !utf8.RuneStart(src[nSrc+n]); cut++ {
			n-- // to the start of a character
		}
		if n > 0 && utf8.Valid(src[nSrc:nSrc+n]) {
			copy(dst[nDst:], src[nSrc:nSrc+n])
			nDst, nSrc = nDst+n, nSrc+n
			continue
		}
		// Something is wrong with this stretch: go to it one by one.
		for end := nSrc + max(n, 1); nSrc < end; {
			r, size := utf8.DecodeRune(src[nSrc:])
			if r == utf8.RuneError && size == 1 {
				if !atEOF && !utf8.FullRune(src[nSrc:]) {
					return nDst, nSrc, 0, transform.ErrShortSrc
				}
				return nDst, nSrc, subpart(src[nSrc:]), nil
			}
			if len(dst)-nDst < size {
				return nDst, nSrc, 0, transform.ErrShortDst
			}
			nDst += copy(dst[nDst:], src[nSrc:nSrc+size])
			nSrc += size
		}
	}
	return nDst, nSrc, 0, nil
}

// subpart returns how many bytes of malformed text are one error by Unicode's recommendation.
func subpart(src []byte) int {
	n := 1
	for n < len(src) && !utf8.FullRune(src[:n+1]) {
		n++
	}
	return n
}

// encodeUTF8 writes U+FFFD for what is not UTF-8.
func encodeUTF8(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for {
		n, m, malformed, err := copyUTF8(dst[nDst:], src[nSrc:], atEOF)
		nDst, nSrc = nDst+n, nSrc+m
		if malformed == 0 || err != nil {
			return nDst, nSrc, err
		}
		if len(dst)-nDst < len(replacement) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += copy(dst[nDst:], replacement)
		nSrc += malformed
	}
}
