// Package entity finds everything in a request that has a value: times, amounts of money, of units and of things,
// numbers and, with package private, private data.
//
//	for _, e := range entity.Find("明天早上八点跑三点五公里", now) {
//		fmt.Println(e.Kind, e.Text) // 时间 明天早上八点, 数量 三点五公里
//	}
//
// The work is done by the packages when, quantity, number and privacy. This one lets all of them read the same folded
// view of the text, in which width and script make no difference, and decides between them where they disagree: 12月3日 is
// a date and not two numbers. An [Entity] has offsets into the caller's text, and its value in the type of the package
// that found it.
//
// # What is best
//
// [Find] and [Lattice.Best] return the most telling reading of every stretch of text. Of readings that share text, the
// first of these rules that tells them apart decides:
//
//	what is better                          in                  best                and not
//	1. what is sure: private data that is   电话010-62345678    010-62345678        010 and 62345678
//	   at least likely
//	2. a time to the amount of time that    至少三天            the time 三天       the amount 至少三天
//	   bounds it
//	3. the longer one, in characters        12月3日             the time            the numbers 12 and 3
//	                                        三点五公里          the amount          the number 三点五
//	                                        三本书              the count 三本      the number 三
//	                                        三分之一小时        the amount          the time 一小时
//	4. the kind that comes first: a time,   近三天              the time            the amount
//	   money, an amount, a count, a name,   生日1990年3月5日    the time            the date of birth
//	   private data, a number               a mistyped ID       the private data    the number
//
// What the best reading cuts off from another one is read again: in 明天三点五公里 the time 明天三点 loses three o'clock
// to 三点五公里, and 明天 remains.
//
// # Alternatives
//
// [Read] returns a [Lattice], which has all readings, for a parser that knows more about what is wanted. It is told what
// to look for, and how. A [Finder] of the caller's own adds names that nobody else knows.
//
// # Not here
//
// A length of time is a time, and only where package when does not read it an amount. Addresses and names of persons are
// private data. What an entity is to the request, such as the time of an alarm, is the business of an assistant.
package entity
