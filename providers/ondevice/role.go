package ondevice

import (
	"regexp"
	"strings"
	"sync"
)

// A role is what a text stands for, where that can be told by how it looks.
type role uint8

const (
	anyRole    role = iota
	identifier      // a code
	someone
	somewhere
	whence  // the place that something goes from
	whither // and to
	mail
	phone
	link
	plate // of a car
	subject
	reason
	prosaic // a text of any length
)

// roleOf tells the role by the name, the description and the format of a property.
func roleOf(name, about, format string) role {
	switch format {
	case "email":
		return mail
	case "uri", "url":
		return link
	}
	label := string(foldString(firstClause(about)))
	for tail, r := range map[string]role{"主题": subject, "标题": subject, "关键词": subject, "正文": prosaic, "内容": prosaic} {
		if strings.HasSuffix(label, tail) {
			return r
		}
	}
	for _, r := range []struct {
		role  role
		words string
	}{
		{mail, "邮箱 邮件地址 电子邮件 email"},
		{phone, "电话 手机 phone"},
		{link, "网址 链接 url 端点"},
		{plate, "车牌"},
		{identifier, "标识 编号 识别码 单号 账号 帐号 卡号 号码 学号 工号 代码 编码 序列号 型号 批次 住院号 身份证"},
		{whence, "出发 起点 始发 装货 起始地 发货地 寄出地"},
		{whither, "到达 目的地 目的国 终点 卸货 前往 抵达"},
		{someone, "姓名 人名 收款人 联系人 寄件人 收件人 作者"},
		{somewhere, "城市 地点 地区 区域 国家 省 地址 位置 区县 所在地 路线"},
		{subject, "主题 话题 关键词 标题"},
		{reason, "原因 理由"},
		{prosaic, "正文 内容 备注 附言 评论 说明 描述"},
	} {
		for w := range strings.FieldsSeq(r.words) {
			if strings.Contains(label, w) {
				return r.role
			}
		}
	}
	if isIdentifier(name, label) {
		return identifier
	}
	return anyRole
}

// shapes are what texts of a role look like.
var shapes = sync.OnceValue(func() map[role]*regexp.Regexp {
	return map[role]*regexp.Regexp{
		mail:  regexp.MustCompile(`^[\w.+-]+@[\w-]+(\.[\w-]+)+$`),
		phone: regexp.MustCompile(`^\+?[0-9][0-9-]{6,17}$`),
		link:  regexp.MustCompile(`^(https?|ftp)://`),
	}
})
