package journal

import (
	"errors"
	"fmt"
	"path/filepath"
)

var (
	// ErrClosed is returned by every call on a [Journal], [Store] or [Snapshot] after its Close.
	ErrClosed = errors.New("closed")
	// ErrLocked says that another process, or another Journal in this one, has the folder open.
	ErrLocked = errors.New("folder is in use by another journal")
	// ErrCorrupt is matched by every [CorruptError].
	ErrCorrupt = errors.New("corrupt")
	// ErrVersion says that a file was written in a format that this release does not know.
	ErrVersion = errors.New("unknown format version")
	// ErrTooLarge says that a record is longer than [MaxRecordBytes].
	ErrTooLarge = errors.New("record too large")
	// ErrDiscarded says that records were asked for that [Journal.Discard] or [Store.Compact] dropped.
	ErrDiscarded = errors.New("records were discarded")
	// ErrFailed says that an earlier failure left the end of the log in doubt, so that the Journal takes
	// nothing more. Close it and open it again: opening reads what really reached the file.
	ErrFailed = errors.New("journal failed earlier and must be opened again")
	// ErrNoSnapshot says that a [Store] was never compacted.
	ErrNoSnapshot = errors.New("no snapshot yet")
	// ErrStale says that a change of a [State] is made, and files from before it remain.
	ErrStale = errors.New("done, but old files remain")
	// ErrNoSection says that a [Snapshot] has no section of that name, or one of another type.
	ErrNoSection = errors.New("no such section")
)

// A CorruptError says where a file does not hold what was written to it. errors.Is(err, ErrCorrupt)
// matches it.
type CorruptError struct {
	File   string // path of the file
	Offset int64  // of the first byte that cannot be trusted
	Reason string
	Record uint64 // the record that should begin there, in a log that was read in order; else 0
}

func (e *CorruptError) Error() string {
	return fmt.Sprintf("%s is corrupt at byte %d: %s", filepath.ToSlash(e.File), e.Offset, e.Reason)
}

// Is makes errors.Is(err, ErrCorrupt) true.
func (e *CorruptError) Is(target error) bool { return target == ErrCorrupt }
