package when

import "github.com/zhushou-ai/zhushou/locale/calendar"

// Policy settles what the language leaves open, question by question. The zero Policy is that of an assistant
// on the mainland, whose user plans ahead; [Duckling], [Recognizers], [MiNLP] and [JioNLP] answer as those
// systems do.
//
// The fields from BareYears on say yes to what the zero Policy does not do.
type Policy struct {
	Prefer   Preference
	Weekday  WeekdayRule
	Distance DistanceRule
	Stretch  StretchRule
	Recent   RecentRule
	Hours    HourRule
	Weekend  WeekendRule
	Week     WeekCount
	End      EndRule
	Lunar    LunarRule
	Region   calendar.Region // whose festivals are meant; the zero Region is the mainland's
	Parts    PartsOfDay

	BareYears        bool // four digits alone may be a year: 2018
	ShortYears       bool // 15年 is 2015, not fifteen years
	OrdinalsFromNow  bool // 第三天 alone counts from today
	PairMeansFew     bool // 前两天 is a few days ago
	WeekdaysOnce     bool // 周一到周三下午 is this week's, not every week's
	WeekdayRuns      bool // 每周一到周三 is first on a Monday, not on the next of these days
	NumberNeedsMonth bool // 12号 alone may be a number on a door, 12日 is a day
	NightIsMorning   bool // 半夜1点 is on the day that was said, not the morning after
	SinceEndsNow     bool // 从去年起 and 从去年到今天 end now
}

// Preference chooses among the readings of what comes round: 周五, 八点, 三月五号.
type Preference uint8

const (
	Ahead   Preference = iota // the next one, counting one that is not over
	Behind                    // the last one that has begun
	Current                   // the one in this day, week, month or year, gone by or not
)

// WeekdayRule says which day a weekday is.
type WeekdayRule uint8

const (
	CalendarWeek   WeekdayRule = iota // 下周三 is in the calendar week after this; 周三 may be today
	CalendarExact                     // the same, but today's weekday alone is a week from now
	NextOccurrence                    // 下周三 is the first Wednesday after today; so is 周三
)

// DistanceRule says what 三天后 and 两个月前 are.
type DistanceRule uint8

const (
	DayOf  DistanceRule = iota // the day that far away; hours and less are an instant
	UnitOf                     // the whole day, week, month or year that far away
	Moment                     // the instant that far away, to the second
	Cycles                     // all the units in between, by the calendar
)

// StretchRule says what 前两天, 未来三天 and 三天内 are.
type StretchRule uint8

const (
	FromToday    StretchRule = iota // days from the beginning or end of today, hours from now; 未来 counts today
	ByCalendar                      // whole units, the current one counts as the first ahead
	AfterCurrent                    // whole units, the current one does not count
	FromNow                         // exactly from now; days back from today and ahead from tomorrow
)

// RecentRule says where 最近三天 lies.
type RecentRule uint8

const (
	RecentPast   RecentRule = iota // behind, with today
	RecentFuture                   // ahead
)

// HourRule guesses the half of the day of an hour from 1 to 12 without a part of the day.
type HourRule uint8

const (
	Awake   HourRule = iota // today the next that comes, on other days as said, but never the small hours
	Nearest                 // the next that comes
	AsSaid                  // the first half
)

// WeekendRule says what a weekend is.
type WeekendRule uint8

const (
	SaturdayAndSunday WeekendRule = iota
	FromFridayEvening             // from 18:00 on Friday
)

// WeekCount says which week is the first of a month or year.
type WeekCount uint8

const (
	FirstMonday   WeekCount = iota // the one with the first Monday
	FirstThursday                  // the one with the first Thursday, as ISO 8601 counts
)

// EndRule says what the end of a range of clock times takes in. Days and longer are always taken in whole.
type EndRule uint8

const (
	AtEnd         EndRule = iota // 三点到五点 ends at 5:00
	ThroughMinute                // 9:00-11:30 takes in the minute from 11:30, 九点到十二点 the first second of 12:00
	ThroughGrain                 // takes in the minute or the hour named
	DaysAtEnd                    // even a day is taken in only up to its beginning
)

// LunarRule says how dates of the lunar calendar are read.
type LunarRule uint8

const (
	LunarMarked  LunarRule = iota // 正月, 初八, 农历: marked by its words
	LunarGuessed                  // also 八月十五, without 日
	LunarAsSolar                  // month and day are kept as they stand, as if they were of the solar calendar
)

