package ondevice

import (
	"slices"
	"strings"
	"sync"
)

// A unit is what a number counts, as the description of a property says it and as people say it.
type unit int

// unitWords are the words for each unit. What a description calls it comes with what a speaker does.
var unitWords = []struct{ said, about string }{
	{"元 块 块钱 人民币 圆", "元 金额 价格 费用 预算 工资 收入 支出 单价 售价"},
	{"美元 美金 刀", "美元"},
	{"千克 公斤 kg", "千克 公斤 kg"},
	{"克 g", "克"},
	{"吨 t", "吨"},
	{"斤", "斤"},
	{"厘米 公分 cm", "厘米 cm"},
	{"毫米 mm", "毫米 mm"},
	{"公里 千米 km", "公里 千米 km"},
	{"米 m", "米"},
	{"平方米 平米 平 ㎡", "平方米 平米"},
	{"平方公里", "平方公里"},
	{"亩", "亩"},
	{"公顷", "公顷"},
	{"摄氏度 度 ℃ °c", "摄氏度 温度 气温 体温"},
	{"% 个百分点 成", "百分 %"},
	{"升 l", "升"},
	{"毫升 ml", "毫升"},
	{"分贝 db", "分贝"},
	{"赫兹 hz", "赫兹"},
	{"兆 mb", "mb"},
	{"gb g", "gb"},
	{"tb t", "tb"},
	{"千瓦时 度", "千瓦时"},
	{"瓦 w", "瓦"},
	{"伏 v", "伏"},
	{"卡路里 大卡 千卡 卡", "卡路里 热量 千卡"},
	{"分钟 分", "分钟"},
	{"小时 钟头 个小时 个钟头", "小时"},
	{"秒 秒钟", "秒"},
	{"天 日", "天数 天"},
	{"周 个星期 星期", "周数 周"},
	{"个月 月", "月"},
	{"年", "年"},
	{"岁 周岁", "年龄 岁 月龄"},
	{"人 位 名 个人 口人 口", "人数 乘客 人员 规模"},
	{"次 回", "次数 次"},
	{"分", "分数 评分 得分 成绩"},
	{"个 件 只 台 头 条 辆 道 份 本 张 箱 包 瓶 袋 套 题 棵 株 颗", "数量 数目 个数 题目 件数 头数 只数 台数 张数 份数 本数 辆数 箱数 棵数 株数 条数 道数 套数 瓶数 袋数"},
	{"层 楼", "楼层 层"},
	{"页", "页"},
	{"核", "核"},
	{"ppm", "ppm"},
}

// unitsOf returns the units that a description speaks of.
func unitsOf(name, about string) []unit {
	var out []unit
	for i, u := range unitWords {
		for w := range strings.FieldsSeq(u.about) {
			if k := strings.Index(about, w); k >= 0 && !ofAnother(about, w, i) {
				out = append(out, unit(i))
				break
			}
		}
	}
	if strings.EqualFold(name, "age") && !slices.ContainsFunc(out, func(u unit) bool { return unitWords[u].said == "岁 周岁" }) {
		out = append(out, unit(slices.IndexFunc(unitWords, func(u struct{ said, about string }) bool { return u.said == "岁 周岁" })))
	}
	return out
}

// ofAnother reports whether the word for a unit is only a part of the word for another: 米 in 厘米.
func ofAnother(about, word string, self int) bool {
	for i, u := range unitWords {
		if i == self {
			continue
		}
		for w := range strings.FieldsSeq(u.about) {
			if w != word && strings.Contains(w, word) && strings.Contains(about, w) && strings.Count(about, word) <= strings.Count(about, w) {
				return true
			}
		}
	}
	return false
}

var saidUnits = sync.OnceValue(func() [][][]rune {
	out := make([][][]rune, len(unitWords))
	for i, u := range unitWords {
		out[i] = folded(u.said)
	}
	return out
})

// unitAt returns the units whose longest word stands at rune i, and where it ends.
func (t *text) unitAt(i int) (found []unit, end int) {
	for k, words := range saidUnits() {
		for _, rs := range words {
			if i+len(rs) > len(t.runes) || !slices.Equal(t.runes[i:i+len(rs)], rs) || isLatin(rs[0]) && i+len(rs) < len(t.runes) && isLatin(t.runes[i+len(rs)]) {
				continue
			}
			switch {
			case i+len(rs) > end:
				found, end = []unit{unit(k)}, i+len(rs)
			case i+len(rs) == end:
				found = append(found, unit(k))
			}
		}
	}
	return found, end
}

// calendar reports whether a unit is one of the calendar, which lengths of time are counted in.
func (u unit) calendar() bool { return u.months() > 0 }

// months returns how many months the unit has, or 0.
func (u unit) months() int {
	switch unitWords[u].about {
	case "月":
		return 1
	case "年":
		return 12
	}
	return 0
}

// counts reports whether the unit only counts things, whatever they are.
func (u unit) counts() bool { return strings.HasPrefix(unitWords[u].said, "个 ") }

// heads reports whether the unit counts people.
func (u unit) heads() bool { return strings.HasPrefix(unitWords[u].said, "人 ") }

// unitWithin returns the units that a span ends with, such as the 元 of 五百元.
func (t *text) unitWithin(s *span) (found []unit, end int) {
	for i := s.start + 1; i < s.end; i++ {
		if found, end = t.unitAt(i); end == s.end {
			return found, end
		}
	}
	return nil, 0
}
