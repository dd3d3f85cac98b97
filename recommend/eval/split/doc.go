// Package split divides who-took-what into a part to learn from and parts to measure on, and thins a
// set out before.
//
//	parts, err := split.LeaveOut(data, split.Config{Test: 1, Valid: 1})
//
// Which split to choose decides what a figure means. [LeaveOut] asks for the next item of everybody,
// but lets the learner see events of other people that are younger than the answer. [AtTime] asks
// what a shop asks: given all until now, what next; it is the one without a look into the future.
// [Ratio] is the split of most published tables of collaborative filtering. [LastOf] asks for the next
// purchase where views and carts are known too, and leaves nothing of it in what is learned from.
//
// Everything here is deterministic: the same data, settings and seed give the same parts. Every event
// is in exactly one part, but for those that LastOf leaves out; parts keep the order of the events and share the catalogue of the data, and
// the data itself is not changed.
package split
