package ondevice

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// A symbol is what sentences are compared by: a character, a group of words that mean the same in a
// command, or a Latin word.
type symbol int32

const (
	firstGroup symbol = unicode.MaxRune + 1
	firstLatin symbol = 1 << 22
)

// A class says what a word does to the meaning of a command, whatever the command is about.
type class uint8

const (
	filler  class = 1 << iota // carries no meaning: politeness, particles, punctuation
	stops                     // undoes: 取消, 关闭
	changes                   // alters what exists: 修改, 推迟
	asks                      // makes a question: 怎么, 什么
	looks                     // wants to see: 查看, 列出
	negates                   // 不要, 别
	embeds                    // what follows is spoken of, not asked for: 问, 确认
	quotes                    // what comes with it is only quoted: 谢谢你的, 翻译
)

// A token is the word that starts at one place of a text.
type token struct {
	symbol symbol
	class  class
	end    int // index of the rune after it
}

type word struct {
	runes  []rune
	symbol symbol
	class  class
}

// lexicon holds the words of [vocabulary] by first rune, longest first.
var lexicon = sync.OnceValue(func() map[rune][]word {
	m := make(map[rune][]word)
	for i, g := range vocabulary {
		for w := range strings.FieldsSeq(g.words) {
			rs := foldString(w)
			m[rs[0]] = append(m[rs[0]], word{rs, firstGroup + symbol(i), g.class})
		}
	}
	for w := range strings.FieldsSeq(fillers) {
		rs := foldString(w)
		m[rs[0]] = append(m[rs[0]], word{rs, hashed(rs), filler})
	}
	for w := range strings.FieldsSeq(compounds) {
		rs := foldString(w)
		m[rs[0]] = append(m[rs[0]], word{rs, hashed(rs), 0})
	}
	for r, ws := range m {
		ws = slices.Clone(ws) // without the room that growing left
		m[r] = ws
		slices.SortStableFunc(ws, func(a, b word) int { return cmp.Compare(len(b.runes), len(a.runes)) })
	}
	return m
})

// hashed names a word that stands for itself only.
func hashed(rs []rune) symbol {
	h := fnv.New32a()
	h.Write([]byte(string(rs)))
	return firstLatin | symbol(h.Sum32()&(1<<22-1))
}

// tokenize returns, for each rune, the longest word that starts there.
func tokenize(rs []rune) []token {
	tokens := make([]token, len(rs))
	words := lexicon()
	for i := range rs {
		tokens[i] = tokenAt(rs, i, words)
	}
	return tokens
}

func tokenAt(rs []rune, i int, words map[rune][]word) token {
	r := rs[i]
	if isLatin(r) {
		end := i + 1
		for end < len(rs) && isLatin(rs[end]) {
			end++
		}
		return token{hashed(rs[i:end]), 0, end}
	}
	for _, w := range words[r] {
		if len(rs)-i >= len(w.runes) && slices.Equal(rs[i:i+len(w.runes)], w.runes) {
			return token{w.symbol, w.class, i + len(w.runes)}
		}
	}
	if unicode.IsPunct(r) || unicode.IsSpace(r) {
		return token{symbol(r), filler, i + 1}
	}
	return token{symbol(r), 0, i + 1}
}

