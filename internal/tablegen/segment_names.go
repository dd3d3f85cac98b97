package main

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"
)

// surnames are the characters that count as surnames. Some that are rare as such and common as words are left out.
const surnames = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳" +
	"鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵湛汪祁毛禹狄米贝臧伏戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季" +
	"麻贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯昝卢莫房裘缪宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲封芮" +
	"羿储靳汲邴糜段巫乌焦巴弓牧隗谷侯宓蓬郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶司韶郜黎蓟薄宿白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥苍闻" +
	"莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿扈燕冀郏浦尚农温庄晏柴瞿阎慕连茹习宦艾鱼容古易慎戈廖庾暨衡耿弘匡文寇禄阙沃蔚夔隆师巩聂晁勾敖" +
	"融冷訾辛阚饶曾沙鞠丰巢关蒯查荆红游竺逯盖桓肖闫佟覃邝岳代付仝冼谌晋兰赫苑迟隋丛苟佘滕揭邸栗厍麦练干车成向国时解洛"

// nameCounts tells how often the names of persons in the dictionary have a character in each place: as the surname, and
// as the first and the second character of the given name.
type nameCounts [3]map[rune]int

func countNames(words []word) nameCounts {
	counts := nameCounts{{}, {}, {}}
	for _, w := range words {
		runes := []rune(w.text)
		if w.tag != "nr" && w.tag != "nrfg" || len(runes) != 3 || !strings.ContainsRune(surnames, runes[0]) {
			continue
		}
		for i, r := range runes {
			counts[i][r]++
		}
	}
	return counts
}

// String has a line for each place and size of the count: the place, the number of the count's binary digits, and the
// characters. Given names' characters that are there only once are left out.
func (c nameCounts) String() string {
	var text strings.Builder
	for place, counts := range c {
		lines := make(map[int][]rune)
		most := 0
		for r, n := range counts {
			size := bits.Len(uint(n))
			if size > 1 || place == 0 {
				lines[size] = append(lines[size], r)
				most = max(most, size)
			}
		}
		for size := most; size > 0; size-- {
			if len(lines[size]) > 0 {
				slices.Sort(lines[size])
				fmt.Fprintf(&text, "%d %d %s\n", place, size, string(lines[size]))
			}
		}
	}
	return text.String()
}
