package ondevice

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// maxTurns bounds how far back a conversation is read.
const maxTurns = 4

// remember returns what a conversation has come to. The engine keeps nothing between two requests, so it
// reads the last turns again: calls, whoever made them, say what was done; of an answer in words it
// is seen whether the engine gave it, by understanding the sentence before it once more.
func (e *Engine) remember(ctx context.Context, turns []assistant.Message, c Context) State {
	var st State
	for i := recent(turns); i < len(turns); i++ {
		switch m := turns[i]; m.Role {
		case assistant.RoleAssistant:
			if calls := m.ToolCalls(); len(calls) > 0 {
				st = State{Phase: Done}
				for _, call := range calls {
					st.Commands = append(st.Commands, Command{Tool: call.Name, Arguments: []byte(call.Arguments)})
				}
			}
		case assistant.RoleTool:
			for _, r := range m.ToolResults() {
				if !r.Error {
					st.result(r.Name, r.Text())
				}
			}
		case assistant.RoleUser:
			if i+1 < len(turns) && turns[i+1].Role == assistant.RoleAssistant {
				st = e.heard(ctx, m.Text(), turns[i+1], st, c)
			}
		}
	}
	return st
}

// recent returns the first message that a conversation is read from: the last calls, but not more than
// some turns back.
func recent(turns []assistant.Message) int {
	seen := 0
	for i := len(turns) - 1; i >= 0; i-- {
		switch m := turns[i]; {
		case m.Role == assistant.RoleAssistant && len(m.ToolCalls()) > 0:
			return i
		case m.Role == assistant.RoleUser:
			if seen++; seen > maxTurns {
				return i + 1
			}
		}
	}
	return 0
}

// heard returns the state behind a sentence of the user's and what it was answered with.
func (e *Engine) heard(ctx context.Context, sentence string, answer assistant.Message, st State, c Context) State {
	if len(answer.ToolCalls()) > 0 {
		return st // they say it better
	}
	c.State = st
	in := e.Understand(ctx, sentence, c)
	if e.reply(in, c.Tools).text == answer.Text() {
		return in.State
	}
	if next, ok := openedBy(in, answer.Text()); ok {
		return next
	}
	if st.Phase != Done { // somebody else has spoken: no question is open
		return State{}
	}
	st.Turns++
	return st
}

// openedBy returns the state behind a question of somebody else about what a sentence lacks. Only tools without
// phrases are asked about so: of others the engine would know itself what they lack.
func openedBy(in Interpretation, question string) (State, bool) {
	if len(in.Candidates) == 0 || in.Next != nil || !isQuestion(question) {
		return State{}, false
	}
	c := in.Candidates[0]
	if len(c.Tool.Examples) > 0 || c.beyond {
		return State{}, false
	}
	c.Missing = append(asksFor(c, question), c.Missing...)
	if len(c.Missing) == 0 {
		return State{}, false
	}
	c.Confidence, c.more = max(c.Confidence, certain), false
	return State{Phase: Asked, Commands: commandsOf([]Candidate{c})}, true
}

// asksFor names the properties that a question speaks of, and that have no value: what it names most fully first.
func asksFor(c Candidate, question string) []string {
	root, _, err := parseSchema(c.Tool.Schema)
	if err != nil {
		return nil
	}
	t := newText(question)
	type asked struct {
		name   string
		weight int
	}
	var all []asked
	for _, f := range leaves(nil, fieldsOf(root, nil)) {
		if slices.ContainsFunc(c.Slots, func(s Slot) bool { return s.Name == f.path() }) {
			continue
		}
		most := 0
		for _, m := range t.mentions(f) {
			most = max(most, m.weight)
		}
		for _, o := range f.options {
			for _, w := range o.words {
				if len(w) > 1 && t.has(w) {
					most = max(most, 2*head)
				}
			}
		}
		if most >= head {
			all = append(all, asked{f.path(), most})
		}
	}
	slices.SortStableFunc(all, func(a, b asked) int { return cmp.Compare(b.weight, a.weight) })
	var out []string
	for _, a := range all {
		out = append(out, a.name)
	}
	return out
}

func isQuestion(s string) bool {
	for _, mark := range []string{"？", "?", "请提供", "请告诉", "请问", "请输入", "请说明", "请補充", "请补充", "需要您提供", "需要你提供", "請提供", "請告訴", "請問"} {
		if strings.Contains(s, mark) {
			return true
		}
	}
	return false
}
