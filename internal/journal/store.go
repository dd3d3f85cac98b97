package journal

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// A Store is the newest snapshot of a state and the log of what happened after it, in one folder. To come
// back to the state, read the snapshot and replay the log. It is safe for concurrent use.
type Store struct {
	log       *Journal
	dir       string
	trust     SnapshotOptions
	compacter chan struct{} // holds a token while a compaction runs

	mu       sync.Mutex
	snapshot *Snapshot // nil before the first one
	closed   bool
}

// OpenStore opens the store in the folder dir, which it creates if need be, as [Open] does. What an
// interrupted compaction left behind is removed.
//
// If the newest snapshot is damaged, that is a [CorruptError] and nothing is changed. Move the file away
// to go on from the one before, where it is still there; if the log no longer reaches back to it,
// OpenStore says so and does not open with a hole.
func OpenStore(ctx context.Context, dir string, options Options) (*Store, error) {
	log, err := Open(ctx, dir, options)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	s := &Store{
		log: log, dir: dir, compacter: make(chan struct{}, 1),
		trust: SnapshotOptions{SkipChecksums: options.SkipChecksums},
	}
	if err := s.open(); err != nil {
		return nil, fmt.Errorf("open store: %w", errors.Join(explain(err), s.Close()))
	}
	return s, nil
}

func (s *Store) open() error {
	seqs, err := listNumbered(s.dir, snapshotSuffix)
	if err != nil {
		return err
	}
	base := uint64(0)
	if len(seqs) > 0 {
		base = seqs[len(seqs)-1]
		path := numbered(s.dir, base, snapshotSuffix)
		if s.snapshot, err = openSnapshot(path, s.trust); err != nil {
			return err
		}
		if s.snapshot.Seq() != base {
			return &CorruptError{File: path, Offset: 16, Reason: fmt.Sprintf("it says that it contains the log up to record %d", s.snapshot.Seq())}
		}
	}
	if first := s.log.First(); first > base+1 {
		return fmt.Errorf("the snapshot of %s ends with record %d and the log begins with record %d: %w between", s.dir, base, first, ErrDiscarded)
	}
	if s.log.Last() < base { // an unsynced log was lost, and the snapshot was not
		if err := s.log.startAt(base + 1); err != nil {
			return err
		}
	}
	return s.sweep(base)
}

// sweep removes what a snapshot of the log up to record base makes superfluous. It only ever removes what
// the newest snapshot contains, so that it may stop at any point and be done again.
func (s *Store) sweep(base uint64) error {
	if base > 0 && s.log.First() <= base {
		if err := s.log.Discard(base); err != nil {
			return err
		}
	}
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return err
	}
	newest := filepath.Base(numbered(s.dir, base, snapshotSuffix))
	for _, e := range entries {
		name := e.Name()
		old := len(name) == len(newest) && strings.HasSuffix(name, snapshotSuffix) && name < newest
		if old || strings.HasSuffix(name, snapshotSuffix+temporarySuffix) {
			if err := os.Remove(filepath.Join(s.dir, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}

// Snapshot returns the newest snapshot, or [ErrNoSnapshot]. The store closes it when a newer one takes its
// place or the store is closed; what was read from it stays valid until release is called, which may be
// done more than once.
func (s *Store) Snapshot() (snapshot *Snapshot, release func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, nil, fmt.Errorf("store %s: %w", s.dir, ErrClosed)
	}
	if s.snapshot == nil {
		return nil, nil, fmt.Errorf("store %s: %w", s.dir, ErrNoSnapshot)
	}
	release, err = s.snapshot.Acquire()
	return s.snapshot, release, err
}

// base is the last record that the newest snapshot contains.
func (s *Store) base() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.snapshot == nil {
		return 0
	}
	return s.snapshot.Seq()
}

// Replay yields the records after the newest snapshot, as [Journal.Replay] does.
func (s *Store) Replay(ctx context.Context) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		s.log.Replay(ctx, s.base()+1)(yield)
	}
}

// Append adds records to the log, as [Journal.Append] does.
func (s *Store) Append(ctx context.Context, records ...[]byte) (seq uint64, err error) {
	return s.log.Append(ctx, records...)
}

// Sync returns when everything appended before it is on disk, as [Journal.Sync] does.
func (s *Store) Sync(ctx context.Context) error { return s.log.Sync(ctx) }

// Last returns the number of the last record appended.
func (s *Store) Last() uint64 { return s.log.Last() }

// Pending returns the number of records that came after the newest snapshot; Replay yields so many. When
// they are many it is time to compact.
func (s *Store) Pending() uint64 {
	base := s.base()
	return max(s.log.Last(), base) - base
}

// Cut returns what OpenStore cut off the end of the log, as [Journal.Cut] does.
func (s *Store) Cut() *Cut { return s.log.Cut() }

// Compact writes a snapshot of the state up to record seq with the sections that fill adds, and drops the
// log up to there and older snapshots. Appends go on meanwhile: fill must write the state as it was right
// after record seq, neither less nor more. One compaction runs at a time; a second one waits.
//
// Whenever it is interrupted, by an error or a crash, the store is what it was or what it is to become.
// After an error of the clearing up, the new snapshot is in place.
func (s *Store) Compact(ctx context.Context, seq uint64, fill func(*SnapshotWriter) error) error {
	select {
	case s.compacter <- struct{}{}:
		defer func() { <-s.compacter }()
	case <-ctx.Done():
		return fmt.Errorf("compact store: %w", ctx.Err())
	}
	if err := s.compact(ctx, seq, fill); err != nil {
		return fmt.Errorf("compact store: %w", explain(err))
	}
	return nil
}

func (s *Store) compact(ctx context.Context, seq uint64, fill func(*SnapshotWriter) error) error {
	if err := s.log.usable(); err != nil {
		return err
	}
	if last, base := s.log.Last(), s.base(); seq > last || seq < base {
		return fmt.Errorf("record %d is not between the last snapshot, %d, and the last record, %d", seq, base, last)
	}
	path := numbered(s.dir, seq, snapshotSuffix)
	if err := writeSnapshot(ctx, path, seq, fill); err != nil {
		return err
	}
	fresh, err := openSnapshot(path, s.trust)
	if err != nil {
		return err
	}
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return errors.Join(ErrClosed, fresh.Close())
	}
	old := s.snapshot
	s.snapshot = fresh
	s.mu.Unlock()
	if old != nil {
		err = old.Close()
	}
	return errors.Join(err, s.sweep(seq))
}

// Close closes the log and the snapshot. A compaction that runs is waited for; cancel its context to hurry
// it. More calls do nothing.
func (s *Store) Close() error {
	s.compacter <- struct{}{}
	defer func() { <-s.compacter }()
	s.mu.Lock()
	snapshot := s.snapshot
	if s.closed {
		snapshot = nil
	}
	s.closed = true
	s.mu.Unlock()
	err := s.log.Close()
	if snapshot != nil {
		err = errors.Join(err, snapshot.Close())
	}
	return err
}
