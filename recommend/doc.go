// Package recommend answers "what next for this person" inside the process: what to buy, read or
// watch, with the reasons, obeying opt-outs.
//
//	engine, err := recommend.Open(ctx, "shop.rec", recommend.Config{})      // or New, in memory
//	err = engine.Put(ctx, recommend.Item{ID: "t1", Title: "西湖龙井绿茶", Categories: []string{"茶叶"}})
//	err = engine.Record(ctx, recommend.Event{User: "小明", Item: "t1", Kind: recommend.Buy})
//	go engine.Keep(ctx, recommend.KeepOptions{})                            // learns now and then
//	list, err := engine.Recommend(ctx, recommend.Query{User: "小明", Limit: 5})
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
// [Recommender] and [Recorder] are the two interfaces to program against; [Engine] implements both.
// Package recommend/ask makes a query of what a person says ("送妈妈的生日礼物，三百以内"), and
// recommend/eval measures any recommender.
//
// # How the engine decides
//
// An item's score is the sum of its signals, each divided by the highest one in the answer and then
// weighed:
//
//   - what people do (1): the blend of learners that [Engine.Learn] made (see recommend/learn), or,
//     until there is one, an item graph that is kept up to date with every event;
//   - likeness to the person's items in categories, brand, tags and attributes (0.3), and in meaning, if
//     there is an [Embedder]: nearness to the mean of their vectors, the latest counting most (0.3); both the
//     less the more people already took the item;
//   - the words of Query.Text, by BM25 over words as locale/segment cuts them (1.5), and their
//     meaning, if there is an Embedder (1); what matches at all comes before everything else;
//   - a consumable that is due to be bought again (0.6);
//   - popularity (0.05), for items for which nothing learned speaks; it alone serves a newcomer.
//
// Learners judge a person by what they did and not by who they were when the engine learned, so every
// event changes the next answer, and a new person is served at once. An item that came after the learning
// is found through the incremental graph, measured against what that says of the best learned item, and
// through its content. Price is no signal, only read by filters, unless [Config.PriceBands] makes a trait of
// it.
//
// A visit, that is Query.Recent of somebody of whom nothing else is known, is answered by what the learners
// that follow links propose for its items; only these are scored, so that it takes no longer in a large
// catalogue.
//
// Then come [Rules] (availability, blocks, boosts, freshness, caps, pins), diversity, calibration to the
// person's categories, and exploration, ε-greedy or Thompson sampling, with its propensities.
//
// The same calls in the same order give the same answers: equal scores are ordered by item id, and
// the time is Event.Time and Query.Now, which default to [Config.Now].
//
// # People's rights
//
// Query.NonPersonal, or [Engine.Personalize] for good, answers without reading any person's profile.
// [Engine.Interests] shows the tags in use; [Engine.HideInterest] takes one out, at once, and
// [Engine.FreezeInterests] holds them as they are. "Not interested" is an event like others and is obeyed
// at once. [Engine.Export] returns what is held of a person, and [Engine.Forget] erases it: histories,
// what was derived and what was learned from them, and the files they lay in. [Engine.ForgetHistory] does the
// same for who stays, whose no to personalisation then still holds.
//
// # On disk
//
// An engine from [Open] acknowledges a change when it is in the log on disk, and comes back with all
// of them however it was stopped. What was learned comes back too, as of the last snapshot, so that a
// service that is started again answers by it at once.
//
// # Cost
//
// On Gowalla (30,000 people, 41,000 items, 810,000 events), with all rules at work, on two cores:
//
//	                 Recall@20  NDCG@20   p50                            of a visit
//	incremental      .1778      .1467     0.2 ms, its lists once built
//	graph            .1813      .1501     0.08 ms                        0.05 ms
//	blend            .1933      .1611     0.6 ms                         0.2 ms
//
// What the blend learned of it is 330 MB in a snapshot, which adds nothing to the time to open a folder and 50 ms
// to the first query.
//
// An event is 16 bytes of history, and an item of a history 40; of a folder they are read when the person is
// asked for. A history holds the last 1,000 items ([Config.History]). The incremental graph compares an
// item through its 500 newest people and keeps its 200 nearest items ([Config.Neighbours]). Those lists are
// built when first asked for and built again once more than a sixteenth of an item's evidence has changed,
// so a list of an item with many people may lag by that much. Item ids, and the names of features and
// terms, stay in memory until the engine goes. One query builds at most four lists anew that are out of date,
// those of the newest items first, so that the answer after an event does not wait for all of them.
//
// # What it does not do
//
// It does not read Context.
package recommend
