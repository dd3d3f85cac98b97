package ondevice

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// A form is the kind of value that an argument takes, as far as words can be turned into it.
type form uint8

const (
	unfillable form = iota // nested objects and the like: words cannot fill it
	freeText
	timeText // a time in the user's own words
	dateTime // RFC 3339
	date     // YYYY-MM-DD
	clock    // HH:MM
	duration // ISO 8601
	rule     // RFC 5545 recurrence
	decimal
	integer
	boolean
	choice
)

// An argument is one property of a tool's schema.
type argument struct {
	name     string
	about    string // the property's description
	form     form   // of an element, if list
	list     bool
	required bool
	options  []option      // of choice and boolean
	unit     time.Duration // what a decimal or integer counts, if it counts time
	least    string        // the bounds of a decimal or integer, empty if there are none
	most     string
	shape    *regexp.Regexp // what a text must match, nil if anything goes
	percent  bool           // a decimal or integer counts hundredths
	digits   bool           // a name may also be a number that one calls
}

// An option is one value of a choice, and what people call it.
type option struct {
	json  json.RawMessage
	words [][]rune
}

type property struct {
	Type        typeNames         `json:"type"`
	Format      string            `json:"format"`
	Title       string            `json:"title"`
	Description string            `json:"description"`
	Pattern     string            `json:"pattern"`
	Enum        []json.RawMessage `json:"enum"`
	Minimum     json.RawMessage   `json:"minimum"`
	Maximum     json.RawMessage   `json:"maximum"`
	Const       json.RawMessage   `json:"const"`
	Items       *property         `json:"items"`
	AnyOf       []property        `json:"anyOf"`
	OneOf       []property        `json:"oneOf"`
	Properties  properties        `json:"properties"`
	Required    []string          `json:"required"`
}

// typeNames is a "type": one name or several, of which null is left out.
type typeNames []string

// typeCalled are the types by the names that other languages have for them, as in package arguments.
var typeCalled = map[string]string{"dict": "object", "list": "array", "tuple": "array", "float": "number", "double": "number", "int": "integer", "bool": "boolean", "str": "string"}

func (n *typeNames) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		b = []byte("[" + string(b) + "]")
	}
	var many []string
	if err := json.Unmarshal(b, &many); err != nil {
		return err
	}
	*n = slices.DeleteFunc(many, func(s string) bool { return s == "null" })
	for i, name := range *n {
		if plain := typeCalled[name]; plain != "" {
			(*n)[i] = plain
		}
	}
	return nil
}

// properties keeps the order of the schema: of two times, the first is asked for first.
type properties []namedProperty

type namedProperty struct {
	name string
	property
}

func (p *properties) UnmarshalJSON(b []byte) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return fmt.Errorf("properties: want an object")
	}
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return err
		}
		np := namedProperty{name: t.(string)} // keys are strings
		if err := dec.Decode(&np.property); err != nil {
			return fmt.Errorf("properties: %s: %w", np.name, err)
		}
		*p = append(*p, np)
	}
	return nil
}

// parseArguments reads the arguments that a tool's schema declares.
func parseArguments(schema json.RawMessage) ([]argument, error) {
	_, args, err := parseSchema(schema)
	return args, err
}

// replaces is the optional argument that names the result of an earlier call which this one corrects.
const replaces = "replaces"

// parseSchema reads a tool's schema.
func parseSchema(schema json.RawMessage) (root property, args []argument, err error) {
	if len(schema) == 0 {
		return root, nil, nil
	}
	if err := json.Unmarshal(schema, &root); err != nil {
		return root, nil, fmt.Errorf("schema: %w", err)
	}
	args = make([]argument, 0, len(root.Properties))
	for _, p := range root.Properties {
		a := newArgument(p.name, p.property)
		a.required = slices.Contains(root.Required, p.name)
		if a.name == replaces && !a.required {
			a.form = unfillable // by words
		}
		args = append(args, a)
	}
	return root, args, nil
}

