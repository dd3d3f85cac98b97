//go:build !purego

#include "textflag.h"
#include "avx512_amd64.h"

// EIGHTSUM adds up the lanes of each of Z0 to Z7 in the order of SUM and leaves the eight sums in Y0. K2 must be 0x3333,
// Z16 to Z23 are lost.
//	k and k+8: 0 and 2, 4 and 6, 1 and 3, 5 and 7 side by side
//	k and k+4: 0 2 4 6 in the four parts of Z0, 1 3 5 7 in those of Z1
//	k and k+2: a b a b in each part
//	k and k+1: a b in the first half of each part, which are then moved together
#define EIGHTSUM \
	VSHUFF64X2  $0x44, Z2, Z0, Z16  \
	VSHUFF64X2  $0xee, Z2, Z0, Z17  \
	VADDPS      Z17, Z16, Z0        \
	VSHUFF64X2  $0x44, Z6, Z4, Z18  \
	VSHUFF64X2  $0xee, Z6, Z4, Z19  \
	VADDPS      Z19, Z18, Z4        \
	VSHUFF64X2  $0x44, Z3, Z1, Z20  \
	VSHUFF64X2  $0xee, Z3, Z1, Z21  \
	VADDPS      Z21, Z20, Z1        \
	VSHUFF64X2  $0x44, Z7, Z5, Z22  \
	VSHUFF64X2  $0xee, Z7, Z5, Z23  \
	VADDPS      Z23, Z22, Z5        \
	VSHUFF32X4  $0x88, Z4, Z0, Z16  \
	VSHUFF32X4  $0xdd, Z4, Z0, Z17  \
	VADDPS      Z17, Z16, Z0        \
	VSHUFF32X4  $0x88, Z5, Z1, Z18  \
	VSHUFF32X4  $0xdd, Z5, Z1, Z19  \
	VADDPS      Z19, Z18, Z1        \
	VUNPCKLPS   Z1, Z0, Z16         \
	VUNPCKHPS   Z1, Z0, Z17         \
	VADDPS      Z17, Z16, Z0        \
	VPERMILPD   $0x55, Z0, Z16      \
	VADDPS      Z16, Z0, Z0         \
	VCOMPRESSPS Z0, K2, Z0

// func scanAVX512(out, rows *float32, n, dims int, q *float32, width int)
// out[i] = q[:width] · row i of n. Eight rows at a time, a sum of 16 lanes for each.
TEXT ·scanAVX512(SB), NOSPLIT, $0-48
	MOVQ  out+0(FP), DI
	MOVQ  rows+8(FP), SI
	MOVQ  n+16(FP), DX
	MOVQ  dims+24(FP), R8
	MOVQ  q+32(FP), R9
	MOVQ  width+40(FP), R10
	SHLQ  $2, R8                        // bytes from row to row
	LEAQ  (R8)(R8*2), R11
	MOVQ  R10, CX
	ANDQ  $15, CX
	MASK                                // the columns after the last 16
	MOVL  $0x3333, AX
	KMOVW AX, K2
	SUBQ  $8, DX
	JLT   rest

eight:
	MOVQ   SI, R12                      // rows 0 to 3
	LEAQ   (SI)(R8*4), R13              // rows 4 to 7
	LEAQ   (SI)(R8*8), SI
	MOVQ   R9, BX
	VPXORD Z0, Z0, Z0
	VPXORD Z1, Z1, Z1
	VPXORD Z2, Z2, Z2
	VPXORD Z3, Z3, Z3
	VPXORD Z4, Z4, Z4
	VPXORD Z5, Z5, Z5
	VPXORD Z6, Z6, Z6
	VPXORD Z7, Z7, Z7
	MOVQ   R10, CX
	SUBQ   $16, CX
	JLT    eightLast

