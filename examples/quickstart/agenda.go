package main

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/providers/ondevice/skills"
)

// An agenda keeps appointments while the program runs.
type agenda struct {
	mu     sync.Mutex
	last   int
	events []skills.Event
}

func (a *agenda) AddEvent(_ context.Context, e skills.Event) (string, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.last++
	e.ID = strconv.Itoa(a.last)
	a.events = append(a.events, e)
	slices.SortStableFunc(a.events, func(x, y skills.Event) int { return cmp.Compare(x.Time.Unix(), y.Time.Unix()) })
	return e.ID, nil
}

func (a *agenda) Events(_ context.Context, from, to time.Time) ([]skills.Event, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	var found []skills.Event
	for _, e := range a.events {
		if !e.Time.Before(from) && e.Time.Before(to) {
			found = append(found, e)
		}
	}
	return found, nil
}

func (a *agenda) RemoveEvents(_ context.Context, ids ...string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.events = slices.DeleteFunc(a.events, func(e skills.Event) bool { return slices.Contains(ids, e.ID) })
	return nil
}
