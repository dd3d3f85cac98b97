package when_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/calendar"
	"github.com/zhushou-ai/zhushou/locale/when"
)

// The festivals that the calendar knows too are on the same days.
func TestFestivalsAgreeWithCalendar(t *testing.T) {
	t.Parallel()
	const year = 2027
	now := time.Date(year, 1, 1, 0, 0, 0, 0, zone)
	compared := 0
	for _, f := range calendar.Festivals() {
		if f.Region != calendar.Everywhere && f.Region != calendar.Mainland {
			continue
		}
		want, err := f.Of(year)
		if err != nil {
			continue
		}
		for _, name := range append([]string{f.Name}, f.Aliases...) {
			ms := when.Parse(fmt.Sprintf("%d年%s", year, name), now, when.Options{})
			if len(ms) != 1 || ms[0].Grain != when.Day || ms[0].Kind != when.Interval {
				continue
			}
			compared++
			if got := ms[0].Time.Format(time.DateOnly); got != want.String() {
				t.Errorf("%s: %s, the calendar has %s", name, got, want)
			}
		}
	}
	require.Greater(t, compared, 40)
}

// Movable feasts of many faiths, on days that almanacs give for them.
func TestMovableFeasts(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"2024年复活节": "2024-03-31", "2025年复活节": "2025-04-20", "2038年复活节": "2038-04-25", "2024年圣灰节": "2024-02-14", "2024年耶稣升天节": "2024-05-09",
		"2024年东正教复活节": "2024-05-05", "2025年东正教复活节": "2025-04-20", "2024年净周一": "2024-03-18",
		"2024年开斋节": "2024-04-10", "2023年开斋节": "2023-04-21", "2024年古尔邦节": "2024-06-16", "2024年伊斯兰新年": "2024-07-07",
		"2024年逾越节": "2024-04-22", "2024年犹太新年": "2024-10-02", "2024年赎罪日": "2024-10-11", "2023年光明节": "2023-12-07", "2024年普珥节": "2024-03-23",
		"2022年排灯节": "2022-10-24", "2023年排灯节": "2023-11-12",
		"2024年母亲节": "2024-05-12", "2024年父亲节": "2024-06-16", "2024年感恩节": "2024-11-28", "2024年黑色星期五": "2024-11-29",
		"2024年清明节": "2024-04-04", "2024年除夕": "2025-01-28", "2024年七夕": "2024-08-10", "2024年重阳节": "2024-10-11",
	} {
		ms := when.Parse(in, ref, when.Options{})
		require.Len(t, ms, 1, in)
		require.Equal(t, in, ms[0].Text)
		require.Equal(t, want, ms[0].Time.Format(time.DateOnly), in)
	}
}

// The Earth Hour has a time of day.
func TestEarthHour(t *testing.T) {
	t.Parallel()
	require.Equal(t, "2024年地球一小时=2024-03-23T20:30/2024-03-23T21:30", show("2024年地球一小时", ref, when.Options{}))
	require.Equal(t, "2025年地球一小时=2025-03-29T20:30/2025-03-29T21:30", show("2025年地球一小时", ref, when.Options{}))
}
