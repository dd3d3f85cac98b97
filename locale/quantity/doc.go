// Package quantity reads amounts of units, of money and of things, and converts between units, exactly.
//
//	q, err := quantity.Parse("三斤二两")                                        // 3.2斤
//	n, err := quantity.Convert(q.Number, q.Unit, quantity.Kilogram)          // 1.6
//	for m := range quantity.Find("跑了五公里，花了三块五") { fmt.Println(m.Quantity) } // 5公里, 3.5元
//
// # What is read
//
// Length, mass, volume, area, temperature, speed, data size, time of fixed length, angle, power, energy,
// pressure, frequency, voltage, current, charge, force and age, in mainland, Taiwan and Hong Kong wording, by
// symbol and by English name; things counted with measure words (三本书); and money in every currency of the
// CLDR, by its Chinese names, symbol and code: 三块五, 人民币6.5, US$1.2万, 港币四蚊, 八万泰铢. What two
// currencies share has its usual meaning in China: $ is the US dollar, ¥ the yuan and 卢比 the Indian rupee.
//
// An amount may be bounded (至少三块, 五公里以上, 不到十斤, 约5米) or a range (五到六斤, 2.3元至4.5元, 七八百块,
// 十几吨); see [Bound].
//
// # Conventions
//
//   - 斤 is 500 g, 两 is 50 g, 里 is 500 m, 尺 is a third of a metre (mainland market units); 台斤 is 600 g.
//   - 度 alone is a degree Celsius, or one of an angle behind words such as 转 and 北纬; 加仑 is the US gallon.
//   - 迈 is kilometres per hour, as drivers use it, although dictionaries call it a mile.
//   - KB, MB, GB and TB are powers of 1024, as phones and data plans in China count them; 兆 is MB.
//   - Single letters mind their case: m is metre and M is MB, g is gram and G is GB, t is tonne and T is TB.
//     Longer symbols do not, but the codes of currencies do.
//   - Several units in a row add up in the first of them: 1小时30分钟 is 1.5小时, 一米八 is 1.8米.
//   - 块 counts money unless a noun follows: 三块, 三块钱 and 三块五, but not 三块糖.
//   - 元, 块 and 角 are those of the yuan, 蚊 of the Hong Kong dollar; [Options] can say otherwise.
//
// # Not here
//
// Rates between currencies change, so [Convert] has none. Months and years have no fixed length: package when
// reads them.
package quantity
