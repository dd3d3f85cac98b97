package journal

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"os"
	"sync"
	"unsafe"
)

// A snapshot file is a header, the sections and a directory of them. All numbers are little-endian.
//
// The header:
//
//	0   8 bytes  magic
//	8   uint32   version
//	12  uint32   number of sections
//	16  uint64   number of the last record that is contained
//	24  uint64   offset of the directory
//	32  uint64   length of the directory
//	40  uint64   length of the file
//	48  uint32   CRC32C of the directory
//	52  8 bytes  zero
//	60  uint32   CRC32C of the 60 bytes before it
//
// An entry of the directory, padded to 8 bytes:
//
//	0   uint64   offset of the section, a multiple of 8
//	8   uint64   length in bytes
//	16  uint64   number of elements
//	24  uint32   CRC32C of the section
//	28  uint16   kind
//	30  uint16   length of the name
//	32           name
//
// A section of blobs is their bytes, padding to 8, and one more offset than blobs, each a uint64.
const (
	snapshotMagic   = "zhusnap\n"
	snapshotVersion = 1
	snapshotHeader  = 64
	snapshotEntry   = 32
	snapshotSuffix  = ".snap"
)

// Kinds of sections. They are written to files: never renumber.
const (
	kindBytes   = 1
	kindUint16  = 2
	kindInt32   = 3
	kindInt64   = 4
	kindFloat32 = 5
	kindBlobs   = 6
)

var kindNames = map[uint16]string{
	kindBytes: "bytes", kindUint16: "uint16", kindInt32: "int32", kindInt64: "int64", kindFloat32: "float32", kindBlobs: "blobs",
}

// kindSizes are the lengths of an element; blobs have none.
var kindSizes = map[uint16]uint64{kindBytes: 1, kindUint16: 2, kindInt32: 4, kindInt64: 8, kindFloat32: 4}

func align8(n uint64) uint64 { return (n + 7) &^ 7 }

// SnapshotOptions say how a snapshot is opened. The zero value is the safe one.
type SnapshotOptions struct {
	// SkipChecksums hands out sections without a look at their bytes, so that only what is used is read
	// from disk. Damage then gives wrong numbers, never a panic of this package. Verify still checks.
	SkipChecksums bool
}

// A Snapshot is an open snapshot file. It is safe for concurrent use. Where the system can, the file is
// mapped and not read; elsewhere (neither unix) it is read into memory by OpenSnapshot.
//
// What its sections return lies in the mapping and is valid until Close. Code that may run beside a Close
// surrounds its use with [Snapshot.Acquire]: the mapping stays until the last of them has released it.
// A file must not be changed while it is open; files written here never are.
type Snapshot struct {
	path     string
	options  SnapshotOptions
	seq      uint64
	sections []*Section
	byName   map[string]*Section
	unmap    func() error

	mu     sync.Mutex
	users  int // who hold the mapping, one of them until Close
	closed bool
	err    error // of unmapping
}

// OpenSnapshot opens a file written by [WriteSnapshot] or by a [Store]. The header and the directory are
// checked now, sections when they are first used. A file that does not fit is a [CorruptError] or
// [ErrVersion].
func OpenSnapshot(path string, options SnapshotOptions) (*Snapshot, error) {
	s, err := openSnapshot(path, options)
	if err != nil {
		return nil, fmt.Errorf("open snapshot: %w", err)
	}
	return s, nil
}

func openSnapshot(path string, options SnapshotOptions) (*Snapshot, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() // a mapping does not need it
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a file", path)
	}
	if info.Size() < snapshotHeader {
		return nil, &CorruptError{File: path, Offset: info.Size(), Reason: "it is too short for a snapshot"}
	}
	if info.Size() > math.MaxInt {
		return nil, fmt.Errorf("%s has %d bytes, more than a 32-bit program can map", path, info.Size())
	}
	data, unmap, err := mapFile(f, int(info.Size()))
	if err != nil {
		return nil, err
	}
	s := &Snapshot{path: path, options: options, unmap: unmap, users: 1}
	if err := guard(path, func() error { return s.parse(data) }); err != nil {
		return nil, errors.Join(err, unmap())
	}
	return s, nil
}

// readFile is mapFile where files cannot be mapped. The memory begins at a multiple of 8, as a mapping.
func readFile(f *os.File, size int) ([]byte, func() error, error) {
	words := make([]uint64, (size+7)/8)
	data := unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(words))), size)
	if n, err := f.ReadAt(data, 0); n < size {
		return nil, nil, err
	}
	return data, func() error { return nil }, nil
}

