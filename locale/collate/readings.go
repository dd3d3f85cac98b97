package collate

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// readings has, by first character, texts that are read otherwise than one by one.
type readings map[rune][]reading

// A reading is a text and what sounds like it.
type reading struct{ text, as string }

func newReadings(as map[string]string) readings {
	var list readings
	for text, as := range as {
		if text != "" && utf8.RuneCountInString(text) == utf8.RuneCountInString(as) {
			if list == nil {
				list = make(readings)
			}
			first, _ := utf8.DecodeRuneInString(text)
			list[first] = append(list[first], reading{text, as})
		}
	}
	return list
}

// longest returns the size of the longest text that s begins with, and what sounds like it.
func (l readings) longest(s string) (size int, as string) {
	if len(l) == 0 || s == "" || s[0] < utf8.RuneSelf {
		return 0, ""
	}
	first, _ := utf8.DecodeRuneInString(s)
	for _, r := range l[first] {
		if len(r.text) > size && strings.HasPrefix(s, r.text) {
			size, as = len(r.text), r.as
		}
	}
	return size, as
}

// Places and surnames whose first character is read otherwise than elsewhere, each with a character that sounds like it
// there, and does not come after it by strokes.
const (
	places = "重庆𣐯 重慶𣐯 藏文銺 藏族銺 藏北銺 长沙仧 长春仧 长江仧 长治仧 长乐仧 长安仧 长城仧 长白仧 长垣仧 长葛仧 长兴仧 " +
		"长寿仧 長沙镸 長春镸 長江镸 長治镸 長樂镸 長安镸 長城镸 長白镸 厦门梺 廈門梺 六安圥 蚌埠迸 泌阳苾 乐亭涝 樂亭躼 " +
		"乐清戉 樂清閲 番禺萠 尉犁阈 都江堰剢 都匀剢 都昌剢 佛山仏 莘庄俽 铅山盐 鉛山詽 台州囼 会稽圦 會稽筷 涡阳郭 大城代 " +
		"什邡饣 荥经荧 枞阳宗 浚县訙 筠连碅 犍为靬 解州餀 牟平凩 任丘朲 丽水杝 麗水鵹 栎阳恱 单县疝 單縣椫 济南挤 济宁挤 " +
		"濟南穖 燕京閹 燕郊閹 应县映 冠县泴 秘鲁铋 秘魯铋 耶路撒冷倻 葛洲坝舸 曾厝垵増 华山夻 华阴夻 薄扶林駮 "

	surnames = "单疝 單椫 曾増 解塮 仇叴 区讴 區鸥 查査 翟宅 盖舸 蓋嗰 覃雂 乐戉 樂閲 朴嫖 尉迟阈 " +
		"尉遲阈 万俟末 萬俟貃 员运 員恽 繁謈 种虫 缪庿 繆廟 洗险 折佘 秘铋 祭砦 召劭 撒潵 任朲 " +
		"卜卟 过呙 過崞 哈奤 燕閹 於陓 澹台餤 澹臺餤 句勾 葛舸 薄駮 都剢 相项 炅炔 佴奈 郇询 " +
		"阚墈 纪犱 紀挤 闕阙 隗骩 "
)

// names has the places and surnames.
var names = sync.OnceValue(func() readings {
	as := make(map[string]string)
	for _, entry := range strings.Fields(places + surnames) {
		_, first := utf8.DecodeRuneInString(entry)
		_, last := utf8.DecodeLastRuneInString(entry)
		name, sound := entry[:len(entry)-last], entry[len(entry)-last:]
		as[name] = sound + name[first:]
	}
	return newReadings(as)
})
