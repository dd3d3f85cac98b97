package ondevice

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn"
)

// How many sentences the learned part is shown of each phrase and of each tool that is described by phrases.
const (
	lessonsPerPhrase = 8
	lessonsPerTool   = 60
)

// What stands in the slots of phrases where the learned part is taught with them. Only the kinds of the
// values are remembered from them; texts are of many sorts, so that none is typical.
var (
	sampleMoments = strings.Fields("明天早上八点 后天 下午三点 周五 今晚九点半 下周一上午十点 明天 八点 12月3号 半小时后 今天 国庆节")
	sampleClocks  = strings.Fields("明天早上八点 下午三点 今晚九点半 下周一上午十点 七点半 半小时后 20:30 后天中午十二点")
	sampleDays    = strings.Fields("明天 后天 周五 下周三 今天 国庆节 12月3号 这周末")
	samplePeriods = strings.Fields("十分钟 半小时 两个小时 一个半小时 45秒 三天 90分钟")
	sampleRepeats = strings.Fields("每天早上八点 每周一 工作日 每天 每月1号 每周六上午九点")
	sampleNumbers = strings.Fields("三十 5 两 十二 百分之五十 26 一百 3.5")
	sampleForms   = strings.Fields("三加五 3+5 十二乘以八 100/4 一百除以七 50-12 5公里 三十摄氏度 两斤 180厘米 10086 13800138000 B2 2026 9的平方 50%")
	sampleTexts   = strings.Fields("开会 买牛奶 交电费 青花瓷 接孩子 张三 去机场 给客户回邮件 红烧肉 人民公园 吃药 妈妈 项目总结 保温杯 明天不用来了 上海 我晚点到")
)

// samplesFor returns things that stand in the slot of an argument.
func (t *tool) samplesFor(ai int, lists []*Names) []string {
	a := t.args[ai]
	var out []string
	for _, o := range a.options {
		for _, w := range o.words {
			out = append(out, string(w))
		}
	}
	for _, n := range lists {
		for i := range min(n.Len(), maxSampledNames) {
			out = append(out, n.index.Name(i*n.Len()/min(n.Len(), maxSampledNames)).Text)
		}
	}
	if len(out) > 0 && a.form != decimal && a.form != integer {
		return out
	}
	switch a.form {
	case timeText:
		return sampleMoments
	case dateTime, clock:
		return sampleClocks
	case date:
		return sampleDays
	case duration:
		return samplePeriods
	case rule:
		return sampleRepeats
	case decimal, integer:
		if a.unit != 0 {
			return samplePeriods
		}
		return sampleNumbers
	}
	if a.shape != nil {
		return slices.DeleteFunc(slices.Concat(sampleForms, sampleTexts), func(s string) bool { return !a.shape.MatchString(s) })
	}
	return sampleTexts
}

const maxSampledNames = 12

// lessonOf returns what the learned part is taught about a tool.
func lessonOf(t *tool, examples []Example) (learn.Tool, error) {
	out := learn.Tool{Name: t.spec.Name, About: t.abouts()}
	scope := t.scope(kindNames)
	values := make([][]string, len(t.args))
	for i, a := range t.args {
		var lists []*Names
		for _, n := range []*Names{t.names[a.name], t.shared[a.name]} {
			if n.Len() > 0 {
				lists = append(lists, n)
			}
		}
		values[i] = t.samplesFor(i, lists)
	}
	perPhrase := max(1, min(lessonsPerPhrase, lessonsPerTool/max(1, len(t.phrases))))
	n := 0
	for i, phrase := range t.phrases {
		sentences, err := samples(phrase, scope, perPhrase)
		if err != nil {
			sentences = []string{phrase}
		}
		for _, s := range sentences {
			sample := t.fillIn(s, values, n)
			sample.Phrase = i + 1
			if n++; len(sample.Runes) > 0 {
				out.Samples = append(out.Samples, sample)
			}
		}
	}
	for _, phrase := range t.nots {
		sentences, err := samples(phrase, scope, 2)
		if err != nil {
			continue
		}
		for _, s := range sentences {
			if sample := t.fillIn(s, values, n); len(sample.Runes) > 0 {
				out.Not = append(out.Not, sample.Text)
			}
			n++
		}
	}
	marked := slices.ContainsFunc(examples, func(e Example) bool { return len(e.Marks) > 0 })
	for i, e := range examples {
		sample, err := t.example(e, !marked)
		if err != nil {
			return learn.Tool{}, fmt.Errorf("example %d: %w", i, err)
		}
		out.Samples = append(out.Samples, sample)
	}
	return out, nil
}

// abouts returns what describes a tool.
func (t *tool) abouts() []string {
	out := []string{strings.ReplaceAll(t.spec.Name, "_", " ") + "。" + t.spec.Description}
	out = append(out, t.root.abouts()...)
	for _, a := range t.args {
		for _, o := range a.options {
			for _, w := range o.words {
				out = append(out, string(w))
			}
		}
	}
	return out
}

