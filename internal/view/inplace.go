//go:build amd64 || 386 || arm64

package view

// These machines are little-endian and read numbers at any address, and Go lets them, where there are no pointers.
const inPlace = true
