package privacy

import (
	"strings"
	"sync"
)

// An address is read from left to right: divisions, then streets and estates, then doors. What makes it private is its
// end: a house or room number. It begins with a division, after a label, or with a street that a number follows.

// The ends of the names of streets and of estates and the like, longer ones first.
var (
	streetEnds = split("大街 大道 街道 公路 环路 胡同 路 街 巷 道 弄 里 条 段 村 镇 乡 屯 庄 社区 寨 坊 嘎查 苏木")
	estateEnds = split("小区 花园 大厦 广场 公寓 家园 中心 大楼 山庄 别墅 公馆 新村 宿舍 学院 大学 中学 小学 医院 酒店 商场 市场 园区 工业园 科技园 产业园 开发区 新区 " +
		"苑 园 城 府 湾 庭 居 邸 轩 阁 厦 寓 楼 院 墅 郡 厂 队 组 店 馆 塔 座")
	doorEnds = split("号楼 号院 号门 号房 单元 号 栋 幢 座 弄 楼 层 室 房 组 门 户 排 期 区 队 库 铺")
	// notStreets end as streets do.
	notStreets = split("频道 渠道 轨道 知道 难道 报道 味道 管道 通道 街道办 网路 思路 线路 电路 回路 套路 铁路 道路 马路 一路 公里 这里 那里 哪里 家里 里里 条条 阶段 手段 片段 字段 时段 网段 号段 条目 一条 几条 这条 那条 农村 乡村 英里 海里")
	// notDoors follow a number with 号 that is not a door's.
	notDoors = "线文令台机码称召馆员选种角字公手种球坑院士"
)

// startStops are characters that an address without divisions does not have in the name of its street.
const startStops = "在到去往送于是从我你他她的住来寄了给向至为有和与及过沿对位经就将请把被由离近这那个第各每址说叫要去回前赴抵达上下见访找"

// innerStops end an address wherever they stand.
const innerStops = "的了是我你他她请给把被吗呢吧也都很"

// split returns the words of a list, when they are first asked for.
func split(words string) func() [][]rune {
	return sync.OnceValue(func() [][]rune {
		var list [][]rune
		for _, w := range strings.Fields(words) {
			list = append(list, []rune(w))
		}
		return list
	})
}

// An address in the making.
type address struct {
	v         *view
	from, to  int
	divisions int
	streets   int
	estates   int
	doors     int
}

func (v *view) findAddresses() {
	if !v.hasDoor() && !v.hasCue(cueAddress) {
		return
	}
	table := divisionTable()
	until := 0
	for i := v.lead; i < len(v.r); i++ {
		if i < until || !isHan(v.r[i]) && !v.is(i, word) {
			continue
		}
		a := address{v: v, from: i, to: i}
		labelled := v.afterLabel(i)
		p, ok := table.longest(v, i)
		switch {
		case ok && (!p.short || v.followedByDivision(table, i+len(p.name))), labelled:
			a.read(table)
		case v.streetBeforeDoor(i) > 0:
			a.from = v.streetStart(i, until)
			a.to = a.from
			a.read(nil)
		default:
			continue
		}
		if to := a.judge(labelled); to > i {
			until = to
		}
	}
}

// hasDoor reports whether the number of a door is in the block.
func (v *view) hasDoor() bool {
	for i := v.lead; i < len(v.r); i++ {
		if v.is(i, digit|numeral) && !v.is(i-1, digit|numeral) || v.r[i] == '十' || v.is(i, letter) && !v.is(i-1, letter) && !v.is(i+1, letter) {
			if _, ok := v.door(i); ok {
				return true
			}
		}
	}
	return false
}

func (v *view) hasCue(kind cueKind) bool {
	for _, q := range v.cues {
		if q.kind == kind {
			return true
		}
	}
	return false
}

// afterLabel reports whether a label of an address ends before i, with nothing but punctuation between.
func (v *view) afterLabel(i int) bool {
	if v.is(i-1, word) || isHan(v.at(i-1)) && !v.endsCue(i) && v.at(i-1) != '是' && v.at(i-1) != '为' && v.at(i-1) != '在' {
		return false
	}
	return v.labelled(i, cueAddress)
}

func (v *view) followedByDivision(table *divisions, i int) bool {
	if r := v.at(i); r == '省' || r == '市' || r == ' ' {
		i++
	}
	p, ok := table.longest(v, i)
	return ok && (!p.short || p.level > 1)
}

// streetBeforeDoor returns the length of a street's or estate's end at i that the number of a door follows, or 0.
func (v *view) streetBeforeDoor(i int) int {
	if !isHan(v.at(i - 1)) {
		return 0
	}
	for _, ends := range [][][]rune{streetEnds(), estateEnds()} {
		for _, end := range ends {
			if v.has(i, end) {
				if _, ok := v.door(i + len(end)); ok && !v.notStreet(i+len(end)) {
					return len(end)
				}
			}
		}
	}
	return 0
}

func (v *view) notStreet(end int) bool {
	for _, w := range notStreets() {
		if v.has(end-len(w), w) {
			return true
		}
	}
	return false
}

