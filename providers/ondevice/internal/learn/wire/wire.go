// Package wire writes numbers and words in a row, and reads them again from bytes that may be anything.
package wire

import (
	"encoding/binary"
	"errors"
	"math"
)

// ErrMalformed says that bytes are not what was written.
var ErrMalformed = errors.New("malformed")

// AppendInt appends a number that is not negative.
func AppendInt(dst []byte, n int) []byte { return binary.AppendUvarint(dst, uint64(n)) }

// AppendFloat appends a number exactly.
func AppendFloat(dst []byte, x float64) []byte {
	return binary.LittleEndian.AppendUint64(dst, math.Float64bits(x))
}

// AppendString appends a word.
func AppendString(dst []byte, s string) []byte {
	return append(AppendInt(dst, len(s)), s...)
}

// A Reader reads what was appended. After the first thing that is malformed it reads only zeroes, and Err
// is not nil.
type Reader struct {
	data []byte
	bad  bool
}

// NewReader returns a reader of data.
func NewReader(data []byte) *Reader { return &Reader{data: data} }

// Fail says that what was read makes no sense.
func (r *Reader) Fail() { r.bad, r.data = true, nil }

// Err returns [ErrMalformed] if anything was.
func (r *Reader) Err() error {
	if r.bad {
		return ErrMalformed
	}
	return nil
}

// Left returns how many bytes are left.
func (r *Reader) Left() int { return len(r.data) }

// Int reads a number that is at most so large.
func (r *Reader) Int(most int) int {
	n, size := binary.Uvarint(r.data)
	if size <= 0 || n > uint64(most) {
		r.Fail()
		return 0
	}
	r.data = r.data[size:]
	return int(n)
}

// Count reads the number of things that follow, each of which takes at least one byte.
func (r *Reader) Count(most int) int { return r.Int(min(most, len(r.data))) }

// AppendKey appends any 32 bits.
func AppendKey(dst []byte, k uint32) []byte { return binary.AppendUvarint(dst, uint64(k)) }

// Key reads 32 bits.
func (r *Reader) Key() uint32 {
	n, size := binary.Uvarint(r.data)
	if size <= 0 || n > math.MaxUint32 {
		r.Fail()
		return 0
	}
	r.data = r.data[size:]
	return uint32(n)
}

// Float reads a number that is finite.
func (r *Reader) Float() float64 {
	if len(r.data) < 8 {
		r.Fail()
		return 0
	}
	x := math.Float64frombits(binary.LittleEndian.Uint64(r.data))
	if math.IsNaN(x) || math.IsInf(x, 0) {
		r.Fail()
		return 0
	}
	r.data = r.data[8:]
	return x
}

// Byte reads one byte.
func (r *Reader) Byte() byte {
	if len(r.data) == 0 {
		r.Fail()
		return 0
	}
	b := r.data[0]
	r.data = r.data[1:]
	return b
}

// Bytes returns the next n bytes. They are part of what is read, and not copied.
func (r *Reader) Bytes(n int) []byte {
	if n < 0 || n > len(r.data) {
		r.Fail()
		return nil
	}
	b := r.data[:n:n]
	r.data = r.data[n:]
	return b
}

// String reads a word of at most so many bytes.
func (r *Reader) String(most int) string {
	n := r.Int(min(most, len(r.data)))
	if n > len(r.data) {
		r.Fail()
		return ""
	}
	s := string(r.data[:n])
	r.data = r.data[n:]
	return s
}
