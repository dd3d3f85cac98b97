// Package quantity reads amounts with a unit and converts between units, exactly.
//
//	q, err := quantity.Parse("三斤二两")                                        // 3.2斤
//	n, err := quantity.Convert(q.Number, q.Unit, quantity.Kilogram)          // 1.6
//	for m := range quantity.Find("跑了五公里，气温零下3度") { fmt.Println(m.Quantity) } // 5公里, -3摄氏度
//
// Length, mass, volume, area, temperature, speed, data size and time of fixed length are known, in
// mainland, Taiwan and Hong Kong wording and by symbol. Money is not: its rates change.
//
// # Conventions
//
//   - 斤 is 500 g, 两 is 50 g, 里 is 500 m, 尺 is a third of a metre (mainland market units); 台斤 is 600 g.
//   - 度 alone is a degree Celsius; 加仑 is the US gallon.
//   - 迈 is kilometres per hour, as drivers use it, although dictionaries call it a mile.
//   - KB, MB, GB and TB are powers of 1024, as phones and data plans in China count them; 兆 is MB.
//   - Single letters mind their case: m is metre and M is MB, g is gram and G is GB, t is tonne and T is TB.
//     Longer symbols do not.
//   - Several units in a row add up in the first of them: 1小时30分钟 is 1.5小时, 一米八 is 1.8米.
package quantity
