package audit

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"
)

// A Checkpoint fixes a chain as it stood after record Seq. Kept by somebody else it proves later that
// nothing up to there was changed.
type Checkpoint struct {
	Class string    `json:"class"`
	Seq   uint64    `json:"seq"`
	Chain Hash      `json:"chain"`
	From  uint64    `json:"from"` // first record of the Merkle tree; the last is Seq
	Root  Hash      `json:"root"`
	Time  time.Time `json:"time"`
	// Signature is Ed25519 over all of the above; empty without [Config.Signer].
	Signature []byte `json:"signature,omitzero"`
}

// signed is what the signature covers.
func (c *Checkpoint) signed() []byte {
	b := []byte("zhushou audit checkpoint 1\x00")
	b = binary.BigEndian.AppendUint32(b, uint32(len(c.Class)))
	b = append(b, c.Class...)
	b = binary.BigEndian.AppendUint64(b, c.Seq)
	b = append(b, c.Chain[:]...)
	b = binary.BigEndian.AppendUint64(b, c.From)
	b = append(b, c.Root[:]...)
	return binary.BigEndian.AppendUint64(b, uint64(c.Time.UnixNano()))
}

func (c *Checkpoint) sign(by crypto.Signer) error {
	if by == nil {
		return nil
	}
	s, err := by.Sign(rand.Reader, c.signed(), crypto.Hash(0))
	if err != nil {
		return fmt.Errorf("sign checkpoint: %w", err)
	}
	c.Signature = s
	return nil
}

// SignedBy reports whether the signature is by the owner of key.
func (c *Checkpoint) SignedBy(key ed25519.PublicKey) bool {
	return len(key) == ed25519.PublicKeySize && ed25519.Verify(key, c.signed(), c.Signature)
}

// A Proof shows that one record is under a [Checkpoint] without showing any other.
type Proof struct {
	Checkpoint Checkpoint      `json:"checkpoint"`
	Seq        uint64          `json:"seq"`
	Record     json.RawMessage `json:"record"` // as it lies in the log; its private part stays encrypted
	Path       []Hash          `json:"path"`
}

// Holds reports whether the record belongs to the checkpoint. That the checkpoint itself is genuine is for
// [Checkpoint.SignedBy], or a copy of it, to say.
func (p *Proof) Holds() bool {
	c := &p.Checkpoint
	if p.Seq < c.From || p.Seq > c.Seq || c.Seq-c.From >= maxEvery {
		return false
	}
	got, ok := climb(leaf(p.Record), int(p.Seq-c.From), int(c.Seq-c.From)+1, p.Path)
	return ok && got == c.Root
}
