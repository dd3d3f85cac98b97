package calendar

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// traditional are the characters that the names in this package have beside the simplified ones, each before its
// simplified form, and in the order of their code points.
const traditional = "" +
	"倫伦傳传兒儿別别動动勝胜勞劳區区員员國国圓圆團团婦妇媽妈學学師师復复愛爱" +
	"態态慶庆憲宪戰战掃扫數数曆历書书樹树權权歷历歸归殘残殺杀滿满灣湾無无煙烟" +
	"燈灯爭争環环禮礼種种穀谷穌稣竈灶節节糉粽糧粮紀纪紅红絡络網网聖圣臘腊臺台" +
	"舊旧萬万蘭兰處处號号蟄蛰衛卫衞卫親亲記记誕诞諸诸護护讀读變变豐丰豬猪財财" +
	"費费購购軍军農农迴回遊游過过醫医鋒锋門门開开閏闰陰阴陽阳際际雙双雞鸡難难" +
	"頭头願愿餅饼館馆馬马驚惊黨党龍龙"

// simplified returns s with the characters of traditional in their simplified form.
func simplified(s string) string {
	const entries = len(traditional) / (2 * han)
	return strings.Map(func(r rune) rune {
		if r < '一' {
			return r
		}
		at := func(n int) rune {
			c, _ := utf8.DecodeRuneInString(traditional[n*han:])
			return c
		}
		n := sort.Search(entries, func(n int) bool { return at(2*n) >= r })
		if n < entries && at(2*n) == r {
			return at(2*n + 1)
		}
		return r
	}, s)
}
