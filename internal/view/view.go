package view

import (
	"encoding/binary"
	"unsafe"
)

// Uint16s returns the numbers of two bytes that data has.
func Uint16s(data string) []uint16 {
	if inPlace {
		return numbers[uint16](data)
	}
	return decoded(data, binary.LittleEndian.Uint16)
}

// Uint32s returns the numbers of four bytes that data has.
func Uint32s(data string) []uint32 {
	if inPlace {
		return numbers[uint32](data)
	}
	return decoded(data, binary.LittleEndian.Uint32)
}

// numbers returns data as numbers of the machine.
func numbers[T uint16 | uint32](data string) []T {
	n := len(data) / int(unsafe.Sizeof(T(0)))
	if n == 0 {
		return nil
	}
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.StringData(data))), n)
}

// decoded returns the numbers that a function decodes.
func decoded[T uint16 | uint32](data string, decode func([]byte) T) []T {
	size := int(unsafe.Sizeof(T(0)))
	all := make([]T, len(data)/size)
	for i := range all {
		all[i] = decode([]byte(data[i*size : (i+1)*size]))
	}
	return all
}
