// Package offheap keeps large tables that never change beside the heap.
//
// The collector lets the heap grow to twice what is alive in it before it collects, so that a table of two megabytes
// takes four there, and beside it two.
//
//	memory := offheap.Reserve(n)
//	table.codes = offheap.Move(memory, table.codes)
//
// What was moved is freed when the [Memory] is no longer reachable, although the slices do not hold it: who uses them
// holds the Memory, and says so by [runtime.KeepAlive] after the last use.
package offheap
