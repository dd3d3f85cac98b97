package audit

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/zhushou-ai/zhushou/internal/journal"
)

// Trust is what the verifier knows from elsewhere. Its zero value trusts the folder's owner, and finds
// accidents and clumsy hands.
type Trust struct {
	// Key is that of the log's signer. If set, every checkpoint must be signed by it.
	Key ed25519.PublicKey
	// Checkpoints are copies that were kept elsewhere. The log must agree with all of them.
	Checkpoints []Checkpoint
}

// A Report says what [Verify] read.
type Report struct {
	Classes []ClassReport
}

// A ClassReport is what was found of one class.
type ClassReport struct {
	Class       string
	First, Last uint64 // records that are there; Last is First-1 if there are none
	Dropped     uint64 // records that were swept
	Checkpoints int
	Signed      uint64 // last record under a checkpoint that Trust.Key signed
	// Unfinished says that the last run was cut short in the middle of a write that nobody was promised.
	Unfinished bool
}

// Verify reads a log that is not open, and changes nothing. If anything is not as it was written, or does
// not agree with trust, the error matches [ErrTampered] and names all that was found.
func Verify(ctx context.Context, dir string, trust Trust) (Report, error) {
	var report Report
	names, err := readManifest(dir)
	if err != nil {
		return report, fmt.Errorf("verify audit log: %w", err)
	}
	var problems []error
	folders, err := listChains(dir)
	if err != nil {
		return report, fmt.Errorf("verify audit log: %w", err)
	}
	for _, f := range folders {
		if !slices.Contains(names, f) {
			problems = append(problems, tampered(dir, "there is a folder %q, which the list of classes does not know", f))
		}
	}
	keys, err := readKeys(filepath.Join(dir, keysFile))
	if err != nil {
		return report, fmt.Errorf("verify audit log: %w", asMissing(filepath.Join(dir, keysFile), err))
	}
	for _, name := range names {
		w := newWalk(filepath.Join(dir, name), name, keys, trust)
		if err := w.folder(ctx); err != nil {
			return report, fmt.Errorf("verify audit log: class %q: %w", name, err)
		}
		report.Classes = append(report.Classes, w.report)
		problems = append(problems, w.problems...)
	}
	for _, c := range trust.Checkpoints {
		if !slices.Contains(names, c.Class) {
			problems = append(problems, tampered(dir, "there is a checkpoint of class %q and no such class", c.Class))
		}
	}
	if len(problems) > 0 {
		return report, fmt.Errorf("verify audit log: %w", errors.Join(problems...))
	}
	return report, nil
}

// Verify is like the function, for a log that is open. Of the end of the log, which may grow meanwhile, it
// reads what was there when it began.
func (l *Log) Verify(ctx context.Context, trust Trust) (Report, error) {
	var report Report
	var problems []error
	for _, c := range l.chains {
		w := newWalk(filepath.Join(l.dir, c.class.Name), c.class.Name, l.keys, trust)
		err := func() error {
			c.turn <- struct{}{}
			h := c.head.head
			<-c.turn
			w.begin(h)
			for r, err := range c.journal.Replay(ctx, h.base.seq+1) {
				if err != nil {
					return asTampered(w.dir, err)
				}
				if r.Seq > h.last.seq {
					break
				}
				w.add(r.Seq, r.Data)
			}
			w.end()
			return nil
		}()
		switch {
		case errors.Is(err, ErrTampered):
			problems = append(problems, err)
		case err != nil:
			return report, fmt.Errorf("verify audit log: class %q: %w", c.class.Name, err)
		}
		report.Classes = append(report.Classes, w.report)
		problems = append(problems, w.problems...)
	}
	if len(problems) > 0 {
		return report, fmt.Errorf("verify audit log: %w", errors.Join(problems...))
	}
	return report, nil
}

// asMissing makes an error of this package of a file that is not there.
func asMissing(path string, err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return tampered(path, "the file is missing")
	}
	return err
}

// A walk goes along one chain and compares.
type walk struct {
	dir      string
	keys     *keyring
	trust    Trust
	report   ClassReport
	problems []error

	head    head
	at      point
	leaves  []Hash
	whole   bool // leaves begin where the tree does
	swept   bool // the head's base is explained
	anchors []Checkpoint
}

func newWalk(dir, class string, keys *keyring, trust Trust) *walk {
	w := &walk{dir: dir, keys: keys, trust: trust, report: ClassReport{Class: class}}
	for _, c := range trust.Checkpoints {
		if c.Class == class {
			w.anchors = append(w.anchors, c)
		}
	}
	slices.SortStableFunc(w.anchors, func(a, b Checkpoint) int { return cmp.Compare(a.Seq, b.Seq) })
	return w
}

// maxProblems bounds what is said about one chain: one wrong byte makes every later hash wrong.
const maxProblems = 20

