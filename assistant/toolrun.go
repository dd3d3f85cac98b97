package assistant

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	defaultParallel    = 8
	defaultToolTimeout = 30 * time.Second

	// toolGrace is how long a tool whose context has ended may take to return. One that takes longer
	// is left to itself: Go has no way to stop it.
	toolGrace = time.Second

	// maxFailure bounds the text of a tool's error, in bytes, so that it cannot fill the model's window.
	maxFailure = 4000
)

// A job is one call on its way to a result.
type job struct {
	call    ToolCall
	tool    Tool
	confirm bool // waits for a person
	settled bool // has its result
	result  ToolResult
}

// planReply makes jobs of the calls in a reply, and puts the ids and repaired arguments that they
// got into the reply's message, so that the history shows what really ran.
func (r *run) planReply(reply *Reply) []*job {
	parts := reply.Message.Parts
	var calls []ToolCall
	var at []int
	for i, p := range parts {
		if call, ok := p.(ToolCall); ok {
			if call.ID == "" {
				call.ID = fmt.Sprintf("call_%d_%d", len(r.session.Messages), i)
			}
			calls, at = append(calls, call), append(at, i)
		}
	}
	if len(calls) == 0 {
		return nil
	}
	cut := reply.Finish == FinishLength && !json.Valid([]byte(calls[len(calls)-1].Arguments))
	jobs := r.plan(calls, false)
	for i, j := range jobs {
		parts[at[i]] = j.call
		switch {
		case reply.Finish == FinishFiltered:
			j.settle("not run: the answer was withheld by the content filter")
		case cut && i == len(jobs)-1:
			// Never guess the rest of arguments that were cut: half an order is not an order.
			parts[at[i]], j.call = calls[i], calls[i]
			j.settle("not run: the arguments were cut off at the token limit; make the call shorter")
		}
	}
	return jobs
}

// plan finds the tool and checks the arguments of each call.
func (r *run) plan(calls []ToolCall, approved bool) []*job {
	jobs := make([]*job, len(calls))
	for i, call := range calls {
		jobs[i] = r.planCall(call, approved)
	}
	return jobs
}

