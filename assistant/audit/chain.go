package audit

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	"github.com/zhushou-ai/zhushou/internal/journal"
)

// A chain is the log of one class.
type chain struct {
	log     *Log
	class   Class
	journal *journal.Journal

	turn chan struct{} // held by whoever writes to the journal
	// The following are guarded by turn.
	head   *headFile
	leaves []Hash // of the records since the last checkpoint
	last   *Checkpoint

	mu   sync.Mutex
	next *batch // what the next writer writes
	done bool   // closed
}

// A batch is what several callers want written together.
type batch struct {
	payloads [][]byte
	written  chan struct{} // closed when err is set
	err      error
}

func newBatch() *batch { return &batch{written: make(chan struct{})} }

const headFileName = "head"

func (l *Log) openChain(ctx context.Context, class Class) (*chain, error) {
	dir := filepath.Join(l.dir, class.Name)
	j, err := journal.Open(ctx, dir, journal.Options{SegmentBytes: l.config.SegmentBytes})
	if err != nil {
		return nil, asTampered(dir, err)
	}
	c := &chain{log: l, class: class, journal: j, turn: make(chan struct{}, 1), next: newBatch()}
	if err := c.recover(ctx, filepath.Join(dir, headFileName)); err != nil {
		err = errors.Join(asTampered(dir, err), j.Close())
		if c.head != nil {
			err = errors.Join(err, c.head.f.Close())
		}
		return nil, err
	}
	return c, nil
}

// asTampered makes damage that the journal found an error of this package.
func asTampered(dir string, err error) error {
	var damage *journal.CorruptError
	if errors.As(err, &damage) {
		return tampered(damage.File, "byte %d: %s", damage.Offset, damage.Reason)
	}
	if errors.Is(err, journal.ErrDiscarded) {
		return tampered(dir, "records are missing: %v", err)
	}
	return err
}

// recover reads what came after the last checkpoint, and compares it with the head.
func (c *chain) recover(ctx context.Context, path string) (err error) {
	last := c.journal.Last()
	if c.head, err = openHead(path, last == 0, origin(c.class.Name)); err != nil {
		return err
	}
	h := c.head.head
	switch {
	case h.last.seq > last:
		return tampered(path, "record %d was acknowledged and the log ends with %d", h.last.seq, last)
	case h.base.seq > h.checkpoint.seq || h.checkpoint.seq > h.last.seq:
		return tampered(path, "the head's places are out of order: %d, %d, %d", h.base.seq, h.checkpoint.seq, h.last.seq)
	}
	if c.journal.First() <= h.base.seq { // a sweep was cut short
		if err := c.journal.Discard(h.base.seq); err != nil {
			return err
		}
	}
	if first := c.journal.First(); first != h.base.seq+1 {
		return tampered(path, "the log begins with record %d and should with %d", first, h.base.seq+1)
	}
	at := h.checkpoint
	for r, err := range c.journal.Replay(ctx, at.seq+1) {
		if err != nil {
			return err
		}
		at = point{r.Seq, at.hash.link(r.Seq, r.Data)}
		if r.Seq == h.last.seq && at.hash != h.last.hash {
			return tampered(path, "record %d or one before it is not the one that was written", r.Seq)
		}
		s, err := decode(r.Data)
		if err != nil {
			return err
		}
		if s.Checkpoint != nil { // it was written and the head was not
			h.checkpoint, c.leaves = at, nil
			continue
		}
		c.leaves = append(c.leaves, leaf(r.Data))
	}
	h.last, h.sealed = at, 0
	return c.head.write(h, true)
}

// append writes payloads together with those of everybody else who waits.
func (c *chain) append(ctx context.Context, payloads [][]byte) error {
	c.mu.Lock()
	if c.done {
		c.mu.Unlock()
		return ErrClosed
	}
	b := c.next
	b.payloads = append(b.payloads, payloads...)
	c.mu.Unlock()
	for {
		select {
		case <-b.written:
			return b.err
		case <-ctx.Done():
			return fmt.Errorf("may be on record: %w", ctx.Err())
		case c.turn <- struct{}{}: // nobody writes: write for all
			c.writeAll()
			<-c.turn
		}
	}
}

