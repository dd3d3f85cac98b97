package ondevice

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A field is one property of a schema with the properties in it. It is how the words of a sentence are read
// that no phrase explains: by what the schema says of each property.
type field struct {
	argument
	within  *field   // nil at the top
	parts   []*field // of an object, or of each object of a list
	labels  [][]rune // what people call it, the whole name first
	samples []option // values that the description gives as examples
	units   []unit   // what its number may count
	role    role
	layout  string // of a time that is written in its own way, as package time has it
}

// fieldsOf returns the properties of an object in the order of the schema.
func fieldsOf(p property, within *field) []*field {
	var out []*field
	for _, q := range p.Properties {
		f := &field{argument: newArgument(q.name, q.property), within: within}
		f.required = slices.Contains(p.Required, q.name)
		if q.name == replaces && within == nil && !f.required {
			f.form = unfillable
		}
		inner, _ := q.property.plain()
		if f.parts = fieldsOf(inner, f); len(f.parts) == 0 {
			f.learn(inner)
		}
		f.labels = labelsOf(f.name, f.about)
		out = append(out, f)
	}
	return out
}

// learn reads from the schema what values of the field look like.
func (f *field) learn(p property) {
	about := string(foldString(f.about))
	f.role = roleOf(strings.ToLower(f.name), about, p.Format)
	switch f.form {
	case integer, decimal:
		f.units = unitsOf(f.name, about)
	case freeText, timeText:
		if strings.Contains(about, "范围") || strings.Contains(about, " to ") {
			f.form = freeText
		}
		f.samples = samplesOf(f.about)
		if f.role == anyRole {
			f.units = unitsOf(f.name, about)
		}
	case date:
		if strings.Contains(strings.ReplaceAll(about, " ", ""), "yyyy-mm-ddhh:mm") {
			f.form, f.layout = dateTime, "2006-01-02 15:04"
			if strings.Contains(about, "hh:mm:ss") {
				f.layout = "2006-01-02 15:04:05"
			}
		}
		if strings.Count(strings.ToLower(f.about), "yyyy") > 1 { // from a day to another
			f.form = timeText
		}
	case choice:
		f.options = translated(f.options, f.about)
	}
}

// path names the field from the top: signs.pulse.
func (f *field) path() string {
	if f.within == nil {
		return f.name
	}
	return f.within.path() + "." + f.name
}

// repeated reports whether the field is in a list of objects.
func (f *field) repeated() bool {
	for g := f.within; g != nil; g = g.within {
		if g.list {
			return true
		}
	}
	return false
}

// leaves appends the fields that have values of their own.
func leaves(out, fields []*field) []*field {
	for _, f := range fields {
		if len(f.parts) > 0 {
			out = leaves(out, f.parts)
		} else if f.form != unfillable {
			out = append(out, f)
		}
	}
	return out
}

// readable reports whether words can give the field all that it needs.
func (f *field) readable() bool {
	if len(f.parts) == 0 {
		return f.form != unfillable
	}
	return !slices.ContainsFunc(f.parts, func(g *field) bool { return g.required && !g.readable() })
}

// Words at the ends of a name that say nothing of what is named.
var (
	vagueHeads = words("当前 目前 现有 指定 具体 唯一 用户 该 主要 期望 希望 所需 要 需要 可选 可用")
	vagueTails = words("名称 名字 列表 清单 信息 情况 数据 水平 描述 说明 类型 种类 类别 编号 号码 标识符 标识 识别码 数量 的")
)

// labelsOf returns what people may call a property: the first words of its description, what stands there
// behind each 的, and these without vague words around them.
func labelsOf(name, about string) [][]rune {
	var out [][]rune
	add := func(rs []rune) {
		if len(rs) > 1 && !slices.ContainsFunc(out, func(l []rune) bool { return slices.Equal(l, rs) }) {
			out = append(out, rs)
		}
	}
	label := foldString(firstClause(about))
	for rest := label; ; {
		add(rest)
		i := slices.Index(rest, '的')
		if i < 0 {
			break
		}
		rest = rest[i+1:]
	}
	for _, l := range slices.Clone(out) {
		for _, head := range vagueHeads {
			if len(l) > len(head) && slices.Equal(l[:len(head)], head) {
				l = l[len(head):]
				add(l)
			}
		}
		for _, tail := range vagueTails {
			if len(l) > len(tail) && slices.Equal(l[len(l)-len(tail):], tail) {
				add(l[:len(l)-len(tail)])
			}
		}
	}
	if i := slices.Index(label, '的'); i > 0 {
		add(slices.DeleteFunc(slices.Clone(label), func(r rune) bool { return r == '的' }))
	}
	if isIdentifier(name, string(label)) {
		for _, called := range []string{"id", "编号", "代码", "号"} {
			add([]rune(called))
			for _, topic := range topicsOf(about) { // 资产编号 for the mark of an 资产
				add(append(slices.Clone(topic), []rune(called)...))
			}
		}
	}
	return out
}