func (r *run) planCall(call ToolCall, approved bool) *job {
	j := &job{call: call, tool: r.a.tool(call.Name)}
	if j.tool == nil {
		j.settle(r.a.unknownTool(call.Name))
		return j
	}
	if t, ok := j.tool.(checkedTool); ok {
		args, err := t.check(call.Arguments)
		if err != nil {
			j.settle(err.Error())
			return j
		}
		j.call.Arguments = args
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

// checkedTool is a tool whose arguments can be repaired and checked without running it.
type checkedTool interface {
	check(arguments string) (repaired string, err error)
	callChecked(ctx context.Context, arguments string) ([]Part, error)
}

func (a *Assistant) unknownTool(name string) string {
	names := make([]string, len(a.Tools))
	for i, t := range a.Tools {
		names[i] = t.Spec().Name
	}
	if len(names) == 0 {
		return fmt.Sprintf("there is no tool %q, nor any other", name)
	}
	return fmt.Sprintf("there is no tool %q; the tools are: %s", name, strings.Join(names, ", "))
}

// settle gives the job a result without running it.
func (j *job) settle(failed string) {
	j.settled, j.confirm, j.result = true, false, failure(j.call, failed)
}

func failure(call ToolCall, text string) ToolResult {
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
func (r *run) runJobs(jobs []*job, waiting []ToolCall) error {
	var ready []*job
	for _, j := range jobs {
		if j.confirm {
			waiting = append(waiting[:len(waiting):len(waiting)], j.call)
		} else {
			ready = append(ready, j)
		}
	}
	limitErr := r.spend(ready)
	runErr := r.runAll(ready)
	results := make([]ToolResult, 0, len(ready))
	for _, j := range ready {
		results = append(results, j.result)
	}
	var err error
	if len(results) > 0 {
		err = r.save(waiting, Results(results...))
	} else if len(waiting) > 0 {
		err = r.save(waiting)
	}
	if err = errors.Join(runErr, limitErr, err); err != nil {
		return err
	}
	return r.askPerson(jobs)
}

// spend counts the calls about to run, and settles those beyond the limit.
func (r *run) spend(jobs []*job) error {
	limit := orDefault(r.a.Limits.ToolCalls, defaultToolCalls)
	var err error
	for _, j := range jobs {
		if j.settled {
			continue
		}
		if r.calls++; r.calls > limit {
			err = &LimitError{"tool calls", strconv.Itoa(limit)}
			j.settle("not run: " + err.Error())
		}
	}
	return err
}

func (r *run) askPerson(jobs []*job) error {
	for _, j := range jobs {
		if j.confirm && !r.yield(&ConfirmationWanted{Call: j.call, Tool: j.tool.Spec()}, nil) {
			return errStopped
		}
	}
	return nil
}

// runAll runs jobs side by side, except that serial ones run alone, in their place.
func (r *run) runAll(jobs []*job) error {
	for len(jobs) > 0 {
		n := 1
		if !jobs[0].serial() {
			for n < len(jobs) && !jobs[n].serial() {
				n++
			}
		}
		if err := r.runBatch(jobs[:n]); err != nil {
			for _, j := range jobs[n:] {
				j.settleUnrun()
			}
			return err
		}
		jobs = jobs[n:]
	}
	return nil
}

func (j *job) serial() bool { return !j.settled && j.tool.Spec().Serial }

func (j *job) settleUnrun() {
	if !j.settled {
		j.settle("not run: the run was stopped before")
	}
}

// An outcome is what came of a job.
type outcome struct {
	job  *job
	from *flight
	took time.Duration
	res  ToolResult
}

// A flight is a job that is running.
type flight struct {
	job    *job
	ctx    context.Context
	cancel context.CancelFunc
	unhook func() bool
	began  time.Time
	limit  time.Duration
}

// runBatch runs jobs side by side and yields what happens. It returns when every job has a result; if
// the caller or the context ends the run, the jobs are told to stop and get a short time to do so.
func (r *run) runBatch(jobs []*job) error {
	ctx, cancel := context.WithCancel(r.ctx)
	defer cancel()
	var (
		err      error
		next     int
		flying   int
		parallel = orDefault(r.a.Parallel, defaultParallel)
		outcomes = make(chan outcome, 2*len(jobs)) // room for the late and the overdue: nobody ever blocks
	)
	tell := func(ev Event) {
		if err == nil && !r.yield(ev, nil) {
			err = errStopped
			cancel()
		}
	}
	for next < len(jobs) || flying > 0 {
		if err == nil {
			err = ctx.Err()
		}
		if next < len(jobs) && flying < parallel {
			j := jobs[next]
			next++
			switch {
			case j.settled:
				tell(&ToolFinished{Call: j.call, Result: j.result})
			case err != nil:
				j.settleUnrun()
			default:
				if tell(&ToolStarted{Call: j.call}); err != nil {
					j.settleUnrun()
					continue
				}
				r.launch(ctx, j, outcomes)
				flying++
			}
			continue
		}
		o := <-outcomes
		if o.job.settled { // already given up
			continue
		}
		flying--
		o.from.unhook()
		o.from.cancel()
		o.job.settled, o.job.result = true, o.res
		tell(&ToolFinished{Call: o.job.call, Result: o.res, Took: o.took})
	}
	return err
}

// launch starts one job. Exactly one outcome of it counts: its own, or, if it does not return in
// time, that it was given up.
func (r *run) launch(ctx context.Context, j *job, outcomes chan<- outcome) {
	f := &flight{job: j, began: time.Now()}
	f.limit = orDefault(j.tool.Spec().Timeout, orDefault(r.a.ToolTimeout, defaultToolTimeout))
	f.ctx, f.cancel = context.WithTimeout(ctx, f.limit)
	f.unhook = context.AfterFunc(f.ctx, func() {
		time.AfterFunc(toolGrace, func() { outcomes <- f.outcome(nil, f.ctx.Err()) })
	})
	go func() {
		var parts []Part
		err := errors.New("the tool ended without a result") // if it calls runtime.Goexit
		defer func() {
			if p := recover(); p != nil {
				r.logPanic(j.call.Name, p)
				parts, err = nil, errors.New("the tool failed with an internal error")
			}
			outcomes <- f.outcome(parts, err)
		}()
		if t, ok := j.tool.(checkedTool); ok {
			parts, err = t.callChecked(f.ctx, j.call.Arguments)
		} else {
			parts, err = j.tool.Call(f.ctx, j.call)
		}
	}()
}

func (f *flight) outcome(parts []Part, err error) outcome {
	o := outcome{job: f.job, from: f, took: time.Since(f.began)}
	call := f.job.call
	switch {
	case err == nil:
		o.res = ToolResult{ID: call.ID, Name: call.Name, Parts: parts}
	case errors.Is(f.ctx.Err(), context.DeadlineExceeded) && errors.Is(err, context.DeadlineExceeded):
		o.res = failure(call, "the tool did not finish within "+f.limit.String())
	case f.ctx.Err() != nil && errors.Is(err, context.Canceled):
		o.res = failure(call, "interrupted; it is not known whether the call took effect")
	default:
		o.res = failure(call, err.Error())
	}
	return o
}

func (r *run) logPanic(tool string, p any) {
	if l := r.a.Logger; l != nil {
		l.LogAttrs(r.ctx, slog.LevelError, "tool panicked", slog.String("tool", tool),
			slog.Any("panic", p), slog.String("stack", string(debug.Stack())))
	}
}
