package quantity

import (
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// Unit is a unit of measurement. The zero value is no unit.
type Unit uint8

// The known units.
const (
	_ Unit = iota

	Metre
	Kilometre
	Decimetre
	Centimetre
	Millimetre
	Micrometre
	Li    // 里, 500 m
	Zhang // 丈
	Chi   // 尺
	Cun   // 寸
	Mile
	Yard
	Foot
	Inch
	NauticalMile

	Gram
	Kilogram
	Milligram
	Tonne
	Jin    // 斤, 500 g
	Liang  // 两, 50 g
	TaiJin // 台斤, 600 g
	Carat  // 克拉
	Pound  // avoirdupois
	Ounce  // avoirdupois

	Litre
	Millilitre
	CubicMetre
	CubicCentimetre
	Gallon // US

	SquareMetre
	SquareKilometre
	SquareCentimetre
	Mu // 亩
	Hectare
	Acre
	SquareFoot
	Ping // 坪

	Celsius
	Fahrenheit
	Kelvin

	MetrePerSecond
	KilometrePerHour
	MilePerHour
	Knot

	Byte
	Bit
	Kilobyte
	Megabyte
	Gigabyte
	Terabyte

	Second
	Millisecond
	Minute
	Hour
	Day
	Week
)

// unitData describes a unit: amount*scale + offset is the amount in the base unit of its dimension.
type unitData struct {
	name      string
	dimension Dimension
	scale     ratio
	offset    ratio
	aliases   string // beside the name, separated by blanks; see the package comment on case
}

// units is the table of all units by Unit. The base units are m, g, l, m², K, m/s, byte and second.
var units = [...]unitData{
	0: {name: "无单位"},

	Metre:        {"米", Length, ratio{1, 1}, ratio{}, "公尺 m"},
	Kilometre:    {"公里", Length, ratio{1000, 1}, ratio{}, "千米 km"},
	Decimetre:    {"分米", Length, ratio{1, 10}, ratio{}, "公寸 dm"},
	Centimetre:   {"厘米", Length, ratio{1, 100}, ratio{}, "釐米 公分 cm"},
	Millimetre:   {"毫米", Length, ratio{1, 1000}, ratio{}, "公厘 公釐 mm"},
	Micrometre:   {"微米", Length, ratio{1, 1_000_000}, ratio{}, "μm um"},
	Li:           {"里", Length, ratio{500, 1}, ratio{}, "华里 華里 里地 里路"},
	Zhang:        {"丈", Length, ratio{10, 3}, ratio{}, ""},
	Chi:          {"尺", Length, ratio{1, 3}, ratio{}, "市尺"},
	Cun:          {"寸", Length, ratio{1, 30}, ratio{}, "市寸"},
	Mile:         {"英里", Length, ratio{1609344, 1000}, ratio{}, "英哩 哩 mi mile miles"},
	Yard:         {"码", Length, ratio{9144, 10000}, ratio{}, "碼 yd"},
	Foot:         {"英尺", Length, ratio{3048, 10000}, ratio{}, "英呎 呎 ft feet"},
	Inch:         {"英寸", Length, ratio{254, 10000}, ratio{}, "英吋 吋 in inch inches"},
	NauticalMile: {"海里", Length, ratio{1852, 1}, ratio{}, "海哩 浬 nmi"},

	Gram:      {"克", Mass, ratio{1, 1}, ratio{}, "公克 g"},
	Kilogram:  {"公斤", Mass, ratio{1000, 1}, ratio{}, "千克 kg"},
	Milligram: {"毫克", Mass, ratio{1, 1000}, ratio{}, "mg"},
	Tonne:     {"吨", Mass, ratio{1_000_000, 1}, ratio{}, "噸 公吨 公噸 t"},
	Jin:       {"斤", Mass, ratio{500, 1}, ratio{}, "市斤"},
	Liang:     {"两", Mass, ratio{50, 1}, ratio{}, "兩"},
	TaiJin:    {"台斤", Mass, ratio{600, 1}, ratio{}, "臺斤"},
	Carat:     {"克拉", Mass, ratio{1, 5}, ratio{}, "卡拉 ct"},
	Pound:     {"磅", Mass, ratio{45359237, 100_000}, ratio{}, "lb lbs"},
	Ounce:     {"盎司", Mass, ratio{28349523125, 1_000_000_000}, ratio{}, "安士 oz"},

	Litre:           {"升", Volume, ratio{1, 1}, ratio{}, "公升 L l"},
	Millilitre:      {"毫升", Volume, ratio{1, 1000}, ratio{}, "ml cc"},
	CubicMetre:      {"立方米", Volume, ratio{1000, 1}, ratio{}, "立方公尺 m³ m3"},
	CubicCentimetre: {"立方厘米", Volume, ratio{1, 1000}, ratio{}, "立方公分 cm³ cm3"},
	Gallon:          {"加仑", Volume, ratio{3785411784, 1_000_000_000}, ratio{}, "加侖 gal"},

	SquareMetre:      {"平方米", Area, ratio{1, 1}, ratio{}, "平米 平方公尺 平方 m² m2 ㎡"},
	SquareKilometre:  {"平方公里", Area, ratio{1_000_000, 1}, ratio{}, "平方千米 km² km2"},
	SquareCentimetre: {"平方厘米", Area, ratio{1, 10_000}, ratio{}, "平方公分 平方釐米 cm² cm2"},
	Mu:               {"亩", Area, ratio{2000, 3}, ratio{}, "畝"},
	Hectare:          {"公顷", Area, ratio{10_000, 1}, ratio{}, "公頃 ha"},
	Acre:             {"英亩", Area, ratio{40468564224, 10_000_000}, ratio{}, "英畝"},
	SquareFoot:       {"平方英尺", Area, ratio{9290304, 100_000_000}, ratio{}, "平方英呎 平方呎 ft² ft2"},
	Ping:             {"坪", Area, ratio{400, 121}, ratio{}, ""},

	Celsius:    {"摄氏度", Temperature, ratio{1, 1}, ratio{27315, 100}, "攝氏度 ℃ °c 度 ° 摄氏° 攝氏°"},
	Fahrenheit: {"华氏度", Temperature, ratio{5, 9}, ratio{45967 * 5, 900}, "華氏度 ℉ °f 华氏° 華氏°"},
	Kelvin:     {"开尔文", Temperature, ratio{1, 1}, ratio{}, "開爾文 开氏度"},

	MetrePerSecond:   {"米每秒", Speed, ratio{1, 1}, ratio{}, "米/秒 公尺/秒 m/s"},
	KilometrePerHour: {"公里每小时", Speed, ratio{5, 18}, ratio{}, "公里每小時 千米每小时 公里/小时 公里/小時 公里/时 公里/時 千米/小时 千米/时 km/h kmh kph 迈 邁"},
	MilePerHour:      {"英里每小时", Speed, ratio{44704, 100_000}, ratio{}, "英哩每小時 英里/小时 英里/时 mph"},
	Knot:             {"节", Speed, ratio{463, 900}, ratio{}, "海里每小时 海里/小时 kn"},

	Byte:     {"字节", DataSize, ratio{1, 1}, ratio{}, "字節 位元組 B"},
	Bit:      {"比特", DataSize, ratio{1, 8}, ratio{}, "位元"},
	Kilobyte: {"KB", DataSize, ratio{1 << 10, 1}, ratio{}, "kb kib 千字节"},
	Megabyte: {"MB", DataSize, ratio{1 << 20, 1}, ratio{}, "mb mib 兆 兆字节 M"},
	Gigabyte: {"GB", DataSize, ratio{1 << 30, 1}, ratio{}, "gb gib 吉字节 G"},
	Terabyte: {"TB", DataSize, ratio{1 << 40, 1}, ratio{}, "tb tib 太字节 T"},

	Second:      {"秒", Time, ratio{1, 1}, ratio{}, "秒钟 秒鐘 s"},
	Millisecond: {"毫秒", Time, ratio{1, 1000}, ratio{}, "ms"},
	Minute:      {"分钟", Time, ratio{60, 1}, ratio{}, "分鐘 min"},
	Hour:        {"小时", Time, ratio{3600, 1}, ratio{}, "小時 钟头 鐘頭 h"},
	Day:         {"天", Time, ratio{86_400, 1}, ratio{}, ""},
	Week:        {"周", Time, ratio{604_800, 1}, ratio{}, "週 星期 星期 礼拜 禮拜"},
}

// notAfter lists what must not follow a Chinese unit, since it then begins or belongs to another word.
var notAfter = map[Unit]string{
	Metre: "饭飯粉线線酒糕兰蘭", Li: "面边邊屯程弄约約", Chi: "寸度码碼", Cun: "头頭步心土", Gram: "服隆制里",
	Liang: "个個次天年本件位条條张張句下遍回岁歲口百千万萬分小点點三侧側边邊岸会會手头頭者国國种種家款场場名只隻",
	Pound: "礴", Litre: "级級学學职職起温溫值降旗", Celsius: "电電角转轉弯彎春假蜜过過的娱量数數经經北南东東西",
	KilometrePerHour: "出进進向步入开開", Day: "气氣使才然空线線上下", Week: "年岁歲边邊围圍期转轉刊报報",
	Megabyte: "元圆圓日美港赫瓦帕欧歐人", Yard: "头頭", Tonne: "位级級", Mu: "产產", Knot: "课課目约約省日奏车車假气氣",
	Zhang: "夫人母", Jin: "两兩", Second: "杀殺懂回变變", SquareMetre: "根和差",
}

// alias is one way to write a unit.
type alias struct {
	text string
	unit Unit
}

// aliasesAt holds all names and symbols by first character, longest first. Symbols of several letters are
// in lower case; those of one letter are as they must be written.
var aliasesAt = sync.OnceValue(func() map[rune][]alias {
	m := make(map[rune][]alias)
	for u, d := range units {
		if u == 0 {
			continue
		}
		for _, a := range append(strings.Fields(d.aliases), d.name) {
			if len(a) > 1 && a[0] < utf8.RuneSelf {
				a = strings.ToLower(a)
			}
			r, _ := utf8.DecodeRuneInString(a)
			m[r] = append(m[r], alias{a, Unit(u)})
		}
	}
	for _, as := range m {
		sort.SliceStable(as, func(i, j int) bool { return len(as[i].text) > len(as[j].text) })
	}
	return m
})
