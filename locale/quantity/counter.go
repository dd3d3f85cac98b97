package quantity

import (
	"strings"
	"sync"
)

const firstCounter Unit = 0x400

// measureWords are the words that things, persons and events are counted with, by what is counted.
const measureWords = `
	个 位 名 人 口 员 户
	只 条 头 匹 尾 峰 羽 窝
	张 本 册 卷 页 篇 章 首 封 份 幅 则 部 集 期 版 句 行 字 段
	件 套 双 对 副 顶 身 打
	杯 碗 瓶 盘 碟 盒 箱 袋 包 罐 桶 壶 锅 篮 筐 听 盆 勺 匙 盅 樽 煲 扎 杯子
	把 根 支 枝 颗 粒 朵 棵 株 片 块 串 束 捆 滴 团 堆 丝 瓣 茎 节
	台 辆 架 艘 列 部 枚 发 门 挺 盏 扇 床
	层 栋 幢 座 间 家 所 处
	场 次 遍 趟 回 顿 届 轮 局 盘 步 圈 拍 票 笔 单 项 种 类 款 批 群 排 队 组 班 帮 股 道 重 样 级 档
`

// counters lists the measure words, without those that two lines share. Of some it is known how many 个 they are.
var counters = sync.OnceValue(func() []unitData {
	pieces := map[string]int64{"个": 1, "双": 2, "对": 2, "打": 12}
	seen := make(map[string]bool)
	var out []unitData
	for _, w := range strings.Fields(measureWords) {
		if !seen[w] {
			seen[w] = true
			out = append(out, unitData{name: w, dimension: Count, scale: ratio{pieces[w], 1}})
		}
	}
	return out
})

// notAfterCounter lists what must not follow a measure word, which then begins or belongs to another word.
var notAfterCounter = map[string]string{
	"个": "月性", "口": "子气腔径", "名": "字称牌词", "位": "置于移数", "人": "民类口生物才格工",
	"条": "件款例约", "头": "发脑像部疼晕", "张": "开贴", "本": "来身质科土地人", "页": "面", "首": "先都次脑府席", "份": "额",
	"部": "分门队长下署属落", "期": "间待望货限", "版": "本权", "字": "母典", "段": "落", "行": "为动李政业驶",
	"件": "", "套": "路餐", "双": "方手向重", "对": "一于方手象待不应比称策面照付外内", "副": "本", "身": "体份材边高",
	"包": "括含裹围", "听": "说见到众", "根": "据本源", "支": "持付出撑", "片": "面段刻", "团": "队结圆", "节": "约日目省奏气",
	"台": "湾风阶上", "架": "构", "列": "车表", "发": "生现展布出达送", "门": "口票", "间": "接断隔", "家": "庭长具人乡族电", "所": "以有谓", "处": "理于分",
	"场": "地所合景面", "次": "要性品元方序数", "回": "来家去到答复", "届": "时", "轮": "流船胎廓", "步": "骤伐行", "票": "据", "项": "目链", "种": "植族地子",
	"类": "似型别", "款": "待", "批": "评准判", "群": "众体", "排": "列名队除", "组": "织合成长", "班": "级", "股": "票份东市", "道": "理路德", "重": "要大点量新庆复", "样": "子本", "级": "别跳长数市", "档": "案次期", "单": "位",
	"局": "面部长", "圈": "子", "打": "开算电架印击工扮扫",
}
