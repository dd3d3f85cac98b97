package route

import (
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// found is what was found in texts that might leave.
type found struct {
	types  privacy.Types
	hidden privacy.Types // seen only by one who looks beyond the single text, as no masker does
	media  bool          // there is something that nobody looks into
}

func (f *found) add(g found) {
	f.types |= g.types
	f.hidden |= g.hidden
	f.media = f.media || g.media
}

// all are the types found, however.
func (f found) all() privacy.Types { return f.types | f.hidden }

// A finder looks for personal data.
type finder struct {
	detector privacy.Detector
	found
}

// text looks into a text, and into what it says once escapes of JSON are undone.
func (f *finder) text(s string) {
	for x := range f.detector.Find(s) {
		f.types |= privacy.TypesOf(x.Type)
	}
	if strings.Contains(s, `\`) {
		f.escaped(s)
	}
}

// escaped looks for what is found only once the escapes are undone: \uff1a13812345678 is no phone number
// to one who does not read the colon.
func (f *finder) escaped(s string) {
	var seen []string
	for x := range f.detector.Find(s) {
		seen = append(seen, s[x.Start:x.End])
	}
	plain := unescape(s)
	for x := range f.detector.Find(plain) {
		if i := slices.Index(seen, plain[x.Start:x.End]); i >= 0 {
			seen = slices.Delete(seen, i, i+1)
		} else {
			f.hidden |= privacy.TypesOf(x.Type)
		}
	}
}

// message looks into a message. A short one of the user is also read as the answer to the question
// before it: 284756391 says nothing, but it does after 您的QQ号是多少？
func (f *finder) message(m assistant.Message, question string) {
	f.parts(m.Parts, 0)
	f.seams(m.Parts)
	if m.Role == assistant.RoleUser && question != "" {
		f.answer(m.Text(), question)
	}
}

// seams looks for what is cut in two by the end of a text part.
func (f *finder) seams(parts []assistant.Part) {
	var joined strings.Builder
	var ends []int
	for _, p := range parts {
		if t, ok := p.(assistant.Text); ok {
			joined.WriteString(t.Text)
			ends = append(ends, joined.Len())
		}
	}
	if len(ends) < 2 {
		return
	}
	for x := range f.detector.Find(joined.String()) {
		if slices.ContainsFunc(ends, func(at int) bool { return x.Start < at && at < x.End }) {
			f.hidden |= privacy.TypesOf(x.Type)
		}
	}
}

// maxDepth bounds results within results, which only hostile histories have.
const maxDepth = 8

func (f *finder) parts(parts []assistant.Part, depth int) {
	for _, p := range parts {
		switch p := p.(type) {
		case assistant.Text:
			f.text(p.Text)
		case assistant.Reasoning:
			f.text(p.Text)
		case assistant.Citation:
			for _, s := range [...]string{p.Title, p.URL, p.Site, p.Snippet} {
				f.text(s)
			}
		case assistant.ToolCall:
			f.text(p.Name)
			f.text(p.Arguments)
		case assistant.ToolResult:
			if depth >= maxDepth {
				f.media = true // nobody looks any deeper
				continue
			}
			f.parts(p.Parts, depth+1)
		case assistant.Image:
			f.medium(p.Media)
		case assistant.Audio:
			f.medium(p.Media)
			f.text(p.Transcript)
		case assistant.Video:
			f.medium(p.Media)
			for _, url := range p.Frames {
				f.text(url)
			}
		case assistant.File:
			f.medium(p.Media)
			f.text(p.Name)
		case assistant.Unknown: // goes nowhere
		default:
			f.media = true
		}
	}
}

func (f *finder) medium(m assistant.Media) {
	f.media = true
	if !strings.HasPrefix(m.URL, "data:") {
		f.text(m.URL)
	}
}

// maxAnswer bounds, in characters, what is read as an answer to a question.
const maxAnswer = 64

func (f *finder) answer(s, question string) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 4*maxAnswer || utf8.RuneCountInString(s) > maxAnswer {
		return
	}
	question = lastSentence(question)
	if !containsAny(question, asks[:]) {
		return
	}
	for _, l := range labels {
		if !containsAny(question, l.words) {
			continue
		}
		for x := range f.detector.Find(l.label + "：" + s) {
			if from := x.Start - len(l.label+"："); x.End > len(l.label) && !f.sees(s, from, x.End-x.Start+from) {
				f.hidden |= privacy.TypesOf(x.Type)
			}
		}
	}
}

// sees reports whether a stretch of a text is found in the text by itself.
func (f *finder) sees(s string, from, to int) bool {
	for x := range f.detector.Find(s) {
		if x.Start <= max(from, 0) && to <= x.End {
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

// unescape undoes the escapes of JSON strings. What is no escape stays.
func unescape(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 'n', 'r', 't', 'b', 'f':
			b.WriteByte(' ')
		case 'u':
			r, ok := hex4(s, i+1)
			if !ok {
				b.WriteString(`\u`)
				continue
			}
			i += 4
			if utf16.IsSurrogate(r) && strings.HasPrefix(s[i+1:], `\u`) {
				if low, ok := hex4(s, i+3); ok && utf16.IsSurrogate(low) {
					r, i = utf16.DecodeRune(r, low), i+6
				}
			}
			b.WriteRune(r)
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// hex4 reads four hexadecimal digits at an offset.
func hex4(s string, at int) (rune, bool) {
	if len(s) < at+4 {
		return 0, false
	}
	var r rune
	for _, c := range []byte(s[at : at+4]) {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}
