package split

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
)

// Parts is data divided. Choose parameters on Valid, learn finally from Train and Valid together
// ([dataset.Join]), and look at Test once.
type Parts struct {
	Train, Valid, Test *dataset.Data
}

// Config says how much of every user's history is held back by [LeaveOut].
type Config struct {
	// Test is how many last events of a user are for the test. If zero, 1.
	Test int
	// Valid is how many events before those are for validation. If zero, none.
	Valid int
}

// The parts as marks of events.
const (
	train = iota
	valid
	test
)

// LeaveOut holds back the last events of every user. A user with fewer than Test+Valid+1 events is
// left in Train with all of them, so that something is known of everybody who is asked about. It
// returns an error if a number is negative.
func LeaveOut(d *dataset.Data, config Config) (Parts, error) {
	if config.Test < 0 || config.Valid < 0 {
		return Parts{}, fmt.Errorf("split: leave out %d for test and %d for validation: use numbers from 0", config.Test, config.Valid)
	}
	if config.Test == 0 {
		config.Test = 1
	}
	if err := d.Check(); err != nil {
		return Parts{}, fmt.Errorf("split: %w", err)
	}
	part, rows := make([]uint8, d.Len()), d.ByUser()
	for user := range rows.Len() {
		row := rows.Row(int32(user))
		if config.Test >= len(row) || config.Valid >= len(row)-config.Test {
			continue
		}
		mark(part, row, config.Valid, config.Test)
	}
	return divide(d, part), nil
}

// Ratios says how large a share of every user's history is held back by [Ratio].
type Ratios struct {
	// Test and Valid are shares of a user's events, from 0, together less than 1. Of n events
	// round(n×Test) are for the test and round(n×Valid) for validation, but at least one is left in
	// Train.
	Test, Valid float64
	// ByTime takes the youngest events; else they are drawn at random.
	ByTime bool
	// Seed is for drawing at random. A user's draw depends on the seed, the user's number and the
	// user's own events only.
	Seed uint64
}

// Ratio holds back a share of every user's events. It returns an error if the shares do not leave
// something for Train.
func Ratio(d *dataset.Data, r Ratios) (Parts, error) {
	if !(r.Test >= 0 && r.Valid >= 0 && r.Test+r.Valid < 1) {
		return Parts{}, fmt.Errorf("split: shares %v for test and %v for validation: use numbers from 0 that are together less than 1", r.Test, r.Valid)
	}
	if err := d.Check(); err != nil {
		return Parts{}, fmt.Errorf("split: %w", err)
	}
	part, rows := make([]uint8, d.Len()), d.ByUser()
	for user := range rows.Len() {
		row := rows.Row(int32(user))
		if !r.ByTime {
			row = slices.Clone(row)
			random := rand.New(rand.NewPCG(r.Seed, uint64(user)))
			random.Shuffle(len(row), func(i, j int) { row[i], row[j] = row[j], row[i] })
		}
		n := float64(len(row))
		tests := min(int(math.Round(n*r.Test)), max(len(row)-1, 0))
		valids := min(int(math.Round(n*r.Valid)), max(len(row)-1-tests, 0))
		mark(part, row, valids, tests)
	}
	return divide(d, part), nil
}

// AtTime divides at points in time: events from test on are for the test, those before but from valid
// on for validation, if valid is not zero. It returns an error if the data has no times or valid is
// not before test.
func AtTime(d *dataset.Data, validFrom, testFrom time.Time) (Parts, error) {
	if d.Time == nil && d.Len() > 0 {
		return Parts{}, errors.New("split: at a time: the data has no times: choose another split")
	}
	if !validFrom.IsZero() && !validFrom.Before(testFrom) {
		return Parts{}, fmt.Errorf("split: at a time: validation from %v is not before test from %v", validFrom, testFrom)
	}
	if err := d.Check(); err != nil {
		return Parts{}, fmt.Errorf("split: %w", err)
	}
	part := make([]uint8, d.Len())
	for i, at := range d.Time {
		switch {
		case at >= testFrom.UnixMilli():
			part[i] = test
		case !validFrom.IsZero() && at >= validFrom.UnixMilli():
			part[i] = valid
		}
	}
	return divide(d, part), nil
}

// Quantile returns the time that has the share of all events before it, for [AtTime]: 0.9 for a test
// on the last tenth. It returns an error if the data has no times or the share is not from 0 to 1.
func Quantile(d *dataset.Data, share float64) (time.Time, error) {
	if len(d.Time) == 0 {
		return time.Time{}, errors.New("split: quantile of time: the data has no times")
	}
	if !(share >= 0 && share <= 1) {
		return time.Time{}, fmt.Errorf("split: quantile of time: share %v is not from 0 to 1", share)
	}
	sorted := slices.Sorted(slices.Values(d.Time))
	return time.UnixMilli(sorted[min(int(share*float64(len(sorted))), len(sorted)-1)]).UTC(), nil
}

// mark marks the last events of a row, oldest first.
func mark(part []uint8, row []int32, valids, tests int) {
	for i, event := range row {
		switch left := len(row) - i; {
		case left <= tests:
			part[event] = test
		case left <= tests+valids:
			part[event] = valid
		}
	}
}

func divide(d *dataset.Data, part []uint8) Parts {
	of := func(mark uint8) *dataset.Data {
		return d.Where(func(event int) bool { return part[event] == mark })
	}
	return Parts{Train: of(train), Valid: of(valid), Test: of(test)}
}
