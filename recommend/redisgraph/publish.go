package redisgraph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/zhushou-ai/zhushou/recommend"
)

const (
	maxItems   = math.MaxInt32 // of a graph
	perBucket  = 64            // items, about
	maxBuckets = 1 << 20
	batchBytes = 1 << 20 // that are written in one go
	lease      = time.Minute
)

// Neighbour is an item and how strongly it goes with another one.
type Neighbour struct {
	Item  string
	Score float32
}

// Row is an item and its neighbours, in any order.
type Row struct {
	Item       string
	Neighbours []Neighbour
}

// Content is what is published.
type Content struct {
	// Rows are the graph, each item's at most once, in any order. They are read once and not kept. An error among them
	// ends the publishing.
	Rows iter.Seq2[Row, error]
	// Popular are items for newcomers and to fill up short answers, in any order; Score says how popular.
	Popular []Neighbour
	// Items is about how many items there are. Zero means 100,000. If it is far off, reading is slower.
	Items int
	// Limit is how many neighbours of an item are kept, the strongest ones. Zero keeps all.
	Limit int

	// Kinds says what an event of a kind counts for in a person's profile; a kind that is not there counts 1. It is
	// multiplied by Event.Weight, for ratings by (stars-3)/2. [recommend.Skip], [recommend.NotInterested] and ratings
	// below 3 never count.
	Kinds map[recommend.Kind]float64
	// Recency is by how much a thing in a profile counts less than the one after it. Zero means 1: all count alike.
	Recency float64
}

// Published says what was published.
type Published struct {
	Generation int64
	Items      int
	Neighbours int   // of all items together
	Bytes      int64 // of the lists
	// Leftover is how many older graphs could not be deleted now; the next publishing tries again.
	Leftover int
}

// Publish writes a graph beside the one that serves, and then lets it serve, for all processes at once. If anything
// fails, the one that served goes on doing so, and what was written is deleted, now or by a later call. The one that
// served before is kept until the next call, for answers that are in the making.
//
// What was written is counted before it serves, so that a node that lost a part leads to an error and not to half a
// graph. Of several publishers at the same time the one that began last wins; the others get [ErrSuperseded].
func (s *Store) Publish(ctx context.Context, c Content) (Published, error) {
	p, err := s.newPublisher(ctx, c)
	if err != nil {
		return Published{}, fmt.Errorf("redisgraph: publish: %w", err)
	}
	err = p.write(ctx, c)
	if err == nil {
		err = p.verify(ctx)
	}
	if err == nil {
		err = p.serve(ctx)
	}
	if err != nil {
		p.discard(ctx)
		return Published{}, fmt.Errorf("redisgraph: publish: %w", err)
	}
	p.done.Leftover = s.sweep(ctx)
	return p.done, nil
}

// publisher is one publishing.
type publisher struct {
	store    *Store
	manifest manifest
	keys     keys
	limit    int
	ids      map[string]uint32
	names    []string
	listed   []bool // by number: the row is written
	counts   []int  // by bucket: items
	links    []link
	pipe     redis.Pipeliner
	waiting  int // bytes in pipe
	renewed  time.Time
	done     Published
	lengths  map[string]int64 // of what is written as one string
}

// newPublisher registers a new generation, so that it can be swept if this publisher dies.
func (s *Store) newPublisher(ctx context.Context, c Content) (*publisher, error) {
	if c.Rows == nil {
		return nil, errors.New("no rows")
	}
	if !(c.Recency >= 0 && c.Recency <= 1) {
		return nil, fmt.Errorf("recency %v is out of range: give 0 to 1", c.Recency)
	}
	for kind, weight := range c.Kinds {
		if !(weight >= 0) || math.IsInf(weight, 0) {
			return nil, fmt.Errorf("weight %v of kind %q is not a number from zero", weight, kind)
		}
	}
	items := c.Items
	if items <= 0 {
		items = 100_000
	}
	n, err := s.client.Incr(ctx, sequenceKey(s.config.Prefix)).Result()
	if err != nil {
		return nil, err
	}
	p := &publisher{
		store: s, keys: keys{s.config.Prefix, n}, limit: c.Limit,
		manifest: manifest{Format: format, Generation: n, Buckets: uint32(min(max(items/perBucket, 16), maxBuckets)),
			Kinds: c.Kinds, Recency: c.Recency},
		ids: map[string]uint32{}, pipe: s.client.Pipeline(), lengths: map[string]int64{},
		done: Published{Generation: n},
	}
	p.counts = make([]int, p.manifest.Buckets)
	if err := p.renew(ctx); err != nil {
		return nil, err
	}
	return p, p.register(ctx)
}

