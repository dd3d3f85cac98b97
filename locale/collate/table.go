package collate

import (
	_ "embed"
	"encoding/binary"
	"strings"
	"sync"
)

//go:embed pinyin.bin
var pinyinData string

//go:embed stroke.bin
var strokeData string

//go:embed zhuyin.bin
var zhuyinData string

// variantText has lines of a character and those that differ from it only in form.
//
//go:embed variants.txt
var variantText string

var (
	pinyin = sync.OnceValue(func() *table { return load(pinyinData) })
	stroke = sync.OnceValue(func() *table { return load(strokeData) })
	zhuyin = sync.OnceValue(func() *table { return load(zhuyinData) })
)

// A table has the weights of characters in one order.
type table struct {
	pages [tableEnd / pageSize]*weights

	headings []string // of the index
	firsts   []int    // the rank with which each begins
}

const (
	tableEnd = 0x32400 // after the last ideograph
	pageSize = 256
)

type weights [pageSize]weight

func (t *table) weight(r rune) weight {
	if uint32(r) < tableEnd {
		if page := t.pages[uint32(r)/pageSize]; page != nil {
			return page[uint32(r)%pageSize]
		}
	}
	return 0
}

// set gives r a weight if it has none.
func (t *table) set(r rune, w weight) {
	page := &t.pages[r/pageSize]
	if *page == nil {
		*page = new(weights)
	}
	if (*page)[r%pageSize] == 0 {
		(*page)[r%pageSize] = w
	}
}

// load reads the data, which internal/tablegen describes.
func load(text string) *table {
	t := &table{}
	data := []byte(text)
	uvarint := func() int {
		v, n := binary.Uvarint(data)
		data = data[n:]
		return int(v)
	}
	for range uvarint() {
		size := uvarint()
		t.headings = append(t.headings, string(data[:size]))
		data = data[size:]
		t.firsts = append(t.firsts, uvarint())
	}
	last := int64(0)
	for rank := range uvarint() {
		delta, n := binary.Varint(data)
		data = data[n:]
		last += delta
		t.set(rune(last), weightOf(hanLead, rank, standard))
	}
	for line := range strings.Lines(variantText) {
		if line[0] == '#' {
			continue
		}
		forms := []rune(strings.TrimSuffix(line, "\n"))
		if base := t.weight(forms[0]); base != 0 {
			for i, r := range forms[1:] {
				t.set(r, base+weight(1+i))
			}
		}
	}
	common(t.set)
	for r := rune('!'); r <= '~'; r++ {
		variant := weight(full)
		if 'A' <= r && r <= 'Z' {
			variant++
		}
		t.set(r+0xFF01-'!', t.weight(r)&^0xFF|variant)
	}
	return t
}
