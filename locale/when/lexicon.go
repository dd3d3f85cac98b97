package when

import (
	"sort"
	"strings"
	"sync"
)

// role is what a word of the lexicon can do in an expression.
type role uint8

const (
	dayWord    role = iota // 明天: n days from today
	dayPart                // 今晚: n days from today, part
	partWord               // 下午: part
	partShort              // 早, 晚 behind a date: part
	yearWord               // 明年: n years from this one
	weekPrefix             // 下 of 下周: n weeks from this one
	weekWord               // 周, 星期
	monthWord              // 下个月: n months from this one
	unitWord               // 小时: n is a unit
	festival               // 国庆: n is month*100+day
	laterWord              // 之后: n is 1, -1 for 之前, 0 for 之内
	aheadWord              // 过 of 过十分钟
	rangeWord              // 未来 of 未来三天: n is 1, -1 for 过去
	nowWord                // 现在
	untilWord              // 到 of 三点到五点
	lunarWord              // 农历: what follows is not ours
	workday                // 工作日
	weekendDay             // 周末
)

type entry struct {
	word []rune
	role role
	n    int
	part partOfDay
}

// partOfDay names a stretch of the day and the way hours are said in it.
type partOfDay uint8

const (
	anyPart   partOfDay = iota
	dawn                // 凌晨
	morning             // 早上
	forenoon            // 上午
	noon                // 中午
	afternoon           // 下午
	dusk                // 傍晚
	evening             // 晚上
	deepNight           // 半夜
)

// partHours are the hours from and to which a part of the day lasts, counted from its day's midnight.
var partHours = [...][2]int{
	dawn: {0, 6}, morning: {6, 10}, forenoon: {8, 12}, noon: {11, 13}, afternoon: {12, 18}, dusk: {17, 19},
	evening: {18, 24}, deepNight: {23, 28},
}

// Units of length, in the n of a unitWord.
const (
	unitSecond = iota
	unitMinute
	unitQuarterHour
	unitHour
	unitDay
	unitWeek
	unitMonth
	unitQuarter
	unitYear
)

