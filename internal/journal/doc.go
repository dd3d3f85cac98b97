// Package journal keeps what must not be lost: a state, as a snapshot file that opens at once, and a log
// of what happened after it. Records and sections are bytes and columns of numbers; what they mean is the
// caller's affair.
//
//	store, err := journal.OpenStore(ctx, "data", journal.Options{})
//	snapshot, release, err := store.Snapshot()       // the state, or ErrNoSnapshot
//	for record, err := range store.Replay(ctx) { … } // and what came after
//	seq, err := store.Append(ctx, event)             // on disk when it returns
//	err = store.Compact(ctx, seq, fill)              // a new snapshot, a short log
//
// A [Journal] is the log alone, a [Snapshot] the file alone, a [Store] both. A [State] keeps in a store what
// lives in memory and is small. [WriteFile] replaces a file that is smaller still.
//
// # What is promised
//
// When Append returns, the records are on disk (under [SyncAlways], the default): neither the death of the
// process nor of the machine loses them. Everybody who waits shares one sync, so that many small callers
// and one with large batches are both fast. A snapshot is there whole or not at all.
//
// Every byte that is read is covered by a CRC32C. A write that was cut short at the end of the log is cut
// off when it is opened, and [Journal.Cut] says so. Anything else that is not what was written is a
// [CorruptError] with file and offset, and nothing is repaired silently: the log knows from marks
// between its records what had been promised. After a crash the last commit is the exception: if its bytes
// are damaged later, before it is opened again, that looks like a write cut short. [Salvage] reads what
// is left of a damaged log.
//
// A failed write (disk full) leaves the log as it was. A failed sync leaves it in doubt, and it takes
// nothing more until it is opened again.
//
// # Files
//
// The folder holds segments of the log named by the number of their first record, snapshots named by the
// number of the last record they contain, and a file named lock. Formats carry a version; an unknown one is
// refused with [ErrVersion]. The bytes are the same on all machines.
//
// # Non-goals
//
// No compression, no encryption, no replication, no keys: it is not a database. One process writes.
package journal
