package guard

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// A restorer puts what a vault holds back in the place of its placeholders.
type restorer struct {
	vault *privacy.Vault
	open  string // the end of what was read, from where a placeholder may begin
	at    int    // offset of open, and of the end of what was read if open is empty
}

func (r *restorer) read(changes []change, piece string) []change {
	if r.open == "" {
		skip := opener(piece)
		r.at += skip
		if piece = piece[skip:]; piece == "" {
			return changes
		}
	}
	r.open += piece
	keep := r.vault.Pending(r.open)
	changes = r.find(changes, r.open[:len(r.open)-keep])
	r.at += len(r.open) - keep
	r.open = r.open[len(r.open)-keep:]
	return changes
}

func (r *restorer) end(changes []change) []change {
	changes = r.find(changes, r.open)
	r.open, r.at = "", 0
	return changes
}

func (r *restorer) pending() int { return len(r.open) }

// find appends the placeholders in s, which stands at r.at. Each begins with an opening bracket and ends with the first
// closing one after it.
func (r *restorer) find(changes []change, s string) []change {
	for i := opener(s); i < len(s); {
		_, size := utf8.DecodeRuneInString(s[i:])
		end := i + size
		if n := strings.IndexFunc(s[end:], bracket); n >= 0 {
			end += n
			_, n = utf8.DecodeRuneInString(s[end:])
			form := s[i : end+n]
			if value := r.vault.Restore(form); value != form {
				changes = append(changes, change{start: r.at + i, end: r.at + end + n, action: Rewrite, with: value, finding: -1})
				end += n
			}
		}
		i = end + opener(s[end:])
	}
	return changes
}

// bracket reports whether a placeholder may begin or end with the rune.
func bracket(r rune) bool {
	return strings.ContainsRune("〔【[［(（{「『《<＜〈〖｛〕】]］)）}」』》>＞〉〗｝", r)
}

// opener returns the offset of the first byte in s with which a placeholder may begin, or the length of s. It looks at
// every text, so at eight bytes at once.
func opener(s string) int {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		const ones, high = 0x0101010101010101, 0x8080808080808080
		w := binary.LittleEndian.Uint64([]byte(s[i : i+8]))
		han, wide := w^ones*leadHan, w^ones*leadWide // 0 where w has the byte
		seen := (^w | (han-ones)&^han | (wide-ones)&^wide) & high
		for ; seen != 0; seen &= seen - 1 {
			if at := i + bits.TrailingZeros64(seen)/8; opens(s, at) {
				return at
			}
		}
	}
	for ; i < len(s); i++ {
		if b := s[i]; (b < utf8.RuneSelf || b == leadHan || b == leadWide) && opens(s, i) {
			break
		}
	}
	return i
}

// leadHan and leadWide are the first bytes of the opening brackets beyond ASCII.
const leadHan, leadWide = 0xE3, 0xEF

// opens reports whether an opening bracket begins at i, or what may be one once more of s is there.
func opens(s string, i int) bool {
	switch s[i] {
	case '[', '(', '{', '<':
		return true
	case leadHan:
		return i+2 >= len(s) || s[i+1] == 0x80 && opensHan(s[i+2])
	case leadWide:
		return i+2 >= len(s) || opensWide(s[i+1], s[i+2])
	}
	return false
}

// opensHan reports whether one of 〈《「『【〔〖 ends with the byte.
func opensHan(third byte) bool {
	switch third {
	case 0x88, 0x8A, 0x8C, 0x8E, 0x90, 0x94, 0x96:
		return true
	}
	return false
}

// opensWide reports whether one of （＜［｛ has these second and third bytes.
func opensWide(second, third byte) bool {
	switch second {
	case 0xBC:
		return third == 0x88 || third == 0x9C || third == 0xBB
	case 0xBD:
		return third == 0x9B
	}
	return false
}
