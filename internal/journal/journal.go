package journal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// A SyncPolicy says when what was appended is forced to disk. Whatever the policy, what was appended
// survives the death of the process; the policy is about the death of the machine.
type SyncPolicy int

const (
	// SyncAlways makes Append return when its records are on disk. All that wait share one sync.
	SyncAlways SyncPolicy = iota
	// SyncInterval syncs every [Options.Interval]. A crash of the machine loses at most what was appended since.
	SyncInterval
	// SyncNever leaves it to the operating system, but for a segment that is full and for Sync and Close.
	SyncNever
)

// Options say how a journal is kept. The zero value is the safe one.
type Options struct {
	// Sync says when records are forced to disk. The zero value is SyncAlways.
	Sync SyncPolicy
	// Interval is the time between syncs under SyncInterval. If zero, it is a second.
	Interval time.Duration
	// SegmentBytes is the length after which a file of the log is followed by a new one. If zero, it is
	// 64 MiB. A segment may become longer by one call of Append.
	SegmentBytes int64
	// SkipChecksums lets a [Store] open its snapshot with [SnapshotOptions.SkipChecksums].
	SkipChecksums bool

	wrap  func(path string, f file) file // tests put faulty files in
	after uint64                         // and have a State compact more often
}

func (o Options) withDefaults() (Options, error) {
	switch {
	case o.Sync < SyncAlways || o.Sync > SyncNever:
		return o, fmt.Errorf("unknown sync policy %d", o.Sync)
	case o.Interval < 0:
		return o, fmt.Errorf("interval %v is negative", o.Interval)
	case o.SegmentBytes < 0:
		return o, fmt.Errorf("segment size %d is negative", o.SegmentBytes)
	}
	if o.Interval == 0 {
		o.Interval = time.Second
	}
	if o.SegmentBytes == 0 {
		o.SegmentBytes = 64 << 20
	}
	return o, nil
}

func (o Options) hook(path string, f file) file {
	if o.wrap != nil {
		return o.wrap(path, f)
	}
	return f
}

// A Journal is an append-only log of records in the files of one folder. Records are numbered from 1
// without gaps. It is safe for concurrent use. Close it to release the folder.
type Journal struct {
	dir     string
	options Options
	lock    *os.File
	cut     *Cut
	wake    chan struct{} // holds one token while the queue may have something
	quit    chan struct{}
	done    chan struct{} // closed when the committing goroutine has ended
	close   func() error

	requests sync.Pool // of *request

	writing sync.Mutex // held while files change; taken before mu
	active  *segment   // guarded by writing
	buffer  []byte     // guarded by writing
	dirty   bool       // guarded by writing: written and not synced

	mu     sync.Mutex
	queue  []*request
	closed bool
	failed error
	firsts []uint64 // numbers of the first records of the segments, rising
	last   uint64   // last record that was acknowledged
	end    int64    // of the active segment, after that record
}

// Open opens the log in the folder dir, which it creates if need be, and locks the folder against other
// processes. Until Close nobody else can open it; on systems without file locks (neither unix nor
// Windows) the caller must see to that.
//
// If the last run was cut short, the log may end in the middle of a record that nobody was promised.
// Such a tail is cut off and [Journal.Cut] tells. Damage to anything that was promised is a
// [CorruptError] and nothing is changed; see [Salvage]. Only the last segment is read: damage in older
// ones is found by Replay.
func Open(ctx context.Context, dir string, options Options) (*Journal, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	options, err := options.withDefaults()
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	if err := MakeDir(dir); err != nil {
		return nil, fmt.Errorf("open journal: %w", explain(err))
	}
	lock, err := lockFile(filepath.Join(dir, "lock"))
	if err != nil {
		return nil, fmt.Errorf("open journal in %s: %w", dir, explain(err))
	}
	j := &Journal{
		dir: dir, options: options, lock: lock,
		wake: make(chan struct{}, 1), quit: make(chan struct{}), done: make(chan struct{}),
	}
	if err := j.recover(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open journal: %w", explain(err)), unlockFile(lock))
	}
	j.close = sync.OnceValue(j.shut)
	go j.commitAll()
	return j, nil
}

