package guard

import (
	"strings"
	"unicode/utf8"
)

// An answer such as 284756391 is personal data because of the question before it: 您的QQ号是多少？ So it is looked at as if
// the label stood before it.
var questions = []struct{ word, label string }{
	{"身份证", "身份证号"}, {"居住证", "居住证号"}, {"永居", "永居证号"}, {"永久居留", "永居证号"}, {"回乡证", "回乡证号"}, {"通行证", "回乡证号"},
	{"台胞证", "台胞证号"}, {"护照", "护照号"}, {"军官证", "军官证号"}, {"驾驶证", "驾驶证号"}, {"档案编号", "驾驶证档案编号"},
	{"手机", "手机号"}, {"电话", "电话"}, {"联系方式", "电话"}, {"座机", "座机号"}, {"银行卡", "银行卡号"}, {"卡号", "银行卡号"}, {"账号", "银行账号"},
	{"信用代码", "统一社会信用代码"}, {"机构代码", "组织机构代码"}, {"车牌", "车牌号"}, {"车架", "车架号"}, {"IMEI", "IMEI"}, {"串号", "IMEI"},
	{"邮箱", "邮箱"}, {"QQ", "QQ号"}, {"微信", "微信号"}, {"OPENID", "openid"}, {"坐标", "坐标"}, {"经纬度", "坐标"},
	{"姓名", "姓名"}, {"名字", "姓名"}, {"称呼", "姓名"}, {"贵姓", "姓名"}, {"叫什么", "姓名"}, {"联系人", "姓名"}, {"收件人", "姓名"}, {"收货人", "姓名"},
	{"地址", "地址"}, {"住哪", "地址"}, {"住在", "地址"}, {"生日", "生日"}, {"出生", "出生日期"},
}

const (
	longAnswer  = 60  // characters; longer ones say by themselves what they are
	endQuestion = 300 // bytes at the end of what the model said, where the question is
)

// asked returns the labels of what a question asks for, if the answer is short.
func asked(question, answer string) (labels []string) {
	if question == "" || utf8.RuneCountInString(answer) > longAnswer {
		return nil
	}
	question = strings.ToUpper(question[max(0, len(question)-endQuestion):])
	for _, q := range questions {
		if strings.Contains(question, q.word) {
			labels = append(labels, q.label)
		}
	}
	return labels
}
