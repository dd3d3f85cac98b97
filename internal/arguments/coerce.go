package arguments

import (
	"strings"
)

// coerce gives v one of n's types, if it can be read as one.
func (f *fitter) coerce(n *node, v *value) bool {
	if v.kind == kindNonFinite {
		return false
	}
	for _, t := range n.order {
		if len(n.order) > 1 && t == typeNull && v.kind != kindString {
			continue
		}
		if was := typeOf(v); f.as(t, n, v) {
			f.note(typeName(was) + " read as " + typeName(t))
			return true
		}
	}
	return false
}

func typeName(t types) string {
	for i, name := range typeNames {
		if t == 1<<i {
			return name
		}
	}
	return "value"
}

// as turns v into a value of type t.
func (f *fitter) as(t types, n *node, v *value) bool {
	switch t {
	case typeArray:
		return f.asArray(n, v)
	case typeObject:
		return f.asObject(v)
	}
	if v.kind == kindArray { // a list of one for the one
		if len(v.items) != 1 || v.items[0].kind == kindArray {
			return false
		}
		one := v.items[0].clone()
		if !t.has(&one) && !f.as(t, n, &one) {
			return false
		}
		*v = one
		return true
	}
	switch t {
	case typeNull:
		if v.kind == kindString {
			switch strings.TrimSpace(v.text) {
			case "null", "None", "":
				*v = value{}
				return true
			}
		}
	case typeBoolean:
		if b, ok := readBoolean(v); ok {
			*v = boolean(b)
			return true
		}
	case typeInteger, typeNumber:
		if v.kind != kindString {
			return false
		}
		s, ok := readNumber(v.text, n)
		if !ok {
			return false
		}
		d := parseDecimal(s)
		if t == typeInteger && !d.isInteger() {
			return false
		}
		*v = numeral(s)
		return true
	case typeString:
		if s, ok := v.scalar(); ok && v.kind != kindNull {
			*v = text(s)
			return true
		}
	}
	return false
}

// readBoolean reads the words and numbers that stand for true and false.
func readBoolean(v *value) (b, ok bool) {
	if v.kind != kindString && v.kind != kindNumber {
		return false, false
	}
	switch fold(v.text) {
	case "true", "t", "yes", "y", "on", "1", "1.0", "enable", "enabled",
		"是", "是的", "对", "对的", "真", "开", "开启", "打开", "启用", "要", "需要", "有", "好", "好的", "可以", "允许", "包括", "包含", "確定", "确定",
		"對", "開", "開啟", "啟用":
		return true, true
	case "false", "f", "no", "n", "off", "0", "0.0", "disable", "disabled",
		"否", "不", "不是", "不对", "错", "假", "关", "关闭", "关掉", "禁用", "停用", "不要", "不需要", "不用", "没有", "没", "无",
		"不可以", "不行", "不允许", "不包括", "不包含", "不對", "錯", "關", "關閉", "關掉", "沒有", "沒", "無":
		return false, true
	}
	return false, false
}

// asObject reads an object that is written inside a string or a list of one.
func (f *fitter) asObject(v *value) bool {
	one := v
	if v.kind == kindArray && len(v.items) == 1 {
		one = &v.items[0]
	}
	if one.kind == kindObject {
		c := one.clone()
		*v = c
		return true
	}
	o, ok := f.decode(one, kindObject)
	if ok {
		*v = o
	}
	return ok
}

// decode reads a string's content as a value of the kind.
func (f *fitter) decode(v *value, want kind) (value, bool) {
	if v.kind != kindString {
		return value{}, false
	}
	s := strings.TrimSpace(v.text)
	if s == "" {
		return value{}, false
	}
	if c, _ := punctuation(s, 0); c != '{' && c != '[' && c != '(' {
		return value{}, false
	}
	r := reader{src: s, depth: MaxDepth - len(f.places)}
	o, ok := r.value(atTop)
	r.skip()
	if !ok || r.pos < len(r.src) || o.kind != want {
		return value{}, false
	}
	return o, true
}

