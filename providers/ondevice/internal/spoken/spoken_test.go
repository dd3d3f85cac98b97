package spoken_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/spoken"
)

var now = time.Date(2026, 11, 22, 9, 30, 0, 0, time.FixedZone("CST", 8*60*60))

func TestTime(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"2026-11-23T08:00:00+08:00": "明天早上8点",
		"2026-11-22T21:30:00+08:00": "今天晚上9点半",
		"2026-11-22T15:05:00+08:00": "今天下午3点05分",
		"2026-11-27T00:00:00+08:00": "11月27日周五凌晨0点",
		"2027-01-01T04:00:00Z":      "2027年1月1日周五中午12点",
		"2026-11-20T10:00:00+08:00": "前天上午10点",
		"2026-11-21T16:30:00Z":      "今天凌晨0点半",
	} {
		at, err := time.Parse(time.RFC3339, in)
		require.NoError(t, err)
		require.Equal(t, want, spoken.Time(at, now), in)
	}
	require.Equal(t, "2026年11月22日星期日", spoken.Date(now))
}

func TestLength(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"10m": "10分钟", "30m": "半小时", "90m": "1个半小时", "1h20m": "1小时20分钟", "3m20s": "3分20秒", "45s": "45秒",
		"24h": "1天", "25h": "1天1小时", "0s": "0秒", "-5s": "0秒", "59.6s": "1分钟", "1h0m5s": "1小时5秒", "48h30m": "2天30分钟",
	} {
		d, err := time.ParseDuration(in)
		require.NoError(t, err)
		require.Equal(t, want, spoken.Length(d), in)
	}
}

func TestRule(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"FREQ=DAILY;BYHOUR=7;BYMINUTE=0":                       "每天",
		"FREQ=DAILY;INTERVAL=2":                                "每2天",
		"FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=7;BYMINUTE=0": "工作日",
		"FREQ=WEEKLY;BYDAY=SA,SU":                              "每个周末",
		"FREQ=WEEKLY;BYDAY=TU,TH":                              "每周二、周四",
		"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO":                      "每2周的周一",
		"FREQ=MONTHLY;BYMONTHDAY=15":                           "每月15号",
		"FREQ=HOURLY;INTERVAL=2":                               "每2小时",
		"FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8":                   "每年3月8日",
		"FREQ=MONTHLY;BYDAY=1MO":                               "",
		"":                                                     "",
		"FREQ=SECONDLY":                                        "",
	} {
		require.Equal(t, want, spoken.Rule(in), in)
	}
}
