// Package assist joins recommendations and language models: a recommender as tools of an assistant,
// and a model that orders and explains what a recommender has found.
//
//	tools, err := assist.Tools(engine, assist.Options{Item: shop.Item, Query: shop.Customer, Recorder: engine})
//	helper := &assistant.Assistant{Model: model, Tools: tools}
//
//	ranked := &assist.Ranker{Recommender: engine, Model: model, Item: shop.Item}
//	list, err := ranked.Recommend(ctx, recommend.Query{User: "小明", Text: "送妈妈的生日礼物"})
//
// # Who decides what
//
// Who is asking, and what may be known of that person, comes from the program, never from a model:
// see [Options.Query]. A model never sees an id of an item. It speaks of items by their titles in
// tools, and by numbers in a [Ranker], so that it can choose among what was found and invent nothing.
//
// # Titles are data
//
// Titles, brands and whatever people wrote go to the model quoted, cut, on one line and without control
// characters, and are called data there. That makes injection harder, not impossible. What it could
// gain is bounded: a wrong order of the same items, or one sentence that passes [Ranker]'s checks.
//
// # Cost
//
// A Ranker calls the model once per query, with a prompt of about 20 to 40 tokens a candidate and an
// answer of about 4 tokens a place, or 40 with reasons. There is no second try: on any failure the
// plain order stands, and [Report] says why. Tools cost what the recommender costs.
package assist
