//go:build (amd64 || 386 || arm64) && !purego

package view

import "unsafe"

// These machines are little-endian and read numbers at any address, and Go lets them, where there are no pointers.

// Uint16s returns the numbers of two bytes that data has.
func Uint16s(data string) []uint16 { return view[uint16](data) }

// Uint32s returns the numbers of four bytes that data has.
func Uint32s(data string) []uint32 { return view[uint32](data) }

func view[T uint16 | uint32](data string) []T {
	n := len(data) / int(unsafe.Sizeof(T(0)))
	if n == 0 {
		return nil
	}
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.StringData(data))), n)
}