eightBy16:
	VMOVUPS     (BX), Z8
	VFMADD231PS (R12), Z8, Z0
	VFMADD231PS (R12)(R8*1), Z8, Z1
	VFMADD231PS (R12)(R8*2), Z8, Z2
	VFMADD231PS (R12)(R11*1), Z8, Z3
	VFMADD231PS (R13), Z8, Z4
	VFMADD231PS (R13)(R8*1), Z8, Z5
	VFMADD231PS (R13)(R8*2), Z8, Z6
	VFMADD231PS (R13)(R11*1), Z8, Z7
	ADDQ        $64, BX
	ADDQ        $64, R12
	ADDQ        $64, R13
	SUBQ        $16, CX
	JGE         eightBy16

eightLast:
	CMPQ        CX, $-16
	JEQ         eightSum
	VMOVUPS.Z   (BX), K1, Z8
	VFMADD231PS (R12), Z8, K1, Z0
	VFMADD231PS (R12)(R8*1), Z8, K1, Z1
	VFMADD231PS (R12)(R8*2), Z8, K1, Z2
	VFMADD231PS (R12)(R11*1), Z8, K1, Z3
	VFMADD231PS (R13), Z8, K1, Z4
	VFMADD231PS (R13)(R8*1), Z8, K1, Z5
	VFMADD231PS (R13)(R8*2), Z8, K1, Z6
	VFMADD231PS (R13)(R11*1), Z8, K1, Z7

eightSum:
	EIGHTSUM
	VMOVUPS Y0, (DI)
	ADDQ    $32, DI
	SUBQ    $8, DX
	JGE     eight

rest:
	ADDQ $8, DX
	JZ   done

one:
	MOVQ   SI, R12
	ADDQ   R8, SI
	MOVQ   R9, BX
	VPXORD Z0, Z0, Z0
	MOVQ   R10, CX
	SUBQ   $16, CX
	JLT    oneLast

oneBy16:
	VMOVUPS     (BX), Z8
	VFMADD231PS (R12), Z8, Z0
	ADDQ        $64, BX
	ADDQ        $64, R12
	SUBQ        $16, CX
	JGE         oneBy16

oneLast:
	CMPQ        CX, $-16
	JEQ         oneSum
	VMOVUPS.Z   (BX), K1, Z8
	VFMADD231PS (R12), Z8, K1, Z0

oneSum:
	SUM
	MOVSS X0, (DI)
	ADDQ  $4, DI
	DECQ  DX
	JNZ   one

done:
	VZEROUPPER
	RET

// ROWSUM adds up the lanes of one row's products with four queries as far as parts of four lanes: the four parts of a.
#define ROWSUM(a, b, c, d) \
	VSHUFF64X2 $0x44, b, a, Z20  \
	VSHUFF64X2 $0xee, b, a, Z21  \
	VADDPS     Z21, Z20, a       \
	VSHUFF64X2 $0x44, d, c, Z22  \
	VSHUFF64X2 $0xee, d, c, Z23  \
	VADDPS     Z23, Z22, c       \
	VSHUFF32X4 $0x88, c, a, Z20  \
	VSHUFF32X4 $0xdd, c, a, Z21  \
	VADDPS     Z21, Z20, a

// MEET multiplies four rows with one query.
#define MEET(q, a, b, c, d) \
	VFMADD231PS Z16, q, a  \
	VFMADD231PS Z17, q, b  \
	VFMADD231PS Z18, q, c  \
	VFMADD231PS Z19, q, d

// func scanFourAVX512(out *float32, apart int, rows *float32, n, dims int, qs *float32)
// What scanAVX512 does for four queries at once, n a multiple of 4: out[j*apart+i] = query j · row i. Sixteen sums
// stay in registers, so that a number that is loaded is used four times. The order of summation is the same. The
// processor does not see by itself which rows come next; to fetch them early makes this twice as fast from memory.
TEXT ·scanFourAVX512(SB), NOSPLIT, $0-48
	MOVQ out+0(FP), DI
	MOVQ apart+8(FP), R10
	MOVQ rows+16(FP), SI
	MOVQ n+24(FP), DX
	MOVQ dims+32(FP), R9
	MOVQ qs+40(FP), R13
	SHLQ $2, R10
	LEAQ (R10)(R10*2), R14
	LEAQ (R9*4), R8                     // bytes from row to row and from query to query
	LEAQ (R8)(R8*2), R11
	MOVQ R9, CX
	ANDQ $15, CX
	MASK                                // the columns after the last 16

