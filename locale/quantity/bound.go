package quantity

import "strings"

// Bound says how the amount that is meant lies to the one that is named.
type Bound uint8

const (
	Exact   Bound = iota
	About         // 约5斤, 5斤左右
	Nearly        // 近5斤: a little less
	AtLeast       // 至少5斤, 5斤以上
	Over          // 超过5斤
	AtMost        // 最多5斤, 5斤以下
	Under         // 不到5斤
	Between       // 五到六斤, 七八斤, 十几斤: from Number to High
)

// String returns the name of the constant.
func (b Bound) String() string {
	if b > Between {
		b = Exact
	}
	return [...]string{"Exact", "About", "Nearly", "AtLeast", "Over", "AtMost", "Under", "Between"}[b]
}

type boundWord struct {
	text  string
	bound Bound
}

// Words before an amount, those that end like others first.
var boundsBefore = []boundWord{
	{"不大于", AtMost}, {"不高于", AtMost}, {"不多于", AtMost}, {"不超过", AtMost}, {"不超", AtMost}, {"最多不过", AtMost}, {"至多不过", AtMost},
	{"小于等于", AtMost}, {"低于等于", AtMost}, {"最多", AtMost}, {"至多", AtMost}, {"顶多", AtMost}, {"最高", AtMost}, {"上限", AtMost}, {"≤", AtMost}, {"<=", AtMost},
	{"不小于", AtLeast}, {"不低于", AtLeast}, {"不少于", AtLeast}, {"不下于", AtLeast}, {"不下", AtLeast}, {"大于等于", AtLeast}, {"高于等于", AtLeast},
	{"至少", AtLeast}, {"最少", AtLeast}, {"起码", AtLeast}, {"最低", AtLeast}, {"最起码", AtLeast}, {"下限", AtLeast}, {"≥", AtLeast}, {">=", AtLeast},
	{"超过了", Over}, {"超过", Over}, {"大于", Over}, {"高于", Over}, {"多于", Over}, {"高过", Over}, {"多过", Over}, {"突破", Over}, {"逾", Over}, {">", Over},
	{"不到", Under}, {"不足", Under}, {"不满", Under}, {"未满", Under}, {"未到", Under}, {"未足", Under}, {"小于", Under}, {"低于", Under}, {"少于", Under}, {"少过", Under}, {"<", Under},
	{"将近", Nearly}, {"接近", Nearly}, {"近", Nearly},
	{"大约", About}, {"大概", About}, {"约莫", About}, {"差不多", About}, {"约", About}, {"估计", About},
}

// Words behind an amount.
var boundsAfter = []boundWord{
	{"或以上", AtLeast}, {"及以上", AtLeast}, {"和以上", AtLeast}, {"以上", AtLeast}, {"之上", AtLeast}, {"起步", AtLeast}, {"打底", AtLeast},
	{"或以下", AtMost}, {"及以下", AtMost}, {"和以下", AtMost}, {"以下", AtMost}, {"之下", AtMost}, {"以内", AtMost}, {"之内", AtMost}, {"封顶", AtMost},
	{"不到", Under}, {"左右", About}, {"上下", About}, {"出头", Over}, {"开外", Over},
}

// boundBefore returns the bound that ends at i, blanks aside, and where it starts, not before from.
func boundBefore(s string, from, i int) (Bound, int) {
	head := strings.TrimRight(s[from:i], " ")
	for _, w := range boundsBefore {
		if rest, ok := strings.CutSuffix(head, w.text); ok && !strings.HasSuffix(rest, "最") && !(w.text == "约" && endsIn(rest, notAbout)) && !(w.text == "近" && endsIn(rest, notNear)) {
			return w.bound, from + len(rest)
		}
	}
	return Exact, i
}

// Characters before 约 and 近 that make them other words.
const (
	notAbout = "预节合签条契违邀解履失特制誓"
	notNear  = "最附远靠接邻临亲贴相"
)

// boundAfter returns the bound that starts at i, and its end.
func boundAfter(s string, i int) (Bound, int) {
	for _, w := range boundsAfter {
		if strings.HasPrefix(s[i:], w.text) {
			return w.bound, i + len(w.text)
		}
	}
	if k := skip(s, i, "起"); k > i && !startsIn(s, k, "来码点步见因伏居身床飞跑") {
		return AtLeast, k
	}
	return Exact, i
}

// weigh returns the bound that two together mean; the one in front says more: 至少九千以上.
func weigh(before, after Bound) Bound {
	if before == Exact || before == About && after != Exact {
		return after
	}
	return before
}