// lexicon is the vocabulary: words of one meaning, separated by blanks. All in simplified script, see fold.
var lexicon = []struct {
	words string
	role  role
	n     int
	part  partOfDay
}{
	{"今天 今日 今儿 今儿个 今个 本日 即日 当天 当日", dayWord, 0, 0},
	{"明天 明日 明儿 明儿个 次日 翌日 听日", dayWord, 1, 0},
	{"后天 后日 后儿", dayWord, 2, 0},
	{"大后天 大后日", dayWord, 3, 0},
	{"大大后天", dayWord, 4, 0},
	{"昨天 昨日 昨儿 昨儿个 寻日 琴日", dayWord, -1, 0},
	{"前天 前日 前儿", dayWord, -2, 0},
	{"大前天 大前日", dayWord, -3, 0},

	{"今早 今晨 今早上", dayPart, 0, morning},
	{"今晚 今夜 今晚上 当晚", dayPart, 0, evening},
	{"明早 明晨 明早上", dayPart, 1, morning},
	{"明晚 明晚上 听晚", dayPart, 1, evening},
	{"后晚", dayPart, 2, evening},
	{"昨晚 昨夜 昨晚上 寻晚 琴晚", dayPart, -1, evening},
	{"昨早 昨晨", dayPart, -1, morning},
	{"前晚", dayPart, -2, evening},

	{"凌晨", partWord, 0, dawn},
	{"早上 早晨 清晨 清早 大清早 一大早 一早 早间", partWord, 0, morning},
	{"上午 午前", partWord, 0, forenoon},
	{"中午 正午 晌午", partWord, 0, noon},
	{"下午 午后 晏昼", partWord, 0, afternoon},
	{"傍晚 黄昏", partWord, 0, dusk},
	{"晚上 晚间 夜晚 夜里 夜间", partWord, 0, evening},
	{"半夜 深夜 午夜 大半夜 半夜里", partWord, 0, deepNight},
	{"早 晨", partShort, 0, morning},
	{"晚 夜", partShort, 0, evening},

	{"今年 本年 本年度 今年度 当年", yearWord, 0, 0},
	{"明年 来年 明年度 下一年", yearWord, 1, 0},
	{"后年", yearWord, 2, 0},
	{"大后年", yearWord, 3, 0},
	{"去年 上年 上一年 前一年 去年度", yearWord, -1, 0},
	{"前年", yearWord, -2, 0},
	{"大前年", yearWord, -3, 0},

	{"这 这个 这一 这一个 本 今个 当", weekPrefix, 0, 0},
	{"下 下个 下一 下一个", weekPrefix, 1, 0},
	{"下下 下下个", weekPrefix, 2, 0},
	{"上 上个 上一 上一个", weekPrefix, -1, 0},
	{"上上 上上个", weekPrefix, -2, 0},
	{"周 星期 礼拜", weekWord, 0, 0},

	{"这个月 这月 本月 当月 本月份", monthWord, 0, 0},
	{"下个月 下月 下一个月 下月份", monthWord, 1, 0},
	{"下下个月 下下月", monthWord, 2, 0},
	{"上个月 上月 上一个月 上月份", monthWord, -1, 0},
	{"上上个月 上上月", monthWord, -2, 0},

	{"秒 秒钟 s", unitWord, unitSecond, 0},
	{"分钟 分 min", unitWord, unitMinute, 0},
	{"刻钟", unitWord, unitQuarterHour, 0},
	{"小时 钟头 个钟 钟 h", unitWord, unitHour, 0},
	{"天 日 昼夜", unitWord, unitDay, 0},
	{"周 星期 礼拜", unitWord, unitWeek, 0},
	{"月", unitWord, unitMonth, 0},
	{"季度", unitWord, unitQuarter, 0},
	{"年", unitWord, unitYear, 0},

	{"后 之后 以后 过后", laterWord, 1, 0},
	{"前 之前 以前", laterWord, -1, 0},
	{"内 之内 以内", laterWord, 0, 0},
	{"过 再过 等 再等", aheadWord, 1, 0},
	{"未来 接下来 今后 往后 向后 之后 后 下", rangeWord, 1, 0},
	{"过去 最近 近 之前 往前 向前 前 上", rangeWord, -1, 0},
	{"现在 此刻 目前 当前 此时此刻 眼下 这会儿", nowWord, 0, 0},
	{"到 至 ~ - 到了 -- ~~", untilWord, 0, 0},
	{"农历 阴历 旧历 正月 腊月 大年", lunarWord, 0, 0},
	{"工作日", workday, 0, 0},
	{"周末 双休日", weekendDay, 0, 0},

	{"元旦 元旦节 公历新年 阳历新年", festival, 101, 0},
	{"情人节", festival, 214, 0},
	{"妇女节 三八节 三八妇女节 女神节", festival, 308, 0},
	{"植树节", festival, 312, 0},
	{"消费者权益日", festival, 315, 0},
	{"愚人节", festival, 401, 0},
	{"地球日 世界地球日", festival, 422, 0},
	{"劳动节 五一 五一节 五一劳动节 国际劳动节", festival, 501, 0},
	{"青年节 五四青年节", festival, 504, 0},
	{"护士节", festival, 512, 0},
	{"儿童节 六一 六一节 六一儿童节", festival, 601, 0},
	{"建党节 党的生日", festival, 701, 0},
	{"建军节 八一建军节", festival, 801, 0},
	{"教师节", festival, 910, 0},
	{"国庆 国庆节 十一国庆 国庆日", festival, 1001, 0},
	{"万圣夜", festival, 1031, 0},
	{"万圣节", festival, 1101, 0},
	{"光棍节 双十一 双11", festival, 1111, 0},
	{"双十二 双12", festival, 1212, 0},
	{"平安夜 圣诞夜 圣诞前夜", festival, 1224, 0},
	{"圣诞 圣诞节", festival, 1225, 0},
	{"跨年夜", festival, 1231, 0},
}

// Words that follow a number and 点, 号, 天 and the like and take the time out of it.
var (
	afterPoint   = strings.Fields("建议 意见 要求 原因 理由 好处 希望 体会 看法 想法 说明 注意 内容 区别 不同 问题 启示 感想 共识 方面 收获 不足 水 菜 餐 赞 击 名 数 位 都 儿 声 心 感 燃 缀")
	beforePoint  = strings.Fields("以下 以上 如下 这 那 第 前 有 哪 几 共 各 其 上述 下列 得 加 扣 涨 跌 快 早 晚 慢 多 少 大 小 高 低 好 差 等 百分之 的 要 提 小 .")
	beforeClock  = strings.Fields("在 到 至 从 于 约 就 定 、 ， , ~ ")
	afterPart    = strings.Fields("好 茶 安 饭 餐 班")
	beforeLength = strings.Fields("有 哪 某 另")
	afterDay     = strings.Fields("楼 线 门 店 房 车 球 机 码 公路 员 桌 院 站 文 字 厅 坑 选手 种子 馆 台 街 仓 窗 床 柜 电池 和稀")
	afterUnit    = strings.Fields("级 纪 代 岁 轮 薪 饼 亮 球 龄 刊 报 票 卡 王 边 围 到 转 密 折 旋 身 遭 全 延 年 长 制")
)

// lexiconAt holds the vocabulary by first character, longest words first.
var lexiconAt = sync.OnceValue(func() map[rune][]entry {
	m := make(map[rune][]entry)
	for _, l := range lexicon {
		for _, w := range strings.Fields(l.words) {
			e := entry{[]rune(w), l.role, l.n, l.part}
			m[e.word[0]] = append(m[e.word[0]], e)
		}
	}
	for _, es := range m {
		sort.SliceStable(es, func(i, j int) bool { return len(es[i].word) > len(es[j].word) })
	}
	return m
})
