package ondevice

import (
	"fmt"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// asking begins every question about a missing argument.
const asking = "请告诉我"

const oneByOne = "您一次说了两件事，请一件一件告诉我。"

// question asks for the first thing that the best candidate lacks.
func question(in Interpretation) string {
	c := in.Candidates[0]
	args, err := parseArguments(c.Tool.Schema)
	if err != nil { // a tool with such a schema is never a candidate
		return asking + c.Missing[0] + "。"
	}
	a := args[max(0, argIndex(args, c.Missing[0]))]
	q := asking + a.label()
	if i := slices.IndexFunc(c.partial, func(s Slot) bool { return s.Name == a.name }); i >= 0 {
		q = fmt.Sprintf("%s“%s”具体是几点", asking, c.partial[i].Source)
	}
	if a.form == choice {
		var names []string
		for _, o := range a.options[:min(len(a.options), maxListed)] {
			names = append(names, o.spoken())
		}
		q += "，例如" + strings.Join(names, "、")
	}
	return q + "。"
}

// maxListed bounds the abilities or options in a sentence.
const maxListed = 4

// alternatives asks the user to be more exact.
func alternatives(in Interpretation) string {
	if in.Next != nil {
		return oneByOne
	}
	var names []string
	for _, c := range in.Candidates {
		if c.Confidence >= certain && in.Candidates[0].Confidence-c.Confidence < margin {
			names = append(names, shortName(c.Tool))
		}
	}
	return "您是想" + strings.Join(names, "，还是") + "？请说得再具体一些。"
}

// decline answers a sentence that is no command.
func (e *Engine) decline(in Interpretation, tools []*assistant.ToolSpec) response {
	said := func(s string) response { return response{text: s, finish: assistant.FinishStop} }
	if in.Cancelled {
		return said("好的，已经取消。")
	}
	if in.Background >= certain {
		switch topic(in.Topic) {
		case greeting:
			return said("您好！" + offer(in, tools))
		case thanks:
			return said("不客气！")
		case goodbye:
			return said("再见！")
		case identity:
			return said("我是在本机上运行的助手，不需要联网。" + offer(in, tools))
		case abilities:
			if len(tools) > 0 {
				return said(offer(in, tools))
			}
		}
	}
	return response{text: "抱歉，这件事我在本机上做不到。" + offer(in, tools) + e.help, finish: assistant.FinishRefusal}
}

// offer says what can be done here, the likeliest first.
func offer(in Interpretation, tools []*assistant.ToolSpec) string {
	var names []string
	add := func(s *assistant.ToolSpec) {
		if n := shortName(s); !slices.Contains(names, n) && len(names) < maxListed {
			names = append(names, n)
		}
	}
	for _, c := range in.Candidates {
		add(c.Tool)
	}
	for _, s := range tools {
		add(s)
	}
	if len(names) == 0 {
		return ""
	}
	return "我可以帮您：" + strings.Join(names, "、") + "。"
}

// shortName names what a tool does.
func shortName(s *assistant.ToolSpec) string {
	if n := firstClause(s.Description); n != "" {
		return n
	}
	return s.Name
}
