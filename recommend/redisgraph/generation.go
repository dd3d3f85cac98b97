package redisgraph

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/zhushou-ai/zhushou/recommend"
)

// format is the version of all that is written. A store refuses another one.
const format = 1

// manifest is what the pointer key holds: which generation serves, and how to read it.
type manifest struct {
	Format     int                        `json:"format"`
	Generation int64                      `json:"generation"`
	Items      int                        `json:"items"`
	Buckets    uint32                     `json:"buckets"`
	Kinds      map[recommend.Kind]float64 `json:"kinds,omitempty"`
	Recency    float64                    `json:"recency,omitempty"`
}

// bucket returns where an item is: buckets spread over the nodes of a cluster, and one read fetches several items of
// the same bucket.
func (m *manifest) bucket(item string) uint32 {
	h := uint32(2166136261) // FNV-1a
	for i := range len(item) {
		h = (h ^ uint32(item[i])) * 16777619
	}
	return h % m.Buckets
}

func (m *manifest) chunks() int { return (m.Items + chunkSize - 1) / chunkSize }

// generation is the graph that serves, with what a process has read of it that does not change.
type generation struct {
	manifest
	keys    keys
	checked atomic.Int64 // when the pointer was last seen to point here, in Unix nanoseconds
	names   []atomic.Pointer[chunk]
	popular atomic.Pointer[[]link] // best first
}

func newGeneration(text string, config Config) (*generation, error) {
	g := &generation{}
	if err := json.Unmarshal([]byte(text), &g.manifest); err != nil {
		return nil, fmt.Errorf("redisgraph: read what is published: %w", err)
	}
	if g.Format != format {
		return nil, fmt.Errorf("redisgraph: the graph is of format %d, and this version reads %d: publish with the same version", g.Format, format)
	}
	if g.Items < 0 || g.Items > maxItems || g.Buckets == 0 {
		return nil, fmt.Errorf("redisgraph: read what is published: %d items in %d buckets", g.Items, g.Buckets)
	}
	g.keys = keys{config.Prefix, g.Generation}
	g.names = make([]atomic.Pointer[chunk], g.chunks())
	return g, nil
}

// known returns the generation last seen to serve, and whether that is long ago.
func (s *Store) known() (g *generation, stale bool) {
	g = s.current.Load()
	return g, g == nil || time.Since(time.Unix(0, g.checked.Load())) > s.config.Refresh
}

// settle takes in the reply to a read of the pointer. If it cannot be read, what was known serves on.
func (s *Store) settle(reply *redis.StringCmd, known *generation) (*generation, error) {
	text, err := reply.Result()
	switch {
	case errors.Is(err, redis.Nil):
		return nil, ErrUnpublished
	case err != nil && known != nil:
		return known, nil
	case err != nil:
		return nil, fmt.Errorf("redisgraph: read which graph serves: %w", err)
	}
	g, err := newGeneration(text, s.config)
	if err != nil {
		return nil, err
	}
	if known != nil && known.Generation == g.Generation {
		g = known
	}
	g.checked.Store(time.Now().UnixNano())
	s.current.Store(g)
	return g, nil
}

// keys names the keys of a generation.
type keys struct {
	prefix     string
	generation int64
}

func (k keys) of(sort string, n uint32) string {
	return k.prefix + ":" + strconv.FormatInt(k.generation, 10) + ":" + sort + ":" + strconv.FormatUint(uint64(n), 10)
}

func (k keys) lists(bucket uint32) string   { return k.of("lists", bucket) }
func (k keys) numbers(bucket uint32) string { return k.of("numbers", bucket) }
func (k keys) names(chunk uint32) string    { return k.of("names", chunk) }
func (k keys) popular() string              { return k.of("popular", 0) }

// The keys about all generations lie on one node, so that one script can change them together.
func pointerKey(prefix string) string  { return prefix + ":{generations}:serving" }
func registryKey(prefix string) string { return prefix + ":{generations}:all" }
func sequenceKey(prefix string) string { return prefix + ":{generations}:last" }
func leaseKey(prefix string, generation int64) string {
	return prefix + ":{generations}:publishing:" + strconv.FormatInt(generation, 10)
}

// historyKey names the key of a person's history.
func historyKey(prefix, user string) string { return prefix + ":history:" + user }
