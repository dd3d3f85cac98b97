package main

import "github.com/zhushou-ai/zhushou/recommend"

// goods is the shop's catalogue, and histories what its customers have bought, oldest first. Both are
// invented.
var goods = []recommend.Item{
	{ID: "longjing", Title: "西湖龙井250克", Categories: []string{"茶饮"}, Tags: []string{"送礼", "绿茶"}, Price: recommend.Fen(16800), RebuyDays: 60},
	{ID: "tieguanyin", Title: "安溪铁观音", Categories: []string{"茶饮"}, Tags: []string{"乌龙茶"}, Price: recommend.Fen(9900), RebuyDays: 60},
	{ID: "puer", Title: "云南普洱茶饼", Categories: []string{"茶饮"}, Tags: []string{"送礼", "熟茶"}, Price: recommend.Fen(12800), RebuyDays: 120},
	{ID: "coffee", Title: "云南小粒咖啡豆", Categories: []string{"茶饮"}, Tags: []string{"咖啡"}, Price: recommend.Fen(6900), RebuyDays: 30},
	{ID: "zisha", Title: "宜兴紫砂壶", Categories: []string{"厨房"}, Tags: []string{"送礼", "茶具"}, Price: recommend.Fen(29900)},
	{ID: "gaiwan", Title: "景德镇盖碗", Categories: []string{"厨房"}, Tags: []string{"茶具"}, Price: recommend.Fen(8800)},
	{ID: "wok", Title: "手工铁锅", Categories: []string{"厨房"}, Tags: []string{"不粘"}, Price: recommend.Fen(19900)},
	{ID: "knife", Title: "阳江菜刀", Categories: []string{"厨房"}, Price: recommend.Fen(12900)},
	{ID: "ricecooker", Title: "迷你电饭煲", Categories: []string{"厨房"}, Tags: []string{"小家电"}, Price: recommend.Fen(15900)},
	{ID: "thermos", Title: "不锈钢保温杯", Categories: []string{"家居"}, Tags: []string{"送礼"}, Price: recommend.Fen(7900)},
	{ID: "quilt", Title: "桑蚕丝被", Categories: []string{"家居"}, Tags: []string{"送礼"}, Price: recommend.Fen(59900)},
	{ID: "lamp", Title: "护眼台灯", Categories: []string{"家居"}, Tags: []string{"学习"}, Price: recommend.Fen(13900)},
	{ID: "humidifier", Title: "静音加湿器", Categories: []string{"家居"}, Tags: []string{"小家电"}, Price: recommend.Fen(9900)},
	{ID: "hotpot", Title: "重庆火锅底料", Categories: []string{"零食"}, Tags: []string{"麻辣"}, Price: recommend.Fen(1990), RebuyDays: 20},
	{ID: "laoganma", Title: "风味豆豉辣酱", Categories: []string{"零食"}, Tags: []string{"麻辣"}, Price: recommend.Fen(1290), RebuyDays: 30},
	{ID: "nuts", Title: "每日坚果礼盒", Categories: []string{"零食"}, Tags: []string{"送礼"}, Price: recommend.Fen(8900), RebuyDays: 30},
	{ID: "mooncake", Title: "广式莲蓉月饼", Categories: []string{"零食"}, Tags: []string{"送礼"}, Price: recommend.Fen(13800), Unavailable: true},
	{ID: "earphones", Title: "降噪蓝牙耳机", Categories: []string{"数码"}, Price: recommend.Fen(39900)},
	{ID: "powerbank", Title: "两万毫安充电宝", Categories: []string{"数码"}, Price: recommend.Fen(11900)},
	{ID: "band", Title: "运动手环", Categories: []string{"数码"}, Tags: []string{"跑步"}, Price: recommend.Fen(19900)},
	{ID: "shoes", Title: "缓震跑鞋", Categories: []string{"运动"}, Tags: []string{"跑步"}, Price: recommend.Fen(36900)},
	{ID: "yogamat", Title: "加厚瑜伽垫", Categories: []string{"运动"}, Price: recommend.Fen(6900)},
	{ID: "racket", Title: "碳素羽毛球拍", Categories: []string{"运动"}, Price: recommend.Fen(22900)},
	{ID: "sanguo", Title: "三国演义连环画", Categories: []string{"图书"}, Tags: []string{"学习"}, Price: recommend.Fen(9800)},
}

// short is what people call the goods besides their titles.
var short = map[string]string{
	"longjing": "西湖龙井 龙井", "tieguanyin": "铁观音", "puer": "普洱茶饼 普洱", "coffee": "咖啡豆", "zisha": "紫砂壶", "gaiwan": "盖碗",
	"wok": "铁锅", "knife": "菜刀", "ricecooker": "电饭煲", "thermos": "保温杯", "quilt": "蚕丝被", "lamp": "护眼灯", "humidifier": "加湿器",
	"hotpot": "火锅底料", "laoganma": "豆豉辣酱 辣酱", "nuts": "坚果礼盒 坚果", "mooncake": "月饼", "earphones": "蓝牙耳机 耳机",
	"powerbank": "充电宝", "band": "手环", "shoes": "跑鞋", "yogamat": "瑜伽垫", "racket": "羽毛球拍", "sanguo": "连环画",
}

var histories = map[string][]string{
	"小林": {"tieguanyin", "thermos", "hotpot", "gaiwan"},
	"阿梅": {"longjing", "zisha", "quilt", "nuts"},
	"老周": {"tieguanyin", "zisha", "puer", "gaiwan"},
	"小陈": {"shoes", "band", "yogamat", "earphones"},
	"阿强": {"hotpot", "laoganma", "wok", "knife"},
	"晓燕": {"lamp", "sanguo", "thermos", "humidifier"},
	"大刘": {"shoes", "band", "racket", "powerbank"},
	"王姨": {"wok", "ricecooker", "laoganma", "longjing"},
	"小赵": {"coffee", "earphones", "powerbank", "lamp"},
	"阿芳": {"tieguanyin", "gaiwan", "longjing", "thermos"},
	"老吴": {"puer", "zisha", "longjing", "nuts"},
	"小孙": {"hotpot", "wok", "ricecooker", "thermos"},
}
