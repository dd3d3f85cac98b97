package route

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// maxAnswer bounds, in characters, what is read as an answer to a question.
const maxAnswer = 64

// answer looks into what a user says as the answer to a question. Where one label tells all that it is, a
// masker can be told too.
func (f *finder) answer(m assistant.Message, question string) {
	told := 0
	var types privacy.Types
	for _, label := range labelsOf(m, question) {
		if under := f.under(label, m.Text()); under != 0 {
			types |= under
			told++
		}
	}
	if told == 1 && isText(m) {
		f.asked |= types
	} else {
		f.hidden |= types
	}
}

// under returns the types of what is found in a text once a label stands before it, and not without.
func (f *finder) under(label, s string) (types privacy.Types) {
	before := len(label + "：")
	for x := range f.detector.Find(label + "：" + s) {
		if from := max(x.Start-before, 0); x.End > before && !f.sees(s, from, x.End-before) {
			types |= privacy.TypesOf(x.Type)
			f.value(x.Type, s[from:x.End-before])
		}
	}
	return types
}

// labelled returns a message with the label before it that the question asks for, if it is personal data
// only under that. To the cloud it says the same, and a masker sees what it is.
func (f *finder) labelled(m assistant.Message, question string) assistant.Message {
	if m.Role != assistant.RoleUser || question == "" || !isText(m) {
		return m
	}
	for _, label := range labelsOf(m, question) {
		if f.under(label, m.Text()) != 0 {
			m.Parts = []assistant.Part{assistant.Text{Text: label + "：" + m.Text()}}
			return m
		}
	}
	return m
}

// isText reports whether a message is one text and nothing else.
func isText(m assistant.Message) bool {
	if len(m.Parts) != 1 {
		return false
	}
	_, ok := m.Parts[0].(assistant.Text)
	return ok
}

// labelsOf returns the labels of what a question asks for, if the message is short enough to be an answer.
func labelsOf(m assistant.Message, question string) []string {
	s := m.Text()
	if strings.TrimSpace(s) == "" || len(s) > 4*maxAnswer || utf8.RuneCountInString(s) > maxAnswer {
		return nil
	}
	question = lastSentence(question)
	if !containsAny(question, asks[:]) {
		return nil
	}
	var out []string
	for _, l := range labels {
		if containsAny(question, l.words) {
			out = append(out, l.label)
		}
	}
	return out
}

// sees reports whether a stretch of a text is found in the text by itself.
func (f *finder) sees(s string, from, to int) bool {
	for x := range f.detector.Find(s) {
		if x.Start <= from && to <= x.End {
			return true
		}
	}
	return false
}

func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// lastSentence returns the end of a text from the last full stop that something follows, in lower case.
func lastSentence(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > 600 {
		s = s[len(s)-600:]
	}
	body := strings.TrimRight(s, "。！？!?.~～ \n")
	if i := strings.LastIndexAny(body, "。！？!?\n"); i >= 0 {
		_, size := utf8.DecodeRuneInString(body[i:])
		s = s[i+size:]
	}
	return strings.ToLower(s)
}

// asks are the words by which a sentence is a question or a request.
var asks = [...]string{"？", "?", "吗", "嗎", "呢", "多少", "什么", "什麼", "哪", "几", "幾", "贵姓", "貴姓", "称呼", "稱呼", "请", "請", "告诉", "告訴",
	"提供", "输入", "輸入", "填", "说一下", "說一下", "报一下", "報一下", "发我", "發我", "给我", "給我"}

// labels are the words by which a question asks for personal data, and the label that says the same.
var labels = [...]struct {
	label string
	words []string
}{
	{"身份证号", []string{"身份证", "身份證", "证件号", "證件號"}},
	{"居住证号", []string{"居住证", "居住證"}},
	{"永居证号", []string{"永居", "永久居留"}},
	{"回乡证号", []string{"回乡证", "回鄉證", "通行证", "通行證"}},
	{"台胞证号", []string{"台胞证", "臺胞證", "台胞證", "通行证", "通行證"}},
	{"护照号", []string{"护照", "護照", "passport"}},
	{"军人证件号", []string{"军官证", "士兵证", "军人证", "军人证件"}},
	{"驾驶证档案编号", []string{"档案编号", "檔案編號"}},
	{"手机号", []string{"手机", "手機", "电话", "電話", "号码", "號碼", "联系方式", "聯繫方式"}},
	{"座机号", []string{"座机", "固话", "电话", "電話"}},
	{"银行卡号", []string{"卡号", "卡號", "银行卡", "信用卡", "储蓄卡", "账号", "帳號"}},
	{"信用代码", []string{"信用代码", "信用代碼", "税号", "稅號"}},
	{"机构代码", []string{"机构代码"}},
	{"车牌号", []string{"车牌", "車牌"}},
	{"车架号", []string{"车架", "車架", "vin"}},
	{"IMEI", []string{"imei", "串号"}},
	{"设备标识", []string{"oaid", "idfa", "设备标识"}},
	{"邮箱", []string{"邮箱", "邮件", "電郵", "郵箱", "email", "e-mail"}},
	{"QQ号", []string{"qq"}},
	{"微信号", []string{"微信", "wechat", "账号", "帳號"}},
	{"openid", []string{"openid"}},
	{"位置", []string{"位置", "坐标", "座標", "经纬度"}},
	{"姓名", []string{"姓名", "您的名字", "你的名字", "贵姓", "貴姓", "称呼", "稱呼", "您叫", "你叫", "联系人", "聯絡人", "收件人", "收货人", "哪位"}},
	{"地址", []string{"地址", "住哪", "住在哪", "住在什么", "寄到哪", "送到哪", "收货", "门牌"}},
	{"出生日期", []string{"生日", "出生", "哪天生", "哪年生"}},
}
