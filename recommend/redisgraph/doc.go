// Package redisgraph serves recommendations from Redis, one server or a cluster: an item graph that was learned
// elsewhere, and the histories of people, shared by any number of processes that hold neither.
//
//	client := redis.NewUniversalClient(redisgraph.Options("10.0.0.1:6379", "10.0.0.2:6379", "10.0.0.3:6379"))
//	store, err := redisgraph.New(client, redisgraph.Config{})
//	published, err := store.Publish(ctx, redisgraph.Content{Rows: rows, Popular: popular}) // a job, now and then
//	err = store.Record(ctx, event)                                                         // as it happens
//	list, err := store.Recommend(ctx, recommend.Query{User: "小明", Limit: 10})
//
// # When to move here
//
// While one process can hold everything, recommend.Engine answers better (it knows the catalogue, texts and rules) and
// sooner. This package is for when answers are given by several processes that must all know what a person did a moment
// ago, or when histories outgrow their memory. The graph comes from recommend/learn, or from the SQL engine that has the
// events, by recommend/sqlgraph. What it is published with, [Content.Kinds] and [Content.Recency], makes answers agree
// with those of learn.Graph in process.
//
// On Gowalla half of all answers of a cluster of three come within half a millisecond. recommend/SCALE.md has the figures,
// and says when which package is the better one.
//
// # How an answer is made
//
// In two trips: one for the history, one for the neighbour lists of what is in it, each to all nodes that have a part of
// that at the same time. Lists are fetched whole and added up here. Which graph serves is looked up with the first trip
// once a second. Names of items are kept by number in chunks, which a process reads as it meets them and keeps while that
// graph serves, about as many bytes as the names have.
//
// # Another graph
//
// [Store.Publish] writes a new generation of keys, counts what was written, and then moves one pointer. Before that the
// old graph serves and after it the new one, never a mixture; a failure before it changes nothing.
//
// # When a node fails
//
// An answer that cannot be complete says so: [ErrPartial] with what could be made of the rest, if only neighbour lists
// are missing, and another error with nothing if the history or what is to be excluded cannot be read. That holds for a
// node that came back empty, too. It takes as long as the client tries and at most [Config.Timeout]. Histories live
// nowhere else: let Redis write them to disk (appendonly yes) and evict nothing (maxmemory-policy noeviction).
//
// # Redis
//
// Version 6.2 or later. Keys begin with [Config.Prefix]. Names of keys contain user ids.
package redisgraph
