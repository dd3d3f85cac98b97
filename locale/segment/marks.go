package segment

import (
	"slices"
	"strings"
)

// marks are words of one or two characters that the rules look for.
type marks struct {
	parts, part, of, point, tael         spelling // 分之 分 之 点 两
	trillion                             spelling // 兆
	year, month, day, date, hour, minute spelling // 年 月 日 号 时 分
	decade, annual, monthly, century     spelling // 年代 年度 月份 世纪

	afterNumber []spelling // what is two words after a number: 年底, 个人
	beforeClock []spelling // what is said before an hour: 上午

	surnames   []spelling // of two characters
	beforeName []spelling // 记者
	afterName  []spelling // 先生, 表示

	plural, change spelling   // 们 化
	afterVerb      []spelling // what follows 化 where it is a verb
}

func (x *lexicon) readMarks() {
	for word, to := range map[string]*spelling{
		"分之": &x.parts, "分": &x.part, "之": &x.of, "点": &x.point, "两": &x.tael, "兆": &x.trillion,
		"年": &x.year, "月": &x.month, "日": &x.day, "号": &x.date, "时": &x.hour,
		"年代": &x.decade, "年度": &x.annual, "月份": &x.monthly, "世纪": &x.century,
		"们": &x.plural, "化": &x.change,
	} {
		*to = x.spell(word)
	}
	x.minute = x.part
	for words, to := range map[string]*[]spelling{
		"年底 年初 年末 年前 年后 年来 年内 年间 年中 月底 月初 月末 月内 月中 日前 日后 日晚 日电 日讯 日内 天内 天后 个人 本书": &x.afterNumber,
		"上午 下午 晚上 早上 凌晨 中午 早晨 傍晚 深夜 半夜 清晨 今晚 明早":                                  &x.beforeClock,
		compoundSurnames: &x.surnames,
		`记者 主席 总理 总统 教授 部长 市长 省长 书记 主任 局长 处长 院长 校长 经理 总裁 代表 委员 同志 作家 导演 演员 诗人 画家 选手 队员 队长 教练 律师
			医生 学生 农民 工人 村民 叫 叫做 名叫 司机 编剧 作者 摄影 校友 院士 博士 大使 司令 将军`: &x.beforeName,
		`说 说道 表示 指出 认为 强调 介绍 告诉 回忆 先生 女士 同志 教授 主席 总理 总统 部长 市长 省长 书记 主任 局长 处长 院长 校长 经理 记者 老师 医生
			大夫 小姐 太太 夫人 将军 导演 选手 道 笑道 问 笑 忙 抢 怒 等 会见 出席 主持 担任`: &x.afterName,
		"为 成 作 了 掉 解": &x.afterVerb,
	} {
		for word := range strings.FieldsSeq(words) {
			*to = append(*to, x.spell(word))
		}
	}
}

const compoundSurnames = "欧阳 司马 上官 诸葛 司徒 夏侯 皇甫 尉迟 公孙 慕容 令狐 端木 南宫 独孤 宇文 长孙 轩辕 澹台 淳于 拓跋 呼延 司空 申屠 " +
	"东郭 完颜 耶律 纳兰 赫连 贺兰"

// A spelling is a word of one or two characters, by their codes.
type spelling uint32

// spell returns the spelling of a word.
func (x *lexicon) spell(word string) spelling {
	s := spelling(0)
	for _, r := range word {
		s = s<<16 | spelling(x.words.Code(r))
	}
	return s
}

// spelling returns that of a piece of one or two places, and 0 for others.
func (b *block) spelling(p piece) spelling {
	switch p.places() {
	case 1:
		return spelling(b.code[p.from])
	case 2:
		return spelling(b.code[p.from])<<16 | spelling(b.code[p.from+1])
	}
	return 0
}

// ending returns the spelling of the last two places of a piece, and 0 if it has fewer.
func (b *block) ending(p piece) spelling {
	if p.places() < 2 {
		return 0
	}
	p.from = p.to - 2
	return b.spelling(p)
}

// among reports whether s, which is not 0, is in the list.
func among(s spelling, list []spelling) bool {
	return s != 0 && slices.Contains(list, s)
}
