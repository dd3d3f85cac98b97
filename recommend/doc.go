// Package recommend answers "what next for this person" inside the process: what to buy, read or
// watch, with the reasons, obeying opt-outs.
//
// Three values travel in and one comes out:
//
//   - an [Item] is something that can be suggested: goods, an article, a place;
//   - an [Event] is something a person did to an item, and when;
//   - a [Query] asks for items, for a person, for what was looked at lately, for a text, or for
//     everybody;
//   - a [Suggestion] is one item of the answer, with its score and its [Reason]s. Reasons are data;
//     [Reason.Text] says them in Chinese.
//
// [Recommender] and [Recorder] are the two interfaces to program against. [Engine] implements both
// in memory, with nothing to install and nothing to train: every event counts from the next query on.
//
//	engine := recommend.New(recommend.Config{})
//	engine.Put(ctx, recommend.Item{ID: "t1", Title: "西湖龙井绿茶", Categories: []string{"茶叶"}})
//	engine.Record(ctx, recommend.Event{User: "小明", Item: "t1", Kind: recommend.Buy})
//	list, err := engine.Recommend(ctx, recommend.Query{User: "小明", Limit: 5})
//
// # How the engine decides
//
// An item's score is the sum of five signals, each between 0 and 1 times a fixed weight: what other
// people did together with the items of this person (item–item co-occurrence), likeness to those
// items (categories, brand, tags, attributes), the words of Query.Text, a consumable that is due to
// be bought again, and popularity, which alone serves a newcomer. Price is never a signal: it is
// only read by filters.
//
// The same calls in the same order give the same answers: equal scores are ordered by item id, and
// the time is Event.Time and Query.Now, which default to the present.
//
// # Opting out and being forgotten
//
// Query.NonPersonal answers without reading any person's profile. [Engine.Forget] erases a person:
// every figure the engine keeps is derived from the histories it holds, so nothing is left of that
// person in anybody's answer, up to floating-point rounding of popularity.
//
// # Bounds
//
// A person's history holds the last 500 items ([Config.History]); an item is compared through its
// 500 newest people and keeps its 200 nearest items ([Config.Neighbours]). Those lists are built when
// first asked for and built again once more than a sixteenth of an item's evidence has changed,
// so a list of an item with many people may lag by that much, and how common its neighbours are is
// as of the building. Item ids, and the names of features and terms, stay in memory until the engine
// goes.
//
// # What it does not do yet
//
// The engine keeps nothing on disk, does not read Context, has no sequence model, and compares texts
// by characters, not by meaning.
package recommend
