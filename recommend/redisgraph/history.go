package redisgraph

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/zhushou-ai/zhushou/recommend"
)

// A history is a sorted set. A member says what was done to which item, "buy:龙井" or "rate 5:龙井", and its score when
// that was last, in milliseconds. So the same event again, or an older one after a newer one, changes nothing, and a
// history is the same in whatever order its events came.

// usersPerTrip is how many histories are written in one go.
const usersPerTrip = 500

// Record implements [recommend.Recorder]. Events count from the next answer on. Recording an event again changes
// nothing, so a call that failed may be repeated; an event without a time happens now. Of several times that a person
// did the same to the same item the last one is kept. Event.Context is not.
//
// If one event is malformed nothing is recorded, and the error names it and wraps [recommend.ErrInvalid]. After another
// error some may be recorded.
func (s *Store) Record(ctx context.Context, events ...recommend.Event) error {
	for i := range events {
		if err := events[i].Validate(); err != nil {
			return fmt.Errorf("redisgraph: record event %d: %w", i, err)
		}
	}
	now := time.Now()
	byUser := map[string][]redis.Z{}
	var users []string
	for _, e := range events {
		if e.Time.IsZero() {
			e.Time = now
		}
		if byUser[e.User] == nil {
			users = append(users, e.User)
		}
		byUser[e.User] = append(byUser[e.User], redis.Z{Score: float64(e.Time.UnixMilli()), Member: member(e)})
	}
	pipe := s.client.Pipeline()
	for i, user := range users {
		key := historyKey(s.config.Prefix, user)
		pipe.ZAddArgs(ctx, key, redis.ZAddArgs{GT: true, Members: byUser[user]})
		pipe.ZRemRangeByRank(ctx, key, 0, int64(-s.config.History-1))
		if s.config.Retention > 0 {
			pipe.PExpire(ctx, key, s.config.Retention)
		}
		if (i+1)%usersPerTrip == 0 || i+1 == len(users) {
			if _, err := pipe.Exec(ctx); err != nil {
				return fmt.Errorf("redisgraph: record: %w", err)
			}
		}
	}
	return nil
}

// Forget erases the histories of users. What they contributed to a graph goes when one is published without them.
// Unknown users are ignored.
func (s *Store) Forget(ctx context.Context, users ...string) error {
	pipe := s.client.Pipeline()
	for i, user := range users {
		pipe.Unlink(ctx, historyKey(s.config.Prefix, user))
		if (i+1)%usersPerTrip == 0 || i+1 == len(users) {
			if _, err := pipe.Exec(ctx); err != nil {
				return fmt.Errorf("redisgraph: forget: %w", err)
			}
		}
	}
	return nil
}

// History returns what is remembered of a user, newest first.
func (s *Store) History(ctx context.Context, user string) ([]recommend.Event, error) {
	marks, err := s.readHistory(ctx, s.client, user).Result()
	if err != nil {
		return nil, fmt.Errorf("redisgraph: read a history: %w", err)
	}
	events := make([]recommend.Event, 0, len(marks))
	for _, m := range marks {
		if e, ok := eventOf(m); ok {
			e.User = user
			events = append(events, e)
		}
	}
	return events, nil
}

// readHistory asks for a whole history, newest first.
func (s *Store) readHistory(ctx context.Context, c redis.Cmdable, user string) *redis.ZSliceCmd {
	return c.ZRevRangeWithScores(ctx, historyKey(s.config.Prefix, user), 0, int64(s.config.History-1))
}

// member returns what a history keeps of an event, besides when.
func member(e recommend.Event) string {
	kind := e.Kind
	if kind == "" {
		kind = recommend.View
	}
	if e.Weight == 0 || e.Weight == 1 && kind != recommend.Rate {
		return string(kind) + ":" + e.Item
	}
	return string(kind) + " " + strconv.FormatFloat(e.Weight, 'g', -1, 64) + ":" + e.Item
}

// eventOf reads what a history keeps. What another program put there is not ok.
func eventOf(z redis.Z) (e recommend.Event, ok bool) {
	text, _ := z.Member.(string)
	head, item, ok := strings.Cut(text, ":")
	if !ok {
		return e, false
	}
	kind, weight, weighed := strings.Cut(head, " ")
	e = recommend.Event{Item: item, Kind: recommend.Kind(kind), Time: time.UnixMilli(int64(z.Score))}
	if weighed {
		var err error
		if e.Weight, err = strconv.ParseFloat(weight, 64); err != nil {
			return e, false
		}
	}
	return e, true
}
