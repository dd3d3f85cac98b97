package journal

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"iter"
	"math"
	"os"
	"unsafe"
)

// writeBuffer is how much is collected before it is written, and how often ctx is looked at.
const writeBuffer = 1 << 20

// WriteSnapshot writes a snapshot that contains the log up to record seq, with the sections that fill
// adds. The file is written under a temporary name, synced and renamed, so that path is what it was or
// the whole new snapshot, whenever the machine stops. If anything fails, path is what it was.
func WriteSnapshot(ctx context.Context, path string, seq uint64, fill func(*SnapshotWriter) error) error {
	if err := writeSnapshot(ctx, path, seq, fill); err != nil {
		return fmt.Errorf("write snapshot %s: %w", path, explain(err))
	}
	return nil
}

func writeSnapshot(ctx context.Context, path string, seq uint64, fill func(*SnapshotWriter) error) error {
	return replaceFile(path, func(f *os.File) error {
		w := &SnapshotWriter{ctx: ctx, file: f, buffer: make([]byte, snapshotHeader, writeBuffer), names: map[string]bool{}}
		if err := fill(w); err != nil {
			return err
		}
		if err := w.finish(seq); err != nil {
			return err
		}
		return ctx.Err()
	})
}

// A SnapshotWriter takes the sections of a snapshot one after another. The first error, which may be that
// of the context, is kept and returned by Err and by [WriteSnapshot]; calls after it do nothing. It is not
// safe for concurrent use, nor valid after the call that it was given to.
type SnapshotWriter struct {
	ctx    context.Context // of the one call that the writer lives in
	file   *os.File
	buffer []byte
	offset uint64 // of what is written, without the buffer
	sum    uint32 // of the current section
	names  map[string]bool
	dir    []byte
	count  uint32
	err    error
}

// Err returns the first error, so that a long fill can end early.
func (w *SnapshotWriter) Err() error { return w.err }

// Bytes adds a section that is the parts one after another.
func (w *SnapshotWriter) Bytes(name string, parts ...[]byte) {
	w.section(name, kindBytes, func() (count uint64) {
		for _, p := range parts {
			w.write(p)
			count += uint64(len(p))
		}
		return count
	})
}

// Uint16s adds a column that is the parts one after another.
func (w *SnapshotWriter) Uint16s(name string, parts ...[]uint16) {
	writeColumn(w, name, kindUint16, parts)
}

// Int32s adds a column that is the parts one after another.
func (w *SnapshotWriter) Int32s(name string, parts ...[]int32) {
	writeColumn(w, name, kindInt32, parts)
}

// Int64s adds a column that is the parts one after another.
func (w *SnapshotWriter) Int64s(name string, parts ...[]int64) {
	writeColumn(w, name, kindInt64, parts)
}

// Float32s adds a column that is the parts one after another.
func (w *SnapshotWriter) Float32s(name string, parts ...[]float32) {
	writeColumn(w, name, kindFloat32, parts)
}

// Blobs adds byte strings that are found again by their index.
func (w *SnapshotWriter) Blobs(name string, blobs iter.Seq[[]byte]) {
	w.section(name, kindBlobs, func() uint64 {
		offsets, length := []int64{0}, uint64(0)
		for b := range blobs {
			if w.err != nil {
				return 0
			}
			w.write(b)
			length += uint64(len(b))
			offsets = append(offsets, int64(length))
		}
		w.write(make([]byte, align8(length)-length))
		writeNumbers(w, offsets)
		return uint64(len(offsets) - 1)
	})
}

func writeColumn[T number](w *SnapshotWriter, name string, kind uint16, parts [][]T) {
	w.section(name, kind, func() (count uint64) {
		for _, p := range parts {
			writeNumbers(w, p)
			count += uint64(len(p))
		}
		return count
	})
}

func writeNumbers[T number](w *SnapshotWriter, numbers []T) {
	if len(numbers) == 0 {
		return
	}
	size := int(unsafe.Sizeof(numbers[0]))
	if nativeLittle {
		w.write(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(numbers))), len(numbers)*size))
		return
	}
	w.write(encode(make([]byte, 0, len(numbers)*size), numbers))
}

// section writes what body writes as a section, with its entry in the directory.
func (w *SnapshotWriter) section(name string, kind uint16, body func() (count uint64)) {
	switch {
	case w.err != nil:
		return
	case name == "" || len(name) > math.MaxUint16:
		w.err = fmt.Errorf("the name of a section has %d bytes, it must have 1 to %d", len(name), math.MaxUint16)
		return
	case w.names[name]:
		w.err = fmt.Errorf("section %q is written twice", name)
		return
	}
	w.names[name] = true
	w.pad()
	start := w.offset + uint64(len(w.buffer))
	w.sum = 0
	count := body()
	end := w.offset + uint64(len(w.buffer))

	w.dir = binary.LittleEndian.AppendUint64(w.dir, start)
	w.dir = binary.LittleEndian.AppendUint64(w.dir, end-start)
	w.dir = binary.LittleEndian.AppendUint64(w.dir, count)
	w.dir = binary.LittleEndian.AppendUint32(w.dir, w.sum)
	w.dir = binary.LittleEndian.AppendUint16(w.dir, kind)
	w.dir = binary.LittleEndian.AppendUint16(w.dir, uint16(len(name)))
	w.dir = append(w.dir, name...)
	w.dir = append(w.dir, make([]byte, align8(uint64(len(name)))-uint64(len(name)))...)
	w.count++
}

// pad fills up to a multiple of 8.
func (w *SnapshotWriter) pad() {
	at := w.offset + uint64(len(w.buffer))
	w.write(make([]byte, align8(at)-at))
}

func (w *SnapshotWriter) write(b []byte) {
	w.sum = crc32.Update(w.sum, castagnoli, b)
	for len(b) > 0 && w.err == nil {
		n := min(len(b), writeBuffer-len(w.buffer))
		w.buffer = append(w.buffer, b[:n]...)
		b = b[n:]
		if len(w.buffer) == writeBuffer {
			w.flush()
		}
	}
}

func (w *SnapshotWriter) flush() {
	if w.err == nil {
		w.err = w.ctx.Err()
	}
	if w.err == nil {
		_, w.err = w.file.Write(w.buffer)
	}
	w.offset += uint64(len(w.buffer))
	w.buffer = w.buffer[:0]
}

// finish writes the directory, and the header over the space left for it.
func (w *SnapshotWriter) finish(seq uint64) error {
	w.pad()
	start := w.offset + uint64(len(w.buffer))
	w.write(w.dir)
	w.flush()
	if w.err != nil {
		return w.err
	}
	b := make([]byte, 0, snapshotHeader)
	b = append(b, snapshotMagic...)
	b = binary.LittleEndian.AppendUint32(b, snapshotVersion)
	b = binary.LittleEndian.AppendUint32(b, w.count)
	b = binary.LittleEndian.AppendUint64(b, seq)
	b = binary.LittleEndian.AppendUint64(b, start)
	b = binary.LittleEndian.AppendUint64(b, uint64(len(w.dir)))
	b = binary.LittleEndian.AppendUint64(b, w.offset)
	b = binary.LittleEndian.AppendUint32(b, crc32.Checksum(w.dir, castagnoli))
	b = binary.LittleEndian.AppendUint64(b, 0)
	b = binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
	_, err := w.file.WriteAt(b, 0)
	return err
}
