package label

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"time"
)

// An Entry is what a ProduceID stands for. It holds hashes of what is personal or large, never the thing
// itself.
type Entry struct {
	ProduceID string    `json:"produce_id"`
	Time      time.Time `json:"time"`
	Subject   string    `json:"subject,omitzero"` // hash of who asked for the content
	Model     string    `json:"model,omitzero"`
	Prompt    string    `json:"prompt,omitzero"`  // hash of what was asked
	Content   string    `json:"content,omitzero"` // digest of the content, see [Digest]
}

// A Grant is an export without a visible label, which a user asked for. The implicit label stays in it.
type Grant struct {
	ProduceID string    `json:"produce_id"`
	Recipient string    `json:"recipient"` // who got the file
	Terms     string    `json:"terms"`     // version of the agreement in which the user took on the duty to label
	Time      time.Time `json:"time"`
}

// A Store keeps entries and grants. It must be safe for concurrent use, and what Append acknowledged must be
// seen by every later look-up, also after the process has died.
type Store interface {
	// Append keeps records, all or none.
	Append(ctx context.Context, records ...Record) error
	// Entry returns the entry of a ProduceID; it reports false if there is none.
	Entry(ctx context.Context, produceID string) (Entry, bool, error)
	// Content returns the entries with a digest, in the order in which they were appended.
	Content(ctx context.Context, digest string) ([]Entry, error)
	// Grants returns the grants of a ProduceID, in the order in which they were appended.
	Grants(ctx context.Context, produceID string) ([]Grant, error)
	// Sweep forgets the grants from before a time and says how many they were.
	Sweep(ctx context.Context, before time.Time) (int, error)
}

// A Record is an entry or a grant.
type Record struct {
	Entry *Entry `json:"entry,omitzero"`
	Grant *Grant `json:"grant,omitzero"`
}

// KeepGrants is for how long a grant is kept at least. The rules say six months; this is six of the longest.
const KeepGrants = 6 * 31 * 24 * time.Hour

// A Registry gives numbers to contents and finds contents again, by their number or, where a label was lost
// on the way, by their digest. It is safe for concurrent use.
type Registry struct {
	// Store keeps what is registered. It is required.
	Store Store
	// Prefix stands before every number, to tell apart the services of one producer. It may hold what a
	// value may.
	Prefix string
	// Keep is for how long grants are kept. If shorter than KeepGrants, it is that.
	Keep time.Duration
	// Now tells the time. If nil, time.Now.
	Now func() time.Time

	mu   sync.Mutex
	last uint64 // milliseconds and counter of the latest number
}

func (r *Registry) now() time.Time {
	if r.Now != nil {
		return r.Now()
	}
	return time.Now()
}

// alphabet is that of Crockford's base 32, whose order is that of the bytes.
var alphabet = sync.OnceValue(func() *base32.Encoding {
	return base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)
})

// NewID returns a number that nobody else has: 26 characters after the prefix, sorted by time. Numbers of
// one registry rise, whatever the clock does; those of several differ by 64 bits of chance.
func (r *Registry) NewID() string {
	r.mu.Lock()
	now := uint64(max(0, r.now().UnixMilli())) << 16 // the rest counts within a millisecond
	r.last = max(r.last+1, now)
	n := r.last
	r.mu.Unlock()
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], n)
	rand.Read(b[8:]) // never fails
	return r.Prefix + alphabet().EncodeToString(b[:])
}

// Register keeps e under a new number, which it returns in it with the time. The number is resolvable when
// Register has returned, so the label can be written then.
func (r *Registry) Register(ctx context.Context, e Entry) (Entry, error) {
	e.ProduceID, e.Time = r.NewID(), r.now()
	probe := Label{Status: Generated, ContentProducer: "x", ProduceID: e.ProduceID}
	if err := probe.Check(); err != nil {
		return Entry{}, fmt.Errorf("register content: prefix: %w", err)
	}
	if err := r.Store.Append(ctx, Record{Entry: &e}); err != nil {
		return Entry{}, fmt.Errorf("register content: %w", err)
	}
	return e, nil
}

// ErrUnknownID says that a number was never given out.
var ErrUnknownID = errors.New("no content has that number")

// Resolve returns what a number stands for, or [ErrUnknownID].
func (r *Registry) Resolve(ctx context.Context, produceID string) (Entry, error) {
	e, ok, err := r.Store.Entry(ctx, produceID)
	if err == nil && !ok {
		err = ErrUnknownID
	}
	if err != nil {
		return Entry{}, fmt.Errorf("resolve %q: %w", short(produceID), err)
	}
	return e, nil
}

// Find returns what was registered with a digest: where a copy has lost its label.
func (r *Registry) Find(ctx context.Context, digest string) ([]Entry, error) {
	list, err := r.Store.Content(ctx, digest)
	if err != nil {
		return nil, fmt.Errorf("find content: %w", err)
	}
	return list, nil
}

// Grant logs that a recipient gets a content without a visible label. It is refused unless the content is
// known and the version of the terms is named, in which the recipient has agreed to label it. Export only
// after Grant has returned without error.
func (r *Registry) Grant(ctx context.Context, produceID, recipient, terms string) (Grant, error) {
	if recipient == "" || terms == "" {
		return Grant{}, errors.New("grant an export without a visible label: the recipient and the version of the terms are required")
	}
	if _, err := r.Resolve(ctx, produceID); err != nil {
		return Grant{}, fmt.Errorf("grant an export without a visible label: %w", err)
	}
	g := Grant{produceID, recipient, terms, r.now()}
	if err := r.Store.Append(ctx, Record{Grant: &g}); err != nil {
		return Grant{}, fmt.Errorf("grant an export without a visible label: %w", err)
	}
	return g, nil
}

// Grants returns the grants of a content that are kept.
func (r *Registry) Grants(ctx context.Context, produceID string) ([]Grant, error) {
	list, err := r.Store.Grants(ctx, produceID)
	if err != nil {
		return nil, fmt.Errorf("grants of %q: %w", short(produceID), err)
	}
	return list, nil
}

// Sweep forgets the grants that are older than they must be kept, and says how many they were. Call it now
// and then, such as once a day. Entries are kept for ever: a label must stay resolvable.
func (r *Registry) Sweep(ctx context.Context) (int, error) {
	n, err := r.Store.Sweep(ctx, r.now().Add(-max(r.Keep, KeepGrants)))
	if err != nil {
		return n, fmt.Errorf("sweep grants: %w", err)
	}
	return n, nil
}
