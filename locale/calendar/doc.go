// Package calendar is the Chinese calendar: lunar dates, stems and branches, solar terms, festivals, and the holidays
// and working days of mainland China.
//
//	d := calendar.NewDate(2026, time.October, 1)
//	lunar, _ := d.Lunar()                                // 二〇二六年八月廿一
//	day, _ := calendar.Official().Day(d)                 // 2026-10-01 放假（国庆节）
//	at, _ := calendar.Qingming.Time(2026)                // 2026-04-05 02:40 in Beijing
//	eve, _ := calendar.FindFestival("除夕", calendar.Everywhere)
//	next, _ := eve.Next(d)                               // 2027-02-05
//
// A [Date] is a day without a time or a place. [DateOf] makes one of a time.Time: the day that it is in Beijing then. All
// times are those of Beijing, eight hours ahead of UTC in every year; no time zone database is needed, and the summer
// times of 1940–1949 and 1986–1991 are not kept.
//
// # Range
//
// The lunar calendar is known for the lunar years 1901 to 2099, which are the days from 1901-02-19 to 2100-02-08; the
// solar terms for the Gregorian years 1901 to 2100; the notices of holidays for 2004 to 2026 and what [Schedule.Load]
// adds. Beyond that there are errors that wrap [ErrRange] or [ErrNoNotice], and no guesses. Pillars of years and days
// need no table and have no range.
//
// # Sources
//
// The lunar calendar and the solar terms are those of lunar-javascript 1.7.7, on each of the 72,674 days; a test compares
// them. Until 1928 the months are those of the printed almanacs, which went by the local time of Beijing, about 14 minutes
// behind that of later years: the months that began on 1914-11-17, 1916-02-03 (New Year) and 1920-11-10 would begin a day
// later by today's clock. The times of solar terms are by today's clock in all years, rounded to minutes but never into
// the next day. Other computations differ from them by about a minute at most.
//
// The holidays are those on which lunar-javascript and chinese-days 1.5.7 agree. Where they do not, the notices decide:
// one worked on 2005-12-31, 2013-04-07 and 2013-10-12.
//
// # Disputed days
//
// A lunar month begins on the day of the new moon, and whether that is before or after midnight cannot always be
// foretold, since the turning of the earth cannot. Three new moons to come are so close to midnight that the Hong Kong
// Observatory warns of them:
//
//   - 2057, on 29 September at 00:00:25 by the computation of lunar-javascript. The Observatory and older tables date
//     it 28 September. The thirty days from 2057-09-28 to 2057-10-27 are therefore one lunar day later there:
//     28 September is 八月三十 here and 九月初一 there, 29 September 九月初一 here and 初二 there, and so on to 27 October,
//     which is 廿九 here and 三十 there. 28 October is 十月初一 in both.
//   - 2089, on 4 September at 23:57:52. 八月 begins on that day here and in the tables that were compared.
//   - 2097, on 7 August at 23:59:57. 七月 begins on that day here and in the tables that were compared. If the earth
//     slows down less than the computation expects, it will begin on 8 August.
//
// # Festivals
//
// The table of festivals names days that people keep, in all regions; the date of Thanksgiving is the American one. On
// which of them one is off work is known for mainland China alone.
package calendar

//go:generate go run ../../internal/tablegen -root ../.. -only calendar
