// What the AVX-512 kernels share.
//
// Go's assembler writes the destination last: VFMADD231PS (SI), Z1, Z0 is Z0 += Z1 * memory at SI.
// Arguments and results are on the stack, name+offset(FP); any register but SP and BP may be overwritten.
// NOSPLIT, $0-n: no frame of its own, n bytes of arguments and results.
// A masked load, VMOVUPS.Z (SI), K1, Z1, does not touch the memory of lanes that the mask leaves out.

// MASK sets K1 to the low CX lanes, CX < 16.
#define MASK \
	MOVL  $1, AX   \
	SHLL  CX, AX   \
	DECL  AX       \
	KMOVW AX, K1

// SUM adds up the lanes of Z0 into X0, Z1 is lost: k and k+8, k and k+4, k and k+2, k and k+1.
#define SUM \
	VEXTRACTF64X4 $1, Z0, Y1     \
	VADDPS        Y1, Y0, Y0     \
	VEXTRACTF128  $1, Y0, X1     \
	VADDPS        X1, X0, X0     \
	VMOVHLPS      X0, X0, X1     \
	VADDPS        X1, X0, X0     \
	VMOVSHDUP     X0, X1         \
	VADDSS        X1, X0, X0
