package when_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/calendar"
	"github.com/zhushou-ai/zhushou/locale/when"
)

// Every question that a policy answers, with its answers.
func TestPolicy(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		policy   when.Policy
		in, want string
	}{
		"ahead":                  {when.Policy{}, "周日", "周日=2026-03-08/2026-03-09"},
		"behind":                 {when.Policy{Prefer: when.Behind}, "周日", "周日=2026-03-01/2026-03-02"},
		"current":                {when.Policy{Prefer: when.Current}, "1月5号", "1月5号=2026-01-05/2026-01-06"},
		"today's weekday":        {when.Policy{}, "周一", "周一=2026-03-02/2026-03-03"},
		"not today's weekday":    {when.Policy{Weekday: when.CalendarExact}, "周一", "周一=2026-03-09/2026-03-10"},
		"next is of next week":   {when.Policy{}, "下周三", "下周三=2026-03-11/2026-03-12"},
		"next is the coming one": {when.Policy{Weekday: when.NextOccurrence}, "下周三", "下周三=2026-03-04/2026-03-05"},
		"distance in days":       {when.Policy{}, "两年后", "两年后=2028-03-02/2028-03-03"},
		"distance in units":      {when.Policy{Distance: when.UnitOf}, "两年后", "两年后=2028-01-01/2029-01-01"},
		"distance to the moment": {when.Policy{Distance: when.Moment}, "两年后", "两年后=2028-03-02T09:00"},
		"distance as a stretch":  {when.Policy{Distance: when.Cycles}, "两年后", "两年后=2027-01-01/2029-01-01"},
		"from today":             {when.Policy{}, "未来三天", "未来三天=2026-03-02/2026-03-05"},
		"by the calendar":        {when.Policy{Stretch: when.ByCalendar}, "后三个月", "后三个月=2026-03-01/2026-06-01"},
		"after the current":      {when.Policy{Stretch: when.AfterCurrent}, "后三个月", "后三个月=2026-04-01/2026-07-01"},
		"from now":               {when.Policy{Stretch: when.FromNow}, "上个小时", "上个小时=2026-03-02T08:00/2026-03-02T09:00"},
		"recent is past":         {when.Policy{}, "最近一周", "最近一周=2026-02-24/2026-03-03"},
		"recent is to come":      {when.Policy{Recent: when.RecentFuture}, "最近一周", "最近一周=2026-03-02/2026-03-09"},
		"awake":                  {when.Policy{}, "明天三点", "明天三点=2026-03-03T15:00"},
		"nearest":                {when.Policy{Hours: when.Nearest}, "三点", "三点=2026-03-02T15:00"},
		"as said":                {when.Policy{Hours: when.AsSaid}, "明天三点", "明天三点=2026-03-03T03:00"},
		"weekend":                {when.Policy{}, "这周末", "这周末=2026-03-07/2026-03-09"},
		"weekend from Friday":    {when.Policy{Weekend: when.FromFridayEvening}, "这周末", "这周末=2026-03-06T18:00/2026-03-09"},
		"first Monday":           {when.Policy{}, "2026年第1周", "2026年第1周=2026-01-05/2026-01-12"},
		"first Thursday":         {when.Policy{Week: when.FirstThursday}, "2026年第1周", "2026年第1周=2025-12-29/2026-01-05"},
		"end":                    {when.Policy{}, "9:00-11:30", "9:00-11:30=2026-03-02T09:00/2026-03-02T11:30"},
		"end through the minute": {when.Policy{End: when.ThroughMinute}, "9:00-11:30", "9:00-11:30=2026-03-02T09:00/2026-03-02T11:31"},
		"end through the grain":  {when.Policy{End: when.ThroughGrain}, "下午三点到五点", "下午三点到五点=2026-03-02T15:00/2026-03-02T18:00"},
		"days at their end":      {when.Policy{End: when.DaysAtEnd}, "5月1日至3日", "5月1日至3日=2026-05-01/2026-05-03"},
		"solar unless marked":    {when.Policy{}, "八月十五", "八月十五=2026-08-15/2026-08-16"},
		"lunar by guess":         {when.Policy{Lunar: when.LunarGuessed}, "八月十五", "八月十五=2026-09-25/2026-09-26"},
		"lunar as solar":         {when.Policy{Lunar: when.LunarAsSolar}, "八月初五", "八月初五=2026-08-05/2026-08-06"},
		"mainland":               {when.Policy{}, "国庆", "国庆=2026-10-01/2026-10-02"},
		"Taiwan":                 {when.Policy{Region: calendar.Taiwan}, "國慶", "國慶=2026-10-10/2026-10-11"},
		"Children's Day there":   {when.Policy{Region: calendar.Taiwan}, "兒童節", "兒童節=2026-04-04/2026-04-05"},
		"parts of the day":       {when.Policy{Parts: when.PartsOfDay{when.Afternoon: {13, 17}}}, "下午", "下午=2026-03-02T13:00/2026-03-02T17:00"},
		"midnight":               {when.Duckling(), "明天午夜", "明天午夜=2026-03-04/2026-03-04T01:00"},
		"no bare years":          {when.Policy{}, "2018", ""},
		"bare years":             {when.Policy{BareYears: true}, "2018", "2018=2018-01-01/2019-01-01"},
		"fifteen years":          {when.Policy{}, "15年", "15年=180M0s"},
		"short years":            {when.Policy{ShortYears: true}, "15年", "15年=2015-01-01/2016-01-01"},
		"ordinals from now":      {when.Policy{OrdinalsFromNow: true}, "第三天", "第三天=2026-03-04/2026-03-05"},
		"two days":               {when.Policy{}, "前两天", "前两天=2026-02-28/2026-03-02"},
		"a few days":             {when.Policy{PairMeansFew: true}, "前两天", "前两天=2026-02-23/2026-03-01"},
		"weekdays once":          {when.Policy{WeekdaysOnce: true}, "周一到周三下午", "周一到周三下午=2026-03-02/2026-03-04T18:00"},
		"next of the days":       {when.Policy{}, "每周日到周二", "每周日到周二=FREQ=WEEKLY;BYDAY=MO,TU,SU 2026-03-02"},
		"weekday runs":           {when.Policy{WeekdayRuns: true}, "每周日到周二", "每周日到周二=FREQ=WEEKLY;BYDAY=MO,TU,SU 2026-03-08"},
		"number needs month":     {when.Policy{NumberNeedsMonth: true}, "12号", ""},
		"night":                  {when.Policy{}, "明天半夜1点", "明天半夜1点=2026-03-04T01:00"},
		"night is morning":       {when.Policy{NightIsMorning: true}, "明天半夜1点", "明天半夜1点=2026-03-03T01:00"},
		"since ends now":         {when.Policy{SinceEndsNow: true}, "从去年到今天", "从去年到今天=2025-01-01/2026-03-02T09:00:01"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, show(c.in, ref, when.Options{Policy: c.policy}))
		})
	}
}

