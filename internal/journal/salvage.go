package journal

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Salvage reads what can still be read of a log that Open or Replay calls corrupt. It calls keep with
// every sound record, in order, and returns where something was lost. It changes nothing; the data of a
// record is valid during the call. It stops at the first error of keep or of ctx.
//
// To go on with what was saved, open the newest snapshot with [OpenSnapshot], apply the records that are
// younger, and write all of it into a [Store] in a new folder.
func Salvage(ctx context.Context, dir string, keep func(Record) error) (lost []*CorruptError, err error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("salvage journal: %s is not a folder that can be read: %w", dir, err)
	}
	lock, err := lockFile(filepath.Join(dir, "lock"))
	if errors.Is(err, ErrLocked) {
		return nil, fmt.Errorf("salvage journal in %s: %w", dir, err)
	}
	if err == nil { // else the folder cannot be written, and nobody else writes it either
		defer unlockFile(lock)
	}
	firsts, err := listNumbered(dir, segmentSuffix)
	if err != nil {
		return nil, fmt.Errorf("salvage journal: %w", err)
	}
	s := salvage{ctx: ctx, keep: keep}
	for i, first := range firsts {
		path := numbered(dir, first, segmentSuffix)
		if i > 0 && s.next < first {
			s.lose(path, 0, fmt.Sprintf("records %d to %d before this file are missing", s.next, first-1))
		}
		s.next = max(s.next, first)
		if err := s.segment(path, first); err != nil {
			return s.lost, fmt.Errorf("salvage journal: %w", err)
		}
	}
	return s.lost, nil
}

type salvage struct {
	ctx  context.Context
	keep func(Record) error
	lost []*CorruptError
	next uint64 // the record that has not been kept yet
}

func (s *salvage) lose(path string, offset int64, reason string) {
	s.lost = append(s.lost, &CorruptError{File: path, Offset: offset, Reason: reason})
}

func (s *salvage) segment(path string, first uint64) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	size := info.Size()
	h, err := readHeader(f, path, size)
	var damage *CorruptError
	if err != nil && !errors.As(err, &damage) {
		return err
	}
	sc := newScanner(f, path, size, h)
	if damage != nil {
		damage.Record = first
		s.lost = append(s.lost, damage)
		sc.seq = first
		// The first mark stands right behind the header and knows the salt.
		m, salt, err := sc.findMark(min(size, segmentHeader), true)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		sc.salt, sc.seq, sc.offset = salt, m.seq, m.offset
	}
	for n := 0; ; n++ {
		if n%1024 == 0 && s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		data, err := sc.next()
		switch {
		case err == nil:
			if sc.seq-1 < s.next {
				continue
			}
			s.next = sc.seq
			if err := s.keep(Record{Seq: sc.seq - 1, Data: data}); err != nil {
				return err
			}
		case err == io.EOF:
			return nil
		case errors.As(err, &damage):
			s.lost = append(s.lost, damage)
			if err := sc.resync(); err == io.EOF {
				return nil
			} else if err != nil {
				return err
			}
		default:
			return err
		}
	}
}

// resync moves a scanner that stands before damage to where it can go on: right behind the frame if its
// length holds, so that one record is lost, else at the next mark. It returns io.EOF if there is neither.
func (s *scanner) resync() error {
	offset, seq := s.offset, s.seq
	if s.size-offset >= frameHeader {
		head, err := s.bytes(offset, frameHeader)
		if err != nil {
			return err
		}
		word := binary.LittleEndian.Uint32(head)
		behind, after := offset+frameHeader+int64(word&^kindMask), seq
		if word&kindMask == kindRecord {
			after++
		}
		if behind < s.size {
			s.offset, s.seq = behind, after
			_, err := s.next()
			s.offset, s.seq = behind, after
			if err == nil {
				return nil
			}
		}
	}
	m, _, err := s.findMark(offset+1, false)
	if err != nil {
		return err
	}
	s.offset, s.seq = m.offset, m.seq
	return nil
}
