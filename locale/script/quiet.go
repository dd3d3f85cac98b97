package script

import (
	"encoding/binary"

	"github.com/zhushou-ai/zhushou/internal/decode"
)

// appendQuiet appends the conversion of what stands at s[i] and after it to dst, as long as every character is ASCII or
// has three bytes, is replaced by such a one, and neither a key nor anything else of several characters may begin with
// it. It returns where the first character stands that is not so, or limit, if it comes first, or a place near the end of
// s or of the room in dst; there the caller looks closely.
//
// That is most of any text, so all is done with the bytes themselves: they lead to an entry, which has those of the
// character that replaces them.
func (c *chars) appendQuiet(dst []byte, s string, i, limit int, near openings) ([]byte, int) {
	room, n := dst[:cap(dst)], len(dst)
	index, pages, stays := c.index, c.pages, &c.stays
	for limit = min(limit, len(s)-7); i < limit && n+4 <= len(room); {
		bytes := decode.Eight(s, i)
		if stays[byte(bytes)] {
			room[n] = byte(bytes)
			n++
			i++
			continue
		}
		if bytes&threeMask != threeForm || bytes&notOverlong == 0 {
			break
		}
		e := entry(bytes & uint64(outMask))
		if page := bytes<<6&0x3c0 | bytes>>8&0x3f; page < uint64(len(index)) {
			if x := pages[index[page]][bytes>>16&0x3f]; x != 0 {
				e = x
			}
		}
		if e > outMask {
			if pair, ok := pairOf(bytes); e&closely != 0 || !ok || near.has(pair) {
				break
			}
		}
		if e&threeMask != threeForm {
			break
		}
		binary.LittleEndian.PutUint32(room[n:], uint32(e))
		n += 3
		i += 3
	}
	return room[:n], i
}