// topicsOf returns what a property is about: the parts of its label.
func topicsOf(about string) [][]rune {
	var out [][]rune
	for part := range strings.SplitSeq(string(foldString(firstClause(about))), "的") {
		topic := []rune(part)
		for _, head := range vagueHeads {
			if len(topic) > len(head) && slices.Equal(topic[:len(head)], head) {
				topic = topic[len(head):]
			}
		}
		for _, tail := range vagueTails {
			if len(topic) > len(tail)+1 && slices.Equal(topic[len(topic)-len(tail):], tail) {
				topic = topic[:len(topic)-len(tail)]
			}
		}
		if len(topic) > 1 {
			out = append(out, topic)
		}
	}
	return out
}

func isIdentifier(name, about string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, "id") || strings.HasSuffix(name, "_no") || slices.ContainsFunc([]string{"标识", "编号", "识别码", "id", "单号", "编码", "代码", "学号", "工号"}, func(w string) bool { return strings.Contains(about, w) })
}

// samplesOf returns the values that a description gives as examples: 例如小麦、玉米, （河流、湖泊等）.
func samplesOf(about string) []option {
	var out []option
	for _, word := range examplesIn(about) {
		out = append(out, option{quote(word), [][]rune{foldString(word)}})
	}
	return out
}

// How many characters an example has at most, in Chinese and in Latin letters.
const (
	maxExample = 8
	maxLatin   = 20
)

func examplesIn(about string) []string {
	list := ""
	for _, lead := range []string{"例如", "比如", "譬如", "诸如", "包括", "如", "（", "("} {
		if _, behind, ok := strings.Cut(about, lead); ok {
			list = strings.TrimLeft(behind, "：: ，,")
			break
		}
	}
	if i := strings.IndexAny(list, "。；;）)\n"); i >= 0 {
		list = list[:i]
	}
	list, _, _ = strings.Cut(list, "等")
	var out []string
	marked := false // as words that stand for themselves
	for _, piece := range splitAny(strings.NewReplacer("或者", "、", "或", "、", "以及", "、", "和", "、").Replace(list), "、，,/") {
		bare := strings.Trim(piece, " '\"“”‘’")
		most := maxExample
		if len(bare) == utf8.RuneCountInString(bare) {
			most = maxLatin
		}
		if n := utf8.RuneCountInString(bare); n > 0 && n <= most && strings.IndexFunc(bare, unicode.IsDigit) < 0 {
			out = append(out, bare)
			marked = marked || len(bare) < len(strings.TrimSpace(piece))
		}
	}
	if len(out) < 2 && !marked {
		return nil
	}
	return out
}

// meanings are what common values of enumerations are called.
var meanings = map[string]string{
	"daily": "每天 每日 天天", "weekly": "每周 每星期", "monthly": "每月 每个月", "quarterly": "每季度", "yearly": "每年", "annual": "每年", "hourly": "每小时",
	"low": "低", "medium": "中等 中", "high": "高", "easy": "简单 容易", "hard": "困难 难", "normal": "普通 正常", "urgent": "紧急 加急",
	"male": "男 男性", "female": "女 女性", "public": "公开", "private": "私密 私有 不公开", "sms": "短信", "email": "邮件 电子邮件 邮箱", "phone": "电话",
	"monday": "周一 星期一", "tuesday": "周二 星期二", "wednesday": "周三 星期三", "thursday": "周四 星期四", "friday": "周五 星期五", "saturday": "周六 星期六", "sunday": "周日 星期日 星期天",
	"cny": "人民币", "usd": "美元 美金", "eur": "欧元", "gbp": "英镑", "jpy": "日元", "hkd": "港币",
	"small": "小", "large": "大", "beginner": "初级 入门", "intermediate": "中级", "advanced": "高级", "asc": "升序", "desc": "降序",
}

// translated adds to the options of a field what people call them: common words, and the examples of the
// description where these are the values in the order of the schema.
func translated(options []option, about string) []option {
	out := slices.Clone(options)
	examples := examplesIn(about)
	foreign := true
	for _, o := range out {
		foreign = foreign && strings.IndexFunc(string(o.json), func(r rune) bool { return unicode.Is(unicode.Han, r) }) < 0
	}
	for i := range out {
		var value string
		if json.Unmarshal(out[i].json, &value) != nil {
			continue
		}
		names := strings.Fields(meanings[strings.ToLower(value)])
		if foreign && len(examples) <= len(out) && i < len(examples) {
			names = append(names, examples[i])
		}
		out[i].words = slices.Clip(out[i].words)
		for _, name := range names {
			out[i].words = append(out[i].words, foldString(name))
		}
	}
	return out
}
