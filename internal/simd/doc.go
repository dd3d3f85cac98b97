// Package simd holds the float32 kernels that learners and searches spend their time in: products of vectors, scans
// of a row-major matrix, and the Gram matrix.
//
// No function panics or keeps what it is given. Where lengths disagree, what all slices have is worked on and the rest
// is left alone; each function says how. Numbers that are not finite come out as float32 arithmetic has them. The order
// of summation is not specified and differs between machines, so the last bits do too; on one machine a result
// depends on the numbers alone, not on where they lie or on what else is worked on in the same call.
//
// On amd64 the kernels are assembly for AVX2 with FMA and for AVX-512, whichever the processor and the operating
// system have. Everywhere else, and with the build tag purego, they are Go.
package simd
