package assist

import (
	"strings"
	"unicode"

	"github.com/zhushou-ai/zhushou/locale/script"
)

// key returns what two spellings of a title have in common: simplified lower-case letters and digits
// of half width.
func key(title string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r += '!' - '！'
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, script.T2S.String(clean(title, 2*maxTitle)))
}
