package guard

import (
	"crypto/rand"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// Vaults keeps a vault for each conversation, in memory and nowhere else. The placeholders of one vault are never
// restored by another. The zero Vaults is ready for use; it must not be copied, is safe for concurrent use, and its
// fields must not change once it is in use.
//
// Histories are kept with the data itself in them, not with placeholders, so that nothing is lost when a vault is
// forgotten, or the process ends: the next request gives out new placeholders.
type Vaults struct {
	TTL time.Duration // how long a vault is kept after its last use; if zero, one hour
	Max int           // the most that are kept; those unused for longest go first. If zero, 10000

	mu     sync.Mutex
	vaults map[string]*kept
	looked time.Time // when old ones were last looked for
}

type kept struct {
	vault *privacy.Vault
	used  time.Time
}

const (
	defaultVaultTTL  = time.Hour
	defaultMaxVaults = 10_000
)

// vault returns the vault of a conversation.
func (v *Vaults) vault(session string, d privacy.Detector) *privacy.Vault {
	v.mu.Lock()
	defer v.mu.Unlock()
	now := time.Now()
	k := v.vaults[session]
	if k != nil && now.Sub(k.used) > v.ttl() {
		k = nil
	}
	if k == nil {
		v.sweep(now)
		if v.vaults == nil {
			v.vaults = make(map[string]*kept)
		}
		k = &kept{vault: &privacy.Vault{Detector: d, Tag: newTag()}}
		v.vaults[session] = k
	}
	k.used = now
	return k.vault
}

func (v *Vaults) ttl() time.Duration {
	if v.TTL > 0 {
		return v.TTL
	}
	return defaultVaultTTL
}

// sweep makes room for one more.
func (v *Vaults) sweep(now time.Time) {
	most := v.Max
	if most <= 0 {
		most = defaultMaxVaults
	}
	if len(v.vaults) < most && now.Sub(v.looked) < v.ttl()/4 {
		return
	}
	v.looked = now
	oldest := ""
	for session, k := range v.vaults {
		if now.Sub(k.used) > v.ttl() {
			delete(v.vaults, session)
		} else if o := v.vaults[oldest]; o == nil || k.used.Before(o.used) {
			oldest = session
		}
	}
	if len(v.vaults) >= most {
		delete(v.vaults, oldest)
	}
}

// Forget destroys the vault of a conversation, as when a person has it deleted. What is under way goes on with what it
// has.
func (v *Vaults) Forget(session string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.vaults, session)
}

// Len returns how many vaults there are, those included whose time is up and that nobody has missed.
func (v *Vaults) Len() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.vaults)
}

// newTag returns what sets the placeholders of one vault apart from all others: five letters and digits, of those that
// are not mistaken for each other.
func newTag() string {
	const alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
	var random [5]byte
	_, _ = rand.Read(random[:]) // never fails
	for i, b := range random {
		random[i] = alphabet[int(b)%len(alphabet)]
	}
	return string(random[:])
}
