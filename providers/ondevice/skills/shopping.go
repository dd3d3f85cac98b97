package skills

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/locale/number"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

// Goods is something that can be bought.
type Goods struct {
	Title  string `json:"title"`
	Fen    int64  `json:"fen,omitzero"`    // price in hundredths of a yuan; zero if it is not known
	Count  int    `json:"count,omitzero"`  // how many, in a cart
	Reason string `json:"reason,omitzero"` // why it is recommended, such as 常买茶叶的人也买
}

// Recommender suggests goods to the user.
type Recommender interface {
	// Recommend returns at most count goods; an empty category means any.
	Recommend(ctx context.Context, count int, category string) ([]Goods, error)
}

// Shop sells goods. Its errors say in Chinese what is wrong.
type Shop interface {
	// Search finds goods by words, up to a price in hundredths of a yuan if that is not zero.
	Search(ctx context.Context, what string, maxFen int64) ([]Goods, error)
	// AddToCart puts so many of an item in the cart.
	AddToCart(ctx context.Context, item string, count int) error
	// RemoveFromCart takes an item out of the cart.
	RemoveFromCart(ctx context.Context, item string) error
	// Cart returns what is in the cart.
	Cart(ctx context.Context) ([]Goods, error)
	// Orders tells in Chinese where the user's orders are, one line each.
	Orders(ctx context.Context) ([]string, error)
}

// maxRecommended bounds what fits into one answer.
const maxRecommended = 20

// Recommendations returns the skill recommend_goods. The argument category takes names.
func Recommendations(r Recommender) []ondevice.Skill {
	type in struct {
		Count    int    `json:"count,omitzero" jsonschema:"几样；不说就是三样"`
		Category string `json:"category,omitzero" jsonschema:"类别"`
	}
	type out struct {
		Goods []Goods `json:"goods"`
		Say   string  `json:"say"`
	}
	return []ondevice.Skill{skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "recommend_goods",
		Description: "推荐商品",
		Examples:    []string{"给我推荐{count}样东西", "推荐{count}样{category}", "推荐一下{category}", "有什么值得买的", "有什么{category}推荐", "猜我喜欢什么", "推荐{count}件{category}用品"},
		Answer:      "{say}",
		ReadOnly:    true,
	}, func(ctx context.Context, in in) (out, error) {
		switch {
		case in.Count == 0:
			in.Count = 3
		case in.Count < 0 || in.Count > maxRecommended:
			return out{}, fmt.Errorf("一次推荐1到%d样，%d样不行", maxRecommended, in.Count)
		}
		found, err := r.Recommend(ctx, in.Count, in.Category)
		if err != nil {
			return out{}, err
		}
		if len(found) == 0 {
			return out{Say: "这一类暂时没有可推荐的。"}, nil
		}
		return out{found, fmt.Sprintf("推荐%d样：%s", len(found), list(found))}, nil
	}), []string{
		"[给我|帮我|为我|再]推荐[一下|下|给我][{count}(样|件|个|款|种|盒|本)|几样|几件|几个|几款|点|些|一点|一些](东西|商品|好物|好东西|产品|货)",
		"[给我|帮我|为我|再]推荐[一下|下][{count}(样|件|个|款|种|盒|本)|几样|几件|几个|几款|点|些|一点|一些][好的|不错的|好用的|好喝的|好吃的|热门]{category}[用品|类|类的|产品|商品|方面的|的东西]",
		"[有](什么|啥|哪些)[好的|值得买的|不错的|好用的|热门的]{category}[用品|产品|商品][可以](推荐|推荐的|值得买|可买)[吗|的]",
		"[最近](有什么|有啥|有没有什么)(值得买|好|推荐|好买|热门)的[东西|商品|好物]",
		"[最近](有什么|有啥|有没有什么)好(物|东西|货)[推荐]",
		"(猜|猜猜|猜一下)我喜欢[买](什么|啥)",
		"(给我|帮我|再|随便)推荐[一下|下|点|几个][东西|商品]",
		"[我想|想](买点|买些|看看)[什么|啥](好|{category}好)",
		"{category}[类|用品](有什么|有啥)[好的|推荐|推荐的|值得买的]",
		"[有](冇|没有){category}(推介|推荐)",
		"推介[{count}样]{category}",
	}, "推荐{*}餐厅", "推荐一本小说", "有什么好看的(小说|书|电影|剧|电视剧)[推荐]", "推荐一首歌", "推荐{*}景点", "推荐个电影", "你推荐谁")}
}