// Cut returns what Open cut off the end of the log, or nil if the log was whole.
func (j *Journal) Cut() *Cut { return j.cut }

// First returns the number of the oldest record that is kept, or of the next one if there is none.
func (j *Journal) First() uint64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.firsts[0]
}

// Last returns the number of the last record appended, and 0 before the first one.
func (j *Journal) Last() uint64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.last
}

// Discard deletes the segments that hold nothing beyond record seq, oldest first. Records up to seq may
// remain, for files are dropped whole. It waits for a commit in progress.
func (j *Journal) Discard(seq uint64) error {
	j.writing.Lock()
	defer j.writing.Unlock()
	if err := j.usable(); err != nil {
		return fmt.Errorf("discard records: %w", err)
	}
	if err := j.discard(seq); err != nil {
		return fmt.Errorf("discard records: %w", explain(err))
	}
	return nil
}

func (j *Journal) discard(seq uint64) error {
	if seq >= j.Last() && !j.active.empty() {
		if err := j.rotate(j.Last() + 1); err != nil {
			return err
		}
	}
	for len(j.firsts) > 1 && j.firsts[1]-1 <= seq {
		err := os.Remove(numbered(j.dir, j.firsts[0], segmentSuffix))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		j.mu.Lock()
		j.firsts = j.firsts[1:]
		j.mu.Unlock()
	}
	return SyncDir(j.dir)
}

// startAt makes seq the number of the next record and drops all before it. A [Store] does so when its
// snapshot knows more than a log that was not synced.
func (j *Journal) startAt(seq uint64) error {
	j.writing.Lock()
	defer j.writing.Unlock()
	if err := j.rotate(seq); err != nil {
		return err
	}
	return j.discard(seq - 1)
}

// rotate begins a new segment. The old one is on disk before the new one exists, so that only the last
// segment can have a torn tail. If it fails, the old one goes on.
func (j *Journal) rotate(next uint64) error {
	old := j.active
	if err := j.sync(); err != nil {
		return err
	}
	fresh, err := j.createSegment(next)
	if err != nil {
		return err
	}
	j.active = fresh
	j.mu.Lock()
	j.firsts = append(slices.Clone(j.firsts), next)
	j.last, j.end = next-1, fresh.end
	j.mu.Unlock()
	return old.shut()
}

// usable returns why the journal takes no more calls, or nil.
func (j *Journal) usable() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.usableLocked()
}

func (j *Journal) usableLocked() error {
	if j.closed {
		return ErrClosed
	}
	if j.failed != nil {
		return fmt.Errorf("%w: %w", ErrFailed, j.failed)
	}
	return nil
}

// Close writes and syncs what was appended, whatever the policy, and releases the folder. Appends that
// wait are served first. More calls return what the first returned.
func (j *Journal) Close() error { return j.close() }

func (j *Journal) shut() error {
	j.mu.Lock()
	j.closed = true
	j.mu.Unlock()
	close(j.quit)
	<-j.done
	j.writing.Lock()
	defer j.writing.Unlock()
	err := j.failed
	if err == nil {
		if err = j.sync(); err == nil {
			err = j.active.seal(j.last + 1)
		}
	}
	err = errors.Join(err, j.active.shut(), unlockFile(j.lock))
	if err != nil {
		return fmt.Errorf("close journal: %w", explain(err))
	}
	return nil
}

// Ends reports whether record seq is the last one of its file, and not of the file being written: whether
// [Journal.Discard] of seq drops it.
func (j *Journal) Ends(seq uint64) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	_, found := slices.BinarySearch(j.firsts, seq+1)
	return found && seq > 0
}