// register notes which keys the generation may have.
func (p *publisher) register(ctx context.Context) error {
	return p.store.client.HSet(ctx, registryKey(p.keys.prefix), p.keys.generation,
		extent{p.manifest.Buckets, p.manifest.chunks()}.String()).Err()
}

// renew says that this publisher lives. Once the lease has lapsed the generation may be swept, so it does not come back.
func (p *publisher) renew(ctx context.Context) error {
	if time.Since(p.renewed) < lease/4 {
		return nil
	}
	mode := "XX"
	if p.renewed.IsZero() {
		mode = ""
	}
	key := leaseKey(p.keys.prefix, p.keys.generation)
	err := p.store.client.SetArgs(ctx, key, 1, redis.SetArgs{Mode: mode, TTL: lease}).Err()
	if errors.Is(err, redis.Nil) {
		return ErrSuperseded
	}
	p.renewed = time.Now()
	return err
}

func (p *publisher) write(ctx context.Context, c Content) error {
	for row, err := range c.Rows {
		if err != nil {
			return fmt.Errorf("read the rows: %w", err)
		}
		if err := p.row(ctx, row); err != nil {
			return err
		}
	}
	popular, err := p.linksTo("the popular items", c.Popular)
	if err != nil {
		return err
	}
	for n, name := range p.names { // those that are only neighbours
		if !p.listed[n] {
			if err := p.list(ctx, name, uint32(n), nil); err != nil {
				return err
			}
		}
	}
	p.manifest.Items = len(p.names)
	p.done.Items = len(p.names)
	if err := p.register(ctx); err != nil {
		return err
	}
	if err := p.set(ctx, p.keys.popular(), appendList(nil, 0, popular)); err != nil {
		return err
	}
	for i := range p.manifest.chunks() {
		names := p.names[i*chunkSize : min((i+1)*chunkSize, len(p.names))]
		if err := p.set(ctx, p.keys.names(uint32(i)), appendNames(nil, names)); err != nil {
			return err
		}
	}
	return p.numbers(ctx)
}

// number returns the number of an item, which is new if the item is.
func (p *publisher) number(item string) (uint32, error) {
	if n, ok := p.ids[item]; ok {
		return n, nil
	}
	if err := (recommend.Item{ID: item}).Validate(); err != nil {
		return 0, err
	}
	if len(p.names) == maxItems {
		return 0, fmt.Errorf("more than %d items", maxItems)
	}
	n := uint32(len(p.names))
	p.ids[item] = n
	p.names, p.listed = append(p.names, item), append(p.listed, false)
	return n, nil
}

func (p *publisher) row(ctx context.Context, row Row) error {
	n, err := p.number(row.Item)
	if err != nil {
		return err
	}
	if p.listed[n] {
		return fmt.Errorf("item %q has two rows", row.Item)
	}
	p.listed[n] = true
	links, err := p.linksTo("item "+row.Item, row.Neighbours)
	if err != nil {
		return err
	}
	if p.limit > 0 && len(links) > p.limit {
		sortLinks(links)
		links = links[:p.limit]
	}
	return p.list(ctx, row.Item, n, links)
}

// sortLinks puts the strongest first, of equals the one with the lower number.
func sortLinks(links []link) {
	slices.SortFunc(links, func(a, b link) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return int(a.item) - int(b.item)
	})
}

