package ondevice

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// glossed are words of other tongues and of everyday speech that commands are mixed with (把alarm取消, 給我搞個鬧鐘),
// each with what phrases say for it. Words of names and of dictated text are left as they are: a sentence is
// read in these words only if it is not clear as it stands, and texts keep the words of the user.
const glossed = "alarm=闹钟 alarms=闹钟 timer=倒计时 countdown=倒计时 remind=提醒 reminder=提醒 reminders=提醒 schedule=日程 calendar=日程 " +
	"cancel=取消 delete=删除 remove=删除 clear=清空 set=设 add=加 change=改 start=开始 begin=开始 stop=停止 pause=暂停 resume=继续 play=播放 " +
	"turn_on=打开 switch_on=打开 turn_off=关闭 switch_off=关闭 open=打开 close=关闭 on=开 off=关 mute=静音 " +
	"volume=音量 screen=屏幕 brightness=亮度 temperature=温度 fan_speed=风速 fan=风扇 light=灯 lights=灯 tv=电视 ac=空调 mode=模式 phone=手机 " +
	"weather=天气 forecast=天气预报 music=音乐 song=歌 songs=歌 message=消息 messages=消息 send=发 read=读 call=呼叫 " +
	"cart=购物车 shopping_cart=购物车 search=搜索 find=找 buy=买 recommend=推荐 check=查看 show=显示 list=列出 what_time=几点 " +
	"today=今天 tomorrow=明天 tonight=今晚 " +
	"俺=我 咱=我 俩=两个 仨=三个 搞=弄 整首=来首 整点=来点 整个=来个 整一=来一 甭=不用 咋样=怎么样 啥时候=什么时候 啥=什么 咋=怎么 哪旮旯=哪里 瞅=看 瞅瞅=看看 " +
	"嘅=的 嗰个=那个 嗰=那 呢个=这个 唔该=谢谢 唔该晒=谢谢 唔好=不要 唔使=不用 唔要=不要 唔系=不是 唔想=不想 唔=不 咗=了 佢=它 喺=在 畀=给 俾=给 冇=没有 有冇=有没有 " +
	"而家=现在 依家=现在 宜家=现在 听日=明天 寻日=昨天 今日=今天 后日=后天 听朝=明早 今晚黑=今晚 边个=谁 边度=哪里 乜嘢=什么 乜=什么 咩=什么 点样=怎么样 点解=为什么 " +
	"倒数=倒计时 我想知道= 我想问= 我想问一下= 我想问问= 想问一下= 想问问= 问一下= 问下= 你知道= 能告诉我= 帮我看一眼= 看一眼=看看 瞄一眼=看看 搞不清= " +
	"离五一=离劳动节 距五一=距劳动节 到五一=到劳动节 五一还有=劳动节还有 五一是=劳动节是 五一那天=劳动节那天 五一当天=劳动节当天 五一放假=劳动节放假 五一上班=劳动节上班 " +
	"转做=转成 改做=改成 换做=换成 校到=调到 较到=调到 校做=调成 离过年=离春节 到过年=到春节 距过年=距春节 " +
	"几多=多少 几多点=几点 几多点钟=几点 多谢晒=谢谢 熄埋=关 闩埋=关 拉埋=拉上 几耐=多久 几时=什么时候 几钱=多少钱 同埋=和 熄=关 闩=关 较=调 细=小 啲=点 喇=了 嚟=来 睇=看 揾=找 搵=找 蚊=块 落雨=下雨 落雪=下雪 食=吃 返工=上班 起身=起床"

// A gloss is a word and what it is read as, which may be nothing.
type gloss struct{ from, to []rune }

// glosses holds the words of [glossed] by first rune, longest first.
var glosses = sync.OnceValue(func() map[rune][]gloss {
	m := make(map[rune][]gloss)
	for pair := range strings.FieldsSeq(glossed) {
		from, to, _ := strings.Cut(strings.ReplaceAll(pair, "_", " "), "=")
		g := gloss{foldRunes(from), foldString(to)}
		m[g.from[0]] = append(m[g.from[0]], g)
	}
	for _, of := range m {
		slices.SortStableFunc(of, func(a, b gloss) int { return cmp.Compare(len(b.from), len(a.from)) })
	}
	return m
})

