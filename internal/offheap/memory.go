package offheap

import (
	"reflect"
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

// Size returns how many bytes the elements of a table take.
func Size[T any](table []T) int {
	var one T
	return len(table) * int(unsafe.Sizeof(one))
}

// Move returns a copy of a table in the memory, or the table itself if there is no room for it or its elements have
// pointers, which the collector would not see there.
func Move[T any](m *Memory, table []T) []T {
	size := Size(table)
	if room := (size + align - 1) &^ (align - 1); size > 0 && room <= len(m.free) && plain(reflect.TypeFor[T]()) {
		moved := unsafe.Slice((*T)(unsafe.Pointer(&m.free[0])), len(table))
		m.free = m.free[room:]
		copy(moved, table)
		return moved
	}
	return table
}

// plain reports whether values of a type have no pointers.
func plain(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8,
		reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr, reflect.Float32, reflect.Float64:
		return true
	case reflect.Array:
		return plain(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if !plain(t.Field(i).Type) {
				return false
			}
		}
		return true
	}
	return false
}
