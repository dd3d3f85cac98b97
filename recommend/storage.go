package recommend

import (
	"time"

	"github.com/zhushou-ai/zhushou/internal/journal"
)

// Storage says how the folder of [Open] is kept. The zero value is the safe one.
type Storage struct {
	// Sync says when a change is forced to disk. The zero value is [SyncAlways].
	Sync SyncPolicy
	// Interval is the time between syncs under [SyncInterval]. If zero, it is a second.
	Interval time.Duration
	// SegmentBytes is the length after which a file of the log is followed by a new one. If zero, it is 64 MiB.
	SegmentBytes int64
	// SkipChecksums opens a folder without reading all of its snapshot first. Damage then gives wrong answers.
	SkipChecksums bool
}

// A SyncPolicy says when what was acknowledged is forced to disk. Whatever the policy, it survives the death
// of the process; the policy is about the death of the machine.
type SyncPolicy = journal.SyncPolicy

const (
	// SyncAlways acknowledges a change when it is on disk. All that wait share one sync.
	SyncAlways = journal.SyncAlways
	// SyncInterval syncs every [Storage.Interval]: a crash of the machine loses at most what came since.
	SyncInterval = journal.SyncInterval
	// SyncNever leaves it to the operating system.
	SyncNever = journal.SyncNever
)

// What may be wrong with a folder, for errors.Is.
var (
	ErrCorrupt = journal.ErrCorrupt // a file does not hold what was written to it
	ErrVersion = journal.ErrVersion // a later release wrote it
	ErrLocked  = journal.ErrLocked  // another process has it open
)

func (s Storage) options() journal.Options {
	return journal.Options{Sync: s.Sync, Interval: s.Interval, SegmentBytes: s.SegmentBytes, SkipChecksums: s.SkipChecksums}
}
