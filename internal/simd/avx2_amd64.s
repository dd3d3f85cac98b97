//go:build !purego

#include "textflag.h"

// What the AVX-512 kernels do, with 8 lanes and 16 registers. The notes on the assembler in avx512_amd64.h hold here too.

// The 8 words from 32 - 4·n on are a mask of the low n lanes.
DATA lanes<>+0(SB)/8, $-1
DATA lanes<>+8(SB)/8, $-1
DATA lanes<>+16(SB)/8, $-1
DATA lanes<>+24(SB)/8, $-1
DATA lanes<>+32(SB)/8, $0
DATA lanes<>+40(SB)/8, $0
DATA lanes<>+48(SB)/8, $0
DATA lanes<>+56(SB)/8, $0
GLOBL lanes<>(SB), RODATA|NOPTR, $64

// MASK sets Y15 to the low CX lanes, CX < 8. A masked load gives zero for the others and does not touch their memory.
#define MASK \
	LEAQ    lanes<>+32(SB), AX  \
	SHLQ    $2, CX              \
	SUBQ    CX, AX              \
	VMOVUPS (AX), Y15

// SUM adds up the lanes of Y0 into X0, Y1 is lost: k and k+4, k and k+2, k and k+1.
#define SUM \
	VEXTRACTF128 $1, Y0, X1     \
	VADDPS       X1, X0, X0     \
	VMOVHLPS     X0, X0, X1     \
	VADDPS       X1, X0, X0     \
	VMOVSHDUP    X0, X1         \
	VADDSS       X1, X0, X0

// func dotAVX2(a, b *float32, n int) float32
TEXT ·dotAVX2(SB), NOSPLIT, $0-28
	MOVQ   a+0(FP), SI
	MOVQ   b+8(FP), DI
	MOVQ   n+16(FP), CX
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	SUBQ   $32, CX
	JLT    fewer

by32:
	VMOVUPS     (SI), Y4
	VMOVUPS     32(SI), Y5
	VMOVUPS     64(SI), Y6
	VMOVUPS     96(SI), Y7
	VFMADD231PS (DI), Y4, Y0
	VFMADD231PS 32(DI), Y5, Y1
	VFMADD231PS 64(DI), Y6, Y2
	VFMADD231PS 96(DI), Y7, Y3
	ADDQ        $128, SI
	ADDQ        $128, DI
	SUBQ        $32, CX
	JGE         by32

fewer:
	ADDQ $24, CX
	JLT  last

by8:
	VMOVUPS     (SI), Y4
	VFMADD231PS (DI), Y4, Y0
	ADDQ        $32, SI
	ADDQ        $32, DI
	SUBQ        $8, CX
	JGE         by8

last:
	ADDQ        $8, CX
	JZ          sum
	MASK
	VMASKMOVPS  (SI), Y15, Y4
	VMASKMOVPS  (DI), Y15, Y5
	VFMADD231PS Y5, Y4, Y1

sum:
	VADDPS Y1, Y0, Y0
	VADDPS Y3, Y2, Y2
	VADDPS Y2, Y0, Y0
	SUM
	VZEROUPPER
	MOVSS  X0, ret+24(FP)
	RET

// func axpyAVX2(alpha float32, x, y *float32, n int)
TEXT ·axpyAVX2(SB), NOSPLIT, $0-32
	VBROADCASTSS alpha+0(FP), Y0
	MOVQ         x+8(FP), SI
	MOVQ         y+16(FP), DI
	MOVQ         n+24(FP), CX
	SUBQ         $32, CX
	JLT          fewer

by32:
	VMOVUPS     (DI), Y4
	VMOVUPS     32(DI), Y5
	VMOVUPS     64(DI), Y6
	VMOVUPS     96(DI), Y7
	VFMADD231PS (SI), Y0, Y4
	VFMADD231PS 32(SI), Y0, Y5
	VFMADD231PS 64(SI), Y0, Y6
	VFMADD231PS 96(SI), Y0, Y7
	VMOVUPS     Y4, (DI)
	VMOVUPS     Y5, 32(DI)
	VMOVUPS     Y6, 64(DI)
	VMOVUPS     Y7, 96(DI)
	ADDQ        $128, SI
	ADDQ        $128, DI
	SUBQ        $32, CX
	JGE         by32

fewer:
	ADDQ $24, CX
	JLT  last

by8:
	VMOVUPS     (DI), Y4
	VFMADD231PS (SI), Y0, Y4
	VMOVUPS     Y4, (DI)
	ADDQ        $32, SI
	ADDQ        $32, DI
	SUBQ        $8, CX
	JGE         by8