// list numbers goods, one a line.
func list(goods []Goods) string {
	var b strings.Builder
	for i, g := range goods {
		fmt.Fprintf(&b, "\n%d. %s", i+1, g.Title)
		if g.Fen != 0 {
			b.WriteString("，" + yuan(g.Fen))
		}
		if g.Count > 1 {
			fmt.Fprintf(&b, "，%d件", g.Count)
		}
		if g.Reason != "" {
			b.WriteString("，" + g.Reason)
		}
	}
	return b.String()
}

// yuan says a price: 168元, 19.9元.
func yuan(fen int64) string { return number.FromInt(fen).Div(100).String() + "元" }

// Shopping returns the skills search_goods, add_to_cart, remove_from_cart, show_cart and track_order.
// The argument item takes names.
func Shopping(s Shop) []ondevice.Skill {
	p := shopping{s}
	return []ondevice.Skill{p.search(), p.add(), p.remove(), p.cart(), p.orders()}
}

type shopping struct{ Shop }

func (s shopping) search() ondevice.Skill {
	type in struct {
		What     string  `json:"what" jsonschema:"要找的商品，如保温杯"`
		MaxPrice float64 `json:"max_price,omitzero" jsonschema:"最多多少元"`
	}
	type out struct {
		Goods []Goods `json:"goods"`
		Say   string  `json:"say"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "search_goods",
		Description: "找商品",
		Examples:    []string{"我想买{what}", "有没有{what}卖", "搜一下{what}", "{what}多少钱", "有没有{max_price}元以下的{what}", "帮我找{what}"},
		Answer:      "{say}",
		ReadOnly:    true,
	}, func(ctx context.Context, in in) (out, error) {
		found, err := s.Search(ctx, in.What, fen(in.MaxPrice))
		if err != nil {
			return out{}, err
		}
		if len(found) == 0 {
			return out{}, fmt.Errorf("没有找到%s", in.What)
		}
		return out{found, fmt.Sprintf("找到%d样%s：%s", len(found), in.What, list(found))}, nil
	}), []string{
		"[我](想买|要买|想要买|打算买|需要买|想购买)[一](个|件|台|盒|把|只|款|双|本|口|包|套|些|点){what}",
		"[我](想买|要买|想要买|打算买|想购买){what}",
		"[你们][这里|店里](有没有|有)[卖]{what}(卖|卖吗|吗|出售|的吗|卖的吗)",
		"(搜|搜索|搜一下|搜搜)[商品|一个|个|一下]{what}[的价格|价格|这个商品|商品]",
		"(找|找找|找一下|帮我找)[商品|一](个|件|款|双|把|台|点|些|口|条|套|盒|瓶|本|张){what}",
		"(找|找一下|找找)商品{what}",
		"(你们|你们店|你们店里|店里|你们这里)有没有{what}",
		"{what}(多少钱|什么价|什么价格|价格是多少|卖多少钱|怎么卖|贵不贵|几多钱|几钱)[一件|一个|一盒]",
		"(有没有|找|找个|找一个|搜|搜一下|我想买|想买|我想看看|看看|来个|买个|要一个)[一个|个|款|一款|件]{max_price}(元|块|块钱)(以下|以内|之内|左右|内)的{what}",
		"{max_price}(元|块|块钱|)(以下|以内|之内|内)的{what}[有没有|有吗|有哪些|推荐|帮我搜搜|帮我找找|帮我搜一下|帮我找一下]",
		"[帮我](搜|搜索|搜一下|搜索一下|找|找一下|有没有|我想买|想买)[一个|个|便宜的]{what}{max_price}(元|块|块钱|)(以下|以内|之内)[的]",
		"[帮我](搜|找|找一下|搜一下|搜搜|找找|有没有|我想买|有冇)(不超过|低于|平过|便宜过){max_price}(元|块|块钱|蚊|)(的|嘅){what}",
		"[你们|你们家|你家|店里|这里|这儿]有[没有]卖{what}的[吗|没|没有|么]",
		"[帮我](搜|搜一下|搜搜|找|找找|找一下|看看|想买|我想买|我要买|买|有没有)[一](个|件|台|把|口|双|款|条|张|套|下|){what}(不超过|不要超过|别超过|不能超过|最多|最高|顶多|低于){max_price}[元|块|块钱]",
		"{what}[有没有]{max_price}(元|块|块钱)(以下|以内)的",
		"(看看|看一下|逛逛){what}[类商品]",
		"有冇{what}卖",
		"我想买{what}[{max_price}(元|块)以内]",
	}, "我想买机票", "买{*}票", "{*}的股票多少钱", "找人", "搜索{*}新闻", "我想买房", "把{what}加到购物车", "查一下天气", "找一家餐厅", "帮我查一下{*}", "查{*}", "{*}多少钱一晚", "{*}要花多少钱", "{*}要多少钱")
}

// fen returns a price in hundredths of a yuan.
func fen(yuan float64) int64 { return int64(yuan*100 + 0.5) }

// maxItems bounds a slip of the tongue.
const maxItems = 999

func (s shopping) add() ondevice.Skill {
	type in struct {
		Item  string `json:"item" jsonschema:"哪件商品"`
		Count int    `json:"count,omitzero" jsonschema:"几件；不说就是一件"`
	}
	type out struct {
		Item  string `json:"item"`
		Count int    `json:"count"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "add_to_cart",
		Description: "把商品加到购物车",
		Examples:    []string{"把{item}加到购物车", "{item}加购物车", "买{count}件{item}", "加{count}个{item}到购物车", "{item}来{count}份"},
		Answer:      "好的，{item}{count}件，已加入购物车。",
	}, func(ctx context.Context, in in) (out, error) {
		switch {
		case in.Count == 0:
			in.Count = 1
		case in.Count < 0 || in.Count > maxItems:
			return out{}, fmt.Errorf("一次买1到%d件，%d件不行", maxItems, in.Count)
		}
		return out(in), s.AddToCart(ctx, in.Item, in.Count)
	}), []string{
		"(把|将)[{count}(件|个|盒|把|台|只|包|套|斤|袋|份|块|瓶|口|双|饼)|这个|这件|那个]{item}[{count}(件|个|盒|把|台|只|包|套|份)](加|加入|放|放进|放到|添加|加进|丢|加到|添加到|放入|加落)[到|进|入|去][我的]购物车[里|中]",
		"[我|我想|给我|帮我|再](买|来|要|下单|订|拿){count}(件|个|盒|把|台|只|包|套|斤|袋|份|块|瓶|口|双|饼)[的]{item}[加购物车|放购物车|加到购物车|放到购物车|放进购物车]",
		"[再]加{count}(件|个|盒|把|台|只|包|套|斤|袋|份|块|瓶|口|饼){item}[到购物车|进购物车]",
		"[再](加|添加|加入|放)[一][个|件|盒|把|台]{item}(到|进|入)[我的]购物车",
		"{item}[{count}(件|个|盒|把|台|只|包|套|份)](加|加入|放|放进|放到|加到|加进)[到|进|入]购物车",
		"{item}(来|要|买|加){count}(件|个|盒|把|台|只|包|套|份|饼)",
		"购物车[里](加|放|加入|添加)[{count}(件|个|盒|把|台|只|包|套|份)|一个]{item}",
		"(我要|就要|要)[这个|这款]{item}[了|加购物车]",
	}, "我想买{item}", "{item}多少钱", "把{item}从购物车删掉", "购物车里有什么", "别买{item}", "加入会员")
}

