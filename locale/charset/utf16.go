package charset

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

func decodeUTF16LE(dst, src []byte, atEOF bool) (nDst, nSrc, malformed int, err error) {
	return decodeUTF16(dst, src, atEOF, binary.LittleEndian)
}

func decodeUTF16BE(dst, src []byte, atEOF bool) (nDst, nSrc, malformed int, err error) {
	return decodeUTF16(dst, src, atEOF, binary.BigEndian)
}

func encodeUTF16LE(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	return encodeUTF16(dst, src, atEOF, binary.LittleEndian)
}

func encodeUTF16BE(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	return encodeUTF16(dst, src, atEOF, binary.BigEndian)
}

func decodeUTF16[O binary.ByteOrder](dst, src []byte, atEOF bool, order O) (nDst, nSrc, malformed int, err error) {
	for nSrc < len(src) {
		if len(src)-nSrc < 2 {
			if !atEOF {
				return nDst, nSrc, 0, transform.ErrShortSrc
			}
			return nDst, nSrc, 1, nil
		}
		r, size := rune(order.Uint16(src[nSrc:])), 2
		if utf16.IsSurrogate(r) {
			if len(src)-nSrc < 4 && r < 0xDC00 && !atEOF {
				return nDst, nSrc, 0, transform.ErrShortSrc
			}
			if len(src)-nSrc < 4 {
				return nDst, nSrc, 2, nil
			}
			if r = utf16.DecodeRune(r, rune(order.Uint16(src[nSrc+2:]))); r == utf8.RuneError {
				return nDst, nSrc, 2, nil
			}
			size = 4
		}
		if len(dst)-nDst < utf8.UTFMax && len(dst)-nDst < utf8.RuneLen(r) {
			return nDst, nSrc, 0, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += size
	}
	return nDst, nSrc, 0, nil
}

func encodeUTF16[O binary.ByteOrder](dst, src []byte, atEOF bool, order O) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		r, size := rune(src[nSrc]), 1
		if r >= utf8.RuneSelf {
			if r, size = nextRune(src[nSrc:], atEOF); size == 0 {
				return nDst, nSrc, transform.ErrShortSrc
			}
		}
		if r < 0x10000 {
			if len(dst)-nDst < 2 {
				return nDst, nSrc, transform.ErrShortDst
			}
			order.PutUint16(dst[nDst:], uint16(r))
			nDst += 2
		} else {
			if len(dst)-nDst < 4 {
				return nDst, nSrc, transform.ErrShortDst
			}
			high, low := utf16.EncodeRune(r)
			order.PutUint16(dst[nDst:], uint16(high))
			order.PutUint16(dst[nDst+2:], uint16(low))
			nDst += 4
		}
		nSrc += size
	}
	return nDst, nSrc, nil
}