last:
	ADDQ        $8, CX
	JZ          done
	MASK
	VMASKMOVPS  (SI), Y15, Y4
	VMASKMOVPS  (DI), Y15, Y5
	VFMADD231PS Y4, Y0, Y5
	VMASKMOVPS  Y5, Y15, (DI)

done:
	VZEROUPPER
	RET

// func scaleAVX2(alpha float32, x *float32, n int)
TEXT ·scaleAVX2(SB), NOSPLIT, $0-24
	VBROADCASTSS alpha+0(FP), Y0
	MOVQ         x+8(FP), DI
	MOVQ         n+16(FP), CX
	SUBQ         $8, CX
	JLT          last

by8:
	VMULPS  (DI), Y0, Y1
	VMOVUPS Y1, (DI)
	ADDQ    $32, DI
	SUBQ    $8, CX
	JGE     by8

last:
	ADDQ       $8, CX
	JZ         done
	MASK
	VMASKMOVPS (DI), Y15, Y1
	VMULPS     Y1, Y0, Y1
	VMASKMOVPS Y1, Y15, (DI)

done:
	VZEROUPPER
	RET

// func aboveAVX2(scores *float32, from, n int, threshold float32, out *int32, room int) (read, written int)
// Looks at scores[from:n], n - from a multiple of 8, and writes indices, until fewer than 8 places are left.
TEXT ·aboveAVX2(SB), NOSPLIT, $0-64
	MOVQ         scores+0(FP), SI
	MOVQ         from+8(FP), BX
	MOVQ         n+16(FP), CX
	VBROADCASTSS threshold+24(FP), Y0
	MOVQ         out+32(FP), DI
	MOVQ         room+40(FP), R8
	LEAQ         (DI)(R8*4), R8
	SUBQ         $32, R8                // the last place where 8 can be written

by8:
	CMPQ      BX, CX
	JGE       done
	CMPQ      DI, R8
	JHI       done
	VCMPPS    $0x11, (SI)(BX*4), Y0, Y1 // 0x11: less, false for what is not a number
	VMOVMSKPS Y1, AX
	TESTL     AX, AX
	JZ        next

one:
	BSFL AX, R9                         // one bit after the other: few scores are above the threshold
	ADDL BX, R9
	MOVL R9, (DI)
	ADDQ $4, DI
	LEAL -1(AX), R9
	ANDL R9, AX
	JNZ  one

next:
	ADDQ $8, BX
	JMP  by8

done:
	SUBQ out+32(FP), DI
	SHRQ $2, DI
	MOVQ BX, read+48(FP)
	MOVQ DI, written+56(FP)
	VZEROUPPER
	RET

// func scanAVX2(out, rows *float32, n, dims int, q *float32, width int)
// out[i] = q[:width] · row i of n. Eight rows at a time, a sum of 8 lanes for each.
TEXT ·scanAVX2(SB), NOSPLIT, $0-48
	MOVQ out+0(FP), DI
	MOVQ rows+8(FP), SI
	MOVQ n+16(FP), DX
	MOVQ dims+24(FP), R8
	MOVQ q+32(FP), R9
	MOVQ width+40(FP), R10
	SHLQ $2, R8                         // bytes from row to row
	LEAQ (R8)(R8*2), R11
	MOVQ R10, CX
	ANDQ $7, CX
	MASK                                // the columns after the last 8
	SUBQ $8, DX
	JLT  rest

eight:
	MOVQ   SI, R12                      // rows 0 to 3
	LEAQ   (SI)(R8*4), R13              // rows 4 to 7
	LEAQ   (SI)(R8*8), SI
	MOVQ   R9, BX
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	VXORPS Y4, Y4, Y4
	VXORPS Y5, Y5, Y5
	VXORPS Y6, Y6, Y6
	VXORPS Y7, Y7, Y7
	MOVQ   R10, CX
	SUBQ   $8, CX
	JLT    eightLast

eightBy8:
	VMOVUPS     (BX), Y8
	VFMADD231PS (R12), Y8, Y0
	VFMADD231PS (R12)(R8*1), Y8, Y1
	VFMADD231PS (R12)(R8*2), Y8, Y2
	VFMADD231PS (R12)(R11*1), Y8, Y3
	VFMADD231PS (R13), Y8, Y4
	VFMADD231PS (R13)(R8*1), Y8, Y5
	VFMADD231PS (R13)(R8*2), Y8, Y6
	VFMADD231PS (R13)(R11*1), Y8, Y7
	ADDQ        $32, BX
	ADDQ        $32, R12
	ADDQ        $32, R13
	SUBQ        $8, CX
	JGE         eightBy8