func (s shopping) remove() ondevice.Skill {
	type in struct {
		Item string `json:"item" jsonschema:"哪件商品"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "remove_from_cart",
		Description: "把商品从购物车里拿掉",
		Examples:    []string{"把{item}从购物车里删掉", "购物车里的{item}不要了", "从购物车移除{item}", "{item}不要了"},
		Answer:      "好的，{item}已从购物车拿掉。",
	}, func(ctx context.Context, in in) (struct{}, error) {
		return struct{}{}, s.RemoveFromCart(ctx, in.Item)
	}), []string{
		"(把|将){item}从[我的]购物车[里|中|里面](删掉|删除|删了|移除|拿掉|拿走|去掉|移走|拿出来|移出|清掉)",
		"(把|将)购物车[里|中|里面][的]{item}(删掉|删除|删了|移除|拿掉|去掉|移走|清掉|拿走)",
		"购物车[里|中|里面][的]{item}(不要了|不要|不买了|删掉|删了|删除|去掉|取消)",
		"(从|在)[我的]购物车[里|中](删除|删掉|移除|去掉|移走|拿掉|删){item}",
		"(删除|删掉|移除|去掉)购物车[里|中|里面][的]{item}",
		"{item}[我](不要了|不买了|唔要喇|不想要了)[从购物车][里](删掉|拿掉|去掉|删除|)",
		"(不要|不买|不想要|不想买){item}了",
	}, "把{item}加到购物车", "删除闹钟", "把{item}关掉", "{item}坏了", "清空购物车")
}

func (s shopping) cart() ondevice.Skill {
	type out struct {
		Goods []Goods `json:"goods"`
		Say   string  `json:"say"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "show_cart",
		Description: "看购物车",
		Examples:    []string{"购物车里有什么", "看看购物车", "打开购物车", "我的购物车", "购物车一共多少钱"},
		Answer:      "{say}",
		ReadOnly:    true,
	}, func(ctx context.Context, _ struct{}) (out, error) {
		all, err := s.Cart(ctx)
		if err != nil {
			return out{}, err
		}
		if len(all) == 0 {
			return out{Say: "购物车是空的。"}, nil
		}
		var sum int64
		for _, g := range all {
			sum += g.Fen * int64(max(g.Count, 1))
		}
		say := fmt.Sprintf("购物车里有%d样：%s", len(all), list(all))
		if sum > 0 {
			say += "\n一共" + yuan(sum) + "。"
		}
		return out{all, say}, nil
	}), []string{
		"[我的]购物车[里|中|里面|内][都|现在]有(什么|啥|哪些|哪些东西|几样东西|几件东西|什么东西|几件)",
		"(看看|看一下|查看|打开|看|显示|查一下|检查|瞧瞧)[一下|下][我的]购物车[里的东西|里有什么|里面有什么|清单]",
		"[我的]购物车",
		"[我的]购物车[里][的东西][一共|总共|总价|合计|加起来](多少钱|是多少|几多钱)",
		"我(加|放)了(什么|哪些)[东西](在|到|进)购物车",
		"睇下购物车",
		"购物车有咩",
	}, "把{*}加到购物车", "清空购物车", "购物车怎么用", "从购物车删掉{*}")
}