// streetStart returns where the name of a street that ends at i may begin.
func (v *view) streetStart(i, until int) int {
	from := i
	for k := 0; k < 8 && from > until && from > v.lead; k++ {
		r := v.r[from-1]
		if !isHan(r) || containsRune(startStops, r) && !v.inName(from-1) {
			break
		}
		from--
	}
	for k := from; k < i; k++ { // a label may stand before the name
		if v.endsCue(k) {
			from = k
		}
	}
	return from
}

// inName reports whether a character that words between places have begins a common name here.
func (v *view) inName(i int) bool {
	switch [2]rune{v.at(i), v.at(i + 1)} {
	case [2]rune{'和', '平'}, [2]rune{'和', '睦'}, [2]rune{'和', '谐'}, [2]rune{'向', '阳'}, [2]rune{'上', '海'}, [2]rune{'有', '为'}, [2]rune{'前', '进'}, [2]rune{'前', '门'}:
		return true
	}
	return false
}

// read reads the address from a.to on as far as it goes.
func (a *address) read(table *divisions) {
	v := a.v
	i := a.to
	for table != nil && i-a.from < 60 {
		p, ok := table.longest(v, i)
		if !ok || p.short && a.divisions > 0 && !v.followedByDivision(table, i+len(p.name)) {
			break
		}
		i += len(p.name)
		if p.short && (v.at(i) == '省' || v.at(i) == '市') {
			i++
		}
		a.divisions++
		a.to = i
		for k := 0; k < 1 && (v.at(i) == ' ' || v.at(i) == '-' || v.at(i) == '/'); k++ {
			i++
		}
	}
	for i-a.from < 100 {
		if end, ok := v.door(i); ok {
			a.doors++
			a.to, i = end, end
		} else if end, street, more := v.unit(i); end > i {
			if street {
				a.streets++
			} else {
				a.estates++
			}
			a.to, i = end, end
			if !more {
				break
			}
		} else if a.doors > 0 && v.bareRoom(i) > i {
			a.to = v.bareRoom(i)
			break
		} else {
			break
		}
		if r := v.at(i); r == ' ' || r == '-' || r == '(' || r == ')' || r == '·' {
			i++
		}
	}
	if v.at(a.to) == ')' && a.hasOpen() {
		a.to++
	}
}

func (a *address) hasOpen() bool {
	for i := a.from; i < a.to; i++ {
		if a.v.r[i] == '(' {
			return true
		}
	}
	return false
}

// unit reads the name of a street or estate from i on, and reports whether it goes to the end of its characters.
func (v *view) unit(i int) (end int, street, more bool) {
	stop := i
	for stop-i < 24 && (isHan(v.at(stop)) || v.is(stop, letter)) && !containsRune(innerStops, v.at(stop)) {
		if stop > i && v.is(stop, numeral) {
			if _, ok := v.door(stop); ok {
				break
			}
		}
		stop++
	}
	for last := stop; last > i+1; last-- {
		for k, ends := range [][][]rune{streetEnds(), estateEnds()} {
			for _, e := range ends {
				if last-len(e) > i && v.has(last-len(e), e) && !v.notStreet(last) {
					return last, k == 0, last == stop
				}
			}
		}
	}
	return i, false, false
}

// door reads a number such as 12号, 3-2单元 or A座 at i.
func (v *view) door(i int) (end int, ok bool) {
	start := i
	if containsRune("甲乙丙丁东南西北附负第", v.at(i)) {
		i++
	}
	if v.is(i, letter) {
		i++
	}
	digits := 0
	for k := 0; k < 12; k++ {
		r := v.at(i)
		switch {
		case v.is(i, digit|numeral) || r == '十' || r == '百':
			digits++
		case digits > 0 && (r == '-' || r == '/' || r == '之' || r == '#') && v.is(i+1, digit|numeral|letter):
		case digits > 0 && v.is(i, letter):
		default:
			k = 12
			continue
		}
		i++
	}
	if i == start || digits == 0 && !v.is(start, letter) {
		return start, false
	}
	for _, e := range doorEnds() {
		if v.has(i, e) {
			i += len(e)
			return i, !(e[0] == '号' && len(e) == 1 && containsRune(notDoors, v.at(i)))
		}
	}
	if digits > 0 && v.at(i) == '#' {
		return i + 1, true
	}
	return start, false
}

// bareRoom returns the end of a room number without 室.
func (v *view) bareRoom(i int) int {
	end := i
	for v.is(end, digit) {
		end++
	}
	if n := end - i; n < 2 || n > 4 || v.is(end, letter) || v.at(end) == '-' || v.at(end) == '.' {
		return i
	}
	return end
}

// judge adds the address if it is one, and returns its end, or 0.
func (a *address) judge(labelled bool) int {
	names := a.streets + a.estates
	var reasons Reasons
	if labelled {
		reasons |= ByLabel
	}
	if a.divisions > 0 {
		reasons |= ByDivision
	}
	if a.doors > 0 {
		reasons |= ByDoor
	}
	confidence := Likely
	switch {
	case a.doors > 0 && a.divisions > 0 && (names > 0 || a.doors > 1 || labelled):
		confidence = Certain
	case a.doors > 0 && names > 0:
	case labelled && (names > 0 && a.divisions > 0 || a.divisions > 1 || a.doors > 1):
	default:
		return 0
	}
	a.v.add(Address, a.from, a.to, Unchecked, confidence, reasons)
	return a.to
}
