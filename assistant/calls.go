package assistant

import "strconv"

// Vendors refuse a history in which calls and results do not pair up: a call without a result, a
// result without a call, or an id used twice. What follows keeps every history that way.

// unanswered returns results for calls that have none, because the process died, the run was cut or
// a person never decided. Calls that wait for a person go on waiting if declined, the reason for
// declining them, is empty.
func (r *run) unanswered(declined string) []ToolResult {
	pending := make(map[string]bool, len(r.pending))
	for _, call := range r.pending {
		pending[call.ID] = true
	}
	var results []ToolResult
	for _, call := range openCalls(r.history()) {
		switch {
		case !pending[call.ID]:
			results = append(results, failure(call, interrupted))
		case declined != "":
			res := failure(call, "not run: "+declined)
			res.Declined = true
			results = append(results, res)
		}
	}
	return results
}

// closing returns the message that carries results, if there are any.
func closing(results []ToolResult) []Message {
	if len(results) == 0 {
		return nil
	}
	return []Message{Results(results...)}
}

// openCalls returns the calls of the last answer that have no result yet.
func openCalls(history []Message) []ToolCall {
	answered := map[string]bool{}
	for i := len(history) - 1; i >= 0; i-- {
		switch m := history[i]; m.Role {
		case RoleTool:
			for _, res := range m.ToolResults() {
				answered[res.ID] = true
			}
		case RoleAssistant:
			var open []ToolCall
			for _, call := range m.ToolCalls() {
				if !answered[call.ID] {
					open = append(open, call)
				}
			}
			return open
		default:
			return nil
		}
	}
	return nil
}

// callID returns the id of the call in parts[i], or a new one if that is empty or taken: models number
// their calls from one in every reply, and a person's consent to one call must not cover another.
func (r *run) callID(id string, parts []Part, i int) string {
	taken := func(id string) bool {
		if hasCall(parts[:i], id) {
			return true
		}
		for _, m := range r.history() {
			if m.Role == RoleAssistant && hasCall(m.Parts, id) {
				return true
			}
		}
		return false
	}
	if id != "" && !taken(id) {
		return id
	}
	for n := len(r.history()); ; n++ {
		if id = "call_" + strconv.Itoa(n) + "_" + strconv.Itoa(i); !taken(id) {
			return id
		}
	}
}

func hasCall(parts []Part, id string) bool {
	for _, p := range parts {
		if call, ok := p.(ToolCall); ok && call.ID == id {
			return true
		}
	}
	return false
}
