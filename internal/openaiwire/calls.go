package openaiwire

import (
	"crypto/rand"
	"encoding/json"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// maxCalls bounds the calls of one reply; only a broken server exceeds it.
const maxCalls = 512

// assembly joins the fragments of tool calls. Vendors disagree on what ties a fragment to its call:
// the index, the id, or nothing but the order.
type assembly struct {
	calls []openCall
	size  int // of all arguments, in bytes
}

type openCall struct {
	index    int
	hasIndex bool
	id, name string
	args     []byte
}

// complete reports whether the arguments are a whole JSON value.
func (c *openCall) complete() bool { return len(c.args) > 0 && json.Valid(c.args) }

// add takes the fragments of one piece. If the piece is a whole answer, each is a call of its own.
func (a *assembly) add(deltas []callDelta, whole bool) {
	for i := range deltas {
		d := &deltas[i]
		if len(d.id) == 0 && len(d.name) == 0 && len(d.args) == 0 {
			continue
		}
		// Without index and id, fragments that stand side by side are different calls.
		beside := i > 0 && !d.hasIndex && len(d.id) == 0 && len(d.name) > 0
		var c *openCall
		if !whole && !beside {
			c = a.find(d)
		}
		if c == nil {
			a.calls = append(a.calls, openCall{index: d.index, hasIndex: d.hasIndex})
			c = &a.calls[len(a.calls)-1]
		}
		if c.id == "" {
			c.id = string(d.id)
		}
		if c.name == "" {
			c.name = string(d.name)
		}
		c.args = append(c.args, d.args...)
		a.size += len(d.args)
	}
}

// find returns the call that d continues, or nil if it begins a new one.
func (a *assembly) find(d *callDelta) *openCall {
	if len(d.id) > 0 {
		if c := a.byID(d); c != nil {
			return c
		}
	}
	if d.hasIndex {
		return a.byIndex(d)
	}
	if len(d.id) > 0 || len(a.calls) == 0 {
		return nil
	}
	last := &a.calls[len(a.calls)-1]
	if len(d.name) > 0 && (last.complete() || last.name != "" && last.name != string(d.name)) {
		return nil
	}
	return last
}

func (a *assembly) byID(d *callDelta) *openCall {
	for i := len(a.calls) - 1; i >= 0; i-- {
		c := &a.calls[i]
		if c.id != string(d.id) {
			continue
		}
		// Some servers use one id for all calls; then the index tells them apart.
		if d.hasIndex && c.hasIndex && d.index != c.index && len(d.name) > 0 && c.complete() {
			continue
		}
		return c
	}
	return nil
}

func (a *assembly) byIndex(d *callDelta) *openCall {
	for i := len(a.calls) - 1; i >= 0; i-- {
		c := &a.calls[i]
		if !c.hasIndex || c.index != d.index {
			continue
		}
		// Some servers say index 0 for every call. A new id with a name begins a call, unless the
		// old one is in the middle of its arguments: then the id merely changes with each fragment.
		if len(d.id) > 0 && c.id != "" && c.id != string(d.id) && len(d.name) > 0 &&
			(len(c.args) == 0 || c.complete()) {
			return nil
		}
		return c
	}
	if len(d.id) == 0 && len(d.name) == 0 && len(a.calls) > 0 {
		return &a.calls[len(a.calls)-1] // arguments alone never begin a call
	}
	return nil
}

// finish returns the calls. Missing and repeated ids are replaced by new ones, missing arguments by
// an empty object; arguments that are not JSON stay as they came. complete reports whether there are
// calls and all arguments are JSON.
func (a *assembly) finish() (calls []assistant.ToolCall, complete bool) {
	if len(a.calls) == 0 {
		return nil, false
	}
	calls = make([]assistant.ToolCall, len(a.calls))
	complete = true
	taken := make(map[string]bool, len(calls))
	for i, c := range a.calls {
		args := strings.TrimSpace(string(c.args))
		if args == "" || args == "null" {
			args = "{}"
		}
		complete = complete && json.Valid([]byte(args))
		id := c.id
		if id == "" || taken[id] {
			id = "call_" + rand.Text()
		}
		taken[id] = true
		calls[i] = assistant.ToolCall{ID: id, Name: c.name, Arguments: args}
	}
	return calls, complete
}
