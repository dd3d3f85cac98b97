// Package ask reads what a person says he wants, in Chinese, as a query to a recommender: what it is
// for, for whom, for which price, and what it must not be.
//
//	reader, err := ask.New(ask.Vocabulary{Categories: []string{"茶叶", "杯具"}, Brands: []string{"华为"}})
//	wish := reader.Read("送妈妈的生日礼物，三百以内，不要茶叶")
//	wish.Text()          // 妈妈 生日 礼物
//	wish.Filter.MaxPrice // ¥300.00
//	list, err := engine.Recommend(ctx, wish.Query(recommend.Query{User: "小明"}))
//
// It needs no model and no network, and reads a sentence in tens of microseconds. What it has
// understood is data, so that a shop can show it and take a part of it back.
//
// # Prices
//
// Amounts of money with their bounds (三百块以内, 50到100元, 不低于200元, 两三百块, 100美元以下), and numbers
// without a unit where the words around them say that they are prices: 三百以内, 不超过两千, 预算500,
// 两百左右, 100-200的耳机. "About" and a bare price are a band of a fifth to either side; a budget is a
// ceiling. 便宜点 is no number: see [Wish.Cheap]. Not prices are amounts of other units (500ml),
// discounts (满300减50), vouchers (50元代金券) and rates (20元一斤).
//
// # Negation
//
// 不要, 别, 不含, 除了 and their like refuse what follows, to the end of the clause: 不要茶和酒. Where
// 的 joins the refused to something else, that is wanted: 不要红色的连衣裙 is a dress. 无糖 and 不粘锅
// are properties of goods and therefore terms like others.
//
// # Names
//
// A category narrows the answer only where it stands for the thing itself: in 手机壳 the category 手机
// is a word like others. A brand always does.
package ask
