//go:build (!amd64 && !386 && !arm64) || purego

package view

import "encoding/binary"

// Other machines are big-endian, or read numbers only at some addresses.

// Uint16s returns the numbers of two bytes that data has.
func Uint16s(data string) []uint16 {
	numbers := make([]uint16, len(data)/2)
	for i := range numbers {
		numbers[i] = binary.LittleEndian.Uint16([]byte(data[2*i : 2*i+2]))
	}
	return numbers
}

// Uint32s returns the numbers of four bytes that data has.
func Uint32s(data string) []uint32 {
	numbers := make([]uint32, len(data)/4)
	for i := range numbers {
		numbers[i] = binary.LittleEndian.Uint32([]byte(data[4*i : 4*i+4]))
	}
	return numbers
}