func TestOnly(t *testing.T) {
	t.Parallel()
	const s = "明天下午三点，国庆节晚上"
	for only, want := range map[when.Scope]string{
		when.Everything: "明天下午三点=2026-03-03T15:00 | 国庆节晚上=2026-10-01T18:00/2026-10-02",
		when.Dates:      "明天=2026-03-03/2026-03-04 | 国庆节=2026-10-01/2026-10-02",
		when.Clocks:     "下午三点=2026-03-02T15:00 | 晚上=2026-03-02T18:00/2026-03-03",
		when.Holidays:   "国庆节=2026-10-01/2026-10-02",
	} {
		require.Equal(t, want, show(s, ref, when.Options{Only: only}))
	}
}

func TestTIMEX(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"三月八日": "XXXX-03-08", "29日": "XXXX-XX-29", "周一": "XXXX-WXX-1", "明天": "2026-03-03", "下周": "2026-W11", "下周末": "2026-W11-WE",
		"2018年10月": "2018-10", "三月": "XXXX-03", "十月第二个周一": "XXXX-10-WXX-1-#2", "明年": "2027", "今年夏天": "2026-SU", "下午": "TAF", "昨晚": "2026-03-01TEV", "三点半": "T15:30",
		"明天下午五点": "2026-03-03T17", "现在": "PRESENT_REF", "第二季度": "(XXXX-04-01,XXXX-07-01,P3M)", "两年": "P2Y", "半小时": "PT0.5H", "三年半": "P3.5Y",
		"一年零三个月": "P1Y3M", "每天": "P1D", "每两周": "P2W", "每周三下午三点": "XXXX-WXX-3T15", "每天早上八点": "T08", "从五点半到六点": "(T17:30,T18,PT30M)",
		"母亲节": "XXXX-05-WXX-7-2", "九十年代": "(XX90-01-01,XX00-01-01,P10Y)", "过去两小时": "(2026-03-02T07:00:00,2026-03-02T09:00:00,PT2H)",
	} {
		ms := when.Parse(in, ref, when.Options{})
		require.Len(t, ms, 1, in)
		require.Equal(t, want, ms[0].TIMEX(), in)
	}
	require.Empty(t, when.Match{}.TIMEX())
}

func TestReadings(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{
		"周五":      {"2026-03-06", "2026-03-13", "2026-02-27"},
		"2月29日":   {"2028-02-29", "2032-02-29", "2024-02-29"},
		"明天":      {"2026-03-03"},
		"三点":      {"2026-03-02T15:00", "2026-03-02T03:00", "2026-03-03T15:00", "2026-03-01T15:00"},
		"三月八日到十日": {"2026-03-08", "2027-03-08", "2025-03-08"},
		"明天三点到五点": {"2026-03-03T15:00", "2026-03-03T03:00"},
		"每周五":     {"2026-03-06"},
		"两点到明天四点": {"2026-03-02T14:00"},
		"下周五":     {"2026-03-13"},
	} {
		ms := when.Parse(in, ref, when.Options{})
		require.Len(t, ms, 1, in)
		var got []string
		for _, r := range ms[0].Readings() {
			got = append(got, stamp(r.Time))
		}
		require.Equal(t, want, got, in)
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"周五下午三点": "point: weekday 4, part of day 6, place in its round (hour) 3; prefer: ahead, round +0; weekday: calendar week; part of day: 12 to 18 o'clock",
		"国庆":     "point: festival 国庆节; prefer: ahead, round +0",
		"三天后":    "point: distance 1; distance: day",
		"最近三天":   "stretch; stretch: from today",
		"每天八点":   "repetition; rule: FREQ=DAILY;BYHOUR=8;BYMINUTE=0",
		"三点到五点":  "range: place in its round (hour) 3 to: place in its round (hour) 5; prefer: ahead, round +0; hours: awake",
		"两年":     "length",
	} {
		ms := when.Parse(in, ref, when.Options{})
		require.Len(t, ms, 1, in)
		require.Equal(t, want, ms[0].Explain(), in)
	}
	require.Empty(t, when.Match{}.Explain())
}

func TestAllocations(t *testing.T) {
	const s = "明天早上八点提醒我开会"
	when.Parse(s, ref, when.Options{})
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() { when.Parse(s, ref, when.Options{}) }), 4.0)
	const none = "我们公司的营收主要得益于新产品"
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() { when.Parse(none, ref, when.Options{}) }), 1.0)
}
