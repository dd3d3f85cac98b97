package ondevice

import (
	"slices"
	"strings"
	"sync"
)

// What people say in a dialogue besides commands, in Mandarin and in Cantonese. A turn that is nothing
// but one of these is no command.
const (
	cancelWords = "算了 算啦 算咯 罢了 作罢 取消 取消掉 取消它 取消这个 取消这条 撤销 撤回 不用 不要 不需要 不必 没事 没事了 没什么 不设 不定 不订 不做 不弄 不搞 不买 不说 不问 " +
		"先不用 先不要 先不设 先不弄 先这样 暂时不用 当我没说 当我没问 别弄 别设 别定 别做 免了 不用麻烦 停 停下 退出 返回 cancel 唔使 唔使喇 唔要 唔洗 算数 取消佢"
	yesWords = "对 对对 对的 是 是的 是呀 好 好的 好呀 好啊 嗯 嗯嗯 可以 行 中 没错 没问题 确认 确定 当然 需要 要 要的 就这样 就这么办 就这么做 就它 就这个 就是这个 正确 ok yes " +
		"得 系 系呀 啱 啱啱 冇错 冇问题 好嘅 得啦"
	noWords = "不 不是 不是的 不对 不行 不好 不可以 不要 不用 否 错 错了 别 no 不是这个 都不是 两个都不是 唔系 唔啱 唔得 唔好"

	leadWords  = "那 那么 那就 哦 噢 喔 啊 哎 唉 诶 嗯 呃 哎呀 还是 要不 要不然 我看 我想 我说 请 麻烦 就 吧 咁 噉"
	trailWords = "吧 了 啊 呀 哦 嘛 哈 啦 呢 喽 咯 罢 哇 谢谢 谢谢你 好吗 行吗 可以吗 好不好 先 喇 嘞 啫"

	denials  = "不对 不是 错了 说错了 我说错了 不不 不不不 不 哦不 啊不 噢不 我说的是 我是说 我的意思是 应该是 应该 唔系 唔啱 讲错 讲错咗 我系话"
	alters   = "改成 改为 改到 改在 改 换成 换为 换到 换 变成 变更为 调整为 调整到 调到 调成 调至 设成 设为 设到 挪到 移到 延到 推到 推迟到 延后到 推后到 提前到 提早到 应该是 要 就 是 还是 用 转去 改做 改去 改返 换做"
	laterBy  = "推迟 延后 延迟 推后 往后推 往后推迟 往后挪 往后延 晚 晚点 晚上 延长 再延长 加 再加 加上 多 再多 增加 迟 迟啲 押后"
	earlier  = "提前 提早 往前 往前挪 往前提 早 早点 缩短 减 减少 少 减去 早啲"
	sharing  = "那 那么 还有 也 再看看 再查查 再说说 换成 咁 噉"
	asking2  = "呢 怎么样 如何 咋样 怎样 的呢 呐 又如何 点样 呢边"
	addLeads = "再 还 另外再 另外 顺便再 再来 再加 再加上 再加个 还要 还有 再要 再设 再定 再放 再推荐 再添加 再添 再买 再订 再发 再给我 加上 多加 也要 也加上 仲要 仲有 再嚟"
	units    = "一个 个 一份 一条 一次 一首 一部 一张 一遍 一项 一件 一只 一杯 一瓶 两个 一下 来个 来一个 来份 定个 定一个 设个 设一个 要个 要一个"
)

// phrasebook holds the words of the dialogue, folded, longer ones first.
type phrasebook struct {
	cancel, yes, no, lead, trail, denial, alter, later, earlier, share, ask, add, unit [][]rune
}

var dialogueWords = sync.OnceValue(func() *phrasebook {
	return &phrasebook{
		cancel: folded(cancelWords), yes: folded(yesWords), no: folded(noWords), lead: folded(leadWords), trail: folded(trailWords),
		denial: folded(denials), alter: folded(alters), later: folded(laterBy), earlier: folded(earlier),
		share: folded(sharing), ask: folded(asking2), add: folded(addLeads), unit: folded(units),
	}
})

func folded(s string) [][]rune {
	var out [][]rune
	for w := range strings.FieldsSeq(s) {
		out = append(out, foldString(w))
	}
	slices.SortStableFunc(out, func(a, b []rune) int { return len(b) - len(a) })
	return out
}

