package journal

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// A request is what one caller wants committed.
type request struct {
	frames  []byte // open frames, copied from the caller, who may leave before they are written
	records int
	sync    bool // whatever the policy
	result  chan result
}

type result struct {
	seq uint64
	err error
}

// keepFrames is the longest buffer that goes back to the pool.
const keepFrames = 64 << 10

// Append adds records, in order and next to each other, and returns the number of the last one when they
// are as safe as [Options.Sync] says. The records are copied. Without records it returns the number of
// the last record there is.
//
// If the disk is full or another write fails, none of the records is kept and a later call may succeed.
// If a sync fails, what is on disk is in doubt: the call and all later ones return [ErrFailed].
//
// If ctx ends first, Append returns at once. Records that still waited are withdrawn; those already being
// written may be kept, and the error says so. A crash during Append may likewise keep the first few of
// its records.
func (j *Journal) Append(ctx context.Context, records ...[]byte) (seq uint64, err error) {
	for i, r := range records {
		if len(r) > MaxRecordBytes {
			return 0, fmt.Errorf("append: record %d of the call has %d bytes: %w: at most %d", i+1, len(r), ErrTooLarge, MaxRecordBytes)
		}
	}
	seq, err = j.submit(ctx, records, false)
	if err != nil {
		return 0, fmt.Errorf("append %d records: %w", len(records), explain(err))
	}
	return seq, nil
}

// Sync returns when everything appended before it is on disk, whatever the policy.
func (j *Journal) Sync(ctx context.Context) error {
	if _, err := j.submit(ctx, nil, true); err != nil {
		return fmt.Errorf("sync journal: %w", explain(err))
	}
	return nil
}

func (j *Journal) submit(ctx context.Context, records [][]byte, sync bool) (uint64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	r, ok := j.requests.Get().(*request)
	if !ok {
		r = &request{result: make(chan result, 1)}
	}
	r.records, r.sync, r.frames = len(records), sync, r.frames[:0]
	need := 0
	for _, record := range records {
		need += frameHeader + len(record)
	}
	r.frames = slices.Grow(r.frames, need)
	for _, record := range records {
		r.frames = appendOpenFrame(r.frames, record)
	}
	j.mu.Lock()
	if err := j.usableLocked(); err != nil {
		j.mu.Unlock()
		j.release(r)
		return 0, err
	}
	j.queue = append(j.queue, r)
	j.mu.Unlock()
	select {
	case j.wake <- struct{}{}:
	default:
	}

	select {
	case res := <-r.result:
		j.release(r)
		return res.seq, res.err
	case <-ctx.Done():
	}
	if j.withdraw(r) {
		j.release(r)
		return 0, ctx.Err()
	}
	select {
	case res := <-r.result: // done meanwhile
		j.release(r)
		return res.seq, res.err
	default:
		return 0, fmt.Errorf("being written already and may be kept: %w", ctx.Err())
	}
}

// withdraw takes r out of the queue. It reports false if r is no longer there.
func (j *Journal) withdraw(r *request) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	i := slices.Index(j.queue, r)
	if i >= 0 {
		j.queue = slices.Delete(j.queue, i, i+1)
	}
	return i >= 0
}

// release keeps a request, whose answer was taken or will not come, for another caller.
func (j *Journal) release(r *request) {
	if cap(r.frames) > keepFrames {
		r.frames = nil
	}
	j.requests.Put(r)
}

func answer(batch []*request, err error) {
	for _, r := range batch {
		r.result <- result{err: err}
	}
}

// fail makes the journal refuse all further calls.
func (j *Journal) fail(err error) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.failed == nil {
		j.failed = err
	}
	return errors.Join(ErrFailed, err)
}
