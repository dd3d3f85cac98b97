package audit

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"
)

// A Query chooses records. Its zero value chooses all.
type Query struct {
	Class   string    // if empty, all classes, one after the other
	Kinds   []string  // if nil, all but the log's own
	Subject string    // as in [Entry.Subject]; if empty, all
	From    time.Time // not before
	Until   time.Time // before; if zero, no bound
}

// Records yields what is on record, in the order of writing within a class. It reads all of the classes
// chosen, at some hundred thousand records a second. It ends after the first error.
func (l *Log) Records(ctx context.Context, q Query) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		id := ""
		if q.Subject != "" {
			id = l.SubjectID(q.Subject)
		}
		found := false
		for _, c := range l.chains {
			if q.Class != "" && q.Class != c.class.Name {
				continue
			}
			found = true
			for r, err := range c.records(ctx) {
				if err == nil && !q.chooses(&r, id) {
					continue
				}
				if !yield(r, err) || err != nil {
					return
				}
			}
		}
		if !found {
			yield(Record{}, fmt.Errorf("read audit log: class %q is not among Config.Classes", q.Class))
		}
	}
}

func (q *Query) chooses(r *Record, id string) bool {
	switch {
	case id != "" && r.Subject != id:
		return false
	case r.Time.Before(q.From), !q.Until.IsZero() && !r.Time.Before(q.Until):
		return false
	case q.Kinds == nil:
		return len(r.Kind) < len(ownPrefix) || r.Kind[:len(ownPrefix)] != ownPrefix
	}
	return slices.Contains(q.Kinds, r.Kind)
}

func (c *chain) records(ctx context.Context) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for r, err := range c.journal.Replay(ctx, 0) {
			var rec Record
			if err == nil {
				var s *stored
				if s, err = decode(r.Data); err == nil {
					rec, err = s.record(c.class.Name, r.Seq, c.log.keys)
				}
			}
			if err != nil {
				yield(Record{}, fmt.Errorf("read audit log: %w", asTampered(c.log.dir, err)))
				return
			}
			if !yield(rec, nil) {
				return
			}
		}
	}
}

// Prove returns the proof that a record is on record, for somebody who must not see the others. The
// record must be under a checkpoint already: see [Log.Checkpoint].
func (l *Log) Prove(ctx context.Context, class string, seq uint64) (*Proof, error) {
	c := l.chain(class)
	if c == nil {
		return nil, fmt.Errorf("prove record: class %q is not among Config.Classes", class)
	}
	var leaves []Hash
	first := uint64(0)
	p := &Proof{Seq: seq}
	for r, err := range c.journal.Replay(ctx, 0) {
		if err != nil {
			return nil, fmt.Errorf("prove record: %w", asTampered(l.dir, err))
		}
		s, err := decode(r.Data)
		if err != nil {
			return nil, fmt.Errorf("prove record: %w", err)
		}
		if s.Checkpoint != nil {
			if p.Record != nil && s.Checkpoint.From == first {
				p.Checkpoint = *s.Checkpoint
				p.Path = path(leaves, int(seq-first))
				return p, nil
			}
			if p.Record != nil || r.Seq >= seq {
				break
			}
			leaves, first = leaves[:0], 0
			continue
		}
		if first == 0 {
			first = r.Seq
		}
		leaves = append(leaves, leaf(r.Data))
		if r.Seq == seq {
			p.Record = slices.Clone(r.Data)
		}
	}
	return nil, fmt.Errorf("prove record: no checkpoint covers record %d of class %q", seq, c.class.Name)
}
