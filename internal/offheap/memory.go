package offheap

import (
	"runtime"
	"unsafe"
)

// leastSize is the number of bytes from which on it is worth a call to the system and the rest of a page.
const leastSize = 128 << 10

// A Memory is room for tables. It must not be copied, nor used by two goroutines while tables are moved.
type Memory struct {
	free []byte // what is left
}

// Reserve returns room for tables of so many bytes together. It has none if these are too few to be worth it, or the
// system gives none: [Move] then leaves tables where they are.
func Reserve(size int) *Memory {
	m := &Memory{}
	if size < leastSize {
		return m
	}
	all, err := reserve(size + most*align)
	if err != nil {
		return m
	}
	m.free = all
	runtime.AddCleanup(m, release, all)
	return m
}

const (
	align = 8  // the size of the largest element
	most  = 32 // tables for which there is room between them
)

// Move returns a copy of a table in the memory, or the table itself if there is no room for it.
func Move[T ~uint8 | ~uint16 | ~uint32 | ~uint64](m *Memory, table []T) []T {
	var one T
	size := len(table) * int(unsafe.Sizeof(one))
	if room := (size + align - 1) &^ (align - 1); size > 0 && room <= len(m.free) {
		moved := unsafe.Slice((*T)(unsafe.Pointer(&m.free[0])), len(table))
		m.free = m.free[room:]
		copy(moved, table)
		return moved
	}
	return table
}
