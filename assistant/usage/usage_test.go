package usage

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func at(day, hour, minute int) time.Time { return time.Date(2026, 3, day, hour, minute, 0, 0, China) }

func TestTouch(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		signs             []time.Time
		today, continuous time.Duration
	}{
		"one sign":             {[]time.Time{at(5, 9, 0)}, 0, 0},
		"no break":             {[]time.Time{at(5, 9, 0), at(5, 9, 10), at(5, 9, 25)}, 25 * time.Minute, 25 * time.Minute},
		"a break":              {[]time.Time{at(5, 9, 0), at(5, 9, 10), at(5, 9, 26), at(5, 9, 30)}, 14 * time.Minute, 4 * time.Minute},
		"over midnight":        {[]time.Time{at(5, 23, 50), at(6, 0, 4)}, 4 * time.Minute, 14 * time.Minute},
		"the next day":         {[]time.Time{at(5, 9, 0), at(5, 9, 10), at(6, 9, 0)}, 0, 0},
		"a clock set back":     {[]time.Time{at(5, 9, 0), at(5, 9, 10), at(5, 9, 5)}, 10 * time.Minute, 10 * time.Minute},
		"exactly the gap":      {[]time.Time{at(5, 9, 0), at(5, 9, 15)}, 15 * time.Minute, 15 * time.Minute},
		"of another time zone": {[]time.Time{at(5, 23, 50).UTC(), at(6, 0, 4).UTC()}, 4 * time.Minute, 14 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var now time.Time
			clock := &Clock{Now: func() time.Time { return now }}
			var u Usage
			for _, now = range c.signs {
				var err error
				u, err = clock.Touch(t.Context(), "小林")
				require.NoError(t, err)
			}
			require.Equal(t, c.today, u.Today)
			require.Equal(t, c.continuous, u.Continuous())
		})
	}
}

func TestMarksAreKept(t *testing.T) {
	t.Parallel()
	clock := &Clock{Now: func() time.Time { return at(5, 9, 0) }}
	_, err := clock.Update(t.Context(), "小林", func(u *Usage) { u.Set("reminded", at(5, 8, 0)) })
	require.NoError(t, err)
	u, err := clock.Touch(t.Context(), "小林")
	require.NoError(t, err)
	require.Equal(t, at(5, 8, 0), u.Mark("reminded"))
	require.Zero(t, u.Mark("other"))
	b, err := json.Marshal(u)
	require.NoError(t, err)
	var back Usage
	require.NoError(t, json.Unmarshal(b, &back))
	require.True(t, back.Mark("reminded").Equal(u.Mark("reminded")))
	clock.memory.Forget("小林")
	u, err = clock.Touch(t.Context(), "小林")
	require.NoError(t, err)
	require.Zero(t, u.Mark("reminded"))
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	clock := new(Clock)
	var group sync.WaitGroup
	for i := range 50 {
		group.Go(func() {
			_, err := clock.Update(t.Context(), "小林", func(u *Usage) { u.Set(fmt.Sprint(i), at(5, 9, 0)) })
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	u, err := clock.Touch(t.Context(), "小林")
	require.NoError(t, err)
	require.Len(t, u.Marks, 50)
}

func Example() {
	now := time.Date(2026, 3, 5, 20, 0, 0, 0, China)
	clock := &Clock{Now: func() time.Time { return now }}
	for range 13 {
		u, err := clock.Touch(context.Background(), "user-42")
		if err != nil {
			fmt.Println(err)
		}
		if u.Continuous() >= 2*time.Hour {
			fmt.Println("已经连续使用", u.Continuous())
		}
		now = now.Add(10 * time.Minute)
	}
	// Output: 已经连续使用 2h0m0s
}