four:
	MOVQ   SI, R12
	LEAQ   (SI)(R8*4), SI
	LEAQ   (SI)(R8*8), AX                // to be fetched: the rows after the next 8
	MOVQ   R13, BX
	VPXORD Z0, Z0, Z0
	VPXORD Z1, Z1, Z1
	VPXORD Z2, Z2, Z2
	VPXORD Z3, Z3, Z3
	VPXORD Z4, Z4, Z4
	VPXORD Z5, Z5, Z5
	VPXORD Z6, Z6, Z6
	VPXORD Z7, Z7, Z7
	VPXORD Z8, Z8, Z8
	VPXORD Z9, Z9, Z9
	VPXORD Z10, Z10, Z10
	VPXORD Z11, Z11, Z11
	VPXORD Z12, Z12, Z12
	VPXORD Z13, Z13, Z13
	VPXORD Z14, Z14, Z14
	VPXORD Z15, Z15, Z15
	MOVQ   R9, CX
	SUBQ   $16, CX
	JLT    last

by16:
	VMOVUPS (R12), Z16
	VMOVUPS (R12)(R8*1), Z17
	VMOVUPS (R12)(R8*2), Z18
	VMOVUPS (R12)(R11*1), Z19
	PREFETCHT0 (AX)
	PREFETCHT0 (AX)(R8*1)
	PREFETCHT0 (AX)(R8*2)
	PREFETCHT0 (AX)(R11*1)
	ADDQ    $64, AX
	VMOVUPS (BX), Z20
	MEET(Z20, Z0, Z4, Z8, Z12)
	VMOVUPS (BX)(R8*1), Z21
	MEET(Z21, Z1, Z5, Z9, Z13)
	VMOVUPS (BX)(R8*2), Z22
	MEET(Z22, Z2, Z6, Z10, Z14)
	VMOVUPS (BX)(R11*1), Z23
	MEET(Z23, Z3, Z7, Z11, Z15)
	ADDQ    $64, R12
	ADDQ    $64, BX
	SUBQ    $16, CX
	JGE     by16

last:
	CMPQ      CX, $-16
	JEQ       sum
	VMOVUPS.Z (R12), K1, Z16
	VMOVUPS.Z (R12)(R8*1), K1, Z17
	VMOVUPS.Z (R12)(R8*2), K1, Z18
	VMOVUPS.Z (R12)(R11*1), K1, Z19
	VMOVUPS.Z (BX), K1, Z20
	MEET(Z20, Z0, Z4, Z8, Z12)
	VMOVUPS.Z (BX)(R8*1), K1, Z21
	MEET(Z21, Z1, Z5, Z9, Z13)
	VMOVUPS.Z (BX)(R8*2), K1, Z22
	MEET(Z22, Z2, Z6, Z10, Z14)
	VMOVUPS.Z (BX)(R11*1), K1, Z23
	MEET(Z23, Z3, Z7, Z11, Z15)

sum:
	ROWSUM(Z0, Z1, Z2, Z3)              // k and k+8, k and k+4
	ROWSUM(Z4, Z5, Z6, Z7)
	ROWSUM(Z8, Z9, Z10, Z11)
	ROWSUM(Z12, Z13, Z14, Z15)
	VUNPCKLPS Z4, Z0, Z1                // k and k+2
	VUNPCKHPS Z4, Z0, Z2
	VADDPS    Z2, Z1, Z0
	VUNPCKLPS Z12, Z8, Z3
	VUNPCKHPS Z12, Z8, Z5
	VADDPS    Z5, Z3, Z8
	VUNPCKLPD Z8, Z0, Z1                // k and k+1
	VUNPCKHPD Z8, Z0, Z2
	VADDPS    Z2, Z1, Z0                // four rows of query 0, of query 1, 2, 3
	VMOVUPS       X0, (DI)
	VEXTRACTF32X4 $1, Z0, (DI)(R10*1)
	VEXTRACTF32X4 $2, Z0, (DI)(R10*2)
	VEXTRACTF32X4 $3, Z0, (DI)(R14*1)
	ADDQ          $16, DI
	SUBQ          $4, DX
	JNZ           four
	VZEROUPPER
	RET