// foldRunes folds words with the space between them.
func foldRunes(s string) []rune {
	out := []rune(s)
	for i, r := range out {
		out[i] = foldRune(r)
	}
	return out
}

// gloss returns the sentence in the words that phrases use, if some of its words have a gloss. What is asked
// as 冷不冷 is asked as 冷吗.
func (t *text) gloss() (*text, bool) {
	var b strings.Builder
	var back []int // for each rune where it stands in t
	found, asks := false, false
	for i := 0; i < len(t.runes); {
		if g := t.glossAt(i); g != nil {
			for k, r := range g.to {
				b.WriteRune(r)
				back = append(back, i+k*len(g.from)/len(g.to))
			}
			found = true
			i += len(g.from)
			continue
		}
		if n := t.beneficiary(i); n > 0 {
			found = true
			i += n
			continue
		}
		if t.eitherWay(i) {
			found, asks = true, true
			i += 2
		}
		b.WriteRune(t.runes[i])
		back = append(back, i)
		i++
	}
	if !found || b.Len() == 0 {
		return nil, false
	}
	if asks {
		b.WriteRune('吗')
		back = append(back, len(t.runes))
	}
	return t.rewritten(b.String(), back), true
}

// glossAt returns the gloss of the word at rune i, or nil.
func (t *text) glossAt(i int) *gloss {
	of := glosses()[t.runes[i]]
	for k := range of {
		g := &of[k]
		end := i + len(g.from)
		if end > len(t.runes) || !slices.Equal(t.runes[i:end], g.from) {
			continue
		}
		if isLatin(t.runes[i]) && (i > 0 && isLatin(t.runes[i-1]) || end < len(t.runes) && isLatin(t.runes[end])) {
			continue // part of another word
		}
		return g
	}
	return nil
}

// beneficiary returns the length of the words at rune i that say for whom something is done, if they open the sentence:
// 给孩子 in 给孩子放首歌.
func (t *text) beneficiary(i int) int {
	if !strings.ContainsRune("给帮替为", t.runes[i]) || !t.hollow(0, i) {
		return 0
	}
	rest, ok := stretch{t, i + 1, len(t.runes)}.behind(relatives())
	if !ok || rest.empty() || !strings.ContainsRune("放播来点买找推订定设开关调查搜唱换选挑", t.runes[rest.from]) {
		return 0
	}
	return rest.from - i
}

// relatives are those for whom people do things.
var relatives = sync.OnceValue(func() [][]rune {
	return folded("孩子 小孩 宝宝 娃 娃娃 小朋友 孩子们 儿子 女儿 孙子 孙女 大家 我们 咱们 爷爷 奶奶 外公 外婆 姥姥 姥爷 爸爸 妈妈 我爸 我妈 爸妈 老婆 老公 媳妇 老伴 老人 家人 客人 朋友 他 她 他们 她们 猫 狗")
})

// eitherWay reports whether the character at rune i asks by saying it both ways, as 冷 in 冷不冷. Words that
// only make a request polite are left alone: 好不好, 能不能.
func (t *text) eitherWay(i int) bool {
	return i+2 < len(t.runes) && t.runes[i+1] == '不' && t.runes[i] == t.runes[i+2] && !strings.ContainsRune("好能可行要是会对用有需", t.runes[i])
}

// rewritten returns a text of other words, of which each rune stands where one of this text does.
func (t *text) rewritten(words string, back []int) *text {
	out := newText(words)
	out.said = t
	k := 0
	for at := range words {
		if len(out.back) < len(out.runes) && out.offset[len(out.back)] == at { // not a space that is dropped
			out.back = append(out.back, back[k])
		}
		k++
	}
	out.back = append(out.back, len(t.runes))
	return out
}