func newArgument(name string, p property) argument {
	a := argument{name: name, about: p.Description}
	if a.about == "" {
		a.about = p.Title
	}
	p, a.list = p.plain()
	if a.about == "" {
		a.about = p.Description
	}
	a.form, a.options = formOf(p, name+" "+a.about), optionsOf(p, a.about)
	switch {
	case len(a.options) > 0:
		a.form = choice
	case a.form == boolean:
		a.options = switched(a.about)
	case a.form == freeText && p.Pattern == "":
		a.digits = strings.Contains(a.about, "号码")
	case a.form == freeText:
		if re, err := regexp.Compile(p.Pattern); err == nil { // others bind nothing, as in package arguments
			a.shape = re
		}
	case a.form == integer || a.form == decimal:
		a.unit = unitOf(name + " " + a.about)
		a.least, a.most = string(p.Minimum), string(p.Maximum)
		a.percent = isPercent(name + " " + a.about)
		a.options = a.ends()
	}
	return a
}

// plain returns the property without the notation for null, or the property of the elements of a list.
func (p property) plain() (q property, list bool) {
	for len(p.Type) == 0 && len(p.AnyOf) > 0 { // nullable in the other notation
		i := slices.IndexFunc(p.AnyOf, func(q property) bool { return len(q.Type) > 0 || len(q.Enum) > 0 })
		if i < 0 {
			break
		}
		p = p.AnyOf[i]
	}
	if slices.Equal(p.Type, typeNames{"array"}) && p.Items != nil {
		return *p.Items, true
	}
	return p, false
}

// nested reports whether some properties are objects, or lists of objects, whose own properties are known.
func (p property) nested() bool {
	return slices.ContainsFunc(p.Properties, func(q namedProperty) bool {
		inner, _ := q.plain()
		return len(inner.Properties) > 0
	})
}

// formOf reads type and format; a text without a format is judged by its description, because the
// schema of a Go struct has no formats.
func formOf(p property, about string) form {
	if len(p.Type) != 1 {
		return unfillable
	}
	switch p.Type[0] {
	case "integer":
		return integer
	case "number":
		return decimal
	case "boolean":
		return boolean
	case "string":
		return textForm(p.Format, strings.ToLower(about))
	}
	return unfillable
}

func textForm(format, about string) form {
	switch format {
	case "date-time":
		return dateTime
	case "date":
		return date
	case "time":
		return clock
	case "duration":
		return duration
	}
	for _, hint := range []struct {
		form  form
		words string
	}{
		{rule, "rrule rfc5545"},
		{dateTime, "rfc3339 yyyy-mm-ddthh date-time datetime"},
		{duration, "pt10m pt5m pt1h pt30m pt1h30m"},
		{date, "yyyy-mm-dd"},
		{clock, "hh:mm 24小时制"},
		{timeText, "时间 几点 时刻 日期 什么时候 何时 哪天 時間 幾點 時刻"},
	} {
		for w := range strings.FieldsSeq(hint.words) {
			if strings.Contains(strings.ReplaceAll(about, " ", ""), w) {
				return hint.form
			}
		}
	}
	return freeText
}

// unitOf returns the unit of time that a number counts, by its description.
func unitOf(about string) time.Duration {
	about = strings.ToLower(about)
	for _, u := range []struct {
		unit  time.Duration
		words string
	}{
		{time.Second, "秒 second"},
		{time.Minute, "分钟 分鐘 minute"},
		{time.Hour, "小时 小時 hour"},
		{24 * time.Hour, "天数 天數 days"},
	} {
		for w := range strings.FieldsSeq(u.words) {
			if strings.Contains(about, w) {
				return u.unit
			}
		}
	}
	return 0
}

// optionsOf lists the values of an enumeration with the names that the description gives them.
func optionsOf(p property, about string) []option {
	var out []option
	for _, v := range p.Enum {
		out = append(out, newOption(v, "", about))
	}
	for _, q := range append(p.OneOf, p.AnyOf...) {
		if q.Const != nil {
			out = append(out, newOption(q.Const, q.Title+"|"+q.Description, about))
		}
	}
	return out
}

