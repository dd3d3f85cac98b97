package journal

import (
	"encoding/binary"
	"hash/crc32"
)

// A segment is a header and frames, one after another:
//
//	0  uint32  kind in the upper 4 bits, length of the payload in the lower 28
//	4  uint32  CRC32C of the payload, then of the segment's salt, the frame's position and the first word
//	8          payload
//
// The position is the sequence number of a record and the file offset of a mark, so that a frame which
// was copied, moved or left over does not pass for a good one. All numbers are little-endian. A first
// word of zero is the end: space is laid out ahead as zeros.
const (
	frameHeader = 8
	kindRecord  = 1 << 28
	kindMark    = 2 << 28
	kindMask    = 0xF << 28

	// MaxRecordBytes is the length of the longest record.
	MaxRecordBytes = 64 << 20
)

// A mark opens every commit and is repeated now and then in long ones. It says what was on disk for
// certain when it was written, which tells a torn tail from corruption, and it is where reading can begin
// again behind damage. Its payload:
//
//	0   uint64  number of the next record
//	8   uint64  offset in this file up to which everything had been synced
//	16  uint64  salt of the segment, should its header be lost
const (
	markPayload = 24
	markFrame   = frameHeader + markPayload
	markEvery   = 64 << 10 // bytes
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// seal completes the checksum of a payload to that of its frame.
func seal(payload uint32, salt, position uint64, word uint32) uint32 {
	var tail [20]byte
	binary.LittleEndian.PutUint64(tail[0:], salt)
	binary.LittleEndian.PutUint64(tail[8:], position)
	binary.LittleEndian.PutUint32(tail[16:], word)
	return crc32.Update(payload, castagnoli, tail[:])
}

// appendOpenFrame appends a record whose checksum covers the payload only; closeFrame does the rest once
// the number of the record is known.
func appendOpenFrame(dst, payload []byte) []byte {
	dst = binary.LittleEndian.AppendUint32(dst, kindRecord|uint32(len(payload)))
	dst = binary.LittleEndian.AppendUint32(dst, crc32.Checksum(payload, castagnoli))
	return append(dst, payload...)
}

// closeFrame seals the open frame at the start of b.
func closeFrame(b []byte, salt, seq uint64) {
	word := binary.LittleEndian.Uint32(b)
	sum := binary.LittleEndian.Uint32(b[4:])
	binary.LittleEndian.PutUint32(b[4:], seal(sum, salt, seq, word))
}

// openFrameLen is the length of the open frame at the start of b, header included.
func openFrameLen(b []byte) int {
	return frameHeader + int(binary.LittleEndian.Uint32(b)&^kindMask)
}

// A mark as read from a file.
type mark struct {
	offset int64  // of the mark itself
	seq    uint64 // of the record after it
	synced int64
}

func appendMark(dst []byte, salt uint64, m mark) []byte {
	const word = kindMark | markPayload
	start := len(dst)
	dst = binary.LittleEndian.AppendUint32(dst, word)
	dst = append(dst, 0, 0, 0, 0)
	dst = binary.LittleEndian.AppendUint64(dst, m.seq)
	dst = binary.LittleEndian.AppendUint64(dst, uint64(m.synced))
	dst = binary.LittleEndian.AppendUint64(dst, salt)
	sum := crc32.Checksum(dst[start+frameHeader:], castagnoli)
	binary.LittleEndian.PutUint32(dst[start+4:], seal(sum, salt, uint64(m.offset), word))
	return dst
}

// parseMark reads the mark of a whole frame at offset, and the salt it carries. It reports false for
// anything that is not a mark written at that place.
func parseMark(b []byte, offset int64) (m mark, salt uint64, ok bool) {
	if len(b) != markFrame || binary.LittleEndian.Uint32(b) != kindMark|markPayload {
		return mark{}, 0, false
	}
	payload := b[frameHeader:]
	salt = binary.LittleEndian.Uint64(payload[16:])
	sum := seal(crc32.Checksum(payload, castagnoli), salt, uint64(offset), kindMark|markPayload)
	if binary.LittleEndian.Uint32(b[4:]) != sum {
		return mark{}, 0, false
	}
	m = mark{offset: offset, seq: binary.LittleEndian.Uint64(payload), synced: int64(binary.LittleEndian.Uint64(payload[8:]))}
	return m, salt, m.synced >= 0 && m.synced <= offset
}
