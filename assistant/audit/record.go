package audit

import (
	"encoding/json"
	"fmt"
	"time"
)

// An Entry is something to be put on record.
type Entry struct {
	// Kind says what happened, such as "model.call" or "tool.confirmed". It is required. Kinds that begin
	// with "audit." are the log's own.
	Kind string
	// Class decides how long the record is kept. If empty, it is the first of [Config.Classes].
	Class string
	// Subject is whose data it concerns, such as a user's id. Only a keyed hash of it is kept.
	Subject string
	// Reason says why, without personal data.
	Reason string
	// Attrs are facts without personal data: a model, a rule, counts, hashes.
	Attrs map[string]string
	// Private are facts about the subject. They are kept encrypted, and erased with it. They need a Subject.
	Private map[string]string
	// Time is when it happened. If zero, it is now.
	Time time.Time
}

// A Record is an [Entry] as it is kept.
type Record struct {
	Class   string
	Seq     uint64 // counted from 1 within the class
	Time    time.Time
	Kind    string
	Subject string // keyed hash, as of [Log.SubjectID]
	Reason  string
	Attrs   map[string]string
	Private map[string]string // nil if there is none, or if it was erased
	Erased  bool              // there was private data, and the subject's key is gone
}

// stored is a record as it lies in the log.
type stored struct {
	Time    int64             `json:"t"` // nanoseconds since 1970
	Kind    string            `json:"k"`
	Subject string            `json:"s,omitzero"`
	Reason  string            `json:"r,omitzero"`
	Attrs   map[string]string `json:"a,omitzero"`
	Private []byte            `json:"p,omitzero"` // nonce and ciphertext

	Checkpoint *Checkpoint `json:"c,omitzero"`
	Swept      *swept      `json:"w,omitzero"`
}

// The kinds of the log's own records.
const (
	ownPrefix      = "audit."
	kindCheckpoint = ownPrefix + "checkpoint"
	kindErased     = ownPrefix + "erased"
	kindSwept      = ownPrefix + "swept"
	kindFrozen     = ownPrefix + "frozen"
	kindThawed     = ownPrefix + "thawed"
)

func (s *stored) encode() ([]byte, error) {
	b, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("encode record: %w", err)
	}
	return b, nil
}

func decode(b []byte) (*stored, error) {
	var s stored
	if err := json.Unmarshal(b, &s); err != nil {
		return nil, fmt.Errorf("decode record: %w", err)
	}
	return &s, nil
}

// record returns what a reader sees. Private data without a key is erased.
func (s *stored) record(class string, seq uint64, keys *keyring) (Record, error) {
	r := Record{
		Class: class, Seq: seq, Time: time.Unix(0, s.Time), Kind: s.Kind,
		Subject: s.Subject, Reason: s.Reason, Attrs: s.Attrs,
	}
	if s.Private == nil {
		return r, nil
	}
	plain, ok, err := keys.open(s.Subject, s.Private)
	if err != nil {
		return r, fmt.Errorf("record %d of class %q: %w", seq, class, err)
	}
	if !ok {
		r.Erased = true
		return r, nil
	}
	if err := json.Unmarshal(plain, &r.Private); err != nil {
		return r, fmt.Errorf("record %d of class %q: decode private part: %w", seq, class, err)
	}
	return r, nil
}
