//go:build !purego

#include "textflag.h"
#include "avx512_amd64.h"

// func dotAVX512(a, b *float32, n int) float32
TEXT ·dotAVX512(SB), NOSPLIT, $0-28
	MOVQ   a+0(FP), SI
	MOVQ   b+8(FP), DI
	MOVQ   n+16(FP), CX
	VPXORD Z0, Z0, Z0
	VPXORD Z1, Z1, Z1
	VPXORD Z2, Z2, Z2
	VPXORD Z3, Z3, Z3
	SUBQ   $64, CX
	JLT    fewer

by64:
	VMOVUPS     (SI), Z4
	VMOVUPS     64(SI), Z5
	VMOVUPS     128(SI), Z6
	VMOVUPS     192(SI), Z7
	VFMADD231PS (DI), Z4, Z0
	VFMADD231PS 64(DI), Z5, Z1
	VFMADD231PS 128(DI), Z6, Z2
	VFMADD231PS 192(DI), Z7, Z3
	ADDQ        $256, SI
	ADDQ        $256, DI
	SUBQ        $64, CX
	JGE         by64

fewer:
	ADDQ $48, CX
	JLT  last

by16:
	VMOVUPS     (SI), Z4
	VFMADD231PS (DI), Z4, Z0
	ADDQ        $64, SI
	ADDQ        $64, DI
	SUBQ        $16, CX
	JGE         by16

last:
	ADDQ        $16, CX
	JZ          sum
	MASK
	VMOVUPS.Z   (SI), K1, Z4
	VFMADD231PS (DI), Z4, K1, Z1

sum:
	VADDPS Z1, Z0, Z0
	VADDPS Z3, Z2, Z2
	VADDPS Z2, Z0, Z0
	SUM
	VZEROUPPER
	MOVSS  X0, ret+24(FP)
	RET

// func axpyAVX512(alpha float32, x, y *float32, n int)
TEXT ·axpyAVX512(SB), NOSPLIT, $0-32
	VBROADCASTSS alpha+0(FP), Z0
	MOVQ         x+8(FP), SI
	MOVQ         y+16(FP), DI
	MOVQ         n+24(FP), CX
	SUBQ         $64, CX
	JLT          fewer

by64:
	VMOVUPS     (DI), Z4
	VMOVUPS     64(DI), Z5
	VMOVUPS     128(DI), Z6
	VMOVUPS     192(DI), Z7
	VFMADD231PS (SI), Z0, Z4
	VFMADD231PS 64(SI), Z0, Z5
	VFMADD231PS 128(SI), Z0, Z6
	VFMADD231PS 192(SI), Z0, Z7
	VMOVUPS     Z4, (DI)
	VMOVUPS     Z5, 64(DI)
	VMOVUPS     Z6, 128(DI)
	VMOVUPS     Z7, 192(DI)
	ADDQ        $256, SI
	ADDQ        $256, DI
	SUBQ        $64, CX
	JGE         by64

fewer:
	ADDQ $48, CX
	JLT  last

by16:
	VMOVUPS     (DI), Z4
	VFMADD231PS (SI), Z0, Z4
	VMOVUPS     Z4, (DI)
	ADDQ        $64, SI
	ADDQ        $64, DI
	SUBQ        $16, CX
	JGE         by16

last:
	ADDQ        $16, CX
	JZ          done
	MASK
	VMOVUPS.Z   (DI), K1, Z4
	VFMADD231PS (SI), Z0, K1, Z4
	VMOVUPS     Z4, K1, (DI)

done:
	VZEROUPPER
	RET

// func scaleAVX512(alpha float32, x *float32, n int)
TEXT ·scaleAVX512(SB), NOSPLIT, $0-24
	VBROADCASTSS alpha+0(FP), Z0
	MOVQ         x+8(FP), DI
	MOVQ         n+16(FP), CX
	SUBQ         $16, CX
	JLT          last

by16:
	VMULPS  (DI), Z0, Z1
	VMOVUPS Z1, (DI)
	ADDQ    $64, DI
	SUBQ    $16, CX
	JGE     by16

last:
	ADDQ      $16, CX
	JZ        done
	MASK
	VMOVUPS.Z (DI), K1, Z1
	VMULPS    Z1, Z0, Z1
	VMOVUPS   Z1, K1, (DI)

done:
	VZEROUPPER
	RET

// indices is 0, 1, … 15.
DATA indices<>+0(SB)/4, $0
DATA indices<>+4(SB)/4, $1
DATA indices<>+8(SB)/4, $2
DATA indices<>+12(SB)/4, $3
DATA indices<>+16(SB)/4, $4
DATA indices<>+20(SB)/4, $5
DATA indices<>+24(SB)/4, $6
DATA indices<>+28(SB)/4, $7
DATA indices<>+32(SB)/4, $8
DATA indices<>+36(SB)/4, $9
DATA indices<>+40(SB)/4, $10
DATA indices<>+44(SB)/4, $11
DATA indices<>+48(SB)/4, $12
DATA indices<>+52(SB)/4, $13
DATA indices<>+56(SB)/4, $14
DATA indices<>+60(SB)/4, $15
GLOBL indices<>(SB), RODATA|NOPTR, $64

// func aboveAVX512(scores *float32, from, n int, threshold float32, out *int32, room int) (read, written int)
// Looks at scores[from:n] and writes indices, until fewer than 16 places are left.
TEXT ·aboveAVX512(SB), NOSPLIT, $0-64
	MOVQ         scores+0(FP), SI
	MOVQ         from+8(FP), BX
	MOVQ         n+16(FP), CX
	VBROADCASTSS threshold+24(FP), Z0
	MOVQ         out+32(FP), DI
	MOVQ         room+40(FP), R8
	LEAQ         (DI)(R8*4), R8
	SUBQ         $64, R8                // the last place where 16 can be written
	VPBROADCASTD BX, Z1
	VPADDD       indices<>(SB), Z1, Z1
	MOVL         $16, AX
	VPBROADCASTD AX, Z2
	SUBQ         BX, CX
	SUBQ         $16, CX
	JLT          last

by16:
	CMPQ    DI, R8
	JHI     done
	VMOVUPS (SI)(BX*4), Z3
	VCMPPS  $0x1e, Z0, Z3, K2           // 0x1e: greater, false for what is not a number
	KMOVW   K2, AX
	TESTL   AX, AX
	JNZ     some

next:
	ADDQ   $16, BX
	VPADDD Z2, Z1, Z1
	SUBQ   $16, CX
	JGE    by16

last:
	ADDQ        $16, CX
	JZ          done
	CMPQ        DI, R8
	JHI         done
	MASK
	VMOVUPS.Z   (SI)(BX*4), K1, Z3
	VCMPPS      $0x1e, Z0, Z3, K1, K2
	KMOVW       K2, AX
	VPCOMPRESSD Z1, K2, Z3
	VMOVDQU32   Z3, (DI)
	POPCNTL     AX, AX
	LEAQ        (DI)(AX*4), DI
	ADDQ        CX, BX

done:
	SUBQ out+32(FP), DI
	SHRQ $2, DI
	MOVQ BX, read+48(FP)
	MOVQ DI, written+56(FP)
	VZEROUPPER
	RET

some:
	VPCOMPRESSD Z1, K2, Z3
	VMOVDQU32   Z3, (DI)
	POPCNTL     AX, AX
	LEAQ        (DI)(AX*4), DI
	JMP         next