// asArray reads a list that is written inside a string, one that is written with
// separators, and a single value as a list of one.
func (f *fitter) asArray(n *node, v *value) bool {
	if list, ok := f.decode(v, kindArray); ok {
		*v = list
		return true
	}
	if v.kind == kindNull {
		return false
	}
	if v.kind == kindString && strings.TrimSpace(v.text) == "" {
		*v = value{kind: kindArray}
		return true
	}
	var item *node
	if n.arrays != nil {
		item = n.arrays.at(0)
	}
	wrapped := value{kind: kindArray, items: []value{v.clone()}}
	fits := func() bool {
		_, g := f.fits(&node{arrays: &arrayRules{rest: item, maxItems: -1}}, wrapped)
		return !g.failed
	}
	if item != nil && item.enum != nil && fits() {
		*v = wrapped
		return true
	}
	if list, ok := f.split(item, v); ok {
		*v = list
		return true
	}
	if _, scalar := v.scalar(); !scalar && !fits() {
		return false
	}
	*v = wrapped
	return true
}

// split takes a list apart at its separators where its items are numbers or one of a
// few values, so that it shows whether every piece is one.
func (f *fitter) split(item *node, v *value) (value, bool) {
	if v.kind != kindString || item == nil {
		return value{}, false
	}
	numeric := item.types != 0 && item.types&^(typeNumber|typeInteger|typeNull) == 0
	if item.enum == nil && !numeric {
		return value{}, false
	}
	pieces := strings.FieldsFunc(v.text, isSeparator)
	if len(pieces) < 2 {
		return value{}, false
	}
	list := value{kind: kindArray, items: make([]value, len(pieces))}
	for i, s := range pieces {
		s = strings.TrimSpace(s)
		if numeric && len(s) > 1 && s[0] == '0' && s[1] >= '0' && s[1] <= '9' {
			return value{}, false // 1,000 is one number
		}
		piece, g := f.fits(item, text(s))
		if g.failed {
			return value{}, false
		}
		list.items[i] = piece
	}
	return list, true
}

func isSeparator(c rune) bool {
	switch c {
	case ',', '，', '、', ';', '；', '\n':
		return true
	}
	return false
}

// choose gives v the one listed value that it differs from only in writing.
func (f *fitter) choose(n *node, v *value) bool {
	if v.kind == kindArray && len(v.items) == 1 {
		one := v.items[0].clone()
		if !contained(n.enum, &one) && !f.choose(n, &one) {
			return false
		}
		*v = one
		f.note("list of one read as the one")
		return true
	}
	if same := f.meant(n.enum, v); same != nil {
		*v = same.clone()
		f.note("written as the schema lists it")
		return true
	}
	return false
}

// meant returns the one value that v stands for.
func (f *fitter) meant(enum []value, v *value) *value {
	written, ok := v.scalar()
	if !ok {
		return nil
	}
	for _, key := range []func(string) string{fold, foldName} {
		want := key(written)
		if want == "" {
			continue
		}
		if found, unique := only(enum, func(e *value) bool {
			s, ok := e.scalar()
			return ok && key(s) == want
		}); found != nil {
			if !unique {
				return nil
			}
			return found
		}
	}
	if yes := v.kind == kindTrue; yes || v.kind == kindFalse || isTruth(v) {
		if v.kind == kindString {
			yes = fold(v.text) == "true"
		}
		found, unique := only(enum, func(e *value) bool {
			b, ok := readBoolean(e)
			return ok && b == yes
		})
		if unique {
			return found
		}
	}
	return nil
}

// isTruth reports whether v is the word true or false, which is how a boolean is
// written where the schema wants a string.
func isTruth(v *value) bool {
	s := fold(v.text)
	return v.kind == kindString && (s == "true" || s == "false")
}

// only returns the first value that ok accepts, and whether there is no other.
func only(list []value, ok func(*value) bool) (found *value, unique bool) {
	for i := range list {
		if ok(&list[i]) {
			if found != nil {
				return found, false
			}
			found = &list[i]
		}
	}
	return found, found != nil
}
