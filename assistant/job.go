package assistant

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxFailure bounds the text of a tool's error, in bytes, so that it cannot fill the model's window.
const maxFailure = 4000

// A job is one call on its way to a result.
type job struct {
	call    ToolCall
	tool    Tool
	run     func(context.Context) (any, error) // if nil, tool.Call
	confirm bool                               // waits for a person
	settled bool                               // has its result
	result  ToolResult
	flight
}

// planReply makes jobs of the calls in a reply, and puts the ids and repaired arguments that they
// got into the reply's message, so that the history shows what really ran.
func (r *run) planReply(reply *Reply) []job {
	var jobs []job
	for i, p := range reply.Message.Parts {
		call, ok := p.(ToolCall)
		if !ok {
			continue
		}
		call.ID = r.callID(call.ID, reply.Message.Parts, i)
		j := r.plan(call, false)
		switch {
		case reply.Finish == FinishFiltered:
			j.settle("not run: the answer was withheld by the content filter")
		case reply.Finish == FinishLength && !json.Valid([]byte(call.Arguments)):
			// Never guess the rest of arguments that were cut: half an order is not an order.
			j.call.Arguments = call.Arguments
			j.settle("not run: the arguments were cut off at the token limit; make the call shorter")
		}
		if j.call != p {
			reply.Message.Parts[i] = j.call
		}
		jobs = append(jobs, j)
	}
	return jobs
}

// plan finds the tool and checks the arguments of a call.
func (r *run) plan(call ToolCall, approved bool) job {
	call.Private = call.Private || r.a.private(call.Name)
	j := job{call: call}
	if named(r.offered, call.Name) { // a tool that was kept from the model must not run either
		j.tool = r.a.tool(call.Name)
	}
	if j.tool == nil {
		j.settle(unknownTool(call.Name, r.offered))
		return j
	}
	if t, ok := ToolAs[binder](j.tool); ok {
		args, run, err := r.bind(t, call)
		if err != nil {
			j.settle(err.Error())
			return j
		}
		j.call.Arguments = args
		if _, bare := j.tool.(binder); bare { // what wraps a tool wants to be called
			j.run = run
		}
	}
	if j.tool.Spec().Confirm && !approved {
		if r.id == "" {
			j.settle("not run: this call needs the user's confirmation, which cannot be asked for here")
		} else {
			j.confirm = true
		}
	}
	return j
}

// A binder is a tool whose arguments can be repaired, checked and read without running it.
type binder interface {
	bind(arguments string) (repaired string, run func(context.Context) (any, error), err error)
}

// bind keeps a panic in a type's own UnmarshalJSON from ending the run.
func (r *run) bind(t binder, call ToolCall) (repaired string, run func(context.Context) (any, error), err error) {
	defer func() {
		if p := recover(); p != nil {
			r.panicked(call.Name, p)
			err = errPanicked
		}
	}()
	return t.bind(call.Arguments)
}

const interrupted = "interrupted; it is not known whether the call took effect"

var errPanicked = errors.New("the tool failed with an internal error")

func unknownTool(name string, offered []*ToolSpec) string {
	if len(offered) == 0 {
		return fmt.Sprintf("there is no tool %q, nor any other", name)
	}
	names := make([]string, len(offered))
	for i, spec := range offered {
		names[i] = spec.Name
	}
	return fmt.Sprintf("there is no tool %q; the tools are: %s", name, strings.Join(names, ", "))
}

// settle gives the job a result without running it.
func (j *job) settle(failed string) {
	j.settled, j.confirm, j.result = true, false, failure(j.call, failed)
}

func failure(call ToolCall, text string) ToolResult {
	if strings.TrimSpace(text) == "" { // some vendors refuse a result without text
		text = "the tool failed and did not say why"
	}
	return ToolResult{ID: call.ID, Name: call.Name, Parts: []Part{Text{Text: clip(text, maxFailure)}}, Error: true}
}

func clip(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit] + "…"
}

// runJobs runs the jobs that can run, saves all results, and leaves the rest waiting for a person
// beside those that wait already.
func (r *run) runJobs(jobs []job, waiting []ToolCall) error {
	limitErr := r.spend(jobs)
	runErr := r.runAll(jobs)
	results := Message{Role: RoleTool, Parts: make([]Part, 0, len(jobs))}
	waiting = waiting[:len(waiting):len(waiting)]
	for i := range jobs {
		if j := &jobs[i]; j.confirm {
			waiting = append(waiting, j.call)
		} else {
			results.Parts = append(results.Parts, j.result)
		}
	}
	var err error
	if len(results.Parts) > 0 {
		err = r.save(waiting, results)
	} else if len(waiting) > 0 {
		err = r.save(waiting)
	}
	for _, e := range []error{runErr, limitErr} {
		if e != nil {
			err = errors.Join(e, err)
		}
	}
	if err != nil {
		return err
	}
	return r.askPerson(jobs)
}

// spend counts the calls about to run, and settles those beyond the limit.
func (r *run) spend(jobs []job) error {
	limit := orDefault(r.a.Limits.ToolCalls, defaultToolCalls)
	var err error
	for i := range jobs {
		j := &jobs[i]
		if j.settled || j.confirm {
			continue
		}
		if r.calls++; r.calls > limit {
			err = &LimitError{"tool calls", strconv.Itoa(limit)}
			j.settle("not run: " + err.Error())
		}
	}
	return err
}

func (r *run) askPerson(jobs []job) error {
	for i := range jobs {
		if j := &jobs[i]; j.confirm && !r.yield(&ConfirmationWanted{Call: j.call, Tool: j.tool.Spec()}, nil) {
			return errStopped
		}
	}
	return nil
}

func (j *job) runnable() bool { return !j.settled && !j.confirm }

func (j *job) serial() bool { return j.runnable() && j.tool.Spec().Serial }

func (j *job) settleUnrun() {
	if j.runnable() {
		j.settle("not run: the run was stopped before")
	}
}

// panicked reports a panic in a tool.
func (r *run) panicked(tool string, value any) {
	if report := r.a.Panicked; report != nil {
		report(r.ctx, tool, value, debug.Stack())
	}
}