func (s shopping) orders() ondevice.Skill {
	type out struct {
		Orders []string `json:"orders"`
		Say    string   `json:"say"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "track_order",
		Description: "查订单和快递到哪了",
		Examples:    []string{"我的快递到哪了", "查一下订单", "我买的东西什么时候到", "查快递", "我的包裹发货了吗"},
		Answer:      "{say}",
		ReadOnly:    true,
	}, func(ctx context.Context, _ struct{}) (out, error) {
		all, err := s.Orders(ctx)
		if err != nil {
			return out{}, err
		}
		if len(all) == 0 {
			return out{}, errors.New("最近没有订单")
		}
		return out{all, strings.Join(all, "\n")}, nil
	}), []string{
		"[我的|我](快递|包裹|订单|东西|货|物流)[现在|目前](到哪|到哪里|到哪儿|走到哪|送到哪|到边度|去到边)[了|啦]",
		"(查|查一下|查查|看看|查询|看一下|查看|追踪|跟踪)[一下|下][我的|最近的](快递|包裹|订单|物流|物流信息|订单状态|快递到哪了)[到哪了|状态|信息|进度]",
		"[我][昨天|前天|上周|刚刚]买的[东西|货](什么时候|几时|哪天|多久)[能|会|可以](到|送到|发货|到货)",
		"[我的](快递|包裹|订单|货)(发货|到|送到|发|发出|寄出|签收)了(吗|没|没有)",
		"[我的](快递|包裹|订单|货)(什么时候|几时|哪天|今天能|多久)(到|送到|发货|能到|送达)[吗]",
		"我的(订单|快递|包裹)",
		"(订单|物流)(状态|信息|进度|情况)",
		"[我的](快递|包裹|订单|货)(怎么|咋)还(没|没有|不)(到|来|送到|发货)",
		"[我]买的东西(发货|发|到|寄出)(了吗|没|了没|没有|了没有)",
	}, "取消订单", "我要寄快递", "我要退货", "快递员电话", "投诉快递")
}