// parse reads header and directory.
func (s *Snapshot) parse(data []byte) error {
	le := binary.LittleEndian
	size := uint64(len(data))
	if size < snapshotHeader || string(data[:8]) != snapshotMagic {
		return &CorruptError{File: s.path, Offset: 0, Reason: "it does not begin like a snapshot"}
	}
	if v := le.Uint32(data[8:]); v != snapshotVersion {
		return fmt.Errorf("%s has %w %d, this release reads %d", s.path, ErrVersion, v, snapshotVersion)
	}
	if crc32.Checksum(data[:60], castagnoli) != le.Uint32(data[60:]) {
		return &CorruptError{File: s.path, Offset: 0, Reason: "the checksum of the header does not match"}
	}
	count, offset, length := le.Uint32(data[12:]), le.Uint64(data[24:]), le.Uint64(data[32:])
	s.seq = le.Uint64(data[16:])
	if written := le.Uint64(data[40:]); written != size {
		return &CorruptError{File: s.path, Offset: int64(min(size, written)), Reason: fmt.Sprintf("it has %d bytes and was written with %d", size, written)}
	}
	if offset > size || length > size-offset {
		return &CorruptError{File: s.path, Offset: 24, Reason: "the directory lies outside of the file"}
	}
	rest := data[offset : offset+length]
	if crc32.Checksum(rest, castagnoli) != le.Uint32(data[48:]) {
		return &CorruptError{File: s.path, Offset: int64(offset), Reason: "the checksum of the directory does not match"}
	}
	s.byName = make(map[string]*Section, min(uint64(count), length/snapshotEntry))
	for range count {
		at := int64(offset + length - uint64(len(rest)))
		if len(rest) < snapshotEntry || len(rest) < snapshotEntry+int(align8(uint64(le.Uint16(rest[30:])))) {
			return &CorruptError{File: s.path, Offset: at, Reason: "the directory ends too early"}
		}
		name := int(le.Uint16(rest[30:]))
		sec := &Section{
			snapshot: s, name: string(rest[snapshotEntry : snapshotEntry+name]),
			offset: le.Uint64(rest), count: le.Uint64(rest[16:]), sum: le.Uint32(rest[24:]), kind: le.Uint16(rest[28:]),
		}
		length := le.Uint64(rest[8:])
		if sec.offset%8 != 0 || sec.offset < snapshotHeader || sec.offset > offset || length > offset-sec.offset || !sec.fits(length) {
			return &CorruptError{File: s.path, Offset: at, Reason: fmt.Sprintf("section %q does not fit into the file", sec.name)}
		}
		if s.byName[sec.name] != nil {
			return &CorruptError{File: s.path, Offset: at, Reason: fmt.Sprintf("two sections are called %q", sec.name)}
		}
		sec.data = data[sec.offset : sec.offset+length : sec.offset+length]
		sec.check = sync.OnceValue(sec.verify)
		s.sections = append(s.sections, sec)
		s.byName[sec.name] = sec
		rest = rest[snapshotEntry+int(align8(uint64(name))):]
	}
	return nil
}

// Seq returns the number of the last record of the log that the snapshot contains.
func (s *Snapshot) Seq() uint64 { return s.seq }

// Names returns the names of the sections in the order of the file.
func (s *Snapshot) Names() []string {
	names := make([]string, len(s.sections))
	for i, sec := range s.sections {
		names[i] = sec.name
	}
	return names
}

// Section returns the section of that name, or [ErrNoSection].
func (s *Snapshot) Section(name string) (*Section, error) {
	sec := s.byName[name]
	if sec == nil {
		return nil, fmt.Errorf("%w: %s has no section %q", ErrNoSection, s.path, name)
	}
	return sec, nil
}

// Verify checks all sections, and returns the first damage.
func (s *Snapshot) Verify(ctx context.Context) error {
	for _, sec := range s.sections {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("verify snapshot: %w", err)
		}
		release, err := s.Acquire()
		if err != nil {
			return fmt.Errorf("verify snapshot: %w", err)
		}
		err = sec.check()
		release()
		if err != nil {
			return fmt.Errorf("verify snapshot: %w", err)
		}
	}
	return nil
}

// Acquire keeps what the sections return valid until release is called, whoever calls Close meanwhile.
// It returns [ErrClosed] if Close was called before. release may be called more than once.
func (s *Snapshot) Acquire() (release func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, fmt.Errorf("snapshot %s: %w", s.path, ErrClosed)
	}
	s.users++
	return sync.OnceFunc(func() { s.leave() }), nil
}

func (s *Snapshot) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users--; s.users == 0 {
		s.err = s.unmap()
	}
}

// Close refuses further use, and unmaps the file when the last that acquired it has released it. Nothing
// that came from the snapshot may be read after that. More calls do nothing.
func (s *Snapshot) Close() error {
	s.mu.Lock()
	closed := s.closed
	s.closed = true
	s.mu.Unlock()
	if !closed {
		s.leave()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return fmt.Errorf("close snapshot: %w", s.err)
	}
	return nil
}
