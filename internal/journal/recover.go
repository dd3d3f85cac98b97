package journal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// A Cut says what [Open] removed from the end of a log whose last run was cut short.
type Cut struct {
	File   string
	Offset int64 // where the file ends now
	Bytes  int64 // how many were removed
	Reason string
}

func (c *Cut) String() string {
	return fmt.Sprintf("cut %d bytes off %s at byte %d: %s", c.Bytes, c.File, c.Offset, c.Reason)
}

// recover finds the end of the log, cuts off a torn tail and opens the last segment for writing.
func (j *Journal) recover(ctx context.Context) error {
	firsts, err := listNumbered(j.dir, segmentSuffix)
	if err != nil {
		return err
	}
	next := uint64(1)
	for j.active == nil && len(firsts) > 0 {
		next = firsts[len(firsts)-1]
		if err := j.openLast(ctx, next); err != nil {
			return err
		}
		if j.active == nil {
			firsts = firsts[:len(firsts)-1]
		}
	}
	if j.active == nil { // nothing there, or nothing but a segment that was never finished
		firsts, j.last = []uint64{next}, next-1
		if j.active, err = j.createSegment(next); err != nil {
			return err
		}
	}
	j.firsts, j.end = firsts, j.active.end
	return nil
}

// openLast opens the segment that begins with record first. It leaves j.active nil if the segment was
// never finished being created, and removes it then.
func (j *Journal) openLast(ctx context.Context, first uint64) (err error) {
	path := numbered(j.dir, first, segmentSuffix)
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	f, err := openFile(path, os.O_RDWR)
	if err != nil {
		return err
	}
	f = j.options.hook(path, f)
	defer func() {
		if j.active == nil {
			err = errors.Join(err, f.Close())
		}
	}()
	size := info.Size()
	h, err := readHeader(f, path, size)
	if err == nil && h.first != first {
		return &CorruptError{File: path, Offset: 0, Reason: fmt.Sprintf("it says that it begins with record %d", h.first)}
	}
	if errors.Is(err, ErrCorrupt) && size <= segmentHeader && j.cut == nil {
		// The header is on disk before anything else is written. Without one, there was nothing else.
		j.cut = &Cut{File: path, Bytes: size, Reason: "a segment that was just being created"}
		return errors.Join(os.Remove(path), SyncDir(j.dir))
	}
	if err != nil {
		return err
	}

	sc := newScanner(f, path, size, h)
	for n := 0; err == nil; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		_, err = sc.next()
	}
	var damage *CorruptError
	if errors.As(err, &damage) {
		synced, markErr := sc.syncedBeyond(sc.offset)
		if markErr != nil {
			return markErr
		}
		if synced {
			return damage
		}
		j.cut = &Cut{File: path, Offset: sc.offset, Bytes: size - sc.offset, Reason: "a write that was not finished: " + damage.Reason}
	} else if err != io.EOF {
		return err
	}
	if size > sc.offset {
		if err := f.Truncate(sc.offset); err != nil {
			return err
		}
	}
	// What was read may still be in memory only.
	if err := errors.Join(f.Sync(), SyncDir(j.dir)); err != nil {
		return err
	}
	s := &segment{header: h, path: path, file: f, end: sc.offset, synced: sc.offset, laid: sc.offset, lastMark: -1}
	if sc.sealed() {
		s.marked = s.end
	}
	j.active, j.last = s, sc.seq-1
	return nil
}

// readHeader reads the header of a segment of that size.
func readHeader(r io.ReaderAt, path string, size int64) (header, error) {
	b := make([]byte, min(size, segmentHeader))
	if n, err := r.ReadAt(b, 0); n < len(b) {
		return header{}, err
	}
	return parseHeader(path, b)
}
