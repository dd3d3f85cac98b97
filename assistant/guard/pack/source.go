package pack

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/zhushou-ai/zhushou/locale/match"
)

// A Source is a file with a pack, whose words a guard finds, and which may be replaced while it does. It must not be
// copied; its fields must not change once it is in use. It is safe for concurrent use.
type Source struct {
	Path string
	// Trusted are the keys one of which must have signed the pack. If empty, anybody who can write the file is trusted.
	Trusted []ed25519.PublicKey
	// Match says how closely words are found. Its Words are not used.
	Match match.Config

	mu   sync.Mutex // of reloading
	seen stamp
	now  atomic.Pointer[loaded]
}

// loaded is a pack and what finds its words.
type loaded struct {
	pack    *Pack
	matcher *match.Matcher
}

// A stamp tells whether a file may have changed.
type stamp struct {
	time time.Time
	size int64
}

// Load returns what finds the words of the pack in use: the Load of a guard's pack. It is nil before the first Reload.
func (s *Source) Load() *match.Matcher {
	if l := s.now.Load(); l != nil {
		return l.matcher
	}
	return nil
}

// Pack returns the pack in use, or nil. It must not be changed.
func (s *Source) Pack() *Pack {
	if l := s.now.Load(); l != nil {
		return l.pack
	}
	return nil
}

// Reload reads the file and takes its pack into use. If it fails, what was in use stays in use. A pack of another name,
// or older than the one in use, is an error: an old release that somebody kept must not bring back what was mended.
func (s *Source) Reload() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reload()
}

func (s *Source) reload() error {
	f, err := os.Open(s.Path)
	if err != nil {
		return fmt.Errorf("reload pack: %w", err)
	}
	defer f.Close() // nothing was written
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("reload pack: %w", err)
	}
	s.seen = stamp{info.ModTime(), info.Size()}
	p, err := Read(f, s.Trusted...)
	if err != nil {
		return fmt.Errorf("reload pack %s: %w", s.Path, err)
	}
	if old := s.Pack(); old != nil {
		switch {
		case old.Name != p.Name:
			return fmt.Errorf("reload pack %s: it is %q: want %q", s.Path, p.Name, old.Name)
		case p.Changed.Before(old.Changed):
			return fmt.Errorf("reload pack %s: of %s, older than that in use, of %s", s.Path, p.Changed.Format(time.DateOnly), old.Changed.Format(time.DateOnly))
		}
	}
	config := s.Match
	config.Words = p.Words
	m, err := match.New(config)
	if err != nil {
		return fmt.Errorf("reload pack %s: %w", s.Path, err)
	}
	s.now.Store(&loaded{p, m})
	return nil
}

// Watch reloads the pack when its file has changed, looking at it as often as every says, or every 10 seconds if that
// is not positive, until ctx ends; it returns the cause. The report, if not nil, is told of each new pack, and of each
// file that could not be taken into use, once.
func (s *Source) Watch(ctx context.Context, every time.Duration, report func(*Pack, error)) error {
	if every <= 0 {
		every = 10 * time.Second
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	missing := false
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-tick.C:
		}
		changed, err := s.poll(&missing)
		if report != nil && (changed || err != nil) {
			report(s.Pack(), err)
		}
	}
}

// poll reloads the pack if the file is another than when it was last read.
func (s *Source) poll(missing *bool) (changed bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	info, err := os.Stat(s.Path)
	if err != nil {
		if *missing { // was said
			return false, nil
		}
		*missing = true
		return false, fmt.Errorf("reload pack: %w", err)
	}
	*missing = false
	if (stamp{info.ModTime(), info.Size()}) == s.seen {
		return false, nil
	}
	err = s.reload()
	return err == nil, err
}
