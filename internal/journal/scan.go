package journal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
)

// A scanner reads the frames of one segment in order. What it holds in memory is bounded by a window and
// by the longest record that really fits in the file, whatever a length claims.
type scanner struct {
	r    io.ReaderAt
	path string
	size int64
	salt uint64

	offset int64  // of the next frame
	seq    uint64 // of the next record
	last   mark   // the last mark passed

	window []byte
	start  int64 // offset of the window
}

const scanWindow = 256 << 10

func newScanner(r io.ReaderAt, path string, size int64, h header) *scanner {
	return &scanner{r: r, path: path, size: size, salt: h.salt, offset: segmentHeader, seq: h.first}
}

// bytes returns n bytes at offset, which must lie in the file. They are valid until the next call.
func (s *scanner) bytes(offset int64, n int) ([]byte, error) {
	if at := offset - s.start; at >= 0 && at+int64(n) <= int64(len(s.window)) {
		return s.window[at : at+int64(n)], nil
	}
	want := min(s.size-offset, int64(max(n, scanWindow)))
	if int64(cap(s.window)) < want {
		s.window = make([]byte, want)
	}
	s.window, s.start = s.window[:want], offset
	if got, err := s.r.ReadAt(s.window, offset); got < len(s.window) {
		s.window = s.window[:0]
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	return s.window[:n], nil
}

// next returns the next record; the bytes are valid until the next call. It returns io.EOF at the end,
// a *CorruptError where a frame is not what was written, and other errors where the file cannot be read.
// After an error the scanner stands where it stood.
func (s *scanner) next() ([]byte, error) {
	for {
		if s.offset == s.size {
			return nil, io.EOF
		}
		if s.size-s.offset < frameHeader {
			return nil, s.endOr("it ends within the head of a record")
		}
		head, err := s.bytes(s.offset, frameHeader)
		if err != nil {
			return nil, err
		}
		word, sum := binary.LittleEndian.Uint32(head), binary.LittleEndian.Uint32(head[4:])
		kind, length := word&kindMask, int64(word&^kindMask)
		switch {
		case word == 0:
			return nil, s.endOr("zeros where a record should begin")
		case kind != kindRecord && word != kindMark|markPayload, length > MaxRecordBytes:
			return nil, s.corrupt("no record begins here")
		case length > s.size-s.offset-frameHeader:
			return nil, s.corrupt("a record is longer than the rest of the file")
		}
		frame, err := s.bytes(s.offset, frameHeader+int(length))
		if err != nil {
			return nil, err
		}
		if kind == kindMark {
			m, salt, ok := parseMark(frame, s.offset)
			if !ok || salt != s.salt {
				return nil, s.corrupt("the checksum of a mark does not match")
			}
			if m.seq != s.seq {
				return nil, s.corrupt(fmt.Sprintf("record %d should come next and a mark announces %d", s.seq, m.seq))
			}
			s.last = m
			s.offset += markFrame
			continue
		}
		payload := frame[frameHeader:]
		if seal(crc32.Checksum(payload, castagnoli), s.salt, s.seq, word) != sum {
			return nil, s.corrupt("the checksum of a record does not match")
		}
		s.offset += int64(len(frame))
		s.seq++
		return payload, nil
	}
}

func (s *scanner) corrupt(reason string) error {
	return &CorruptError{File: s.path, Offset: s.offset, Reason: reason, Record: s.seq}
}

// endOr returns io.EOF if nothing but zeros is left, which is space laid out ahead.
func (s *scanner) endOr(reason string) error {
	zero, err := s.zeroFrom(s.offset)
	if err != nil {
		return err
	}
	if zero {
		return io.EOF
	}
	return s.corrupt(reason)
}

func (s *scanner) zeroFrom(offset int64) (bool, error) {
	for offset < s.size {
		b, err := s.bytes(offset, int(min(s.size-offset, scanWindow)))
		if err != nil {
			return false, err
		}
		for _, c := range b {
			if c != 0 {
				return false, nil
			}
		}
		offset += int64(len(b))
	}
	return true, nil
}

// findMark returns the first mark of this segment at or after offset, and the salt it carries; any salt
// will do if anySalt is set. It returns io.EOF if there is none.
func (s *scanner) findMark(offset int64, anySalt bool) (mark, uint64, error) {
	word := binary.LittleEndian.AppendUint32(nil, kindMark|markPayload)
	for s.size-offset >= markFrame {
		b, err := s.bytes(offset, int(min(s.size-offset, scanWindow)))
		if err != nil {
			return mark{}, 0, err
		}
		for at := 0; at+markFrame <= len(b); at++ {
			hit := bytes.Index(b[at:len(b)-markFrame+len(word)], word)
			if hit < 0 {
				break
			}
			at += hit
			m, salt, ok := parseMark(b[at:at+markFrame], offset+int64(at))
			if ok && (anySalt || salt == s.salt) {
				return m, salt, nil
			}
		}
		offset += int64(len(b)) - markFrame + 1 // a mark may lie across the edge
	}
	return mark{}, 0, io.EOF
}

// sealed reports whether the last frame read is a mark that says that all before it is on disk.
func (s *scanner) sealed() bool {
	return s.last.offset > 0 && s.last.offset+markFrame == s.offset && s.last.synced == s.last.offset
}

// syncedBeyond reports whether a mark says that the byte at offset had been synced.
func (s *scanner) syncedBeyond(offset int64) (bool, error) {
	for at := offset; ; {
		m, _, err := s.findMark(at, false)
		if err == io.EOF {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if m.synced > offset {
			return true, nil
		}
		at = m.offset + markFrame
	}
}
