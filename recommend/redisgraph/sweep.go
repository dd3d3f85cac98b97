package redisgraph

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// extent says which keys a generation may have.
type extent struct {
	buckets uint32
	chunks  int
}

func (e extent) String() string { return fmt.Sprintf("%d %d", e.buckets, e.chunks) }

func readExtent(text string) (e extent, err error) {
	_, err = fmt.Sscanf(text, "%d %d", &e.buckets, &e.chunks)
	if err == nil && (e.buckets > maxBuckets || e.chunks < 0 || e.chunks > maxItems/chunkSize) {
		err = fmt.Errorf("%q is no extent", text)
	}
	return e, err
}

// sweep deletes the generations that neither serve, nor served last, nor are being published. It returns how many it
// could not delete.
func (s *Store) sweep(ctx context.Context) (left int) {
	registry, err := s.client.HGetAll(ctx, registryKey(s.config.Prefix)).Result()
	if err != nil {
		return 1
	}
	for field, text := range registry {
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil || field == registry["serving"] || field == registry["previous"] {
			continue
		}
		alive, err := s.client.Exists(ctx, leaseKey(s.config.Prefix, n)).Result()
		if err == nil && alive > 0 {
			continue
		}
		if err == nil {
			err = s.remove(ctx, n, text)
		}
		if err != nil {
			left++
		}
	}
	return left
}

// remove deletes a generation. The registry forgets it last, so that what fails is done again.
func (s *Store) remove(ctx context.Context, n int64, text string) error {
	e, err := readExtent(text)
	if err != nil {
		return err
	}
	k := keys{s.config.Prefix, n}
	pipe := s.client.Pipeline()
	unlink := func(key string) error {
		pipe.Unlink(ctx, key)
		if pipe.Len() < 1000 {
			return nil
		}
		_, err := pipe.Exec(ctx)
		return err
	}
	for b := range e.buckets {
		if err := unlink(k.lists(b)); err != nil {
			return err
		}
		if err := unlink(k.numbers(b)); err != nil {
			return err
		}
	}
	for c := range e.chunks {
		if err := unlink(k.names(uint32(c))); err != nil {
			return err
		}
	}
	pipe.Unlink(ctx, k.popular())
	if _, err := pipe.Exec(ctx); err != nil {
		return err
	}
	return s.client.HDel(ctx, registryKey(s.config.Prefix), strconv.FormatInt(n, 10)).Err()
}

// discard deletes what a failed publisher wrote, as far as that is possible now. It goes on for a while after the end
// of ctx, which may be why it failed.
func (p *publisher) discard(ctx context.Context) {
	const patience = 5 * time.Second
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	s := p.store
	// The reply to serve may have been lost on the way: then it serves, and stays.
	served, err := s.client.HMGet(ctx, registryKey(s.config.Prefix), "serving", "previous").Result()
	if err != nil || slices.Contains(served, any(strconv.FormatInt(p.keys.generation, 10))) {
		return
	}
	if s.client.Del(ctx, leaseKey(s.config.Prefix, p.keys.generation)).Err() == nil {
		_ = s.remove(ctx, p.keys.generation, extent{p.manifest.Buckets, p.manifest.chunks()}.String())
	}
}
