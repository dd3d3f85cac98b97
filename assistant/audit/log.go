package audit

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/internal/journal"
)

// Config says how a log is kept. Its zero value is ready for use.
type Config struct {
	// Classes are the kinds of records and how long they are kept; the first one is that of an [Entry]
	// without a class. If nil, [DefaultClasses]. Classes may be added later, never renamed.
	Classes []Class
	// Signer signs checkpoints; its key is of the type Ed25519. If nil, they are not signed.
	Signer crypto.Signer
	// Every is how many records there are between checkpoints; at most 65,536. If zero, 1,024.
	Every int
	// Anchor, if not nil, is given every checkpoint, to be kept where the owner of this machine cannot
	// change it. It is called while the class takes no records; an error of it is Append's error, although the
	// records are kept.
	Anchor func(context.Context, Checkpoint) error
	// SegmentBytes is the length after which a file is followed by a new one. If zero, 4 MiB.
	SegmentBytes int64
	// Now is the clock. If nil, [time.Now].
	Now func() time.Time
}

const maxEvery = 65536

func (c Config) withDefaults() (Config, error) {
	if c.Classes == nil {
		c.Classes = DefaultClasses()
	}
	if len(c.Classes) == 0 {
		return c, errors.New("config has no classes")
	}
	if err := checkClasses(c.Classes); err != nil {
		return c, err
	}
	if c.Every == 0 {
		c.Every = 1024
	}
	if c.Every < 1 || c.Every > maxEvery {
		return c, fmt.Errorf("a checkpoint every %d records: want 1 to %d", c.Every, maxEvery)
	}
	if c.SegmentBytes == 0 {
		c.SegmentBytes = 4 << 20
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Signer != nil {
		if _, ok := c.Signer.Public().(ed25519.PublicKey); !ok {
			return c, fmt.Errorf("the signer's key is a %T: want Ed25519", c.Signer.Public())
		}
	}
	return c, nil
}

// A Log is an open log. It is safe for concurrent use by one process. Close it.
type Log struct {
	config Config
	dir    string
	ctx    context.Context // ends with the log
	cancel context.CancelFunc
	keys   *keyring
	chains []*chain // in the order of the config
	close  func() error

	freezing sync.RWMutex
	frozen   bool // guarded by freezing
}

// Open opens the log in the folder dir, which it makes if need be. A log that is not what was written, as
// far as its end tells, gives a [TamperedError] and is left as it is; [Verify] reads all of it.
func Open(ctx context.Context, dir string, config Config) (*Log, error) {
	config, err := config.withDefaults()
	if err != nil {
		return nil, fmt.Errorf("open audit log: %w", err)
	}
	if err := journal.MakeDir(dir); err != nil {
		return nil, fmt.Errorf("open audit log: %w", err)
	}
	l := &Log{config: config, dir: dir}
	l.ctx, l.cancel = context.WithCancel(context.WithoutCancel(ctx))
	if err := l.open(ctx); err != nil {
		return nil, fmt.Errorf("open audit log in %s: %w", dir, errors.Join(err, l.shut()))
	}
	l.close = sync.OnceValue(l.shut)
	return l, nil
}

func (l *Log) open(ctx context.Context) (err error) {
	chains, err := listChains(l.dir)
	if err != nil {
		return err
	}
	if l.keys, err = openKeys(filepath.Join(l.dir, keysFile), len(chains) == 0); err != nil {
		return err
	}
	names := chains
	for _, class := range l.config.Classes {
		if !slices.Contains(names, class.Name) {
			names = append(names, class.Name)
		}
	}
	if err := writeManifest(l.dir, names); err != nil {
		return err
	}
	for _, class := range l.config.Classes {
		c, err := l.openChain(ctx, class)
		if err != nil {
			return fmt.Errorf("class %q: %w", class.Name, err)
		}
		l.chains = append(l.chains, c)
	}
	for _, name := range chains {
		if l.chain(name) == nil {
			return fmt.Errorf("the folder has records of the class %q, which Config.Classes does not: add it", name)
		}
	}
	l.frozen, err = l.wasFrozen()
	return err
}

const keysFile = "keys"

// listChains returns the names of the classes that have a folder in dir.
func listChains(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

func (l *Log) now() time.Time { return l.config.Now() }

// chain returns the chain of a class, nil if there is none.
func (l *Log) chain(class string) *chain {
	for _, c := range l.chains {
		if c.class.Name == class || class == "" {
			return c
		}
	}
	return nil
}

// Append puts entries on record and returns when they are on disk. Entries of one class stay next to each
// other, in order. Concurrent callers share one write.
//
// If ctx ends first, Append returns its error, and the entries may be on record all the same. If entries
// have several classes and it fails, some may be on record.
func (l *Log) Append(ctx context.Context, entries ...Entry) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("append to audit log: %w", err)
	}
	byClass := make([][][]byte, len(l.chains))
	for i := range entries {
		at, payload, err := l.encode(&entries[i])
		if err != nil {
			return fmt.Errorf("append to audit log: entry %d: %w", i+1, err)
		}
		byClass[at] = append(byClass[at], payload)
	}
	for i, payloads := range byClass {
		if len(payloads) == 0 {
			continue
		}
		if err := l.chains[i].append(ctx, payloads); err != nil {
			return fmt.Errorf("append to audit log: %w", err)
		}
	}
	return nil
}

