package ondevice

import (
	"slices"
	"sync"

	"github.com/zhushou-ai/zhushou/locale/segment"
)

// namesOf finds the persons and places.
func (s *stating) namesOf(f *field) {
	ms := s.named[f]
	for k := 0; k < len(s.words); k++ {
		w := s.words[k]
		for w.tag == segment.Place && k+1 < len(s.words) && s.words[k+1].tag == segment.Place { // 上海浦东新区
			k++
			w.end = s.words[k].end
		}
		weight, free := 0, false // it could as well belong to something else
		switch f.role {
		case someone:
			if w.tag == segment.Person && w.end-w.start > 1 {
				weight, free = 40, true
			}
		case somewhere, whence, whither:
			if w.tag != segment.Place || s.isName(w) {
				break
			}
			weight, free = 35, true
			from, to := s.goes(w)
			switch {
			case f.role == whence && from, f.role == whither && to:
				weight, free = weight+30, false
			case f.role == whence && to, f.role == whither && from:
				weight = 0
			case f.role == whence:
				weight = 0
			}
		}
		if weight == 0 {
			continue
		}
		near, _ := s.text.evidence(ms, w.start, w.end)
		if free && near == 0 && f.within != nil {
			continue
		}
		s.wording(f, w.start, w.end, weight+near/2)
	}
}

// isName reports whether a word is only a part of what is named by it: 北京 in 北京大学 is a place all the same, 中国 in
// 中国银行 is none.
func (s *stating) isName(w cutWord) bool {
	t := s.text
	return w.end < len(t.runes) && t.prefix(w.end, len(t.runes), institutions()) > 0
}

var institutions = sync.OnceValue(func() [][]rune { return folded("银行 大学 公司 集团 航空 菜 料理 时间") })

// goes reports whether something goes from a place, or to it.
func (s *stating) goes(w cutWord) (from, to bool) {
	t := s.text
	for _, lead := range fromWords() {
		from = from || w.start >= len(lead) && slices.Equal(t.runes[w.start-len(lead):w.start], lead)
	}
	for _, lead := range toWords() {
		to = to || w.start >= len(lead) && slices.Equal(t.runes[w.start-len(lead):w.start], lead)
	}
	if t.prefix(w.end, len(t.runes), departs()) > 0 {
		from, to = true, false
	}
	if !from && !to && w.end < len(t.runes) && slices.ContainsFunc(toWords(), func(lead []rune) bool { return t.prefix(w.end, len(t.runes), [][]rune{lead}) > 0 }) {
		from = true
	}
	return from, to
}

var (
	fromWords = sync.OnceValue(func() [][]rune { return folded("从 自 由 起点是 起点 出发地是") })
	toWords   = sync.OnceValue(func() [][]rune {
		return folded("到 去 飞 往 至 飞往 前往 抵达 送到 运到 运往 开往 发往 回")
	})
	departs = sync.OnceValue(func() [][]rune { return folded("出发 起飞 始发 发车 装货") })
)

// ending finds what ends with what the field is: 协和医院 for 医院名称.
func (s *stating) ending(f *field) {
	if f.role != anyRole && f.role != somewhere || f.form != freeText || f.list {
		return
	}
	for _, label := range f.labels {
		if len(label) < 2 || len(label) > 4 || slices.ContainsFunc(vagueTails, func(tail []rune) bool { return endsWith(label, tail) }) {
			continue
		}
		for k, w := range s.words {
			i := k
			said := s.text.runes[w.start:w.end]
			short := slices.Equal(said, label[:1]) // 班 for 班级
			last := said[len(said)-1] == label[len(label)-1] && k > 0 && proper(s.words[k-1])
			if !endsWith(said, label[len(label)-2:]) && !slices.Equal(said, label[len(label)-2:]) && !slices.Equal(said, label) && !short && !last && !ofSort(said, label) {
				continue
			}
			for i > 0 && (s.names(s.words[i-1]) || short && s.inClass(s.words[i-1]) || i > 1 && s.words[i-1].tag == segment.Noun && proper(s.words[i-2])) {
				i--
			}
			whole := s.text.runes[s.words[i].start:w.end]
			if slices.ContainsFunc(f.labels, func(l []rune) bool { return contains(l, whole) }) {
				continue // that names the field
			}
			if s.words[i].start < w.start || len(said) > len(label) {
				s.wording(f, s.words[i].start, w.end, 38+w.end-s.words[i].start)
			}
		}
	}
}

