package journal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"slices"
)

// A Record is one entry of the log.
type Record struct {
	// Seq is the number of the record, counted from 1.
	Seq uint64
	// Data is what was appended. It is valid until the next step of the loop.
	Data []byte
}

// Replay yields the records from number from on, up to the last one that was appended when the loop
// began; from 0 means from the oldest one kept. It ends after the first error: a [CorruptError] where a
// record is damaged, [ErrDiscarded] if from is older than what is kept or is discarded while the loop runs.
// Appends may go on beside it.
func (j *Journal) Replay(ctx context.Context, from uint64) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		if err := j.replay(ctx, from, yield); err != nil {
			yield(Record{}, fmt.Errorf("replay: %w", err))
		}
	}
}

// errStop ends a walk early without an error to report.
var errStop = errors.New("stop")

func (j *Journal) replay(ctx context.Context, from uint64, yield func(Record, error) bool) error {
	j.mu.Lock()
	closed, firsts, last, end := j.closed, j.firsts, j.last, j.end
	j.mu.Unlock()
	if closed {
		return ErrClosed
	}
	if from == 0 {
		from = firsts[0]
	}
	if from < firsts[0] {
		return fmt.Errorf("%w: record %d was asked for and the oldest kept is %d", ErrDiscarded, from, firsts[0])
	}
	i, found := slices.BinarySearch(firsts, from)
	if !found {
		i--
	}
	for ; i < len(firsts) && from <= last; i++ {
		size := int64(-1)
		if i == len(firsts)-1 {
			size = end
		}
		want := last + 1
		if i+1 < len(firsts) {
			want = firsts[i+1]
		}
		err := replaySegment(ctx, numbered(j.dir, firsts[i], segmentSuffix), size, firsts[i], want, func(r Record) bool {
			return r.Seq < from || yield(r, nil)
		})
		if errors.Is(err, errStop) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// replaySegment yields the records of one segment, which begins with record first and must end before
// record next. A size of -1 means the whole file.
func replaySegment(ctx context.Context, path string, size int64, first, next uint64, yield func(Record) bool) (err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w meanwhile: %w", ErrDiscarded, err)
	}
	if err != nil {
		return err
	}
	defer f.Close() // nothing was written
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if size < 0 {
		size = info.Size()
	}
	if info.Size() < size {
		return &CorruptError{File: path, Offset: info.Size(), Reason: fmt.Sprintf("the file is cut short, %d bytes were written", size)}
	}
	h, err := readHeader(f, path, size)
	if err != nil {
		return err
	}
	if h.first != first {
		return &CorruptError{File: path, Offset: 0, Reason: fmt.Sprintf("it says that it begins with record %d", h.first)}
	}
	sc := newScanner(f, path, size, h)
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		data, err := sc.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		if !yield(Record{Seq: sc.seq - 1, Data: data}) {
			return errStop
		}
	}
	if sc.seq != next {
		return &CorruptError{File: path, Offset: sc.offset, Reason: fmt.Sprintf("it ends before record %d and should end before %d", sc.seq, next)}
	}
	return nil
}