func newOption(v json.RawMessage, called, about string) option {
	o := option{json: v}
	value := string(v)
	var s string
	if json.Unmarshal(v, &s) == nil {
		value = s
	}
	names := append([]string{value}, splitAny(called, "|/、")...)
	names = append(names, synonyms(about, value)...)
	names = append(names, switches[strings.ToLower(value)]...)
	for _, n := range names {
		if rs := foldString(n); len(rs) > 0 && !slices.ContainsFunc(o.words, func(w []rune) bool { return slices.Equal(w, rs) }) {
			o.words = append(o.words, rs)
		}
	}
	return o
}

// synonyms finds what a description says a value is called: "公里=km, 英里=mi", "km(公里)",
// "celsius: 摄氏度/摄氏".
func synonyms(about, value string) []string {
	var out []string
	for _, piece := range splitAny(about, ",，;；、。\n") {
		for _, mark := range []string{"=", "：", ":", "（", "(", "表示"} {
			left, right, ok := strings.Cut(piece, mark)
			if !ok {
				continue
			}
			left, right = strings.Trim(left, " \"'“”"), strings.Trim(right, " )）\"'“”=")
			if i := strings.LastIndexAny(left, "：: "); i >= 0 { // "单位: 公里=km"
				_, size := utf8.DecodeRuneInString(left[i:])
				left = left[i+size:]
			}
			switch {
			case strings.EqualFold(left, value):
				out = append(out, splitAny(right, "/或|")...)
			case mark == "=" && strings.EqualFold(right, value):
				out = append(out, splitAny(left, "/或|")...)
			}
			break
		}
	}
	return out
}

func splitAny(s, separators string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(separators, r) })
}

var (
	turnOn   = []string{"打开", "开启", "启动", "启用", "开", "点亮"}
	turnOff  = []string{"关闭", "关掉", "关上", "关了", "关", "停用", "熄灭"}
	switches = map[string][]string{"on": turnOn, "open": turnOn, "off": turnOff, "close": turnOff}
	booleans = []option{
		{json.RawMessage("true"), words(strings.Join(turnOn, " "))},
		{json.RawMessage("false"), words(strings.Join(turnOff, " "))},
	}
)

// switched returns the values of a boolean with what they are called: 开 and 关, and what the description
// says (拉上/合上=false), which comes first.
func switched(about string) []option {
	out := slices.Clone(booleans)
	for i := range out {
		for _, name := range synonyms(about, string(out[i].json)) {
			word := foldString(name)
			if other := &out[1-i]; slices.ContainsFunc(other.words, func(w []rune) bool { return slices.Equal(w, word) }) {
				other.words = slices.DeleteFunc(slices.Clone(other.words), func(w []rune) bool { return slices.Equal(w, word) })
			}
			out[i].words = append(slices.Clip(out[i].words), word)
		}
	}
	return out
}

// ends returns the bounds of a number with what they are called, 最大 and 最小.
func (a argument) ends() []option {
	var out []option
	if a.most != "" {
		out = append(out, option{json.RawMessage(a.most), words("最大 最高 最亮 最响 最强 最热")})
	}
	if a.least != "" {
		out = append(out, option{json.RawMessage(a.least), words("最小 最低 最暗 最轻 最弱")})
	}
	return out
}

// isPercent reports whether a number counts hundredths, by its description.
func isPercent(about string) bool {
	about = strings.ToLower(about)
	return strings.Contains(about, "百分") || strings.Contains(about, "percent") || strings.Contains(about, "%")
}

// label names the argument in a question.
func (a argument) label() string {
	if l := firstClause(a.about); l != "" {
		return l
	}
	switch a.form {
	case timeText, dateTime, clock:
		return "时间"
	case date:
		return "日期"
	case duration:
		return "时长"
	case decimal, integer:
		return "数量"
	case freeText:
		return "内容"
	}
	return a.name
}

// firstClause returns the beginning of a description that can stand in a sentence of our own.
func firstClause(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, "，。；：、（,.;:(\n"); i >= 0 {
		s = s[:i]
	}
	return strings.TrimSpace(s)
}