// enumerated finds the things that are listed, where the field is the only list that wants them: 鸡蛋、西红柿和土豆.
func (s *stating) enumerated(f *field) {
	if !f.list || !f.required || f.within != nil || !s.alone(f, func(g *field) bool { return g.list && g.form == freeText }) {
		return
	}
	for k := 0; k < len(s.words); {
		end, items := k, 0
		for end < len(s.words) && s.thing(s.words[end]) {
			for end < len(s.words) && s.thing(s.words[end]) {
				end++
			}
			items++
			if end+1 >= len(s.words) || !s.joins(s.words[end]) || !s.thing(s.words[end+1]) {
				break
			}
			end++
		}
		if items > 1 {
			s.wording(f, s.words[k].start, s.words[end-1].end, 30)
			return
		}
		k = max(end, k+1)
	}
}

// thing reports whether a word may be the name of a thing.
func (s *stating) thing(w cutWord) bool {
	return w.class == segment.Latin || w.class == segment.Word && (s.names(w) || w.tag == segment.Noun || w.tag == segment.NoTag || w.tag == segment.VerbalNoun) && s.text.tokens[w.start].class == 0
}

// joins reports whether a word stands between things that are listed.
func (s *stating) joins(w cutWord) bool {
	switch string(s.text.runes[w.start:w.end]) {
	case "、", "和", "与", "跟", "以及", "还有":
		return true
	}
	return false
}

// sorts are the words that names of things of a sort end with.
var sorts = sync.OnceValue(func() map[string][][]rune {
	return map[string][][]rune{
		"学校": folded("小学 中学 大学 学院 高中 初中 幼儿园"), "医院": folded("诊所 卫生院 门诊部"), "公司": folded("集团 工厂 企业 科技"),
		"餐厅": folded("饭店 酒楼 餐馆 火锅店 饭馆"), "酒店": folded("宾馆 旅馆 民宿 饭店"), "景点": folded("公园 风景区 景区 古镇 博物馆"),
		"博物馆": folded("博物院 美术馆 展览馆 纪念馆"), "商店": folded("超市 商场 便利店"), "小区": folded("花园 家园 公寓 社区"),
	}
})

// ofSort reports whether a word ends as names of what a label says do: 育才小学 is a 学校.
func ofSort(word, label []rune) bool {
	return slices.ContainsFunc(sorts()[string(label)], func(tail []rune) bool { return slices.Equal(word, tail) || endsWith(word, tail) })
}

// inClass reports whether a word may stand in the number of a class: 三年二班.
func (s *stating) inClass(w cutWord) bool {
	r := s.text.runes[w.start:w.end]
	return w.class == segment.Number || w.tag == segment.Numeral || len(r) == 1 && (r[0] == '年' || r[0] == '级')
}

// proper reports whether a word is the name of somebody or something.
func proper(w cutWord) bool {
	switch w.tag {
	case segment.Place, segment.Person, segment.ProperNoun, segment.Organization, segment.Transliterated:
		return true
	}
	return false
}

func endsWith(word, tail []rune) bool {
	return len(word) > len(tail) && slices.Equal(word[len(word)-len(tail):], tail)
}

// names reports whether a word may be a part of a name.
func (s *stating) names(w cutWord) bool {
	if w.class == segment.Latin {
		return true
	}
	if w.class != segment.Word && w.class != segment.Number {
		return false
	}
	switch w.tag {
	case segment.Place, segment.Person, segment.ProperNoun, segment.Organization, segment.Transliterated, segment.Abbreviation:
		return true
	case segment.Noun:
		return s.text.tokens[w.start].class == 0 && w.end-w.start > 1
	case segment.NoTag:
		return s.text.tokens[w.start].class&filler == 0
	}
	return false
}