// encode returns the number of the entry's chain and the record.
func (l *Log) encode(e *Entry) (int, []byte, error) {
	at := 0
	for e.Class != "" && l.chains[at].class.Name != e.Class {
		if at++; at == len(l.chains) {
			return 0, nil, fmt.Errorf("class %q is not among Config.Classes", e.Class)
		}
	}
	switch {
	case e.Kind == "":
		return 0, nil, errors.New("it has no Kind")
	case strings.HasPrefix(e.Kind, ownPrefix):
		return 0, nil, fmt.Errorf("kind %q begins with %q, which is for the log's own records", e.Kind, ownPrefix)
	case len(e.Private) > 0 && e.Subject == "":
		return 0, nil, errors.New("it has a Private part and no Subject, whose key would lock it")
	}
	s := stored{Time: e.Time.UnixNano(), Kind: e.Kind, Reason: e.Reason, Attrs: e.Attrs}
	if e.Time.IsZero() {
		s.Time = l.now().UnixNano()
	}
	if e.Subject != "" {
		id := l.keys.subject(e.Subject)
		s.Subject = id.String()
		if len(e.Private) > 0 {
			plain, err := json.Marshal(e.Private)
			if err != nil {
				return 0, nil, err
			}
			if s.Private, err = l.keys.seal(id, plain); err != nil {
				return 0, nil, err
			}
		}
	}
	b, err := s.encode()
	return at, b, err
}

// SubjectID returns the keyed hash by which the log knows a subject. It is the same as long as the log is.
func (l *Log) SubjectID(name string) string { return l.keys.subject(name).String() }

// Erase makes all that the log holds about a subject unreadable, for good, and puts that on record. It
// returns [ErrFrozen] while the log is frozen. Records stay in their place and the chain verifies.
func (l *Log) Erase(ctx context.Context, name, reason string) error {
	l.freezing.RLock()
	defer l.freezing.RUnlock()
	if l.frozen {
		return fmt.Errorf("erase from audit log: %w", ErrFrozen)
	}
	id := l.keys.subject(name)
	if _, err := l.keys.erase(id, l.now()); err != nil {
		return fmt.Errorf("erase from audit log: %w", err)
	}
	s := stored{Time: l.now().UnixNano(), Kind: kindErased, Subject: id.String(), Reason: reason}
	return l.appendOwn(ctx, &s)
}

// Freeze keeps everything as it is, for evidence: nothing is swept or erased until [Log.Thaw].
func (l *Log) Freeze(ctx context.Context, reason string) error {
	return l.setFrozen(ctx, true, kindFrozen, reason)
}

// Thaw ends what [Log.Freeze] began.
func (l *Log) Thaw(ctx context.Context, reason string) error {
	return l.setFrozen(ctx, false, kindThawed, reason)
}

func (l *Log) setFrozen(ctx context.Context, frozen bool, kind, reason string) error {
	l.freezing.Lock()
	defer l.freezing.Unlock()
	s := stored{Time: l.now().UnixNano(), Kind: kind, Reason: reason}
	if err := l.appendOwn(ctx, &s); err != nil {
		return err
	}
	// The file says it at the next start without reading all records; the record says who wanted it.
	if err := setMark(filepath.Join(l.dir, frozenFile), frozen); err != nil {
		return fmt.Errorf("freeze audit log: %w", err)
	}
	l.frozen = frozen
	return nil
}

const frozenFile = "frozen"

func (l *Log) wasFrozen() (bool, error) {
	_, err := os.Stat(filepath.Join(l.dir, frozenFile))
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

func (l *Log) appendOwn(ctx context.Context, s *stored) error {
	b, err := s.encode()
	if err == nil {
		err = l.chains[0].append(ctx, [][]byte{b})
	}
	if err != nil {
		return fmt.Errorf("append to audit log: %w", err)
	}
	return nil
}

// Checkpoint fixes all records so far and returns one checkpoint for each class that has any.
func (l *Log) Checkpoint(ctx context.Context) ([]Checkpoint, error) {
	var out []Checkpoint
	for _, c := range l.chains {
		p, err := c.fix(ctx)
		if err != nil {
			return out, fmt.Errorf("checkpoint of class %q: %w", c.class.Name, err)
		}
		if p != nil {
			out = append(out, *p)
		}
	}
	return out, nil
}

// Close fixes all records with checkpoints and closes the log. More calls return what the first returned.
func (l *Log) Close() error { return l.close() }

func (l *Log) shut() error {
	var errs []error
	for _, c := range l.chains {
		errs = append(errs, c.close())
	}
	l.cancel()
	if l.keys != nil {
		errs = append(errs, l.keys.close())
	}
	return errors.Join(errs...)
}
