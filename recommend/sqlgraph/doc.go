// Package sqlgraph learns which items go together inside the SQL database that already holds the events, and answers
// queries from there. Nothing is installed beside the database, and no event leaves it.
//
//	settings := sqlgraph.Settings{
//		Dialect: sqlgraph.PostgreSQL,
//		Events:  sqlgraph.Events{Table: "shop.events", Person: "user_id", Item: "item_id", Time: "at"},
//	}
//	builder, err := sqlgraph.NewBuilder(settings, db)
//	err = builder.Build(ctx)
//	recommender, err := sqlgraph.NewRecommender(settings, db)
//	list, err := recommender.Recommend(ctx, recommend.Query{User: "小明", Limit: 5})
//
// The package uses [database/sql] and imports no driver: open the database with the one you have.
//
// # The graph
//
// Two items are tied by the people who took both: see [Settings] for the formula, which is that of the graph of the
// embedded engine. What is counted is bounded: the newest events of a person, pairs with enough people behind them, the
// strongest neighbours of an item. A person's weight is kept as a whole number of 2^-30, so that sums are exact and do not
// depend on their order: one database, three shards and a year of refreshes agree to the last bit.
//
// # Tables
//
// All names begin with Settings.Prefix and "_". What is served:
//
//   - neighbours: i, j, score, support, both ways round, with numbers of items;
//   - popular: i, n, how many people took an item;
//   - items: i, item. Numbers are never given anew.
//
// What is kept between runs: state; taken and people, the histories that are in the sums; sums, one row for each pair.
// Other tables live during a run. A graph of the plain build keeps only the pairs with enough support.
//
// # Runs that do not end well
//
// Everything is prepared beside the graph that is served, and put in its place by one rename of the tables. Each step is
// a transaction that also notes the step as done, so a run that was cancelled, or whose server died, goes on where it was
// with the next call. Cancelling ends the statements on the server, too. Two runs of the same graph exclude each other by
// a lock of the session, which needs a connection of its own: a pooler that shares connections between transactions,
// such as PgBouncer in that mode, must be passed by.
//
// # Refreshing
//
// [Builder.Refresh] recomputes the histories of the people who have something new, or something that is too old by now.
// What they said before is subtracted, what they say now is added, in one transaction. So a day costs the people of that
// day, and the result is that of a build. Ranking reads all sums again.
//
// # When to move here
//
// When the events do not fit into the memory of one process, or may not leave the database. The embedded engine answers
// sooner and knows more; recommend/SCALE.md says when which is the better one, with figures of both. The graph is the one
// that recommend/learn learns from the same events with the same settings, to 1e-4; the defaults differ.
//
// The work grows with the number of pairs: for each person half the square of the history, at most 20,000 by default. The
// disk takes some 50 bytes for each kept pair and, where it can be refreshed, for every pair. The table of the graph is
// ready for the next answer at once; one is three or four queries by keys.
//
// # Engines
//
// Engines that share a protocol differ in what they can do. Tested are PostgreSQL 15 and MariaDB 10.11. The builder needs
// window functions, transactions, information_schema, and pg_try_advisory_lock or get_lock. For others, and for
// ClickHouse, [Statement] gives the whole graph as one select; the ClickHouse text was never run.
package sqlgraph
