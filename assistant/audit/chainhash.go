package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
)

// A Hash is a SHA-256 sum. It reads and writes as hexadecimal digits.
type Hash [sha256.Size]byte

func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// MarshalText implements [encoding.TextMarshaler].
func (h Hash) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, h[:]), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (h *Hash) UnmarshalText(text []byte) error {
	if len(text) != 2*len(h) {
		return fmt.Errorf("hash %q has %d digits, want %d", text, len(text), 2*len(h))
	}
	_, err := hex.Decode(h[:], text)
	return err
}

// origin is the chain's hash before the first record of a class. It makes the chains of two classes
// differ, so that records cannot be moved from one to the other.
func origin(class string) Hash { return sha256.Sum256([]byte("zhushou audit 1\x00" + class)) }

// link returns the chain's hash after a record.
func (h Hash) link(seq uint64, payload []byte) Hash {
	b := make([]byte, 0, 256)
	b = append(b, h[:]...)
	b = binary.BigEndian.AppendUint64(b, seq)
	return sha256.Sum256(append(b, payload...))
}

// leaf is the hash of a record in the Merkle tree. Leaves and nodes have prefixes of their own, so that
// neither passes for the other.
func leaf(payload []byte) Hash {
	b := make([]byte, 0, 256)
	return sha256.Sum256(append(append(b, 0), payload...))
}

func node(left, right Hash) Hash {
	var b [1 + 2*sha256.Size]byte
	b[0] = 1
	copy(b[1:], left[:])
	copy(b[1+sha256.Size:], right[:])
	return sha256.Sum256(b[:])
}

// root is the root of the Merkle tree over leaves: halves split at the largest power of two below their
// number, as in RFC 6962.
func root(leaves []Hash) Hash {
	switch len(leaves) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return leaves[0]
	}
	k := split(len(leaves))
	return node(root(leaves[:k]), root(leaves[k:]))
}

func split(n int) int {
	k := 1
	for 2*k < n {
		k *= 2
	}
	return k
}

// path returns the hashes that lead from leaf i to the root.
func path(leaves []Hash, i int) []Hash {
	if len(leaves) < 2 {
		return nil
	}
	k := split(len(leaves))
	if i < k {
		return append(path(leaves[:k], i), root(leaves[k:]))
	}
	return append(path(leaves[k:], i-k), root(leaves[:k]))
}

// climb returns the root that leaf number i of n leads to by the path, and whether the path has the right
// length.
func climb(h Hash, i, n int, path []Hash) (Hash, bool) {
	if n < 2 {
		return h, len(path) == 0 && i == 0 && n == 1
	}
	if len(path) == 0 {
		return Hash{}, false
	}
	last, rest := path[len(path)-1], path[:len(path)-1]
	k := split(n)
	if i < k {
		left, ok := climb(h, i, k, rest)
		return node(left, last), ok
	}
	right, ok := climb(h, i-k, n-k, rest)
	return node(last, right), ok
}
