//go:build amd64 && !purego

package simd

// A level is a set of instructions that there are kernels for; a higher one includes those below.
type level int

const (
	portable level = iota
	avx2           // AVX2 and FMA
	avx512         // AVX-512 F, the foundation
)

// best is the highest level that the processor has and the operating system keeps the registers of.
var best = detect()

func detect() level {
	const (
		// Leaf 1, ECX.
		fma     = 1 << 12
		popcnt  = 1 << 23
		osxsave = 1 << 27
		avx     = 1 << 28
		// Leaf 7, EBX.
		avx2Bit    = 1 << 5
		avx512fBit = 1 << 16
		// XCR0: what the operating system saves when it switches threads.
		ymmState = 1<<1 | 1<<2
		zmmState = ymmState | 1<<5 | 1<<6 | 1<<7
	)
	last, _, _, _ := cpuid(0, 0)
	if last < 7 {
		return portable
	}
	_, _, c, _ := cpuid(1, 0)
	if need := uint32(fma | popcnt | osxsave | avx); c&need != need {
		return portable
	}
	state := xgetbv()
	_, b, _, _ := cpuid(7, 0)
	switch {
	case state&zmmState == zmmState && b&avx2Bit != 0 && b&avx512fBit != 0:
		return avx512
	case state&ymmState == ymmState && b&avx2Bit != 0:
		return avx2
	}
	return portable
}

//go:noescape
func cpuid(leaf, sub uint32) (a, b, c, d uint32)

//go:noescape
func xgetbv() uint32
