// Package speech turns written Chinese into what is said, and what was said into what is written.
//
//	speech.Spoken("今天38°C，打12306", speech.Profile{})   // 今天三十八摄氏度，打幺二三零六
//	speech.Written("百分之三十的人打幺二三零六", speech.Profile{}) // 30%的人打12306
//
// # Speaking
//
// Spoken reads out whole numbers, decimals, fractions, percentages, ranges, dates and times in the usual layouts,
// money by symbol, code and name, units of measurement and their quotients, formulas, scores, telephone numbers, and
// the numbers of rooms, orders, trains, plates and the like, which are said digit by digit. The words around decide:
//
//	比分3:2        比分三比二            下午3:20       下午三点二十分
//	2个, 2号       两个, 二号            2-3天          两到三天
//	尾号1210       尾号幺二幺零          1210元         一千二百一十元
//	气温-5°C      气温零下五摄氏度      10-5=5         十减五等于五
//	总量的11/22    总量的二十二分之十一  11/22上午      十一月二十二日上午
//	5000年历史     五千年历史            2026年         二零二六年
//
// Latin words stay as they are, but for the digits in them (PM2.5, GPT-4). Links and e-mail addresses are read with
// 点, 艾特 and 斜杠, without the scheme of a link; emoji are left out. Words that are added are traditional in a
// traditional text. All of these are choices; see Speaking.
//
// Where the writing is open, these are the conventions: n/m is a fraction unless both parts have two digits and can
// be a date, or a word such as 截止 or 上午 says so; 11/22/2026 has the month first; four digits from 1900 to 2099
// are a year unless something is counted, and so is 98年 at the beginning of a clause or behind 在 and 他, if a word
// follows that is no stretch of time; more than seven digits are said one by one unless something is counted;
// 12-15 is a range if it grows or something is counted, and 12杠9 if not; W behind a number is 万 before + and 粉丝,
// and watts otherwise; K, M and B behind money are scales ($1.2M is 一百二十万美元); 5G, 4K, 5A and 3D keep their
// letters.
//
// Text may be spoken a sentence at a time, as it comes: no rule looks over the end of a sentence (。！？；, ! ? ; or
// the end of a line), so the parts that Sentences and Splitter of package measure yield are said as they are in the
// whole text. Smaller pieces are not: 3.5 cut in two is two numbers. Only the script of added words is chosen for
// each part; a sentence without a character that tells gets simplified ones.
//
// # Writing
//
// Written writes what a recogniser heard as a careful editor would: cardinal and ordinal numbers, decimals, fractions,
// percentages, dates, times of day, money, amounts with units, sums, scores, and what is said digit by digit, such as
// telephone numbers, rooms, plates, trains, versions, and the addresses of mail and hosts. Where an editor would not
// use digits it leaves the words:
//
//	一起 万一 星期三 四川     words and names that merely hold a numeral; there is a table of them
//	三本书 两天 第三          single digits, unless a unit, money, a time of day or a label such as 号线 claims them
//	三五百 十几个 七八岁      numbers that are only approximate
//	三点建议                 三点 is an hour behind 下午, 周三 and the like, before 半 or minutes, and from 十点 on
//	农历八月十五 正月初一     days of the moon, and years of a reign (乾隆三十年)
//	三比二                   a score only near a word of sport
//
// Where speech is open, these are the conventions: 五千米 is 5000米, as 5千米 is said 五公里; 一百二 is 120, but 一百|一个 are two
// numbers; 三点零五 is a decimal unless a word for the time of day is before it or 分 behind; 七八年 is some years, and 九八年
// one; 号 behind a month is written 日; three and more digits said one by one are a code. Written does not look for
// the end of a sentence; it may be given one sentence at a time, with the same result but for scores.
//
// All of these are choices; see Writing. What Spoken made of numbers, dates and times in the usual layouts is written
// back as it was.
package speech
