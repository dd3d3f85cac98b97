package ask

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/segment"
)

// A role is what a word does in a wish.
type role uint8

const (
	tells     role = iota // something of the wish
	empty                 // nothing
	wants                 // begins what is wanted: 要, 推荐
	shows                 // the same, and a count may follow: 推荐三款
	negates               // refuses what follows
	turns                 // ends a refusal: 但, 只
	joins                 // goes on as before: 和
	binds                 // 的
	recipient             // names a person
	occasion              // names an occasion
	cheap                 // asks for a low price
	dear                  // says that a price is high
)

// roles returns what is known of words, simplified.
var roles = sync.OnceValue(func() map[string]role {
	known := make(map[string]role, 512)
	for r, words := range map[role]string{
		empty: `有 没 有没有 没有没有 什么 啥 哪些 哪个 哪种 怎么 怎么样 如何 吗 呢 吧 啊 呀 哦 嘛 了 着 过 得 地 之 我 你 您 他 她 它 我们 咱们 你们 他们 自己 人 人家 大家
			东西 商品 产品 物品 货 款 件 种 类 样 样子 类型 款式 牌子 品牌 这 那 这个 那个 这些 那些 这种 那种 这样 那样 这款 那款 一些 一下 一个 一款 一点 一点儿 有点 点 些 几 个 其他 其它 别的 另外 另 一种
			可以 能 能够 可能 应该 会 得 好 好的 不错 合适 适合 值得 比较 比 更 最 很 太 非常 特别 真 挺 蛮 稍微 还 也 都 就 再 又 才 刚 先 请 请问 麻烦 谢谢 谢谢您 您好 你好 帮 帮忙 让 叫 把 被 对 对于 关于 为 为了 当 做 作为 作
			用 用来 用于 使用 拿 以 从 在 是 到 去 跟前 上 下 里 中 内 外 以内 以外 之外 之内 以下 以上 左右 上下 之间 大概 大约 差不多 约 预算 价格 价位 价钱 价 钱 块 元 块钱 多少 多少钱 大 小 多 少 今天 明天 后天 昨天 现在 最近 目前 下周 这周 本周 当前 马上 快 要是 如果 的话 话 因为 所以 然后 并且 并 而且 以及时
			知道 觉得 感觉 打算 准备 需要 需求 想要给 看中 怎样 给我 店里 你们家 这里 那里 家里有 类似 相似 左右的 不限 都行 都可以 随便 尽量 最好 千万 一定 主要 平时 平常 日常用 时候 时 方面 有关 相关 不少 不同 几款 几个 几种 几样 若干 个儿 东东 玩意 玩意儿 选择 选项 参考 点儿 各种 各 每 每个 所有 全部 一样 控制 超过 不超过 上限 最高 最低 买点 来点 搞点 儿 贵姓 出 头 起 封顶 出生 地方 满 减 立减 满减 返 高 低 之家 档 档次 人均 容量 代金券 优惠券 券 红包`,
		wants:     `要 想 想要 想买 买 购买 选购 购 送 送给 赠 赠送 给 换 换成 换个 需 求 求购 订 订购 下单 入手 喜欢 爱 爱吃 爱喝 吃 喝 穿 玩 希望 用用 带`,
		shows:     `推荐 推荐一下 推荐几款 介绍 介绍介绍 来 找 找找 帮我找 挑 挑选 选 列 列出 列举 看 看看 瞧瞧 查 查找 搜 搜索 搜搜 要看 前 出几个 安利 种草 求推荐 推 推几款`,
		negates:   `不要 不想要 不想 不喜欢 不爱 不需要 不用 不买 不吃 不喝 不是 不含 不带 不加 不能有 不考虑 不看 不推荐 不送 不能 别 别要 别买 别给 别是 别推荐 别带 勿 甭 除 除了 除去 除开 排除 去掉 除掉 剔除 讨厌 拒绝 没有 忌 忌口 反感 避免 避开 远离 受不了 过敏原 不必 不会 并非`,
		turns:     `但 但是 而 而是 只 只要 只想 只看 只买 不过 可是 可 其余 另外要 反而 就要 还要`,
		joins:     `和 或 或者 跟 与 及 以及 还有 还是 、 / 也不要 或是 同`,
		binds:     `的 之类 之类的 等 等等 什么的 类的`,
		cheap:     `便宜 便宜点 便宜些 实惠 划算 平价 省钱 低价 廉价 性价比 物美价廉 经济实惠 白菜价 特价 打折 优惠 便宜货 亲民 低廉`,
		dear:      `贵 昂贵 贵重 太贵 高价 破费`,
		occasion:  `生日 过生日 寿辰 大寿 寿宴 结婚 婚礼 订婚 求婚 新婚 婚宴 纪念日 周年 周年纪念 结婚纪念日 满月 百日 周岁 抓周 乔迁 乔迁之喜 搬家 新居 入伙 开学 入学 毕业 升学 谢师宴 高考 考研 中考 入职 离职 升职 退休 开业 年会 过年 过节 春节 新年 拜年 年货 元旦 元宵 端午 中秋 国庆 七夕 重阳 清明 除夕 腊八 圣诞 平安夜 万圣 探病 看望 送行 饯行 聚会 派对 约会 见面 见家长 上门 旅行 旅游 出差 露营 野餐 郊游 面试 通勤 相亲 求职 表白 道歉 坐月子 产后 团建 加班`,
		recipient: `妈妈 妈 母亲 老妈 爸爸 爸 父亲 老爸 爸妈 父母 爷爷 奶奶 外公 外婆 姥姥 姥爷 公公 婆婆 岳父 岳母 丈母娘 老丈人 老婆 妻子 太太 媳妇 爱人 老公 丈夫 先生 男朋友 女朋友 男友 女友 对象 闺蜜 闺密 兄弟 姐妹 哥们 朋友 好友 室友 舍友 同学 同事 领导 上司 老板 客户 老师 导师 教练 医生 护士 师傅 邻居 亲戚 亲友 家人 长辈 晚辈 老人 老年人 老人家 中老年 孩子 小孩 小孩子 小朋友 宝宝 宝贝 婴儿 新生儿 幼儿 儿童 儿子 女儿 闺女 男孩 女孩 男生 女生 男士 女士 男人 女人 孙子 孙女 外孙 侄子 侄女 外甥 外甥女 哥哥 弟弟 姐姐 妹妹 表哥 表姐 表弟 表妹 叔叔 阿姨 舅舅 舅妈 姑姑 姑妈 姨妈 伯伯 大爷 大妈 奶爸 宝妈 孕妇 准妈妈 产妇 学生 小学生 中学生 高中生 大学生 程序员 上班族 新人 新手 情侣 恋人 前辈 弟妹 嫂子 姐夫 妹夫 女婿 儿媳 亲家 青少年 少年 少女 初学者 司机 白领`,
	} {
		for _, w := range strings.Fields(words) {
			known[w] = r
		}
	}
	return known
})

// roleOf returns what a word of a text does.
func roleOf(t segment.Token) role {
	if r, ok := roles()[t.Text]; ok {
		return r
	}
	if strings.HasSuffix(t.Text, "节") && utf8.RuneCountInString(t.Text) > 2 {
		return occasion // 母亲节
	}
	switch t.Class {
	case segment.Latin:
		return tells
	case segment.Number, segment.Punctuation, segment.Space, segment.Symbol, segment.Emoji:
		return empty
	}
	switch t.Tag {
	case segment.Adverb, segment.Conjunction, segment.Pronoun, segment.Location:
		return empty
	case segment.Numeral: // as the dictionary has it: 大米 is one too
		if first, size := utf8.DecodeRuneInString(t.Text); size == len(t.Text) || strings.ContainsRune("一二三四五六七八九十百千万亿两几半多数左上点好第", first) {
			return empty
		}
	case segment.Verb:
		if utf8.RuneCountInString(t.Text) == 1 {
			return empty
		}
	}
	switch t.Tag.String() {
	case "uj", "ul", "ud", "ug", "uv", "uz", "u", "p", "y", "e", "o", "q", "f", "k", "vg":
		return empty
	}
	return tells
}