// A stretch is part of a text, by its runes.
type stretch struct {
	*text
	from, to int
}

func (t *text) all() stretch { return stretch{t, 0, len(t.runes)} }

func (s stretch) runesOf() []rune { return s.runes[s.from:s.to] }

func (s stretch) empty() bool { return s.from >= s.to }

// bare returns the stretch without marks, and without what people put around a short answer.
func (s stretch) bare() stretch {
	w := dialogueWords()
	for {
		next := s.marks()
		if rest, ok := next.behind(w.lead); ok && !rest.empty() {
			next = rest
		}
		if rest, ok := next.before(w.trail); ok && !rest.empty() {
			next = rest
		}
		if next == s {
			return s
		}
		s = next
	}
}

// marks returns the stretch without the marks around it.
func (s stretch) marks() stretch {
	for !s.empty() && isMark(s.runes[s.from]) {
		s.from++
	}
	for !s.empty() && isMark(s.runes[s.to-1]) {
		s.to--
	}
	return s
}

// behind returns what stands behind one of the words, if the stretch begins with it.
func (s stretch) behind(words [][]rune) (stretch, bool) {
	for _, w := range words {
		if s.to-s.from >= len(w) && slices.Equal(s.runes[s.from:s.from+len(w)], w) {
			return stretch{s.text, s.from + len(w), s.to}.marks(), true
		}
	}
	return s, false
}

// before returns what stands before one of the words, if the stretch ends with it.
func (s stretch) before(words [][]rune) (stretch, bool) {
	for _, w := range words {
		if s.to-s.from >= len(w) && slices.Equal(s.runes[s.to-len(w):s.to], w) {
			return stretch{s.text, s.from, s.to - len(w)}.marks(), true
		}
	}
	return s, false
}

// is reports whether the stretch, with or without some of what people put around it, is one of the words.
func (s stretch) is(words [][]rune) bool {
	w := dialogueWords()
	for led, more := s.marks(), true; more && !led.empty(); led, more = led.behind(w.lead) {
		for c, more := led, true; more && !c.empty(); c, more = c.before(w.trail) {
			if slices.ContainsFunc(words, func(w []rune) bool { return slices.Equal(c.runesOf(), w) }) {
				return true
			}
		}
	}
	return false
}

// drops reports whether a clause says in one breath that something is dropped, and what is not done: 算了不发了.
func (s stretch) drops() bool {
	rest, ok := s.marks().behind(dialogueWords().cancel)
	return ok && rest.to-rest.from > 2 && rest.to-rest.from <= maxDropped && strings.ContainsRune("不别唔", rest.runes[rest.from]) && strings.ContainsRune("了喇啦", rest.runes[rest.to-1])
}

// ordinals are the ways to point at something by its place.
var ordinals = sync.OnceValue(func() [][][]rune {
	var out [][][]rune
	numerals := []string{"一 1", "二 2", "三 3", "四 4", "五 5", "六 6", "七 7", "八 8", "九 9", "十 10"}
	for i, n := range numerals {
		var forms []string
		for c := range strings.FieldsSeq(n) {
			for unit := range strings.FieldsSeq("个 项 条 首 部 种 位 家 张 件 款 本 只 段 号 场 篇 趟 班 间") {
				forms = append(forms, "第"+c+unit)
			}
			forms = append(forms, "第"+c, "选"+c, c+"号", "选第"+c)
		}
		if i == 0 {
			forms = append(forms, "前者", "前一个", "前面那个", "上面那个", "头一个", "首个")
		}
		out = append(out, folded(strings.Join(forms, " ")))
	}
	return append(out, folded("最后一个 最后那个 最后一项 最后一条 最后一首 最末一个 末一个"), folded("后者 后一个 后面那个 下面那个"))
})

const (
	ordinalLast   = 10 // index in ordinals
	ordinalLatter = 11
)

// ordinal returns the place, from 0, that the stretch names among n things, or -1.
func (s stretch) ordinal(n int) int {
	return place(n, func(forms [][]rune) bool { return s.is(forms) || s.picks(forms) })
}

// place is ordinal for a stretch that is nothing but the words for the place.
func (s stretch) place(n int) int {
	return place(n, func(forms [][]rune) bool {
		return slices.ContainsFunc(forms, func(w []rune) bool { return slices.Equal(w, s.runesOf()) })
	})
}