// BOTH multiplies 16 numbers of a row with their part of x, and adds them times the row's number of x to y.
#define BOTH(numbers, row, sum, times, y) \
	VMOVUPS     numbers, row   \
	VFMADD231PS row, Z24, sum  \
	VFMADD231PS row, times, y

// func symMulVecAVX512(y, m, x *float32, dims int)
// Adds to y the symmetric m times x, dims a multiple of 16. Only the 16 × 16 squares on the diagonal and those below it
// are read, eight rows at a time; one below serves its mirror image too: as rows for y at the row, as columns for y at
// the column.
TEXT ·symMulVecAVX512(SB), NOSPLIT, $0-32
	MOVQ  y+0(FP), DI
	MOVQ  m+8(FP), SI
	MOVQ  x+16(FP), R9
	MOVQ  dims+24(FP), R8
	MOVL  $0x3333, AX
	KMOVW AX, K2
	SHLQ  $2, R8                        // bytes from row to row, and of x
	LEAQ  (R8)(R8*2), R11
	XORQ  DX, DX                        // the row, in bytes of x

eight:
	MOVQ         SI, R12                // rows 0 to 3
	LEAQ         (SI)(R8*4), R13        // rows 4 to 7
	LEAQ         (SI)(R8*8), SI
	VPXORD       Z0, Z0, Z0
	VPXORD       Z1, Z1, Z1
	VPXORD       Z2, Z2, Z2
	VPXORD       Z3, Z3, Z3
	VPXORD       Z4, Z4, Z4
	VPXORD       Z5, Z5, Z5
	VPXORD       Z6, Z6, Z6
	VPXORD       Z7, Z7, Z7
	VBROADCASTSS (R9)(DX*1), Z8
	VBROADCASTSS 4(R9)(DX*1), Z9
	VBROADCASTSS 8(R9)(DX*1), Z10
	VBROADCASTSS 12(R9)(DX*1), Z11
	VBROADCASTSS 16(R9)(DX*1), Z12
	VBROADCASTSS 20(R9)(DX*1), Z13
	VBROADCASTSS 24(R9)(DX*1), Z14
	VBROADCASTSS 28(R9)(DX*1), Z15
	XORQ         BX, BX                 // the column, in bytes
	MOVQ         DX, CX
	ANDQ         $-64, CX               // where the square on the diagonal begins
	JZ           diagonal

below:
	VMOVUPS (R9)(BX*1), Z24
	VMOVUPS (DI)(BX*1), Z25
	VPXORD  Z26, Z26, Z26
	BOTH((R12), Z16, Z0, Z8, Z25)
	BOTH((R12)(R8*1), Z17, Z1, Z9, Z26)
	BOTH((R12)(R8*2), Z18, Z2, Z10, Z25)
	BOTH((R12)(R11*1), Z19, Z3, Z11, Z26)
	BOTH((R13), Z20, Z4, Z12, Z25)
	BOTH((R13)(R8*1), Z21, Z5, Z13, Z26)
	BOTH((R13)(R8*2), Z22, Z6, Z14, Z25)
	BOTH((R13)(R11*1), Z23, Z7, Z15, Z26)
	VADDPS  Z26, Z25, Z25
	VMOVUPS Z25, (DI)(BX*1)
	ADDQ    $64, R12
	ADDQ    $64, R13
	ADDQ    $64, BX
	CMPQ    BX, CX
	JNE     below

