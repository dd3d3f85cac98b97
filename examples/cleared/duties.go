package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant/label"
)

// A duty is something that the rules ask of the service.
type duty struct {
	name  string
	by    string // what in this library does it
	state state
	why   string // why it is off, or what is missing
}

type state string

const (
	on    state = "已启用"
	off   state = "不适用"
	unmet state = "未满足"
)

// reassess is how long an assessment holds at most.
const reassess = 365 * 24 * time.Hour

// duties lists what is asked of the service and where it stands.
func (p *serviceProfile) duties(now time.Time) []duty {
	var out []duty
	add := func(name, by string, applies bool, missing ...string) {
		d := duty{name: name, by: by, state: on}
		switch {
		case !applies:
			d.state, d.why = off, "面向"+p.Audience+"的服务不要求"
		default:
			var real []string
			for _, m := range missing {
				if m != "" {
					real = append(real, m)
				}
			}
			if real != nil {
				d.state, d.why = unmet, strings.Join(real, "；")
			}
		}
		out = append(out, d)
	}
	need := func(value, field, what string) string {
		if value == "" {
			return "请在档案的 " + field + " 填写" + what
		}
		return ""
	}

	disclosure := ""
	if missing := p.Disclosure.Missing(); missing != nil {
		disclosure = "请在档案的 disclosure 填写 " + strings.Join(missing, "、")
	}
	add("公示模型与备案信息", "eval.Disclosure，GET /about", p.public(), disclosure)
	add("用户协议", "档案 terms", p.public(), need(p.Terms, "terms", "协议版本"))
	add("投诉入口", "POST /complaints", p.public(), need(p.Complaints, "complaints", "联系方式"))

	words := p.words.Cover(p.rules, now)
	short := ""
	if !words.OK() {
		parts := make([]string, 0, 3)
		for i, s := range words.Shortfalls {
			if i == 3 {
				parts = append(parts, fmt.Sprintf("等%d项", len(words.Shortfalls)))
				break
			}
			parts = append(parts, s.String())
		}
		short = "词库不足（档案的 words）：" + strings.Join(parts, "，")
	}
	stale := ""
	if words.Stale {
		stale = "词库更新已过期限（词库首行的日期）"
	}
	add("输入输出内容审核", "assistant/guard", p.public(), short, stale)
	add("滥用处置", "guard/abuse", p.public())
	add("个人信息不出境、不外传", "guard.Mask、guard/egress", true, need(p.Vendor.Region, "vendor.region", "模型所在地区，如 CN"))
	add("生成内容标识", "assistant/label", p.public(), p.producerProblem())
	add("同意与撤回", "assistant/consent", true, need(p.Notice, "notice", "隐私告知版本"))
	add("拒绝用于训练", "consent.Purpose.OptOutSteps", p.public(), p.optOutProblem())
	add("查阅、复制、删除个人信息", "consent.Rights，GET /export、POST /erase", true)
	add("审计日志留存", "assistant/audit", true)
	add("未成年人模式", "assistant/minor", p.public() && p.Minors)
	add("陪伴服务的提醒、退出与危机干预", "assistant/companion", p.public() && p.Companion)
	add("安全评估", "assistant/eval", p.public(), p.assessmentProblem(now))
	return out
}

func (p *serviceProfile) producerProblem() string {
	if p.Producer == "" {
		return "请在档案的 producer 填写服务提供者的名称或27位编码"
	}
	if err := label.First(p.Producer, "check-1", label.CopyOnFirstWrite).Check(); err != nil {
		return "档案的 producer 不合规：" + err.Error()
	}
	return ""
}

func (p *serviceProfile) optOutProblem() string {
	switch {
	case p.OptOut == 0:
		return "请在档案的 opt_out_steps 填写从主界面关闭需要几步"
	case p.OptOut > 4:
		return fmt.Sprintf("关闭需要%d步，最多4步", p.OptOut)
	}
	return ""
}

func (p *serviceProfile) assessmentProblem(now time.Time) string {
	switch at := day(p.Assessed); {
	case at.IsZero():
		return "请用 assistant/eval 完成评估，并在档案的 assessed 填写日期"
	case now.Sub(at) > reassess:
		return "上次评估（" + p.Assessed + "）超过一年"
	}
	return ""
}

// printDuties prints where the service stands, and reports whether all is met.
func printDuties(w io.Writer, duties []duty) bool {
	met := true
	for _, d := range duties {
		fmt.Fprintf(w, "%s  %s（%s）\n", d.state, d.name, d.by)
		if d.state == unmet {
			fmt.Fprintf(w, "        %s\n", d.why)
			met = false
		}
	}
	return met
}