// PartsOfDay gives the hours from which and to which the parts of the day last, by [Part]; an end past 24 is on the
// next day. A part whose hours are both zero has the usual ones.
type PartsOfDay [partCount][2]uint8

// Part is a part of the day.
type Part uint8

// The parts of the day, with some of the words for them; words.txt has all.
const (
	anyPart      Part = iota
	Dawn              // 凌晨
	EarlyMorning      // 清晨
	Morning           // 早上
	Forenoon          // 上午
	Noon              // 中午
	Afternoon         // 下午
	Dusk              // 傍晚
	Evening           // 晚上
	Night             // 半夜
	Midnight          // 午夜
	Daytime           // 白天
	Nighttime         // 夜里
	partCount
)

var usualParts = PartsOfDay{
	Dawn: {0, 6}, EarlyMorning: {5, 8}, Morning: {6, 9}, Forenoon: {6, 12}, Noon: {11, 13}, Afternoon: {12, 18},
	Dusk: {17, 19}, Evening: {18, 24}, Night: {22, 28}, Midnight: {23, 25}, Daytime: {6, 18}, Nighttime: {18, 24},
}

func (p *Policy) hours(of Part) [2]uint8 {
	if h := p.Parts[of]; h != [2]uint8{} {
		return h
	}
	return usualParts[of]
}

// Duckling returns the policy of Duckling's Chinese corpus.
func Duckling() Policy {
	return Policy{
		Weekday: NextOccurrence, Distance: Cycles, Stretch: AfterCurrent, Hours: Nearest, Weekend: FromFridayEvening,
		End: ThroughGrain, WeekdaysOnce: true,
		Parts: PartsOfDay{
			Dawn: {0, 8}, EarlyMorning: {4, 12}, Morning: {4, 12}, Forenoon: {4, 12}, Noon: {12, 14}, Afternoon: {12, 19},
			Dusk: {17, 21}, Evening: {18, 24}, Night: {18, 24}, Midnight: {24, 25}, Daytime: {8, 18}, Nighttime: {18, 24},
		},
	}
}

// Recognizers returns the policy of Microsoft's Recognizers-Text. Its answers are the readings on either side
// of now, see [Match.Readings], in the notation of [Match.TIMEX].
func Recognizers() Policy {
	return Policy{
		Distance: DayOf, Stretch: FromNow, Hours: AsSaid, End: DaysAtEnd, Lunar: LunarAsSolar, Week: FirstThursday,
		BareYears: true, NumberNeedsMonth: true, WeekdaysOnce: true,
		Parts: PartsOfDay{
			Dawn: {4, 8}, EarlyMorning: {4, 8}, Morning: {8, 12}, Forenoon: {8, 12}, Noon: {11, 13}, Afternoon: {12, 16},
			Dusk: {16, 20}, Evening: {16, 20}, Night: {20, 24}, Midnight: {20, 24}, Daytime: {8, 18}, Nighttime: {20, 24},
		},
	}
}

// MiNLP returns the policy of Xiaomi's MiNLP.
func MiNLP() Policy {
	return Policy{
		Distance: Moment, Stretch: ByCalendar, Recent: RecentFuture, Hours: AsSaid, ShortYears: true,
		WeekdayRuns: true,
		Parts: PartsOfDay{
			Dawn: {0, 6}, EarlyMorning: {4, 9}, Morning: {4, 12}, Forenoon: {8, 12}, Noon: {12, 14}, Afternoon: {12, 18},
			Dusk: {17, 19}, Evening: {18, 24}, Night: {18, 24}, Midnight: {24, 25}, Daytime: {8, 18},
		},
	}
}

// JioNLP returns the policy of JioNLP.
func JioNLP() Policy {
	return Policy{
		Prefer: Current, Distance: UnitOf, Hours: AsSaid, End: ThroughMinute, Lunar: LunarGuessed,
		WeekdaysOnce: true, OrdinalsFromNow: true, PairMeansFew: true, NightIsMorning: true, SinceEndsNow: true,
		Parts: PartsOfDay{
			Dawn: {0, 5}, EarlyMorning: {5, 7}, Morning: {6, 10}, Forenoon: {7, 12}, Noon: {11, 14}, Afternoon: {12, 18},
			Dusk: {17, 19}, Evening: {18, 24}, Night: {20, 24}, Midnight: {0, 5}, Daytime: {6, 18}, Nighttime: {20, 24},
		},
	}
}