func (w *walk) wrong(format string, args ...any) {
	if len(w.problems) < maxProblems {
		w.problems = append(w.problems, tampered(w.dir, format, args...))
	}
}

// folder walks a chain that is not open.
func (w *walk) folder(ctx context.Context) error {
	path := filepath.Join(w.dir, headFileName)
	h, damage, err := readHead(path)
	if err != nil {
		err = asMissing(path, err)
		if !errors.Is(err, ErrTampered) {
			return err
		}
		w.problems = append(w.problems, err)
		return nil
	}
	if damage != "" {
		w.wrong("%s: %s", headFileName, damage)
	}
	if h.sealed != 0 {
		if file, size, err := youngest(w.dir); err != nil || size != h.sealed {
			w.wrong("%s has %d bytes and had %d when the log was closed", filepath.Base(file), size, h.sealed)
		}
	}
	w.begin(h)
	lost, err := journal.Salvage(ctx, w.dir, func(r journal.Record) error {
		w.add(r.Seq, r.Data)
		return nil
	})
	if errors.Is(err, journal.ErrVersion) { // a later release's, or a changed byte
		w.wrong("%v", err)
		return nil
	}
	if err != nil {
		return err
	}
	for _, l := range lost {
		if h.sealed == 0 && l.Record > h.last.seq {
			w.report.Unfinished = true
			continue
		}
		w.wrong("%s: byte %d: %s", filepath.Base(l.File), l.Offset, l.Reason)
	}
	w.end()
	return nil
}

func (w *walk) begin(h head) {
	w.head, w.at = h, h.base
	w.report.Dropped = h.base.seq
	w.report.First, w.report.Last = h.base.seq+1, h.base.seq
	w.swept = h.base.seq == 0
	w.whole = w.swept
	if w.swept && h.base.hash != origin(w.report.Class) {
		w.wrong("the chain does not begin at its origin")
	}
	for len(w.anchors) > 0 && w.anchors[0].Seq < w.report.First {
		w.anchors = w.anchors[1:] // swept
	}
}

// add compares the next record.
func (w *walk) add(seq uint64, payload []byte) {
	if seq <= w.head.base.seq {
		return // of a sweep that was cut short
	}
	if seq != w.at.seq+1 {
		w.wrong("after record %d comes %d", w.at.seq, seq)
	}
	before := w.at
	w.at = point{seq, w.at.hash.link(seq, payload)}
	w.report.Last = seq
	if seq == w.head.last.seq && w.at.hash != w.head.last.hash {
		w.wrong("record %d or one before it is not the one that was written", seq)
	}
	for len(w.anchors) > 0 && w.anchors[0].Seq == seq {
		if w.anchors[0].Chain != w.at.hash {
			w.wrong("the checkpoint kept elsewhere of record %d knows other records", seq)
		}
		w.anchors = w.anchors[1:]
	}
	s, err := decode(payload)
	if err != nil {
		w.wrong("record %d: %v", seq, err)
		return
	}
	if s.Swept != nil && s.Swept.Seq == w.head.base.seq && s.Swept.Hash == w.head.base.hash {
		w.swept = true
	}
	if s.Private != nil && !w.keys.knows(s.Subject) {
		w.wrong("record %d: the key of its subject is missing, and was not erased", seq)
	}
	if s.Checkpoint == nil {
		if w.whole {
			w.leaves = append(w.leaves, leaf(payload))
		}
		return
	}
	w.checkpoint(s.Checkpoint, before)
	w.leaves, w.whole = w.leaves[:0], true
}

func (w *walk) checkpoint(c *Checkpoint, at point) {
	w.report.Checkpoints++
	if c.Class != w.report.Class || c.Seq != at.seq || c.Chain != at.hash {
		w.wrong("the checkpoint of record %d knows other records", c.Seq)
	}
	if w.whole && (c.Seq+1-c.From != uint64(len(w.leaves)) || c.Root != root(w.leaves)) {
		w.wrong("the tree of the checkpoint of record %d has another root", c.Seq)
	}
	switch {
	case w.trust.Key == nil:
	case !c.SignedBy(w.trust.Key):
		w.wrong("the checkpoint of record %d is not signed by the key that is trusted", c.Seq)
	default:
		w.report.Signed = c.Seq
	}
}

func (w *walk) end() {
	if w.at.seq < w.head.last.seq {
		w.wrong("record %d was acknowledged and the log ends with %d", w.head.last.seq, w.at.seq)
	}
	if !w.swept {
		w.wrong("records up to %d are missing, and no sweep is on record that dropped them", w.head.base.seq)
	}
	for _, c := range w.anchors {
		w.wrong("a checkpoint kept elsewhere knows record %d, and the log ends with %d", c.Seq, w.at.seq)
	}
}