// writeAll writes what everybody waits for. The caller has the turn.
func (c *chain) writeAll() {
	c.mu.Lock()
	all := c.next
	c.next = newBatch()
	c.mu.Unlock()
	all.err = c.write(all.payloads)
	close(all.written)
}

// write writes payloads, and checkpoints between them where they are due. The caller has the turn.
func (c *chain) write(payloads [][]byte) error {
	for len(payloads) > 0 {
		n := min(len(payloads), c.log.config.Every-len(c.leaves))
		if err := c.put(payloads[:n], false); err != nil {
			return err
		}
		payloads = payloads[n:]
		if len(c.leaves) >= c.log.config.Every {
			if err := c.checkpoint(); err != nil {
				return err
			}
		}
	}
	return nil
}

// put writes payloads and the head. A checkpoint begins a new tree, and is in none itself.
func (c *chain) put(payloads [][]byte, checkpoint bool) error {
	if err := c.log.keys.flush(); err != nil {
		return err
	}
	seq, err := c.journal.Append(c.log.ctx, payloads...)
	if err != nil {
		return err
	}
	if want := c.head.last.seq + uint64(len(payloads)); seq != want {
		return tampered(c.log.dir, "record %d was to be written and became %d", want, seq)
	}
	h := c.head.head
	for _, p := range payloads {
		h.last.seq++
		h.last.hash = h.last.hash.link(h.last.seq, p)
		if !checkpoint {
			c.leaves = append(c.leaves, leaf(p))
		}
	}
	if checkpoint {
		h.checkpoint, c.leaves = h.last, c.leaves[:0]
	}
	return c.head.write(h, checkpoint)
}

// appendOwn writes a record of the log's own. The caller has the turn.
func (c *chain) appendOwn(s *stored) error {
	b, err := s.encode()
	if err != nil {
		return err
	}
	return c.write([][]byte{b})
}

// checkpoint writes a checkpoint over the records since the last one. The caller has the turn.
func (c *chain) checkpoint() error {
	at := c.head.last
	p := Checkpoint{
		Class: c.class.Name, Seq: at.seq, Chain: at.hash,
		From: at.seq - uint64(len(c.leaves)) + 1, Root: root(c.leaves), Time: c.log.now().UTC().Round(0),
	}
	if err := p.sign(c.log.config.Signer); err != nil {
		return err
	}
	s := stored{Time: p.Time.UnixNano(), Kind: kindCheckpoint, Checkpoint: &p}
	b, err := s.encode()
	if err != nil {
		return err
	}
	if err := c.put([][]byte{b}, true); err != nil {
		return err
	}
	c.last = &p
	if c.log.config.Anchor != nil {
		if err := c.log.config.Anchor(c.log.ctx, p); err != nil {
			return fmt.Errorf("anchor checkpoint: %w", err)
		}
	}
	return nil
}

// fix writes a checkpoint if there are records that none covers, and returns the last one of this run.
func (c *chain) fix(ctx context.Context) (*Checkpoint, error) {
	select {
	case c.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-c.turn }()
	if len(c.leaves) > 0 {
		if err := c.checkpoint(); err != nil {
			return nil, err
		}
	}
	return c.last, nil
}

// close serves those who wait, fixes all records and closes the files. It keeps the turn.
func (c *chain) close() error {
	c.mu.Lock()
	c.done = true
	c.mu.Unlock()
	c.turn <- struct{}{}
	c.writeAll()
	var err error
	if len(c.leaves) > 0 {
		err = c.checkpoint()
	}
	if closed := c.journal.Close(); closed != nil {
		return errors.Join(err, closed, c.head.f.Close())
	}
	h := c.head.head
	path, size, sizeErr := youngest(filepath.Join(c.log.dir, c.class.Name))
	if sizeErr != nil {
		return errors.Join(err, fmt.Errorf("%s: %w", path, sizeErr), c.head.f.Close())
	}
	h.sealed = size
	return errors.Join(err, c.head.write(h, true), c.head.f.Close())
}
