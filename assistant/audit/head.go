package audit

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
)

// A point is a place in a chain: the hash after record seq.
type point struct {
	seq  uint64
	hash Hash
}

// A head is what is known of a chain beside its records: where it begins since the last sweep, its last
// checkpoint, and its last acknowledged record. It is written after every commit and not synced, for it
// only has to be as young as what the log forgot if somebody cut it; after the machine stopped it may be
// older than the log, never younger.
type head struct {
	base, checkpoint, last point
	sealed                 int64  // length of the youngest file after a clean end, else 0
	count                  uint64 // of writes
}

// The file holds two slots that take turns, so that a write cut short leaves the other:
//
//	0    8 bytes  magic
//	8    uint64   count
//	16   3 points of 40 bytes: base, checkpoint, last
//	136  int64    sealed
//	144  uint32   CRC32C of the bytes before it
//	148  zeros up to 512
const (
	headMagic = "zhuhead1"
	headSum   = 144
	headSlot  = 512
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func (h *head) encode() []byte {
	b := make([]byte, 0, headSlot)
	b = append(b, headMagic...)
	b = binary.LittleEndian.AppendUint64(b, h.count)
	for _, p := range []point{h.base, h.checkpoint, h.last} {
		b = binary.LittleEndian.AppendUint64(b, p.seq)
		b = append(b, p.hash[:]...)
	}
	b = binary.LittleEndian.AppendUint64(b, uint64(h.sealed))
	b = binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
	return b[:headSlot]
}

// decodeHead reports false if b is not a slot that was written.
func decodeHead(b []byte) (h head, ok bool) {
	if len(b) != headSlot || string(b[:8]) != headMagic || !allZero(b[headSum+4:]) {
		return h, false
	}
	if crc32.Checksum(b[:headSum], castagnoli) != binary.LittleEndian.Uint32(b[headSum:]) {
		return h, false
	}
	h.count = binary.LittleEndian.Uint64(b[8:])
	for i, p := range []*point{&h.base, &h.checkpoint, &h.last} {
		at := b[16+40*i:]
		p.seq = binary.LittleEndian.Uint64(at)
		copy(p.hash[:], at[8:40])
	}
	h.sealed = int64(binary.LittleEndian.Uint64(b[136:]))
	return h, true
}

func allZero(b []byte) bool { return len(bytes.Trim(b, "\x00")) == 0 }

// readHead returns the younger slot of the file. Damage says what is wrong with the other one, if it is not
// what was written; a crash in the middle of a write may have done that, and so may a hand.
func readHead(path string) (h head, damage string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return h, "", err
	}
	defer f.Close() // nothing was written
	b, err := io.ReadAll(io.LimitReader(f, 2*headSlot+1))
	if err != nil {
		return h, "", err
	}
	if len(b) != 2*headSlot {
		return h, "", tampered(path, "the head has %d bytes, want %d", len(b), 2*headSlot)
	}
	one, ok1 := decodeHead(b[:headSlot])
	two, ok2 := decodeHead(b[headSlot:])
	switch {
	case !ok1 && !ok2:
		return h, "", tampered(path, "both slots of the head are damaged")
	case ok1 && ok2 && one.count+1 != two.count && two.count+1 != one.count:
		return h, "", tampered(path, "the slots of the head do not follow each other")
	case ok1 && (!ok2 || one.count > two.count):
		h = one
	default:
		h = two
	}
	unused := h.count == 1 && ok1 && allZero(b[headSlot:])
	if !(ok1 && ok2) && !unused {
		damage = "a slot of the head is damaged"
	}
	return h, damage, nil
}

// A headFile is the file of a head, open for writing.
type headFile struct {
	head
	f *os.File
}

// openHead opens the file, or makes it if create says that it may be new. What it holds is on disk then.
func openHead(path string, create bool, first Hash) (*headFile, error) {
	h, _, err := readHead(path)
	switch {
	case err == nil:
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			return nil, err
		}
		return &headFile{h, f}, nil
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	case !create:
		return nil, tampered(path, "the log has records and no head")
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	start := point{0, first}
	h = head{base: start, checkpoint: start, last: start, count: 1}
	_, err = f.WriteAt(append(h.encode(), make([]byte, headSlot)...), 0)
	if err = errors.Join(err, f.Sync()); err != nil {
		return nil, errors.Join(err, f.Close(), os.Remove(path))
	}
	return &headFile{h, f}, nil
}

// write puts h, but for the count, into the slot that is not the last one. If it fails, h counts all the
// same, for the records are there, and the next write tries again.
func (f *headFile) write(h head, sync bool) error {
	h.count = f.count
	f.head = h
	h.count++
	_, err := f.f.WriteAt(h.encode(), int64(headSlot*((h.count+1)%2)))
	if err == nil && sync {
		err = f.f.Sync()
	}
	if err != nil {
		return fmt.Errorf("write head: %w", err)
	}
	f.head = h
	return nil
}
