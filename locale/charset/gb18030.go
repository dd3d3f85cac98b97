package charset

import (
	"encoding/binary"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

func decodeGB(dst, src []byte, atEOF bool) (nDst, nSrc, malformed int, err error) {
	table := gbDecoding()
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
		var r rune
		size := 2
		switch {
		case lead == 0x80:
			r, size = '€', 1
		case lead == 0xFF:
			return nDst, nSrc, 1, nil
		case len(src)-nSrc < 2:
			if !atEOF {
				return nDst, nSrc, 0, transform.ErrShortSrc
			}
			return nDst, nSrc, 1, nil
		default:
			trail := src[nSrc+1]
			if trail >= firstTrail {
				r = rune(table.two[slot(lead, trail)])
				break
			}
			if trail < '0' || trail > '9' {
				return nDst, nSrc, 1, nil
			}
			if len(src)-nSrc < 4 && !atEOF {
				return nDst, nSrc, 0, transform.ErrShortSrc
			}
			r, size = table.decodeFour(src[nSrc:]), 4
		}
		if r == 0 {
			if size == 2 && src[nSrc+1] >= utf8.RuneSelf {
				return nDst, nSrc, 2, nil
			}
			return nDst, nSrc, 1, nil // what may be ASCII is read again
		}
		if r >= 0x800 && r < 0x10000 && len(dst)-nDst >= 3 {
			d := dst[nDst : nDst+3]
			d[0], d[1], d[2] = 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F
			nDst += 3
		} else {
			if len(dst)-nDst < utf8.RuneLen(r) {
				return nDst, nSrc, 0, transform.ErrShortDst
			}
			nDst += utf8.EncodeRune(dst[nDst:], r)
		}
		nSrc += size
	}
	return nDst, nSrc, 0, nil
}

// decodeFour reads a code of four bytes, of which the first two are known to be in range; 0 is none.
func (t *gbDecodeTable) decodeFour(src []byte) rune {
	if len(src) < 4 || src[2] < 0x81 || src[2] > 0xFE || src[3] < '0' || src[3] > '9' {
		return 0
	}
	n := ((int(src[0]-0x81)*10+int(src[1]-'0'))*126+int(src[2]-0x81))*10 + int(src[3]-'0')
	switch {
	case n < fourByteCodes:
		return rune(t.four[n])
	case supplementary <= n && n < supplementary+0x100000:
		return rune(n - supplementary + 0x10000)
	}
	return 0
}

func encodeGB18030(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	return encodeGB(dst, src, atEOF, true)
}

func encodeGBK(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	return encodeGB(dst, src, atEOF, false)
}

func encodeGB(dst, src []byte, atEOF, four bool) (nDst, nSrc int, err error) {
	table := gbEncoding()
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
		var code uint32
		if r < 0x10000 {
			code = table[uint16(r)]
		} else {
			code = fourBytes(int(r) - 0x10000 + supplementary)
		}
		switch {
		case r == '€' && !four:
			if len(dst) == nDst {
				return nDst, nSrc, transform.ErrShortDst
			}
			dst[nDst] = 0x80
			nDst++
		case code < 0x10000:
			if len(dst)-nDst < 2 {
				return nDst, nSrc, transform.ErrShortDst
			}
			binary.BigEndian.PutUint16(dst[nDst:], uint16(code))
			nDst += 2
		case !four:
			return nDst, nSrc, errNoCode
		default:
			if len(dst)-nDst < 4 {
				return nDst, nSrc, transform.ErrShortDst
			}
			binary.BigEndian.PutUint32(dst[nDst:], code)
			nDst += 4
		}
		nSrc += size
	}
	return nDst, nSrc, nil
}

// hasFourByteCode tells whether text that decodes as GB18030 needs more than GBK.
func hasFourByteCode(src []byte) bool {
	table := gbDecoding()
	for i := 0; i < len(src); i++ {
		lead := src[i]
		if lead <= 0x80 || lead == 0xFF || i+1 == len(src) {
			continue
		}
		if trail := src[i+1]; '0' <= trail && trail <= '9' {
			if table.decodeFour(src[i:]) != 0 {
				return true
			}
		} else if trail >= firstTrail && table.two[slot(lead, trail)] != 0 {
			i++
		}
	}
	return false
}
