package ondevice

import (
	"strings"
)

// asking reports whether a sentence is a question: it has a word for what is asked, says something both ways, or ends
// in a particle of questions. Requests in the form of one (能…吗, 好吗) are none.
func (t *text) asking() bool {
	request := false
	for i := 0; i < len(t.runes); i = t.tokens[i].end {
		k := t.tokens[i]
		if k.class&asks != 0 || t.either(i) {
			return true
		}
		switch t.runes[i] {
		case '几', '哪', '咩', '乜':
			return true
		case '能', '可':
			request = request || k.class&filler != 0
		case '吗', '么', '嘛':
			if k.end == i+1 && !request && t.final(i+1) && t.runes[i] != '嘛' {
				return true
			}
		case '没':
			if t.final(k.end) || i+2 == len(t.runes) && t.runes[i+1] == '有' {
				return true
			}
		}
	}
	return false
}

// either reports whether something is said both ways at rune i: 关没关, 冷不冷.
func (t *text) either(i int) bool {
	return i+2 < len(t.runes) && (t.runes[i+1] == '不' || t.runes[i+1] == '没') && t.runes[i] == t.runes[i+2] && !strings.ContainsRune("好能可行", t.runes[i])
}

// final reports whether nothing but marks and particles follows rune i.
func (t *text) final(i int) bool {
	for ; i < len(t.runes); i++ {
		if !isMark(t.runes[i]) && !strings.ContainsRune("呢啊呀了", t.runes[i]) {
			return false
		}
	}
	return true
}

// asking is the same for a phrase.
func (p *sentence) asking() bool {
	if p.class&asks != 0 {
		return true
	}
	for i, it := range p.items {
		switch {
		case it.slot:
		case it.symbol == '吗' || it.symbol == hashed([]rune("吗")), it.symbol == '么':
			return true
		case it.symbol == '没' && i == len(p.items)-1:
			return true
		case i+2 < len(p.items) && (p.items[i+1].symbol == '不' || p.items[i+1].symbol == '没') && it.symbol == p.items[i+2].symbol:
			return true
		}
	}
	return false
}

// mood compares the mood of the sentence, which is a question or not, with that of the phrase.
func (f *fit) mood(said bool, tool *tool) {
	switch {
	case f.whole != nil:
	case f.phrase == nil:
		f.asked = said && tool.class&asks == 0 && !tool.spec.ReadOnly
	default:
		f.asked, f.unasked = said && !f.phrase.asking(), !said && f.phrase.asking()
	}
}