// abouts returns what describes the properties of an object, and theirs.
func (p property) abouts() []string {
	var out []string
	for _, q := range p.Properties {
		out = append(append(out, q.Description), q.abouts()...)
	}
	if p.Items != nil {
		out = append(out, p.Items.abouts()...)
	}
	return out
}

// fillIn makes a sample of a sentence with slots in braces.
func (t *tool) fillIn(sentence string, values [][]string, n int) learn.Sample {
	var b []rune
	var slots []learn.Slot
	for rest := sentence; rest != ""; {
		words, after, found := strings.Cut(rest, "{")
		b = append(b, foldString(words)...)
		if !found {
			break
		}
		name, tail, _ := strings.Cut(after, "}")
		ai := t.arg(strings.TrimSpace(name))
		if ai >= 0 && len(values[ai]) == 0 {
			return learn.Sample{}
		}
		if ai >= 0 {
			start := len(b)
			b = append(b, foldString(values[ai][n%len(values[ai])])...)
			slots = append(slots, learn.Slot{Name: name, Start: start, End: len(b)})
			n = n*31 + 7
		}
		rest = tail
	}
	text := newText(string(b))
	if sentence == string(b) || !strings.Contains(sentence, "{") {
		slots = t.plainSlots(text)
	}
	s := learn.Sample{Text: learn.Text{Runes: text.runes, Spans: t.evidence(text)}}
	if len(text.runes) == len(b) || !strings.Contains(sentence, "{") {
		s.Slots = slots
	} else {
		s.Unmarked = true
	}
	return s
}

// evidence returns the typed spans of a sentence as the learned part sees them.
func (t *tool) evidence(text *text) []learn.Span {
	var values, names []span
	for _, s := range t.spansIn(text) {
		if s.kind == named {
			names = append(names, s)
		} else {
			values = append(values, s)
		}
	}
	return evidenceOf(values, [][]span{names}, []*tool{t})
}

// plainSlots returns where the arguments stand in a sentence without slots: the values that one of them takes.
func (t *tool) plainSlots(text *text) []learn.Slot {
	spans := t.spansIn(text)
	var out []learn.Slot
	for i := 0; i < len(text.runes); {
		s := longest(spans, i)
		if s == nil {
			i = text.tokens[i].end
			continue
		}
		ai := slices.IndexFunc(t.args, func(a argument) bool { return accepts(t.args, t.arg(a.name), s) })
		if s.kind == named {
			ai = s.arg
		}
		if ai >= 0 && !slices.ContainsFunc(out, func(o learn.Slot) bool { return o.Name == t.args[ai].name }) {
			out = append(out, learn.Slot{Name: t.args[ai].name, Start: s.start, End: s.end})
		}
		i = s.end
	}
	return out
}

// evidenceOf returns spans as the learned part sees them: each stretch once for each kind of value that
// it is, names by the name of the argument.
func evidenceOf(values []span, names [][]span, tools []*tool) []learn.Span {
	var out []learn.Span
	for i := range values {
		if values[i].ceiling > 0 {
			continue // the number in it says as much
		}
		out = append(out, learn.Span{Start: values[i].start, End: values[i].end, Kind: values[i].kind.String()})
	}
	for i, of := range names {
		for k := range of {
			a := &tools[i].args[of[k].arg]
			s := learn.Span{Start: of[k].start, End: of[k].end, Kind: "name:" + a.name, Listed: a.form == freeText}
			if !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	slices.SortFunc(out, func(a, b learn.Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Kind, b.Kind))
	})
	return out
}

func (k kind) String() string {
	return [...]string{"none", "time", "length", "repeat", "number", "name", "text"}[k]
}

// example makes a sample of a sentence as it was said.
func (t *tool) example(e Example, unmarked bool) (learn.Sample, error) {
	text := newText(e.Text)
	s := learn.Sample{Text: learn.Text{Runes: text.runes, Spans: t.evidence(text), Given: given(e.Features)}, Unmarked: unmarked && len(t.args) > 0}
	for _, m := range e.Marks {
		if m.Start < 0 || m.End > len(e.Text) || m.Start >= m.End {
			return s, fmt.Errorf("%q: mark %q from %d to %d is not within %d bytes", e.Text, m.Name, m.Start, m.End, len(e.Text))
		}
		s.Slots = append(s.Slots, learn.Slot{Name: m.Name, Start: text.at(m.Start), End: text.at(m.End)})
	}
	slices.SortStableFunc(s.Slots, func(a, b learn.Slot) int { return cmp.Compare(a.Start, b.Start) })
	return s, nil
}

// given returns features in order.
func given(features map[string]string) []learn.Given {
	out := make([]learn.Given, 0, len(features))
	for k, v := range features {
		out = append(out, learn.Given{Name: k, Value: v})
	}
	slices.SortFunc(out, func(a, b learn.Given) int { return cmp.Compare(a.Name, b.Name) })
	return out
}
