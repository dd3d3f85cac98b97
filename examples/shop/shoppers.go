package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/recommend"
)

const (
	shoppers = 400 // how many people shop here
	days     = 120 // how long they have done so
)

// A taste is a reason to shop: the categories and tags that it draws a person to.
type taste struct {
	name  string
	drawn []string
}

// tastes are what people have some of. Everybody also needs what is for daily use and a present now and then.
var tastes = []taste{
	{"爱喝绿茶", []string{"绿茶", "花茶", "茶具"}}, {"普洱老茶客", []string{"普洱", "白茶", "茶具"}}, {"喜欢乌龙和红茶", []string{"乌龙茶", "红茶", "茶具"}},
	{"咖啡不断", []string{"咖啡"}}, {"无辣不欢", []string{"麻辣", "火锅", "夜宵"}}, {"在家烘焙", []string{"烘焙"}},
	{"零食不离手", []string{"零食"}}, {"健身减脂", []string{"健身", "低脂", "早餐"}}, {"注重养生", []string{"养生", "按摩"}},
	{"爱做家常菜", []string{"做菜", "主食", "刀具"}}, {"家里有猫", []string{"养猫"}}, {"家里有狗", []string{"养狗"}},
	{"每周跑步", []string{"跑步", "跑步装备"}}, {"练瑜伽", []string{"瑜伽", "瑜伽用品"}}, {"周末露营徒步", []string{"露营", "露营装备", "徒步"}},
	{"钓鱼", []string{"钓鱼", "渔具"}}, {"打羽毛球", []string{"羽毛球"}}, {"打篮球", []string{"篮球", "健身"}}, {"骑车", []string{"骑行", "骑行装备"}},
	{"数码爱好者", []string{"数码", "手机配件", "耳机", "智能家居", "智能设备"}}, {"居家办公", []string{"办公", "电脑外设"}}, {"打游戏", []string{"游戏", "游戏设备"}},
	{"摄影", []string{"摄影", "摄影器材"}}, {"讲究护肤彩妆", []string{"护肤", "护肤品", "美妆", "彩妆"}}, {"穿汉服", []string{"汉服", "国风服饰"}},
	{"爱买女装", []string{"女装"}}, {"爱买男装", []string{"男装"}}, {"科幻迷", []string{"科幻", "科幻小说"}}, {"推理小说迷", []string{"推理", "读书", "小说"}},
	{"读历史", []string{"历史", "历史书", "古典"}}, {"写程序", []string{"编程", "办公", "电脑外设"}}, {"写手账", []string{"手账", "手账用品"}},
	{"练书法", []string{"书法", "书法用品"}}, {"养花种菜", []string{"园艺"}}, {"租房一个人住", []string{"租房"}},
	{"孩子上小学", []string{"小学生", "孩子"}}, {"宝宝一岁多", []string{"学步"}},
}

// An event of life draws a person to other things from some day on.
type change struct {
	name   string
	before []string // drawn to in the two months before
	after  []string // and after, for so many days
	lasts  int
}

var changes = []change{
	{"刚有了宝宝", []string{"孕期"}, []string{"新生儿"}, days},
	{"刚搬了家", nil, []string{"搬家", "收纳"}, 30},
	{"刚养了猫", nil, []string{"新养猫", "养猫"}, days},
}

// A shopper is somebody who shops here.
type shopper struct {
	Name   string
	tastes []int // of the table, the strongest first
	change int   // of the table, or -1
	on     int   // the day of the change
}

// About says what is to be known of a shopper.
func (s shopper) About() string {
	var said []string
	if s.change >= 0 {
		said = append(said, changes[s.change].name)
	}
	for _, t := range s.tastes {
		said = append(said, tastes[t].name)
	}
	return strings.Join(said, "、")
}

// regulars are the first shoppers, whom the program introduces; the others are drawn by lot.
var regulars = []struct {
	name, change string
	tastes       []string
}{
	{"周敏", "刚有了宝宝", []string{"咖啡不断", "讲究护肤彩妆"}}, {"老吴", "", []string{"普洱老茶客", "钓鱼", "读历史"}},
	{"小林", "刚养了猫", []string{"租房一个人住", "无辣不欢"}}, {"陈浩", "", []string{"写程序", "每周跑步", "科幻迷"}},
	{"阿梅", "", []string{"穿汉服", "写手账", "爱买女装"}}, {"王姨", "", []string{"注重养生", "爱做家常菜", "养花种菜"}},
	{"李强", "刚搬了家", []string{"周末露营徒步", "摄影"}}, {"孙老师", "", []string{"孩子上小学", "练书法", "爱喝绿茶"}},
}

const (
	surnames = "赵钱李周吴郑王冯陈沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马方袁柳唐"
	given    = "伟芳娜静磊洋艳勇杰娟涛明超霞平刚玲桂云龙慧宁欣怡佳宇轩雨晨思远文博子涵若溪"
)

