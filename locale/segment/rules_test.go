package segment_test

import (
	"testing"

	"github.com/zhushou-ai/zhushou/locale/segment"
)

var withRules = &segment.Segmenter{}

func TestNumbers(t *testing.T) {
	t.Parallel()
	cuts(t, withRules, map[string][]wanted{
		"and classifiers": {"一 个 人", "三 只 猫", "两 名 学生", "几 天", "数 年", "半 年", "一 个 月", "五 年", "第一 次"},
		"words": {
			"一些 人", "一下", "一点", "一样", "一起", "一直", "一定", "一般", "一切", "一旦", "感到 十分 疲倦", "千万 不要", "万一", "四周", "他们 一致", "一会儿",
			"一方面", "三角形", "万里长城", "千里马",
		},
		"Chinese": {
			"三百五十万 人", "二〇〇八", "二○○八", "百分之五十", "百分之五十三", "百分之二十三点五", "三点五 元", "四分之三", "十几 个", "几十 年", "三十多 岁", "数千 名", "上百 人", "十二万五千 里", "十来 个",
			"一千多 名", "两百 斤", "二十五 岁",
		},
		"Arabic":  {"3万", "20多 年", "1.5亿 元", "1,234.5 元", "30%", "３０％", "100余 人", "3 个", "3 个 人", "3/4", "7亿8千万 元"},
		"ordinal": {"第二十三 次", "第3 名", "第一百 名", "第一 块", "第一 届"},
		"none":    {"两 国", "百货 公司", "统一 思想", "唯一 一 个"},
	})
}

func TestTimes(t *testing.T) {
	t.Parallel()
	cuts(t, withRules, map[string][]wanted{
		"years":   {"1998年", "二〇〇八年", "98年", "１９９８年 底", "1998年度", "一九九八年"},
		"counts":  {"三 年 前", "20 年 来", "3 年", "30 年", "3 个 月", "3 天"},
		"dates":   {"3月 15日", "1月 1日 电", "12月 31日", "8月份", "二十一日", "十月"},
		"no date": {"13 月", "32 日"},
		"clock":   {"上午 9时 20分", "8点", "下午 三点 半", "得 20 分", "25 时"},
		"eras":    {"90年代", "九十年代", "21世纪", "90年代 末"},
	})
}

func TestPersons(t *testing.T) {
	t.Parallel()
	cuts(t, withRules, map[string][]wanted{
		"two characters given": {"王小明 说", "方鸿渐 和 苏文纨", "陆雪琪 面 无 表情", "刘兆玄 上午", "马英九 先生", "王曉明 說"},
		"one character given":  {"记者 李翔 报道", "主席 王晨 出席"},
		"none":                 {"任 军委 委员", "三 张 纸", "高大 的 楼", "黄色 的 花", "苏 小姐", "和平 会谈", "白 的 花", "马 跑 了", "金 的 好", "他 说 成 了"},
	})
}

func TestForeignNames(t *testing.T) {
	t.Parallel()
	cuts(t, withRules, map[string][]wanted{
		"in pieces": {"萨尔科齐 会见", "帕拉马塔"},
		"dotted":    {"乔治·布什 和 约瑟夫·罗宾内特·拜登", "彼得・杜赫提"},
		"none":      {"在 北京 · 上海", "《 史记 · 项羽 本纪 》", "多 里 内"},
	})
}

func TestSuffixes(t *testing.T) {
	t.Parallel()
	cuts(t, withRules, map[string][]wanted{
		"persons": {"同学们", "工友们 来 了", "孩子们"},
		"words":   {"旅游者", "多孔性", "悬臂式"},
		"places":  {"清河镇", "襄阳市"},
		"none":    {"融化 了", "镇上", "石头 化成 了 水"},
	})
}

func TestWordsThatAreTwo(t *testing.T) {
	t.Parallel()
	cuts(t, withRules, map[string][]wanted{
		"compounds":    {"市场 经济", "天安门 广场", "北京 大学", "中国 人民 解放军", "人民 政府"},
		"no compounds": {"社会主义", "马克思主义", "青藏高原", "发言人", "人工智能", "无产阶级", "胸有成竹"},
		"pronouns":     {"这 件 事", "该 市", "每 股", "任何 人", "这 个", "那 种 人", "每 天", "各 种", "这 时候", "那 句 话", "全 世界"},
		"no pronouns":  {"那些", "这里", "这样", "这时", "各地", "其他", "本人", "我国", "此外"},
		"adverbs":      {"不 是", "很 大", "轻轻 地", "小小 的", "就 是", "还 有", "不 会", "最 大", "更 好", "没 去", "只 能", "太 高兴"},
		"no adverbs":   {"不能", "不要", "目的", "似的", "没有", "最后", "最近", "还是", "总是", "很多", "更加"},
		"questions":    {"是 不 是", "有 没有", "好 不 好", "去 不 去"},
		"aspects":      {"看 着", "坐 在 床上", "看 过", "见 了 面", "板 着 脸"},
		"no aspects":   {"随着", "意味着", "存在", "现在", "通过", "为了", "看到", "得到", "完成"},
		"directions":   {"跳 起来", "留 下来", "走 出去"},
		"no direction": {"看起来", "接下来", "走进", "拿出"},
		"objects":      {"吃 晚饭", "打 电话", "没 客人", "做 生意", "脱 衣服"},
		"no objects":   {"吃豆腐", "打印机", "看不见", "开玩笑", "睡觉", "无线电"},
		"titles":       {"李 医生", "方 少爷", "王 先生"},
		"measures":     {"几 句 话", "一 杯 酒", "半 个", "两 间 房", "一 家 公司", "写 封 信"},
		"teams":        {"日本 队", "足球队"},
	})
}

func TestRuns(t *testing.T) {
	t.Parallel()
	cuts(t, withRules, map[string][]wanted{
		"marks":     {"好 …… 是 —— 的 ！ ！", "...", "～～～", "「 好 」"},
		"names":     {"GPT-4", "iPhone15", "COVID-19", "C++ 和 C#", "AT&T", "Node.js", "don't", "foo_bar", "F-16", "v1.2.3", "F#", "g++ ，", "T恤", "4S店", "Ｔ恤"},
		"addresses": {"test@example.com", "https://a.b/c?d=1 ，", "见 www.example.com 。", "HTTP://A.B"},
		"numbers":   {"2008-12-31", "10:30", "010-12345678", "192.168.1.1", "２００８－１２－３１", "１，２３４．５ 元", "1,234,567", "3 - 5", "3 ： 2"},
		"apart":     {"a ， b", "好 , 坏", "好 / 坏", "a ␣ b", "1 , 23", "http : 好"},
		"emoji":     {"👨‍👩‍👧‍👦 🇨🇳 👍🏽 ❤️ 😀 😀", "1️⃣"},
		"scripts":   {"☆ ★ ☆", "アニメ", "한국어", "Привет"},
	})
}
