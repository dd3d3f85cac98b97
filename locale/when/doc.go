// Package when finds expressions of time in Chinese sentences and resolves them against a reference
// instant, usually the moment at which the sentence was said.
//
//	ref := time.Date(2026, 3, 2, 9, 0, 0, 0, shanghai) // a Monday
//	for _, m := range when.Parse("明天早上八点开会", ref, when.Options{}) {
//		fmt.Println(m.Text, m.Time) // 明天早上八点 2026-03-03 08:00
//	}
//
// # What is understood
//
// Days (今天, 大后天, 周五, 下周三, 5号, 三月八日, 2026-03-08, 国庆, 冬至, 末伏), lunar dates (腊月二十三, 农历八月十五, 闰六月初一),
// longer stretches (这周, 下周末, 上个月, 月底, 明年, 第二季度, 春天, 暑假, 1990年代, 淳熙三年), what is counted in them (三月第二个周日,
// 今年前三个季度, 这个月最后一天), parts of the day (早上, 今晚, 凌晨), clock times (三点半, 差五分八点, 20:30, 8点30), distances
// (半小时后, 三天前, 国庆后第三天), stretches from now (最近三天, 未来一周, 十分钟以内), lengths (一个半小时, 三到五天), ranges
// (下午三点到五点, 周一至五, 7、8月份) and repetitions (每天早上七点, 每天七点和十九点, 每周一三五, 每月最后一天, 每月5号到10号,
// 每年夏天, 每逢初一十五, 工作日), working days and days off (下个工作日, 国庆放假第一天); in simplified and traditional script,
// in full width, and as said in Hong Kong (聽日下晝三點).
//
// The words are in words.txt and festivals.txt, in a form that needs no Go to be read.
//
// # Conventions
//
// These are those of the zero [Policy]; every one of them can be chosen otherwise.
//
//   - The week begins on Monday: on a Wednesday 下周一 is five days away and 这周一 is past.
//   - Without a day the next moment that makes sense is meant: 八点 said at 9:00 is 20:00, and 三点 said late
//     in the evening is the next afternoon, since few people mean the middle of the night.
//   - On another day an hour is taken as said, but for the small hours: 明天八点 is 8:00, 明天三点 is 15:00,
//     and 明天凌晨三点 or 03:00 is 3:00.
//   - The night belongs to the day it began in: 今晚12点 and 明天晚上一点 are on the following calendar day.
//     凌晨 belongs to the new day.
//   - A day, week, month or year is an interval, half open: 今天 is from midnight to midnight.
//   - 三天后 is a whole day, three hours from now is an instant.
//   - 最近三天 counts today, 前三天 does not.
//   - 每隔一天 is every second day; 每隔两小时 is every two hours. A festival of the lunar calendar repeats by the
//     calendar of RFC 7529, and a solar term on the date of its next occurrence, which may be a day off in other years.
//   - 待会儿 and 刚才 are five minutes away, and their Mod is About.
//   - 暑假 is July and August and 寒假 the 31 days from 15 January, although every place has its own.
//   - 前三季度 are the first three of this year, 前三个季度 the last three.
//   - What is not said is not guessed: the [Mod] of 三点之前 is Before, and its Time is three o'clock.
//
// A text that only looks like a time is left alone: 有一点, 以下三点, 5号楼, 半天, 周一围. A date that does not exist (2月30日)
// is no match.
//
// # Limits
//
// Times are those of the location of the reference; zones in the text are not read. Lunar dates are known from 1901 to
// 2099; years before the common era are no match. The new moons of Hindu and Islamic feasts are computed, and communities that go by sight may be a day off.
package when