// drawShoppers returns the people of the shop, no name twice.
func drawShoppers(dice *rand.Rand) []shopper {
	var people []shopper
	taken := map[string]bool{}
	for _, r := range regulars {
		s := shopper{Name: r.name, change: slices.IndexFunc(changes, func(c change) bool { return c.name == r.change }), on: days - 35}
		for _, name := range r.tastes {
			s.tastes = append(s.tastes, slices.IndexFunc(tastes, func(t taste) bool { return t.name == name }))
		}
		taken[s.Name] = true
		people = append(people, s)
	}
	family, own := []rune(surnames), []rune(given)
	for len(people) < shoppers {
		name := string([]rune{family[dice.IntN(len(family))], own[dice.IntN(len(own))], own[dice.IntN(len(own))]})
		if taken[name] {
			continue
		}
		taken[name] = true
		s := shopper{Name: name, tastes: dice.Perm(len(tastes))[:2+dice.IntN(2)], change: -1}
		if dice.IntN(4) == 0 {
			s.change, s.on = dice.IntN(len(changes)), dice.IntN(days)
		}
		people = append(people, s)
	}
	return people
}

// A market is what shoppers choose from.
type market struct {
	items   []recommend.Item
	drawing map[string][]int // by category and tag: the goods that have it
	charm   []float64        // how much a piece of goods appeals to anybody
}

func newMarket(items []recommend.Item, dice *rand.Rand) *market {
	m := &market{items: items, drawing: map[string][]int{}}
	for i, item := range items {
		for _, mark := range slices.Concat(item.Categories, item.Tags) {
			m.drawing[mark] = append(m.drawing[mark], i)
		}
		m.charm = append(m.charm, math.Exp(0.6*dice.NormFloat64()))
	}
	return m
}

// pick returns a piece of goods by its charm among those that one of the marks is on, as the season has it.
func (m *market) pick(marks []string, month time.Month, dice *rand.Rand) int {
	var pool []int
	for _, mark := range marks {
		pool = append(pool, m.drawing[mark]...)
	}
	weights := make([]float64, len(pool))
	var sum float64
	for k, i := range pool {
		weights[k] = m.charm[i] * inSeason(m.items[i], month)
		sum += weights[k]
	}
	at := dice.Float64() * sum
	for k, w := range weights {
		if at -= w; at < 0 {
			return pool[k]
		}
	}
	return pool[len(pool)-1]
}

// inSeason is how much more or less goods are wanted in a month.
func inSeason(item recommend.Item, month time.Month) float64 {
	switch {
	case !onOffer(item, month):
		return 0.001
	case slices.Contains(item.Tags, "夏天") && (month < time.May || month > time.September),
		slices.Contains(item.Tags, "冬天") && month >= time.April && month <= time.September:
		return 0.1
	}
	return 1
}

// history is what a shopper did up to a time: visits a few days apart, each for one taste.
func (m *market) history(s shopper, until time.Time, dice *rand.Rand) []recommend.Event {
	var events []recommend.Event
	usedUp := map[int]time.Time{} // by number of what was bought: when it is; zero for what lasts
	start := until.AddDate(0, 0, -days)
	for at := dice.ExpFloat64() * 5; at < days; at += 0.5 + dice.ExpFloat64()*5 {
		now := start.Add(time.Duration(at * float64(24*time.Hour)))
		do := func(i int, kind recommend.Kind) {
			events = append(events, recommend.Event{User: s.Name, Item: m.items[i].ID, Kind: kind, Time: now})
			now = now.Add(2 * time.Minute)
		}
		buy := func(i int) {
			do(i, recommend.Buy)
			usedUp[i] = time.Time{}
			if lasts := m.items[i].RebuyDays; lasts > 0 {
				usedUp[i] = now.Add(time.Duration(float64(lasts) * (0.85 + 0.3*dice.Float64()) * float64(24*time.Hour)))
			}
		}
		for i := range m.items { // in order, so that the same dice make the same history
			if end := usedUp[i]; !end.IsZero() && now.After(end) {
				if dice.IntN(5) > 0 {
					buy(i)
				} else {
					usedUp[i] = time.Time{} // tries another one
				}
			}
		}
		marks := s.mood(int(at), dice)
		for range 1 + dice.IntN(3) {
			i := m.pick(marks, now.Month(), dice)
			if _, has := usedUp[i]; has || now.After(until) {
				continue
			}
			do(i, recommend.View)
			switch chance := dice.IntN(100); {
			case chance < 45:
				buy(i)
			case chance < 55:
				do(i, recommend.Cart)
			case chance < 60:
				do(i, recommend.Like)
			case chance < 62:
				do(i, recommend.Skip)
			}
		}
	}
	return slices.DeleteFunc(events, func(e recommend.Event) bool { return e.Time.After(until) })
}

// mood is what a shopper is drawn to on a day.
func (s shopper) mood(day int, dice *rand.Rand) []string {
	chance := dice.IntN(100)
	if s.change >= 0 && chance < 55 {
		c := changes[s.change]
		switch {
		case day >= s.on && day < s.on+c.lasts:
			return c.after
		case day < s.on && day > s.on-60 && c.before != nil:
			return c.before
		}
	}
	switch {
	case chance < 86:
		return tastes[s.tastes[min(dice.IntN(len(s.tastes)), dice.IntN(len(s.tastes)))]].drawn
	case chance < 95:
		return []string{"日用", "主食", "早餐", "水果"}
	default:
		return []string{"送礼"}
	}
}