eightLast:
	CMPQ        CX, $-8
	JEQ         eightSum
	VMASKMOVPS  (BX), Y15, Y8
	VMASKMOVPS  (R12), Y15, Y9
	VFMADD231PS Y9, Y8, Y0
	VMASKMOVPS  (R12)(R8*1), Y15, Y10
	VFMADD231PS Y10, Y8, Y1
	VMASKMOVPS  (R12)(R8*2), Y15, Y11
	VFMADD231PS Y11, Y8, Y2
	VMASKMOVPS  (R12)(R11*1), Y15, Y12
	VFMADD231PS Y12, Y8, Y3
	VMASKMOVPS  (R13), Y15, Y9
	VFMADD231PS Y9, Y8, Y4
	VMASKMOVPS  (R13)(R8*1), Y15, Y10
	VFMADD231PS Y10, Y8, Y5
	VMASKMOVPS  (R13)(R8*2), Y15, Y11
	VFMADD231PS Y11, Y8, Y6
	VMASKMOVPS  (R13)(R11*1), Y15, Y12
	VFMADD231PS Y12, Y8, Y7

	// The lanes of each are added in the order of SUM, for all eight at once.
eightSum:
	VPERM2F128 $0x20, Y4, Y0, Y8        // k and k+4: 0 and 4, 1 and 5, 2 and 6, 3 and 7
	VPERM2F128 $0x31, Y4, Y0, Y9
	VADDPS     Y9, Y8, Y0
	VPERM2F128 $0x20, Y5, Y1, Y10
	VPERM2F128 $0x31, Y5, Y1, Y11
	VADDPS     Y11, Y10, Y1
	VPERM2F128 $0x20, Y6, Y2, Y8
	VPERM2F128 $0x31, Y6, Y2, Y9
	VADDPS     Y9, Y8, Y2
	VPERM2F128 $0x20, Y7, Y3, Y10
	VPERM2F128 $0x31, Y7, Y3, Y11
	VADDPS     Y11, Y10, Y3
	VUNPCKLPS  Y1, Y0, Y8               // k and k+2: 0 1 0 1 and 4 5 4 5
	VUNPCKHPS  Y1, Y0, Y9
	VADDPS     Y9, Y8, Y0
	VUNPCKLPS  Y3, Y2, Y10
	VUNPCKHPS  Y3, Y2, Y11
	VADDPS     Y11, Y10, Y2
	VUNPCKLPD  Y2, Y0, Y8               // k and k+1
	VUNPCKHPD  Y2, Y0, Y9
	VADDPS     Y9, Y8, Y0
	VMOVUPS    Y0, (DI)
	ADDQ       $32, DI
	SUBQ       $8, DX
	JGE        eight

rest:
	ADDQ $8, DX
	JZ   done

one:
	MOVQ   SI, R12
	ADDQ   R8, SI
	MOVQ   R9, BX
	VXORPS Y0, Y0, Y0
	MOVQ   R10, CX
	SUBQ   $8, CX
	JLT    oneLast

oneBy8:
	VMOVUPS     (BX), Y8
	VFMADD231PS (R12), Y8, Y0
	ADDQ        $32, BX
	ADDQ        $32, R12
	SUBQ        $8, CX
	JGE         oneBy8

oneLast:
	CMPQ        CX, $-8
	JEQ         oneSum
	VMASKMOVPS  (BX), Y15, Y8
	VMASKMOVPS  (R12), Y15, Y9
	VFMADD231PS Y9, Y8, Y0

oneSum:
	SUM
	MOVSS X0, (DI)
	ADDQ  $4, DI
	DECQ  DX
	JNZ   one

done:
	VZEROUPPER
	RET

// CODES adds to a row's sums the products of 16 codes with the words of Y8.
#define CODES(codes, tmp, sums) \
	VPMOVSXBW codes, tmp     \
	VPMADDWD  Y8, tmp, tmp   \
	VPADDD    tmp, sums, sums

// func scanCodesAVX2(out *float32, codes *int8, n, columns int, q *int16, scales *float32, by, plus, with float32)
// out[i] = scales[i]·(by·(codes of row i · q) + plus) + with, n a multiple of 8, columns one of 16.
TEXT ·scanCodesAVX2(SB), NOSPLIT, $0-60
	MOVQ         out+0(FP), DI
	MOVQ         codes+8(FP), SI
	MOVQ         n+16(FP), DX
	MOVQ         columns+24(FP), R8     // and bytes from row to row
	MOVQ         q+32(FP), R9
	MOVQ         scales+40(FP), R10
	VBROADCASTSS by+48(FP), Y13
	VBROADCASTSS plus+52(FP), Y14
	VBROADCASTSS with+56(FP), Y15
	LEAQ         (R8)(R8*2), R11

