package journal

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// The header of a segment:
//
//	0   8 bytes  magic
//	8   uint32   version
//	12  uint32   zero
//	16  uint64   number of the first record
//	24  uint64   salt, random, part of every checksum
//	32  uint32   zero
//	36  uint32   CRC32C of the 36 bytes before it
const (
	segmentMagic   = "zhulog\r\n"
	segmentVersion = 1
	segmentHeader  = 40
	segmentSuffix  = ".log"
)

type header struct {
	first uint64
	salt  uint64
}

func (h header) encode() []byte {
	b := make([]byte, 0, segmentHeader)
	b = append(b, segmentMagic...)
	b = binary.LittleEndian.AppendUint32(b, segmentVersion)
	b = binary.LittleEndian.AppendUint32(b, 0)
	b = binary.LittleEndian.AppendUint64(b, h.first)
	b = binary.LittleEndian.AppendUint64(b, h.salt)
	b = binary.LittleEndian.AppendUint32(b, 0)
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

// parseHeader reads the header of the segment in file. Version and magic are looked at before the
// checksum, whose place another version may have moved.
func parseHeader(file string, b []byte) (header, error) {
	if len(b) < segmentHeader {
		return header{}, &CorruptError{File: file, Offset: 0, Reason: fmt.Sprintf("%d bytes are too few for a header", len(b))}
	}
	if string(b[:8]) != segmentMagic {
		return header{}, &CorruptError{File: file, Offset: 0, Reason: "it does not begin like a log segment"}
	}
	if v := binary.LittleEndian.Uint32(b[8:]); v != segmentVersion {
		return header{}, fmt.Errorf("%s has %w %d, this release reads %d", file, ErrVersion, v, segmentVersion)
	}
	if crc32.Checksum(b[:36], castagnoli) != binary.LittleEndian.Uint32(b[36:]) {
		return header{}, &CorruptError{File: file, Offset: 0, Reason: "the checksum of the header does not match"}
	}
	h := header{first: binary.LittleEndian.Uint64(b[16:]), salt: binary.LittleEndian.Uint64(b[24:])}
	if h.first == 0 {
		return header{}, &CorruptError{File: file, Offset: 16, Reason: "records are numbered from 1 and it begins with 0"}
	}
	return h, nil
}

// numbered is the name of a file that is called by the number of a record.
func numbered(dir string, seq uint64, suffix string) string {
	return filepath.Join(dir, fmt.Sprintf("%020d%s", seq, suffix))
}

// listNumbered returns the numbers of the files in dir with that suffix, rising. Files of other names
// are none of ours.
func listNumbered(dir, suffix string) ([]uint64, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var seqs []uint64
	for _, e := range entries {
		digits, ok := strings.CutSuffix(e.Name(), suffix)
		if !ok || len(digits) != 20 || !e.Type().IsRegular() {
			continue
		}
		if seq, err := strconv.ParseUint(digits, 10, 64); err == nil {
			seqs = append(seqs, seq)
		}
	}
	slices.Sort(seqs)
	return seqs, nil
}

// A segment that is being written.
type segment struct {
	header
	path     string
	file     file
	end      int64 // where the next frame goes
	synced   int64 // everything before it is on disk
	laid     int64 // zeros are laid out up to here
	marked   int64 // synced as the last mark says it
	lastMark int64 // offset of the last mark; -1 before the first
}

// layAhead is how much of a segment is filled with zeros at a time. A sync is faster (here by half) when
// it has no new length or blocks to record.
const layAhead = 1 << 20

// createSegment makes a segment and its header durable before anything is written to it.
func (j *Journal) createSegment(first uint64) (*segment, error) {
	var salt [8]byte
	rand.Read(salt[:]) // never fails
	s := &segment{header: header{first: first, salt: binary.LittleEndian.Uint64(salt[:])}, lastMark: -1}
	s.path = numbered(j.dir, first, segmentSuffix)
	f, err := openFile(s.path, os.O_RDWR|os.O_CREATE|os.O_EXCL)
	if err != nil {
		return nil, err
	}
	s.file = j.options.hook(s.path, f)
	_, err = s.file.WriteAt(s.encode(), 0)
	if err == nil {
		err = s.file.Sync()
	}
	if err == nil {
		err = SyncDir(j.dir)
	}
	if err != nil {
		return nil, errors.Join(err, s.file.Close(), os.Remove(s.path))
	}
	s.end, s.synced, s.laid = segmentHeader, segmentHeader, segmentHeader
	return s, nil
}

// empty reports whether no record was written yet.
func (s *segment) empty() bool { return s.end == segmentHeader }

// shut takes back the zeros laid ahead and closes the file, which must have been synced.
func (s *segment) shut() error {
	var err error
	if s.laid > s.end {
		err = s.file.Truncate(s.end)
	}
	return errors.Join(err, s.file.Close())
}

// seal adds a last mark, unless the segment has it from an earlier run. It says that everything is on
// disk: damage to what stands before it can then not pass for a torn tail.
func (s *segment) seal(next uint64) error {
	if s.empty() || s.marked == s.end {
		return nil
	}
	b := appendMark(nil, s.salt, mark{offset: s.end, seq: next, synced: s.end})
	if _, err := s.file.WriteAt(b, s.end); err != nil {
		return err
	}
	s.end += int64(len(b))
	return nil
}
