package script

import "github.com/zhushou-ai/zhushou/internal/decode"

// Bounds of ideographic description sequences, as in OpenCC.
const (
	maxSequenceDepth = 16
	maxSequenceRunes = 64
)

// operands returns how many parts an ideographic description operator joins, 0 for any other character.
func operands(r rune) uint8 {
	switch {
	case r < '⿰' || r > '⿿':
		return 0
	case r == '⿲' || r == '⿳':
		return 3
	case r == '⿾' || r == '⿿':
		return 1
	}
	return 2
}

// sequence returns the end of the ideographic description sequence that starts at s[i] with an operator, 0 if it has
// no end or is beyond the bounds.
func sequence(s string, i int) int {
	var missing [maxSequenceDepth]uint8 // operands of the operators that are open
	depth := 0
	for range maxSequenceRunes {
		if i >= len(s) || depth == maxSequenceDepth {
			return 0
		}
		r, size := decode.Rune(s, i)
		if r < 0 {
			return 0
		}
		i += size
		if n := operands(r); n > 0 {
			missing[depth] = n
			depth++
			continue
		}
		for depth > 0 {
			if missing[depth-1]--; missing[depth-1] > 0 {
				break
			}
			depth--
		}
		if depth == 0 {
			return i
		}
	}
	return 0
}
