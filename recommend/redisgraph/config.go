package redisgraph

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/zhushou-ai/zhushou/recommend"
)

// Config sets where a [Store] keeps what, and its bounds. The zero value is ready.
type Config struct {
	// Prefix begins all keys. Zero means "recommend". It is of letters, digits and -_:. signs.
	Prefix string
	// History is how many things are remembered of one person, the newest ones. Zero means 500; what has dropped out
	// counts as never seen.
	History int
	// Profile is how many of these speak for others, the newest ones: so many neighbour lists are read for an answer.
	// Zero means 100.
	Profile int
	// Retention is how long a history is kept after the person's last event. Zero means for ever.
	Retention time.Duration
	// Timeout bounds one answer, whatever the caller's context allows. Zero means half a second.
	Timeout time.Duration
	// Refresh is how long a process may not notice that another graph was published. Zero means a second.
	Refresh time.Duration
}

func (c Config) withDefaults() Config {
	if c.Prefix == "" {
		c.Prefix = "recommend"
	}
	if c.History <= 0 {
		c.History = 500
	}
	if c.Profile <= 0 {
		c.Profile = 100
	}
	if c.Timeout <= 0 {
		c.Timeout = 500 * time.Millisecond
	}
	if c.Refresh <= 0 {
		c.Refresh = time.Second
	}
	return c
}

// Errors to tell apart with [errors.Is]. That a query asks for what a Store cannot do is [errors.ErrUnsupported].
var (
	// ErrUnpublished says that no graph has been published under this prefix.
	ErrUnpublished = errors.New("redisgraph: no graph is published: call Publish first")
	// ErrPartial says that an answer lacks what some lists of neighbours would have added to it, because their node of
	// the cluster does not answer or has lost them. The answer comes with the error and may be used: it heeds all that is
	// excluded.
	ErrPartial = errors.New("redisgraph: partial answer")
	// ErrSuperseded says that somebody else published meanwhile, or that this publisher stood still for so long that it
	// was given up. The other graph serves.
	ErrSuperseded = errors.New("redisgraph: superseded by another publisher")
)

// Store is a graph and the histories of people in Redis: a [recommend.Recommender], a [recommend.Recorder] and the
// place to [Store.Publish] to. It is safe for concurrent use, owns no goroutine and needs no closing; the client is
// the caller's to close.
type Store struct {
	client    redis.UniversalClient
	config    Config
	current   atomic.Pointer[generation]
	scratches sync.Pool
}

var (
	_ recommend.Recommender = (*Store)(nil)
	_ recommend.Recorder    = (*Store)(nil)
)

// goodPrefix reports whether keys may begin so: without the braces by which a cluster places keys.
func goodPrefix(prefix string) bool {
	const signs = "-_:."
	return len(prefix) <= 100 && !strings.ContainsFunc(prefix, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(signs, r))
	})
}

// New returns a store on a client, a single server's or a cluster's. The client must heed deadlines, as one made with
// [Options] does.
func New(client redis.UniversalClient, config Config) (*Store, error) {
	config = config.withDefaults()
	if !goodPrefix(config.Prefix) {
		return nil, fmt.Errorf("redisgraph: prefix %q: give at most 100 letters, digits and -_:. signs", config.Prefix)
	}
	heeds := true
	switch c := client.(type) {
	case nil:
		return nil, errors.New("redisgraph: no client")
	case *redis.Client:
		heeds = c.Options().ContextTimeoutEnabled
	case *redis.ClusterClient:
		heeds = c.Options().ContextTimeoutEnabled
	case *redis.Ring:
		heeds = c.Options().ContextTimeoutEnabled
	}
	if !heeds {
		return nil, errors.New("redisgraph: the client does not heed deadlines: set ContextTimeoutEnabled, as Options does")
	}
	return &Store{client: client, config: config}, nil
}

// Options returns settings for [redis.NewUniversalClient] that fit a store: deadlines are heeded, and a node that does
// not answer is given up soon enough to tell within [Config.Timeout]. With one address and a cluster behind it, set
// IsClusterMode. Credentials and TLS are the caller's to add.
func Options(addresses ...string) *redis.UniversalOptions {
	return &redis.UniversalOptions{
		Addrs:                 addresses,
		ContextTimeoutEnabled: true,
		DialTimeout:           200 * time.Millisecond,
		DialerRetries:         1,
		MaxRetries:            1,
		MaxRedirects:          2,
		MinRetryBackoff:       2 * time.Millisecond,
		MaxRetryBackoff:       20 * time.Millisecond,
	}
}
