package openaiwire

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
)

// decideThinking settles whether the model will think, because tools and streaming depend on it.
func (e *encoder) decideThinking() {
	t, asked := &e.rules.Thinking, e.req.Thinking
	e.mode = asked.Mode
	if e.mode == assistant.Default && (asked.Effort != "" || asked.Budget > 0) {
		e.mode = assistant.On // how hard to think implies thinking
	}
	if on, ok := e.extra["enable_thinking"].(bool); ok && t.Form == EnableThinking && e.mode == assistant.Default {
		e.thinks = on
		return
	}
	if word := e.extraThinking(); word != "" && t.Form == ThinkingType && e.mode == assistant.Default {
		e.thinks = word != "disabled"
		return
	}
	e.thinks = t.Fixed || e.mode == assistant.On && t.exists() || e.mode == assistant.Default && t.ByNature

	if e.thinks && t.canStop() {
		if reason := e.excluded(t.NotWith); reason != "" {
			if e.mode == assistant.On {
				e.Drop("Thinking", reason)
			}
			e.mode, e.thinks, e.unthought = assistant.Off, false, true
			return
		}
	}

	// A tool choice that the caller asked for outweighs thinking that he did not ask for.
	if e.thinks && e.mode == assistant.Default && t.canStop() && len(e.req.Tools) > 0 {
		if _, ok := e.choice(e.rules.ThinkingToolModes); !ok {
			if _, ok := e.choice(e.rules.ToolModes); ok {
				e.mode, e.thinks = assistant.Off, false
			}
		}
	}
}

// extraThinking is the vendor's word in a switch that the caller wrote himself.
func (e *encoder) extraThinking() string {
	switch v := e.extra["thinking"].(type) {
	case map[string]any:
		word, _ := v["type"].(string)
		return word
	case map[string]string:
		return v["type"]
	}
	return ""
}

// excluded says which of the features the request has, beside which the model does not think.
func (e *encoder) excluded(f Features) string {
	switch {
	case f&WithTools != 0 && len(e.req.Tools) > 0:
		return "the model does not think and call tools at once"
	case f&WithPrefix != 0 && e.continues():
		return "the model does not think while it continues an answer"
	}
	return ""
}

// continues reports whether the last answer is to be continued.
func (e *encoder) continues() bool {
	n := len(e.req.Messages)
	if n == 0 || e.rules.Prefix == "" && !e.rules.PrefixBare {
		return false
	}
	last := &e.req.Messages[n-1]
	return last.Partial && last.Role == assistant.RoleAssistant && last.Text() != ""
}

func (t *Thinking) exists() bool {
	return t.Fixed || t.Form != NoSwitch || t.Budget != "" || len(t.Efforts) > 0 || t.OffEffort != ""
}

func (t *Thinking) canStop() bool { return !t.Fixed && (t.Form != NoSwitch || t.OffEffort != "") }

// thinking writes the switch, the effort and the budget.
func (e *encoder) thinking() {
	t, asked := &e.rules.Thinking, e.req.Thinking
	if e.mode == assistant.Default {
		return
	}
	if !t.exists() {
		if e.mode == assistant.On {
			e.Drop("Thinking", "the model does not think")
		}
		return
	}
	if e.mode == assistant.Off {
		if (asked.Effort != "" || asked.Budget > 0) && !e.unthought {
			e.Drop("Thinking", "it is off, so effort and budget mean nothing")
		}
		switch {
		case !t.canStop():
			e.Drop("Thinking.Mode", "the model always thinks")
		case t.Form == NoSwitch:
			e.String("reasoning_effort", t.OffEffort)
		default:
			e.thinkingSwitch(false)
		}
		return
	}
	if !t.Fixed && t.Form != NoSwitch {
		e.thinkingSwitch(true)
	}
	budget := asked.Budget
	if asked.Effort != "" {
		if word := t.Efforts[asked.Effort]; word != "" {
			e.String("reasoning_effort", word)
		} else if b, ok := t.EffortBudgets[asked.Effort]; ok {
			if budget == 0 {
				budget = b
			}
		} else {
			e.Drop("Thinking.Effort", "the model has no such step")
		}
	}
	if budget > 0 {
		if t.Budget == "" {
			e.Drop("Thinking.Budget", "the model has no budget")
		} else {
			if budget < t.MinBudget {
				e.Drop("Thinking.Budget", fmt.Sprintf("the vendor takes no less than %d, which was sent", t.MinBudget))
				budget = t.MinBudget
			}
			e.Int(t.Budget, int64(budget))
		}
	}
}

func (e *encoder) thinkingSwitch(on bool) {
	switch e.rules.Thinking.Form {
	case EnableThinking:
		e.Bool("enable_thinking", on)
	case ThinkingType:
		word := "disabled"
		if on {
			word = "enabled"
		}
		e.Object("thinking", func(f *Fields) { f.String("type", word) })
	case TemplateSwitch:
		e.Object("chat_template_kwargs", func(f *Fields) { f.Bool("enable_thinking", on) })
	}
}