eight:
	MOVQ  SI, R12                       // rows 0 to 3
	LEAQ  (SI)(R8*4), R13               // rows 4 to 7
	LEAQ  (SI)(R8*8), SI
	MOVQ  R9, BX
	MOVQ  R8, CX
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	VPXOR Y4, Y4, Y4
	VPXOR Y5, Y5, Y5
	VPXOR Y6, Y6, Y6
	VPXOR Y7, Y7, Y7

by16:
	VMOVDQU (BX), Y8
	CODES((R12), Y9, Y0)
	CODES((R12)(R8*1), Y10, Y1)
	CODES((R12)(R8*2), Y11, Y2)
	CODES((R12)(R11*1), Y12, Y3)
	CODES((R13), Y9, Y4)
	CODES((R13)(R8*1), Y10, Y5)
	CODES((R13)(R8*2), Y11, Y6)
	CODES((R13)(R11*1), Y12, Y7)
	ADDQ    $32, BX
	ADDQ    $16, R12
	ADDQ    $16, R13
	SUBQ    $16, CX
	JNZ     by16

	// As in scanAVX2, but with whole numbers.
	VPERM2I128  $0x20, Y4, Y0, Y8
	VPERM2I128  $0x31, Y4, Y0, Y9
	VPADDD      Y9, Y8, Y0
	VPERM2I128  $0x20, Y5, Y1, Y10
	VPERM2I128  $0x31, Y5, Y1, Y11
	VPADDD      Y11, Y10, Y1
	VPERM2I128  $0x20, Y6, Y2, Y8
	VPERM2I128  $0x31, Y6, Y2, Y9
	VPADDD      Y9, Y8, Y2
	VPERM2I128  $0x20, Y7, Y3, Y10
	VPERM2I128  $0x31, Y7, Y3, Y11
	VPADDD      Y11, Y10, Y3
	VPUNPCKLDQ  Y1, Y0, Y8
	VPUNPCKHDQ  Y1, Y0, Y9
	VPADDD      Y9, Y8, Y0
	VPUNPCKLDQ  Y3, Y2, Y10
	VPUNPCKHDQ  Y3, Y2, Y11
	VPADDD      Y11, Y10, Y2
	VPUNPCKLQDQ Y2, Y0, Y8
	VPUNPCKHQDQ Y2, Y0, Y9
	VPADDD      Y9, Y8, Y0

	VCVTDQ2PS   Y0, Y0
	VFMADD132PS Y13, Y14, Y0            // Y0 = Y0·by + plus
	VFMADD132PS (R10), Y15, Y0          // Y0 = Y0·scales + with
	VMOVUPS     Y0, (DI)
	ADDQ        $32, DI
	ADDQ        $32, R10
	SUBQ        $8, DX
	JNZ         eight
	VZEROUPPER
	RET

// func gramAVX2(c *float32, stride int, a, b *float32, dims, n int)
// Adds to the tile c of 4 × 16 (rows stride apart) the sum over n rows (dims apart) of the outer product of the 4
// numbers at a and the 16 at b.
TEXT ·gramAVX2(SB), NOSPLIT, $0-48
	MOVQ   c+0(FP), DI
	MOVQ   stride+8(FP), DX
	MOVQ   a+16(FP), SI
	MOVQ   b+24(FP), BX
	MOVQ   dims+32(FP), R8
	MOVQ   n+40(FP), CX
	SHLQ   $2, DX
	SHLQ   $2, R8
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	VXORPS Y4, Y4, Y4
	VXORPS Y5, Y5, Y5
	VXORPS Y6, Y6, Y6
	VXORPS Y7, Y7, Y7

row:
	VMOVUPS      (BX), Y8
	VMOVUPS      32(BX), Y9
	VBROADCASTSS (SI), Y10
	VFMADD231PS  Y8, Y10, Y0
	VFMADD231PS  Y9, Y10, Y1
	VBROADCASTSS 4(SI), Y11
	VFMADD231PS  Y8, Y11, Y2
	VFMADD231PS  Y9, Y11, Y3
	VBROADCASTSS 8(SI), Y12
	VFMADD231PS  Y8, Y12, Y4
	VFMADD231PS  Y9, Y12, Y5
	VBROADCASTSS 12(SI), Y13
	VFMADD231PS  Y8, Y13, Y6
	VFMADD231PS  Y9, Y13, Y7
	ADDQ         R8, SI
	ADDQ         R8, BX
	DECQ         CX
	JNZ          row

#define ADDTO(lo, hi) \
	VADDPS  (DI), lo, lo     \
	VADDPS  32(DI), hi, hi   \
	VMOVUPS lo, (DI)         \
	VMOVUPS hi, 32(DI)       \
	ADDQ    DX, DI

	ADDTO(Y0, Y1)
	ADDTO(Y2, Y3)
	ADDTO(Y4, Y5)
	ADDTO(Y6, Y7)
	VZEROUPPER
	RET
