package guard

import (
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

func (r *restorer) pending(string) int { return len(r.open) }

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

// opener returns the offset of the first byte in s with which a placeholder may begin, or the length of s. It is quick,
// because it looks at every text.
func opener(s string) int {
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case b < utf8.RuneSelf:
			if b == '[' || b == '(' || b == '{' || b == '<' {
				return i
			}
		case b < 0xE0 || b >= 0xF0: // no bracket
		case i+2 >= len(s): // the beginning of a character
			if b == 0xE3 || b == 0xEF {
				return i
			}
		default:
			if b == 0xE3 && s[i+1] == 0x80 && opensHan(s[i+2]) || b == 0xEF && opensWide(s[i+1], s[i+2]) {
				return i
			}
			if s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80 {
				i += 2
			}
		}
	}
	return len(s)
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