// linksTo turns neighbours into links, which are valid until the next call.
func (p *publisher) linksTo(of string, neighbours []Neighbour) ([]link, error) {
	links := p.links[:0]
	for _, to := range neighbours {
		if !(to.Score >= 0) || math.IsInf(float64(to.Score), 0) {
			return nil, fmt.Errorf("%s: neighbour %q has the score %v, which is not a number from zero", of, to.Item, to.Score)
		}
		n, err := p.number(to.Item)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", of, err)
		}
		if to.Score > 0 {
			links = append(links, link{n, to.Score})
		}
	}
	p.links = links
	return links, nil
}

// list writes one list of neighbours.
func (p *publisher) list(ctx context.Context, item string, n uint32, links []link) error {
	bucket := p.manifest.bucket(item)
	text := appendList(nil, n, links)
	p.counts[bucket]++
	p.done.Neighbours += len(links)
	p.done.Bytes += int64(len(text))
	p.pipe.HSet(ctx, p.keys.lists(bucket), item, text)
	return p.flush(ctx, len(text), batchBytes)
}

// set writes a value of its own.
func (p *publisher) set(ctx context.Context, key string, value []byte) error {
	p.lengths[key] = int64(len(value))
	p.pipe.Set(ctx, key, value, 0)
	return p.flush(ctx, len(value), batchBytes)
}

// numbers writes which number an item has, and marks all buckets as being there.
func (p *publisher) numbers(ctx context.Context) error {
	buckets := make([][]any, p.manifest.Buckets)
	for n, name := range p.names {
		b := p.manifest.bucket(name)
		buckets[b] = append(buckets[b], name, n)
	}
	for b, fields := range buckets {
		p.pipe.HSet(ctx, p.keys.numbers(uint32(b)), append(fields, present, 1)...)
		p.pipe.HSet(ctx, p.keys.lists(uint32(b)), present, 1)
		if err := p.flush(ctx, 16*len(fields), batchBytes); err != nil {
			return err
		}
	}
	return p.flush(ctx, 0, 0)
}

// present is a field of every bucket: no item has that id. Where it is missing, the bucket is lost.
const present = ""

// flush sends what waits once it is more than so many bytes.
func (p *publisher) flush(ctx context.Context, added, atLeast int) error {
	if p.waiting += added; p.waiting < atLeast || p.pipe.Len() == 0 {
		return nil
	}
	p.waiting = 0
	if _, err := p.pipe.Exec(ctx); err != nil {
		return err
	}
	return p.renew(ctx)
}

// verify counts what is there.
func (p *publisher) verify(ctx context.Context) error {
	type count struct {
		key   string
		want  int64
		reply *redis.IntCmd
	}
	var counts []count
	check := func() error {
		_, err := p.pipe.Exec(ctx)
		for _, c := range counts {
			if err == nil && c.reply.Val() != c.want {
				err = fmt.Errorf("of %d fields or bytes %d are left at key %s: a node lost data", c.want, c.reply.Val(), c.key)
			}
		}
		counts = counts[:0]
		return err
	}
	for b, n := range p.counts {
		for _, key := range []string{p.keys.lists(uint32(b)), p.keys.numbers(uint32(b))} {
			counts = append(counts, count{key, int64(n) + 1, p.pipe.HLen(ctx, key)})
		}
		if len(counts) >= 4096 {
			if err := check(); err != nil {
				return err
			}
		}
	}
	for key, n := range p.lengths {
		counts = append(counts, count{key, n, p.pipe.StrLen(ctx, key)})
	}
	return check()
}

// serving lets a generation serve unless its publisher was given up or a later one serves.
var serving = redis.NewScript(`
if redis.call('DEL', KEYS[3]) == 0 then return 0 end
local before = tonumber(redis.call('HGET', KEYS[2], 'serving') or '0')
if before > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[2], 'serving', ARGV[1], 'previous', before)
redis.call('SET', KEYS[1], ARGV[2])
return 1`)

func (p *publisher) serve(ctx context.Context) error {
	text, err := json.Marshal(p.manifest)
	if err != nil {
		return err
	}
	prefix := p.keys.prefix
	done, err := serving.Run(ctx, p.store.client,
		[]string{pointerKey(prefix), registryKey(prefix), leaseKey(prefix, p.keys.generation)}, p.keys.generation, text).Int()
	if err != nil {
		return err
	}
	if done == 0 {
		return ErrSuperseded
	}
	return nil
}