diagonal:
	VMOVUPS     (R9)(BX*1), Z24
	VFMADD231PS (R12), Z24, Z0
	VFMADD231PS (R12)(R8*1), Z24, Z1
	VFMADD231PS (R12)(R8*2), Z24, Z2
	VFMADD231PS (R12)(R11*1), Z24, Z3
	VFMADD231PS (R13), Z24, Z4
	VFMADD231PS (R13)(R8*1), Z24, Z5
	VFMADD231PS (R13)(R8*2), Z24, Z6
	VFMADD231PS (R13)(R11*1), Z24, Z7
	EIGHTSUM
	VADDPS      (DI)(DX*1), Y0, Y0
	VMOVUPS     Y0, (DI)(DX*1)
	ADDQ        $32, DX
	CMPQ        DX, R8
	JNE         eight
	VZEROUPPER
	RET

// func gramAVX512(c *float32, stride int, a, b *float32, dims, n int)
// Adds to the tile c of 8 × 32 (rows stride apart) the sum over n rows (dims apart) of the outer product of the 8
// numbers at a and the 32 at b. Sixteen sums stay in registers; a number of a meets 32 of b for each load.
TEXT ·gramAVX512(SB), NOSPLIT, $0-48
	MOVQ   c+0(FP), DI
	MOVQ   stride+8(FP), DX
	MOVQ   a+16(FP), SI
	MOVQ   b+24(FP), BX
	MOVQ   dims+32(FP), R8
	MOVQ   n+40(FP), CX
	SHLQ   $2, DX
	SHLQ   $2, R8
	VPXORD Z0, Z0, Z0
	VPXORD Z1, Z1, Z1
	VPXORD Z2, Z2, Z2
	VPXORD Z3, Z3, Z3
	VPXORD Z4, Z4, Z4
	VPXORD Z5, Z5, Z5
	VPXORD Z6, Z6, Z6
	VPXORD Z7, Z7, Z7
	VPXORD Z8, Z8, Z8
	VPXORD Z9, Z9, Z9
	VPXORD Z10, Z10, Z10
	VPXORD Z11, Z11, Z11
	VPXORD Z12, Z12, Z12
	VPXORD Z13, Z13, Z13
	VPXORD Z14, Z14, Z14
	VPXORD Z15, Z15, Z15

row:
	VMOVUPS      (BX), Z16
	VMOVUPS      64(BX), Z17
	VBROADCASTSS (SI), Z18
	VFMADD231PS  Z16, Z18, Z0
	VFMADD231PS  Z17, Z18, Z1
	VBROADCASTSS 4(SI), Z19
	VFMADD231PS  Z16, Z19, Z2
	VFMADD231PS  Z17, Z19, Z3
	VBROADCASTSS 8(SI), Z20
	VFMADD231PS  Z16, Z20, Z4
	VFMADD231PS  Z17, Z20, Z5
	VBROADCASTSS 12(SI), Z21
	VFMADD231PS  Z16, Z21, Z6
	VFMADD231PS  Z17, Z21, Z7
	VBROADCASTSS 16(SI), Z22
	VFMADD231PS  Z16, Z22, Z8
	VFMADD231PS  Z17, Z22, Z9
	VBROADCASTSS 20(SI), Z23
	VFMADD231PS  Z16, Z23, Z10
	VFMADD231PS  Z17, Z23, Z11
	VBROADCASTSS 24(SI), Z24
	VFMADD231PS  Z16, Z24, Z12
	VFMADD231PS  Z17, Z24, Z13
	VBROADCASTSS 28(SI), Z25
	VFMADD231PS  Z16, Z25, Z14
	VFMADD231PS  Z17, Z25, Z15
	ADDQ         R8, SI
	ADDQ         R8, BX
	DECQ         CX
	JNZ          row

#define ADDTO(lo, hi) \
	VADDPS  (DI), lo, lo     \
	VADDPS  64(DI), hi, hi   \
	VMOVUPS lo, (DI)         \
	VMOVUPS hi, 64(DI)       \
	ADDQ    DX, DI

	ADDTO(Z0, Z1)
	ADDTO(Z2, Z3)
	ADDTO(Z4, Z5)
	ADDTO(Z6, Z7)
	ADDTO(Z8, Z9)
	ADDTO(Z10, Z11)
	ADDTO(Z12, Z13)
	ADDTO(Z14, Z15)
	VZEROUPPER
	RET
