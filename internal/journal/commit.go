package journal

import (
	"fmt"
	"runtime"
	"time"
)

// writeEvery bounds the buffer between frames and file.
const writeEvery = 4 << 20

// commitAll serves the queue until Close, and keeps the interval.
func (j *Journal) commitAll() {
	defer close(j.done)
	var batch []*request
	var timer *time.Timer
	var due <-chan time.Time
	if j.options.Sync == SyncInterval {
		timer = time.NewTimer(j.options.Interval)
		defer timer.Stop()
		due = timer.C
	}
	for {
		select {
		case <-j.wake:
		case <-due:
			timer.Reset(j.options.Interval)
			j.writing.Lock()
			if j.usable() == nil {
				_ = j.sync() // a failure is kept and told to the next caller
			}
			j.writing.Unlock()
			continue
		case <-j.quit:
			for batch = j.take(batch); len(batch) > 0; batch = j.take(batch) {
				j.commit(batch)
			}
			return
		}
		for batch = j.take(batch); len(batch) > 0; batch = j.take(batch) {
			served := len(batch)
			j.commit(batch)
			// Those just served are about to come back; a moment for them makes the next sync serve them too.
			for range served {
				runtime.Gosched()
			}
		}
	}
}

// take empties the queue into batch.
func (j *Journal) take(batch []*request) []*request {
	clear(batch)
	j.mu.Lock()
	defer j.mu.Unlock()
	batch, j.queue = j.queue, batch[:0]
	return batch
}

// commit writes the requests of batch, with one sync for as many of them as share a segment, and answers
// all.
func (j *Journal) commit(batch []*request) {
	j.writing.Lock()
	defer j.writing.Unlock()
	for len(batch) > 0 {
		j.mu.Lock()
		failed := j.failed
		j.mu.Unlock()
		if failed != nil {
			answer(batch, fmt.Errorf("%w: %w", ErrFailed, failed))
			return
		}
		if j.active.end >= j.options.SegmentBytes {
			if err := j.rotate(j.last + 1); err != nil {
				answer(batch, err)
				return
			}
		}
		n, size := 0, j.active.end
		for n < len(batch) && (n == 0 || size < j.options.SegmentBytes) {
			size += int64(len(batch[n].frames))
			n++
		}
		if err := j.commitGroup(batch[:n]); err != nil {
			answer(batch, err)
			return
		}
		batch = batch[n:]
	}
}

// commitGroup writes a group to the active segment and answers it unless it fails.
func (j *Journal) commitGroup(group []*request) error {
	s, next := j.active, j.last+1
	laid := int64(0)
	if j.options.Sync == SyncAlways {
		laid = j.options.SegmentBytes
	}
	end, err := s.write(group, next, &j.buffer, laid)
	if err != nil {
		// What was written of the group must not be found later, in front of what comes instead.
		if cut := s.file.Truncate(s.end); cut != nil {
			return j.fail(fmt.Errorf("%w; and taking it back: %w", err, cut))
		}
		s.laid, s.lastMark = s.end, -1
		return err
	}
	force := j.options.Sync == SyncAlways
	for _, r := range group {
		next += uint64(r.records)
		force = force || r.sync
	}
	j.dirty = j.dirty || end > s.end
	s.end = end
	if force {
		if err := j.sync(); err != nil {
			return err
		}
	}
	seq := j.last
	j.mu.Lock()
	j.last, j.end = next-1, s.end
	j.mu.Unlock()
	for _, r := range group {
		seq += uint64(r.records)
		r.result <- result{seq: seq}
	}
	return nil
}

// write seals the frames of group and writes them behind the end, which it does not move, and returns the
// new end. Zeros may be laid out ahead up to the length laid.
func (s *segment) write(group []*request, seq uint64, buffer *[]byte, laid int64) (int64, error) {
	b, at := (*buffer)[:0], s.end // b is to be written at
	defer func() {
		if cap(b) <= 2*writeEvery {
			*buffer = b
		}
	}()
	for _, r := range group {
		for frames := r.frames; len(frames) > 0; {
			offset := at + int64(len(b))
			if s.lastMark < 0 || s.marked != s.synced || offset-s.lastMark >= markEvery {
				b = appendMark(b, s.salt, mark{offset: offset, seq: seq, synced: s.synced})
				s.lastMark, s.marked = offset, s.synced
			}
			n := openFrameLen(frames)
			b = append(b, frames[:n]...)
			closeFrame(b[len(b)-n:], s.salt, seq)
			frames = frames[n:]
			seq++
			if len(b) >= writeEvery {
				if err := s.writeAt(b, at, 0); err != nil {
					return 0, err
				}
				at += int64(len(b))
				b = b[:0]
			}
		}
	}
	if len(b) == 0 {
		return at, nil
	}
	return at + int64(len(b)), s.writeAt(b, at, laid)
}

// zeros is what is laid ahead.
var zeros [layAhead]byte

// writeAt writes b at the offset, and zeros behind it, up to the length laid, when those before are used
// up. That the zeros may find no space is no failure of the write.
func (s *segment) writeAt(b []byte, offset, laid int64) error {
	if _, err := s.file.WriteAt(b, offset); err != nil {
		return err
	}
	end := offset + int64(len(b))
	if end <= s.laid {
		return nil
	}
	s.laid = end
	if laid > end {
		n, _ := s.file.WriteAt(zeros[:min(layAhead, laid-end)], end)
		s.laid += int64(n)
	}
	return nil
}

// sync makes everything written durable. After a failed sync nobody can know what is on disk, so the
// journal fails for good.
func (j *Journal) sync() error {
	if !j.dirty {
		return nil
	}
	if err := j.active.file.Sync(); err != nil {
		return j.fail(err)
	}
	j.dirty = false
	j.active.synced = j.active.end
	return nil
}