func place(n int, named func([][]rune) bool) int {
	for i, forms := range ordinals() {
		if !named(forms) {
			continue
		}
		switch {
		case i == ordinalLast:
			return n - 1
		case i == ordinalLatter && n == 2:
			return 1
		case i < n && i < ordinalLast:
			return i
		}
	}
	return -1
}

var pickWords = sync.OnceValue(func() [][]rune { return folded("选 要 就要 我要 我选 选择 就 用 我想要 拣 就拣") })

// picks reports whether the stretch chooses one of the forms: 我要第二个.
func (s stretch) picks(forms [][]rune) bool {
	rest, ok := s.bare().behind(pickWords())
	return ok && rest.is(forms)
}

// strongAlters are the words of change that need no denial before them.
var strongAlters = sync.OnceValue(func() [][]rune {
	return folded("改 改成 改为 改到 改在 换成 换为 换到 变成 调整为 调整到 调到 调成 调至 设成 设为 设到 挪到 移到 延到 推到 推迟到 延后到 推后到 提前到 提早到 应该是 改做 改去 换做")
})

var (
	exchangeLeads   = sync.OnceValue(func() [][]rune { return folded("不是 不要 唔系 不是说 我不是说 我说的不是") })
	exchangeMiddles = sync.OnceValue(func() [][]rune { return folded("而是 是 要 我要 应该是 我说的是 系") })
	orRather        = sync.OnceValue(func() [][]rune { return folded("还是 要不还是 还是改成 还是换成 算了还是") })
	measures        = sync.OnceValue(func() [][]rune {
		return folded("度 摄氏度 ℃ 块 元 块钱 个 次 首 部 样 份 分 杯 盒 件 本 张 瓶 % 档 级 格 个人 位 岁 斤 公里 米 号")
	})
	resuming  = sync.OnceValue(func() [][]rune { return folded("再 还要 继续 接着 同样 仲要") })
	alsoWords = sync.OnceValue(func() [][]rune {
		return folded("也要 也来 也设 也定 也加 也一样 也要一个 也来一个 也设一个 也定一个 都要")
	})
)

var (
	degrees = sync.OnceValue(func() [][]rune {
		return folded("太 有点 有些 有点儿 好像太 实在太 真是太 这么 那么 特别 非常 真 好")
	})
	suppositions = sync.OnceValue(func() [][]rune {
		return folded("如果 要是 假如 假若 倘若 万一 一旦 除非 等到 等我 等他 等她")
	})
	conditions = sync.OnceValue(func() [][]rune {
		return folded("如果 要是 假如 假若 倘若 万一 一旦 的话 除非 只要 只有 等到 等我 等他 等她 的时候 之后 以后 之前 以前")
	})
	goesOn = sync.OnceValue(func() [][]rune {
		return folded("再 然后 接着 并 并且 顺便 随后 同时 还有 另外 还要 也 就是 应该 应该是 还是 算了 算啦 不对 不是 错了 说错了 我说 是 说 把 将 帮 请 给 麻烦 告诉 内容")
	})
	sayings = sync.OnceValue(func() [][]rune {
		return folded("说 讲 问 道 写 念 喊 叫 说过 说了 问我 说的 叫我 让我")
	})
)

// insteadWords introduce what was meant.
var insteadWords = sync.OnceValue(func() [][]rune { return folded("是 应该是 我是说 我要说的是 要 还是 改") })

// slipWords are what people say when they correct themselves in the same sentence.
var slipWords = sync.OnceValue(func() [][]rune {
	var forms []string
	for _, sigh := range []string{"", "哦", "啊", "噢", "呃", "哎", "喔", "欸", "诶"} {
		for core := range strings.FieldsSeq("不对 不对不对 不是 不是不是 不 不不 不不不 说错了 我说错了 错了 说反了 讲反了 反了 弄错了 搞错了 算了 算啦 讲错 讲错咗 唔系 唔啱") {
			for _, then := range []string{"", "是", "应该是", "我是说", "我要说的是", "还是"} {
				forms = append(forms, sigh+core+then)
			}
		}
	}
	return folded(strings.Join(forms, " ") + " 应该是 我是说 我说的是")
})
