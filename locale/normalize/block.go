package normalize

import (
	"strings"
	"unicode/utf8"
)

// Punctuation and Spacing read a text block by block: what depends on a mark far away, such as the quotes of a pair,
// depends on it only inside a block. A block is the lines that together first have wantBlock bytes and end outside of
// fenced code, or maxBlock bytes if no line ends so.
const (
	wantBlock = 4 << 10
	maxBlock  = 64 << 10
)

// blockEnd returns the length of the first block of s, and whether it is the same whatever follows s.
func blockEnd(s string) (n int, sure bool) {
	if len(s) >= wantBlock {
		var code fence
		known := 0 // where the next line begins
		for at, end := wantBlock-1, min(len(s), maxBlock); ; {
			i := strings.IndexByte(s[at:end], '\n')
			if i < 0 {
				break
			}
			at += i + 1
			if known > 0 || mayFence(s[:at]) {
				for line := range strings.Lines(s[known:at]) {
					code.line(line)
				}
				known = at
			}
			if code.size == 0 {
				return at, true
			}
		}
	}
	if len(s) < maxBlock+utf8.UTFMax {
		return len(s), false
	}
	n = maxBlock
	for k := 0; k < utf8.UTFMax && !utf8.RuneStart(s[n]); k++ {
		n--
	}
	return n, true
}

// knownBlocks is the known of steps that read blocks.
func knownBlocks(s string) (n, looked int) {
	for {
		size, sure := blockEnd(s[n:])
		if !sure {
			return n, 0
		}
		n += size
	}
}

// A block is the characters of a block and what is to be done to them.
type block struct {
	s       string
	r       []rune // -1 for a byte that is not UTF-8
	at      []int32
	space   []bool // a space comes in front of the character
	drop    []bool // the character is taken out
	with    map[int]string
	changed bool
	has     [2]uint64 // the ASCII characters in it
	cjk     bool      // there is one of isCJK
}

// holds reports whether one of the ASCII characters is in the block.
func (b *block) holds(any string) bool {
	for i := range len(any) {
		if b.has[any[i]/64]>>(any[i]%64)&1 != 0 {
			return true
		}
	}
	return false
}

// read makes b the block of s.
func (b *block) read(s string) {
	b.s, b.changed, b.cjk, b.has = s, false, false, [2]uint64{}
	b.r, b.at = b.r[:0], b.at[:0]
	for i := 0; i < len(s); {
		r, size := decode(s, i)
		if size == 1 && r >= 0 {
			b.has[r/64] |= 1 << (r % 64)
		} else if !b.cjk {
			b.cjk = isCJK(r)
		}
		b.r, b.at = append(b.r, r), append(b.at, int32(i))
		i += size
	}
	b.at = append(b.at, int32(len(s)))
	n := len(b.r) + 1
	if cap(b.space) < n {
		b.space, b.drop = make([]bool, n), make([]bool, n)
	}
	b.space, b.drop = b.space[:n], b.drop[:n]
	clear(b.space)
	clear(b.drop)
	clear(b.with)
}

// rune returns the character i, 0 outside of the block.
func (b *block) rune(i int) rune {
	if uint(i) < uint(len(b.r)) {
		return b.r[i]
	}
	return 0
}

// linkEnd returns the end of the link that begins at character i; i if there is none.
func (b *block) linkEnd(i int) int {
	if end := b.destinationEnd(i); end > i {
		return end
	}
	if b.r[i] != 'h' || !b.isAddress(i) {
		return i
	}
	for i < len(b.r) && b.r[i] > ' ' && b.r[i] < utf8.RuneSelf && !strings.ContainsRune("\"'`<>(){}|\\^", b.r[i]) {
		i++
	}
	for strings.ContainsRune(".,;:!?", b.r[i-1]) { // they end the sentence rather
		i--
	}
	return i
}

// replace has s instead of character i.
func (b *block) replace(i int, s string) {
	if b.with == nil {
		b.with = make(map[int]string)
	}
	b.with[i] = s
	b.changed = true
}

func (b *block) dropAll(from, to int) {
	for ; from < to; from++ {
		b.drop[from] = true
		b.changed = true
	}
}

func (b *block) insert(i int) {
	b.space[i] = true
	b.changed = true
}

// firstChange returns the offset of the first change, the length of the block if there is none.
func (b *block) firstChange() int {
	if b.changed {
		for i := range b.r {
			if _, ok := b.with[i]; ok || b.space[i] || b.drop[i] {
				return int(b.at[i])
			}
		}
	}
	return len(b.s)
}

// write writes the changed block, which begins at offset origin of the original.
func (b *block) write(e *editor, origin int) {
	if !b.changed {
		e.dst = append(e.dst, b.s...)
		return
	}
	pending := 0
	for i := range b.r {
		with, replaced := "", false
		if len(b.with) > 0 {
			with, replaced = b.with[i]
		}
		if !b.space[i] && !b.drop[i] && !replaced {
			continue
		}
		at, next := int(b.at[i]), int(b.at[i+1])
		e.dst = append(e.dst, b.s[pending:at]...)
		pending = at
		if b.space[i] {
			out := e.length()
			e.dst = append(e.dst, ' ')
			e.note(out, origin+at, origin+at)
		}
		if b.drop[i] || replaced {
			out := e.length()
			if !b.drop[i] {
				e.dst = append(e.dst, with...)
			}
			e.note(out, origin+at, origin+next)
			pending = next
		}
	}
	e.dst = append(e.dst, b.s[pending:]...)
}

// A blockEdit marks in a block what is to be done.
type blockEdit func(b *block)

func (edit blockEdit) span(s string) int {
	var b block
	for at := 0; at < len(s); {
		n, _ := blockEnd(s[at:])
		b.read(s[at : at+n])
		edit(&b)
		if i := b.firstChange(); i < n {
			return at + i
		}
		at += n
	}
	return len(s)
}

func (edit blockEdit) write(e *editor, s string, from int) {
	var b block
	for at := 0; at < len(s); {
		n, _ := blockEnd(s[at:])
		if at+n <= from {
			e.dst = append(e.dst, s[at:at+n]...)
			at += n
			continue
		}
		b.read(s[at : at+n])
		edit(&b)
		b.write(e, at)
		at += n
	}
}
