package ondevice

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// questionWords are what a question asks for, or asks with.
var questionWords = sync.OnceValue(func() [][]rune {
	return folded("几 哪 谁 多少 多久 多长 多大 多远 多高 多重 什么 啥 怎 咋 为何 何时 如何 是否 有没有 是不是 会不会 咩 乜 点样 点解 边个 边度")
})

// questionRunes are what these words begin with.
const questionRunes = "几哪谁多什啥怎咋为何如是有会咩乜点边"

// asking reports whether a sentence is a question: it has a word for what is asked, says something both ways, or ends
// in a particle of questions. Requests in the form of one (能…吗, 好吗) are none.
func asking(rs []rune) bool {
	t := &text{runes: rs}
	request := false
	for i, r := range rs {
		if !strings.ContainsRune(questionRunes, r) {
			// begins none
		} else if _, ok := (stretch{t, i, len(rs)}).behind(questionWords()); ok {
			return true
		}
		if i+2 < len(rs) && (rs[i+1] == '不' || rs[i+1] == '没') && r == rs[i+2] && !strings.ContainsRune("好能可行", r) {
			return true // 关没关, 冷不冷
		}
		switch r {
		case '能', '可':
			request = true
		case '吗', '么':
			polite := i > 0 && strings.ContainsRune("好行以", rs[i-1])
			if !request && !polite && final(rs[i+1:]) {
				return true
			}
		case '没':
			if rest := rs[i+1:]; final(rest) || rest[0] == '有' && final(rest[1:]) {
				return true
			}
		}
	}
	return false
}

// modals ask whether something can be done, or for it to be done.
var modals = sync.OnceValue(func() [][]rune { return folded("能不能 可不可以 会不会 能否 可否 可以 能够 能 会") })

// able reports whether a sentence asks what something can do: 空调能不能制热. Who wants it done says what to do (空调能不能调到
// 制热, 能不能把灯打开), or how much.
func (t *text) able() bool {
	for i := 0; i < len(t.runes); i = t.tokens[i].end {
		rest, ok := stretch{t, i, len(t.runes)}.behind(modals())
		if !ok || t.hollow(0, i) {
			continue
		}
		last := rest.marks()
		if rest.empty() || isMark(t.runes[rest.from-1]) || !slices.Contains(t.runes[i:rest.from], '否') && !slices.Contains(t.runes[i:rest.from], '不') && !strings.ContainsRune("吗么不", last.runes[last.to-1]) {
			return false // 空调可以关了
		}
		for k := rest.from; k < rest.to; k = t.tokens[k].end {
			if g := t.tokens[k].symbol; g >= firstGroup && g < firstLatin {
				return false
			}
			if strings.ContainsRune("把帮给让点些下再更几多说讲", t.runes[k]) {
				return false
			}
		}
		return !slices.ContainsFunc(findSpans(t, time.Time{}), func(s span) bool { return s.start >= rest.from })
	}
	return false
}

// final reports whether nothing but marks and particles is left.
func final(rest []rune) bool {
	for _, r := range rest {
		if !isMark(r) && !strings.ContainsRune("呢啊呀了", r) {
			return false
		}
	}
	return true
}

// tales are words of sentences that tell what happened or always is.
var tales = sync.OnceValue(func() [][]rune {
	return folded("昨天 前天 昨晚 刚刚 刚才 刚给 已经 永远 每次 特别喜欢 很喜欢 最喜欢 上次 去年 小时候 当年 平时 通常 向来 从来 都是 打不通")
})

// tells reports whether a sentence, which is no question, tells something outside of the texts of a command.
func (t *text) tells(c *Candidate, tool *tool) bool {
	for i := range t.runes {
		rest, ok := stretch{t, i, len(t.runes)}.behind(tales())
		if !ok {
			continue
		}
		word, _, _ := t.slice(i, max(i+1, min(rest.from, i+2)))
		if !slices.ContainsFunc(c.Slots, func(s Slot) bool { return tool.text(s.Name) && strings.Contains(s.Source, word) }) {
			return true
		}
	}
	return false
}

// conditional reports whether a sentence begins with a condition: 如果下雨了，关上窗帘.
func (t *text) conditional() bool {
	i := 0
	for i < len(t.runes) && t.tokens[i].class&filler != 0 {
		i = t.tokens[i].end
	}
	_, ok := (stretch{t, i, len(t.runes)}).behind(suppositions())
	return ok
}

// mood compares the mood of the sentence, which is a question or not, with that of the phrase. Whether something can be
// done is a question even where a phrase covers it.
func (f *fit) mood(question, able bool, tool *tool) {
	switch {
	case able:
		f.able = true
	case f.whole != nil:
	case f.phrase == nil:
		f.asked = question && tool.class&asks == 0 && !tool.spec.ReadOnly
	default:
		f.asked, f.unasked = question && !f.phrase.question, !question && f.phrase.question
	}
}