// vocabulary groups the words that commands share. The words of a group count as one word. The first group is
// what can be done to anything.
var vocabulary = []struct {
	class class
	words string
}{
	{0, "设置 设定 设 定 定个 创建 新建 建立 建 添加 新增 增加 加个 设个"},
	{0, "提醒 提示"},
	{0, "闹钟 闹铃 闹表"},
	{0, "叫 喊 唤"},
	{0, "起床 起来 起身 醒 醒来"},
	{0, "倒计时 计时 计时器 倒数 定时器 定时"},
	{0, "打开 开启 启动 启用 开 点亮 开一下"},
	{stops, "关闭 关掉 关上 关 关了 停用 熄灭 熄掉"},
	{stops, "取消 取消掉 删除 删掉 删了 删 去掉 撤销 撤掉 清除 移除 清空 停掉 停止 终止 移出"},
	{stops, "暂停 停一下"},
	{changes, "修改 更改 改成 改为 改到 改 改变 变更 改一下"},
	{changes, "推迟 延后 延迟 推后 往后推"},
	{changes, "提前 往前挪"},
	{looks, "查看 查询 查 查查 查一查 查下 显示 列出 列一下 查找 看看 看下 看一看 看一下"},
	{looks, "搜索 搜 搜一下 搜搜 找 找找 找一下 寻找"},
	{looks | asks, "有哪些 哪些 有什么"},
	{0, "播放 放首 放一首 放点 来首 来一首"},
	{0, "推荐 介绍"},
	{0, "调高 调大 增大 提高 升高 大一点 高一点 加大 调亮"},
	{0, "调低 调小 减小 降低 小一点 低一点 减少 调暗"},
	{0, "调到 调成 调为 调至 设为 设成 设到 设置为 设置成 设置到 开到"},
	{0, "去 到 前往"},
	{0, "换算 转换 换成 转成 转为 转换成 转换为 换算成 换算为 折合 折算 折算成 合成"},
	{0, "等于 等于多少 是多少 合多少 等于几 得多少 得几 有多少"},
	{0, "计算 算 算一下 算算 算一算"},
	{asks, "怎么 怎样 咋 如何 怎么样才能 怎么才能"},
	{asks, "怎么样 怎样呢 咋样 如何呢 好不好呢"},
	{asks, "为什么 为何 为啥 干嘛 凭什么"},
	{asks, "什么 啥"},
	{asks, "谁 哪位"},
	{asks, "哪 哪里 哪儿 哪个 哪家 哪种 哪款"},
	{asks, "什么时候 何时"},
	{asks, "几点 几点钟 几时"},
	{asks, "几号 哪天 几月几号"},
	{asks, "多少 多久 多大 多长 多远 多重 多贵 多高 几个 几次"},
	{asks, "是不是 有没有 会不会 是否 该不该 要不要 应不应该"},
	{embeds, "问 问问 问一下 询问 请教 确认 告诉 决定 商量 讨论 研究 了解 打听"},
	{quotes, "谢谢你的 谢谢您的 感谢你的 感谢您的 多谢你的 多谢您的 谢谢你帮 谢谢您帮 感谢你帮 感谢您帮 谢谢你给 谢谢您给"},
	{quotes, "翻译 译成 翻译成 翻成 润色 改写 造句 造个句 朗读 念一遍 听写 默写 解释 解释一下 英文怎么说 用英语怎么说 什么意思 是什么意思"},
	{negates, "别 不要 不用 不必 甭 勿 无需 不需要 没必要 不许 不准 不想 不想要 别再 不要再 不用再 不再 千万别 千万不要 唔好 唔使 唔要 咪 先别 先不要"},
}

// fillers are what people say around a command.
const fillers = "请 请你 请您 麻烦 麻烦你 麻烦您 帮 帮我 帮忙 帮帮我 帮一下 给我 替我 为我 你 您 请问 " +
	"劳驾 拜托 一下 一下子 下 一个 个 一条 一项 一份 的 了 吧 呢 啊 呀 哦 哈 嘛 啦 喽 呗 咯 呐 嘞 哟 哩 咧 嗯 呃 哎 喂 嘿 诶 那个 那 就 吗 " +
	"好吗 行吗 可以吗 好不好 行不行 可不可以 能不能 能否 可否 可以 能 能够 我想 我要 我想要 我需要 需要 想要 要 想 " +
	"我希望 希望 谢谢 多谢 多谢晒 唔该晒 谢了 谢谢你 辛苦 辛苦了 你好 您好 记得 别忘了 别忘记 不要忘了 不要忘记 别忘 不要忘 " +
	"到时候 到时 时候 的时候 在 把 将 给 现在 马上 立刻 赶紧 快 快点 等会儿 待会儿 它 用 为 是 会 有 都 也 所有 全部 全都"

// compounds are words whose characters must not be read one by one.
const compounds = "开会 开心 开始 开车 开学 开业 开发 离开 公开 展开 分开 一定 决定 固定 规定 约定 稳定 确定 肯定 " +
	"假定 不一定 特定 预定 订单 关于 关系 关心 有关 相关 机关 海关 开关 没关系 关键 设计 设备 假设 建设 建议 建筑 " +
	"叫做 叫声 算了 打算 总算 就算 预算 算法 算术 找到 寻找 查明 改天 改革 特别 区别 级别 分别 别人 别墅 性别 告别 " +
	"不错 不好 不过 不同 不是 放假 放学 放松 放心 放弃 要求 重要 主要 需求 只要 要是 可能 功能 性能 能力 能量 智能 " +
	"下班 下午 下周 下个 下次 下雨 下雪 下面 下载 上下 楼下 地下 用户 使用 作用 应用 费用 用品 认为 因为 成为 行为 " +
	"大小 高低 冷热 明暗 快慢 长短 远近 轻重 播放列表 播放器 没有 拥有 有人 首都 成都 是非 开放 开头 开水 打开方式 哪怕 想法 思想 理想 想象 梦想 现在的 社会 机会 会议 会员 约会 聚会 晚会 学会 会计"
