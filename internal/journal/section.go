package journal

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"runtime/debug"
	"unsafe"
)

// A Section is one named column or blob of a [Snapshot]. Its methods return views into the file and copy
// nothing; the caller must not write to them, and they are valid as long as the snapshot says. On a
// big-endian machine numbers are copied.
//
// The first call checks the checksum of the whole section, unless SkipChecksums is set, and returns a
// [CorruptError] if it does not match. A section of another type is [ErrNoSection].
type Section struct {
	snapshot *Snapshot
	name     string
	kind     uint16
	offset   uint64
	count    uint64
	sum      uint32
	data     []byte
	check    func() error // verify, once
}

// number is what columns hold.
type number interface {
	~uint16 | ~int32 | ~int64 | ~float32
}

// fits reports whether the number of elements agrees with the length.
func (s *Section) fits(length uint64) bool {
	if size, ok := kindSizes[s.kind]; ok {
		return length%size == 0 && s.count == length/size
	}
	if s.kind == kindBlobs {
		return length%8 == 0 && s.count < length/8
	}
	return true // a kind of a later release, which may be carried but not read
}

func (s *Section) verify() error {
	return guard(s.snapshot.path, func() error {
		if crc32.Checksum(s.data, castagnoli) != s.sum {
			return &CorruptError{File: s.snapshot.path, Offset: int64(s.offset), Reason: fmt.Sprintf("the checksum of section %q does not match", s.name)}
		}
		return nil
	})
}

// guard turns the fault of reading a mapped page that the disk does not give back into an error.
func guard(path string, read func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		fault := recover()
		if fault == nil {
			return
		}
		if _, ok := fault.(interface{ Addr() uintptr }); !ok {
			panic(fault)
		}
		err = &CorruptError{File: path, Offset: 0, Reason: "the disk does not give back what the file held, or it was cut short while open"}
	}()
	return read()
}

// bytesOf returns the bytes of the section if it is of that kind, checked.
func (s *Section) bytesOf(kind uint16) ([]byte, error) {
	if s.kind != kind {
		return nil, fmt.Errorf("%w: section %q of %s holds %s, not %s", ErrNoSection, s.name, s.snapshot.path, kindName(s.kind), kindName(kind))
	}
	release, err := s.snapshot.Acquire()
	if err != nil {
		return nil, err
	}
	defer release()
	if !s.snapshot.options.SkipChecksums {
		if err := s.check(); err != nil {
			return nil, err
		}
	}
	return s.data, nil
}

func kindName(kind uint16) string {
	if name, ok := kindNames[kind]; ok {
		return name
	}
	return fmt.Sprintf("kind %d", kind)
}

// Bytes returns a section written by [SnapshotWriter.Bytes].
func (s *Section) Bytes() ([]byte, error) { return s.bytesOf(kindBytes) }

// Uint16s returns a section written by [SnapshotWriter.Uint16s].
func (s *Section) Uint16s() ([]uint16, error) { return column[uint16](s, kindUint16) }

// Int32s returns a section written by [SnapshotWriter.Int32s].
func (s *Section) Int32s() ([]int32, error) { return column[int32](s, kindInt32) }

// Int64s returns a section written by [SnapshotWriter.Int64s].
func (s *Section) Int64s() ([]int64, error) { return column[int64](s, kindInt64) }

// Float32s returns a section written by [SnapshotWriter.Float32s].
func (s *Section) Float32s() ([]float32, error) { return column[float32](s, kindFloat32) }

// Blobs returns a section written by [SnapshotWriter.Blobs].
func (s *Section) Blobs() (Blobs, error) {
	data, err := s.bytesOf(kindBlobs)
	if err != nil {
		return Blobs{}, err
	}
	split := len(data) - 8*(int(s.count)+1)
	return Blobs{bytes: data[:split:split], offsets: data[split:], count: int(s.count)}, nil
}

// Blobs are byte strings by index. The zero value has none.
type Blobs struct {
	bytes   []byte
	offsets []byte // one more than blobs
	count   int
}

// Len returns the number of blobs.
func (b Blobs) Len() int { return b.count }

// At returns blob i, a view. It panics if i is out of range, as an index does. Under SkipChecksums a blob
// whose place is damaged is empty.
func (b Blobs) At(i int) []byte {
	if uint(i) >= uint(b.count) {
		panic(fmt.Sprintf("blob %d of %d", i, b.count))
	}
	from := binary.LittleEndian.Uint64(b.offsets[8*i:])
	to := binary.LittleEndian.Uint64(b.offsets[8*i+8:])
	if from > to || to > uint64(len(b.bytes)) {
		return nil
	}
	return b.bytes[from:to:to]
}

// nativeLittle says whether the machine stores numbers as the file does.
var nativeLittle = binary.NativeEndian.Uint16([]byte{1, 0}) == 1

func column[T number](s *Section, kind uint16) ([]T, error) {
	data, err := s.bytesOf(kind)
	if err != nil || len(data) == 0 {
		return nil, err
	}
	if nativeLittle {
		size := int(unsafe.Sizeof(*new(T)))
		return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(data))), len(data)/size), nil
	}
	return decode[T](data), nil
}

// decode reads little-endian numbers on any machine.
func decode[T number](data []byte) []T {
	size := int(unsafe.Sizeof(*new(T)))
	out := make([]T, len(data)/size)
	for i := range out {
		switch p := any(&out[i]).(type) {
		case *uint16:
			*p = binary.LittleEndian.Uint16(data[2*i:])
		case *int32:
			*p = int32(binary.LittleEndian.Uint32(data[4*i:]))
		case *int64:
			*p = int64(binary.LittleEndian.Uint64(data[8*i:]))
		case *float32:
			*p = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
		}
	}
	return out
}

// encode appends numbers in little-endian on any machine.
func encode[T number](dst []byte, numbers []T) []byte {
	for i := range numbers {
		switch p := any(numbers[i]).(type) {
		case uint16:
			dst = binary.LittleEndian.AppendUint16(dst, p)
		case int32:
			dst = binary.LittleEndian.AppendUint32(dst, uint32(p))
		case int64:
			dst = binary.LittleEndian.AppendUint64(dst, uint64(p))
		case float32:
			dst = binary.LittleEndian.AppendUint32(dst, math.Float32bits(p))
		}
	}
	return dst
}
