package main

import "strings"

// addedWords are words that the dictionary, which is of 2012, does not have. Only the rules of locale/segment know
// them, as words that are neither rare nor common, or as often as told.
var addedWords = []struct {
	tag, words string
	frequency  int
}{
	{"r", "有的", 8_000},
	{"ns", "唐山 岳阳 高雄 从化 三沙 吴忠 深水埗 大湾区 油麻地 观塘 将军澳 寮国 科索伏 沙乌地阿拉伯", addedFrequency},
	{"nz", `微信 微博 天猫 拼多多 抖音 快手 小红书 美团 饿了么 字节跳动 哔哩哔哩 知乎 优酷 爱奇艺 高德 钉钉 顺丰 谷歌 脸书 推特 英伟达 道琼斯 道指 标普 沪指 深指 恒指
		工信部 发改委 卫计委 科创板 创业板 中小板 新三板 新冠 元宇宙 区块链 物联网 碳达峰 碳中和 央企
		安卓 欧冠 中超 职篮 湖人 魅族 道琼 那斯达克 标准普尔`, addedFrequency},
	{"n", `公众号 小程序 网红 短视频 主播 博主 楼主 大数据 云计算 算力 大模型 表情包 手游 电竞 充电宝 外卖员 快递员 打工人 男神 学霸 学渣 颜值 白富美 脑洞 宅男 宅女
		腐女 剩女 凤凰男 小鲜肉 闺蜜 妹纸 热搜 爆款 微商 雾霾 广场舞 暖男 渣男 网约车 充电桩 二维码 验证码 弹幕 二次元 朋友圈 公积金 快递 高铁 玄幻 修真 元婴 金丹
		丹田 法阵 妖兽 宗门 师叔 师祖 师侄 修为 灵力 神识 结界 魔界 丧尸 狼人 灵石 道友 筑基 渡劫 民宿 手环 支付宝 淘宝 差评 好评 私信
		阁揆 政院 健保 台股 类股 电子股 营收 部落格 荣民 志工 土石流 检调 刑事局 房署 屋苑 屋邨 港铁 九铁 综援 强积金 晶圆 行动电话 奈米 学程 系所 通膨
		卡债 超商 量贩店 世足赛 美股 贴吧 风投 正能量 负能量 富二代 官二代 微电影 御姐 萝莉 基友 童鞋 房奴 兽神 剑诀 法诀 真元`, addedFrequency},
	{"v", "拜票 卖超 修宪 废省 绕境 美白 裸辞 限行 御剑 御空 网购 自拍 点赞 吐槽 扫码 刷脸 打卡 种草 甩锅 背锅 碰瓷 逆袭 卖萌 截屏 内卷 躺平 拍砖 秒杀 包邮 团购 围观 转发", addedFrequency},
	{"a", "给力 毒舌 傲娇 腹黑 佛系 淡定 悲催 坑爹 脑残 萌萌哒", addedFrequency},
}

const addedFrequency = 300

// withAdded returns the words with those of addedWords that are not among them, and which these are.
func withAdded(words []word) (all []word, added map[string]bool) {
	known := make(map[string]bool, len(words))
	for _, w := range words {
		known[w.text] = true
	}
	added = make(map[string]bool)
	for _, group := range addedWords {
		for text := range strings.FieldsSeq(group.words) {
			if !known[text] {
				words = append(words, word{text: text, frequency: group.frequency, tag: group.tag})
				added[text] = true
			}
		}
	}
	return words, added
}
