package redisgraph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/redis/go-redis/v9"
)

// errGone says that data of a generation is not there: it was deleted after a later one came to serve, or is lost.
var errGone = errors.New("data of the graph is lost: publish again")

// lookup is a read of fields of one bucket.
type lookup struct {
	places []int // in the list of items
	reply  *redis.SliceCmd
}

// lookup queues the reads of items, one for each bucket.
func (g *generation) lookup(ctx context.Context, pipe redis.Pipeliner, key func(bucket uint32) string, items []string) []lookup {
	type place struct {
		bucket uint32
		at     int
	}
	places := make([]place, len(items))
	for i, item := range items {
		places[i] = place{g.bucket(item), i}
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Compare(a.bucket, b.bucket) })
	var lookups []lookup
	for len(places) > 0 {
		bucket := places[0].bucket
		l := lookup{}
		fields := []string{present}
		for len(places) > 0 && places[0].bucket == bucket {
			l.places = append(l.places, places[0].at)
			fields = append(fields, items[places[0].at])
			places = places[1:]
		}
		l.reply = pipe.HMGet(ctx, key(bucket), fields...)
		lookups = append(lookups, l)
	}
	return lookups
}

// values hands out what was found, or the error of a bucket, item by item; items that are not there are left out.
func values(lookups []lookup, yield func(place int, value string, err error) bool) {
	for _, l := range lookups {
		fields, err := l.reply.Result()
		if err == nil && (len(fields) != len(l.places)+1 || fields[0] == nil) {
			err = errGone
		}
		for i, place := range l.places {
			value := ""
			if err == nil {
				var ok bool
				if value, ok = fields[i+1].(string); !ok {
					continue
				}
			}
			if !yield(place, value, err) {
				return
			}
		}
	}
}

// numbersOf reads replies about numbers.
func (g *generation) numbersOf(lookups []lookup) (numbers []uint32, err error) {
	values(lookups, func(_ int, value string, e error) bool {
		var n uint64
		if err = e; err == nil {
			n, err = strconv.ParseUint(value, 10, 32)
		}
		if err == nil && n >= uint64(g.Items) {
			err = errDamaged
		}
		numbers = append(numbers, uint32(n))
		return err == nil
	})
	return numbers, err
}

// loadPopular reads the reply about the popular items.
func (g *generation) loadPopular(reply *redis.StringCmd) error {
	text, err := reply.Result()
	if errors.Is(err, redis.Nil) {
		return errGone
	}
	if err != nil {
		return fmt.Errorf("read the popular items: %w", err)
	}
	_, links, err := readList(nil, text, max(g.Items, 1))
	if err != nil {
		return err
	}
	sortLinks(links)
	g.popular.Store(&links)
	return nil
}

// loadNames reads the chunks with the names of items that are not known yet.
func (s *Store) loadNames(ctx context.Context, g *generation, picks []pick) error {
	var wanted []uint32
	for _, p := range picks {
		if c := p.item / chunkSize; g.names[c].Load() == nil && !slices.Contains(wanted, c) {
			wanted = append(wanted, c)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	pipe := s.client.Pipeline()
	replies := make([]*redis.StringCmd, len(wanted))
	for i, c := range wanted {
		replies[i] = pipe.Get(ctx, g.keys.names(c))
	}
	_, _ = pipe.Exec(ctx) // every reply has its own error
	for i, c := range wanted {
		text, err := replies[i].Result()
		if errors.Is(err, redis.Nil) {
			return errGone
		}
		if err != nil {
			return fmt.Errorf("read names: %w", err)
		}
		names, err := readChunk(text, min(chunkSize, g.Items-int(c)*chunkSize))
		if err != nil {
			return err
		}
		g.names[c].Store(names)
	}
	return nil
}

// name returns the id of an item whose chunk is loaded.
func (g *generation) name(n uint32) string { return g.names[n/chunkSize].Load().name(n % chunkSize) }
