package audit

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/internal/journal"
)

// A keyring holds one key for each subject. Erasing a subject overwrites its key where it lies.
//
// The file is a header and slots of 64 bytes each:
//
//	header  0   8 bytes   magic
//	        8   32 bytes  secret, from which subjects are hashed
//	        40  zeros
//	        60  uint32    CRC32C of the bytes before it
//	slot    0   16 bytes  keyed hash of the subject
//	        16  32 bytes  key, or zeros
//	        48  int64     when the key was erased, in seconds since 1970, or zero
//	        56  zeros
//	        60  uint32    CRC32C of the bytes before it
type keyring struct {
	path   string
	secret []byte

	mu    sync.RWMutex
	f     *os.File // nil if the keys are only read
	slots int
	dirty bool             // a slot was written and is not known to be on disk
	keys  map[subject]key  // of those that were not erased
	known map[subject]bool // who has a slot, with or without a key
}

type subject [16]byte

func (s subject) String() string { return hex.EncodeToString(s[:]) }

func parseSubject(text string) (s subject, err error) {
	if len(text) != 2*len(s) {
		return s, fmt.Errorf("subject %q has %d digits, want %d", text, len(text), 2*len(s))
	}
	_, err = hex.Decode(s[:], []byte(text))
	return s, err
}

type key struct {
	slot int
	seal cipher.AEAD
}

const (
	keyMagic    = "zhukeys1"
	keySlot     = 64
	keySum      = 60
	maxKeyBytes = 1 << 30 // sixteen million subjects
)

// openKeys opens the file, or makes it if create says that it may be new.
func openKeys(path string, create bool) (*keyring, error) {
	b, err := os.ReadFile(path)
	switch {
	case err == nil:
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	case !create:
		return nil, tampered(path, "the log has records and no keys")
	default:
		b = make([]byte, keySlot)
		copy(b, keyMagic)
		rand.Read(b[8:40]) // never fails
		sum(b)
		if err := journal.WriteFile(path, b); err != nil {
			return nil, err
		}
	}
	k, err := parseKeys(path, b)
	if err != nil {
		return nil, err
	}
	k.f, err = os.OpenFile(path, os.O_RDWR, 0)
	return k, err
}

// readKeys reads the file without opening it for writing.
func readKeys(path string) (*keyring, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return parseKeys(path, b)
}

func parseKeys(path string, b []byte) (*keyring, error) {
	if len(b) < keySlot || len(b) > maxKeyBytes || string(b[:8]) != keyMagic || !summed(b[:keySlot]) {
		return nil, tampered(path, "the head of the keys is damaged")
	}
	k := &keyring{path: path, secret: b[8:40], keys: make(map[subject]key), known: make(map[subject]bool)}
	for at := keySlot; len(b)-at >= keySlot; at += keySlot {
		slot := b[at : at+keySlot]
		k.slots++
		if !summed(slot) && !allZero(b[at:]) { // zeros are what a machine that stopped leaves of slots never synced
			return nil, tampered(path, "key %d is damaged", k.slots)
		}
		k.known[subject(slot[:16])] = true
		if allZero(slot[16:48]) {
			continue
		}
		seal, err := sealer(slot[16:48])
		if err != nil {
			return nil, err
		}
		k.keys[subject(slot[:16])] = key{k.slots - 1, seal}
	}
	return k, nil // what is left over is a slot whose write was cut short, and that nothing was sealed with
}

func sum(slot []byte) {
	binary.LittleEndian.PutUint32(slot[keySum:], crc32.Checksum(slot[:keySum], castagnoli))
}

func summed(slot []byte) bool {
	return crc32.Checksum(slot[:keySum], castagnoli) == binary.LittleEndian.Uint32(slot[keySum:])
}

func sealer(secret []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// subject returns the keyed hash by which a person is known.
func (k *keyring) subject(name string) subject {
	mac := hmac.New(sha256.New, k.secret)
	mac.Write([]byte(name))
	return subject(mac.Sum(nil)[:16])
}

// seal encrypts what concerns s. It makes a key if there is none, which is on disk after the next flush.
func (k *keyring) seal(s subject, plain []byte) ([]byte, error) {
	k.mu.RLock()
	have, ok := k.keys[s]
	k.mu.RUnlock()
	if !ok {
		var err error
		if have, err = k.create(s); err != nil {
			return nil, fmt.Errorf("make a key: %w", err)
		}
	}
	return have.seal.Seal(nil, nil, plain, []byte(s.String())), nil
}

func (k *keyring) create(s subject) (key, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if have, ok := k.keys[s]; ok {
		return have, nil
	}
	slot := make([]byte, keySlot)
	copy(slot, s[:])
	rand.Read(slot[16:48]) // never fails
	sum(slot)
	seal, err := sealer(slot[16:48])
	if err != nil {
		return key{}, err
	}
	if err := k.put(k.slots, slot); err != nil {
		return key{}, err
	}
	made := key{k.slots, seal}
	k.slots++
	k.keys[s], k.known[s] = made, true
	return made, nil
}

func (k *keyring) put(i int, slot []byte) error {
	if k.f == nil {
		return ErrClosed
	}
	_, err := k.f.WriteAt(slot, int64(i+1)*keySlot)
	k.dirty = true
	return err
}

// flush returns when all keys are on disk. It comes before the records that were sealed with them.
func (k *keyring) flush() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.flushLocked()
}

func (k *keyring) flushLocked() error {
	if !k.dirty || k.f == nil {
		return nil
	}
	if err := k.f.Sync(); err != nil {
		return fmt.Errorf("sync keys: %w", err)
	}
	k.dirty = false
	return nil
}

// open decrypts what concerns the subject. It reports false if the key is gone.
func (k *keyring) open(name string, sealed []byte) (plain []byte, ok bool, err error) {
	s, err := parseSubject(name)
	if err != nil {
		return nil, false, err
	}
	k.mu.RLock()
	have, ok := k.keys[s]
	k.mu.RUnlock()
	if !ok {
		return nil, false, nil
	}
	plain, err = have.seal.Open(nil, nil, sealed, []byte(name))
	if err != nil {
		return nil, false, nil // sealed with an earlier key of somebody who was erased and came back
	}
	return plain, true, nil
}

// erase destroys the key of s and reports whether there was one.
func (k *keyring) erase(s subject, now time.Time) (bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	have, ok := k.keys[s]
	if !ok {
		return false, nil
	}
	slot := make([]byte, keySlot)
	copy(slot, s[:])
	binary.LittleEndian.PutUint64(slot[48:], uint64(now.Unix()))
	sum(slot)
	err := k.put(have.slot, slot)
	if err == nil {
		err = k.flushLocked()
	}
	if err != nil {
		return false, fmt.Errorf("destroy key: %w", err)
	}
	delete(k.keys, s)
	return true, nil
}

// knows reports whether the subject with that keyed hash has, or had, a key.
func (k *keyring) knows(name string) bool {
	s, err := parseSubject(name)
	if err != nil {
		return false
	}
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.known[s]
}

func (k *keyring) close() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.f == nil {
		return nil
	}
	err := errors.Join(k.flushLocked(), k.f.Close())
	k.f = nil
	return err
}
