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
	run     func(context.Context) ([]Part, error) // if nil, tool.Call
	confirm bool                                  // waits for a person
	settled bool                                  // has its result
	result  ToolResult

	// While it runs:
	cancel  context.CancelFunc
	overdue *time.Timer
	began   time.Time
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
		if call.ID == "" {
			call.ID = fmt.Sprintf("call_%d_%d", len(r.history()), i)
		}
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
	j := job{call: call, tool: r.a.tool(call.Name)}
	if j.tool == nil {
		j.settle(r.a.unknownTool(call.Name))
		return j
	}
	if t, ok := j.tool.(binder); ok {
		args, run, err := r.bind(t, call)
		if err != nil {
			j.settle(err.Error())
			return j
		}
		j.call.Arguments, j.run = args, run
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
	bind(arguments string) (repaired string, run func(context.Context) ([]Part, error), err error)
}

// bind keeps a panic in a type's own UnmarshalJSON from ending the run.
func (r *run) bind(t binder, call ToolCall) (repaired string, run func(context.Context) ([]Part, error), err error) {
	defer func() {
		if p := recover(); p != nil {
			r.logPanic(call.Name, p)
			err = errPanicked
		}
	}()
	return t.bind(call.Arguments)
}

const interrupted = "interrupted; it is not known whether the call took effect"

var errPanicked = errors.New("the tool failed with an internal error")

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

// runAll runs jobs side by side, except that serial ones run alone, in their place.
func (r *run) runAll(jobs []job) (err error) {
	for len(jobs) > 0 {
		n := 1
		if !jobs[0].serial() {
			for n < len(jobs) && !jobs[n].serial() {
				n++
			}
		}
		if err == nil {
			err = r.runBatch(jobs[:n])
		} else {
			for i := range jobs[:n] {
				jobs[i].settleUnrun()
			}
		}
		jobs = jobs[n:]
	}
	return err
}

func (j *job) runnable() bool { return !j.settled && !j.confirm }

func (j *job) serial() bool { return j.runnable() && j.tool.Spec().Serial }

func (j *job) settleUnrun() {
	if j.runnable() {
		j.settle("not run: the run was stopped before")
	}
}

// An outcome is what came of a running job.
type outcome struct {
	job    *job
	result ToolResult
}

// A batch is a set of jobs that run side by side.
type batch struct {
	run      *run
	jobs     []job
	outcomes chan outcome // has room for every outcome, also the late ones: nobody ever blocks on it
	flying   int
	err      error // why the batch has been stopped
}

// runBatch runs jobs side by side and yields what happens. It returns when every job has a result; if
// the caller or the context ends the run, the jobs are told to stop and get a short time to do so.
func (r *run) runBatch(jobs []job) error {
	b := &batch{run: r, jobs: jobs, outcomes: make(chan outcome, 2*len(jobs)), err: r.ctx.Err()}
	parallel := orDefault(r.a.Parallel, defaultParallel)
	for i := range jobs {
		for b.flying >= parallel {
			b.wait()
		}
		b.begin(&jobs[i])
	}
	for b.flying > 0 {
		b.wait()
	}
	return b.err
}

// begin launches a job, unless it has its result already or the batch is stopped.
func (b *batch) begin(j *job) {
	if j.confirm {
		return
	}
	if j.settled {
		b.tell(&ToolFinished{Call: j.call, Result: j.result})
		return
	}
	if b.err == nil {
		b.tell(&ToolStarted{Call: j.call})
	}
	if b.err != nil {
		j.settleUnrun()
		return
	}
	b.launch(j)
}

// wait takes one outcome, or notices that the context has ended.
func (b *batch) wait() {
	done := b.run.ctx.Done()
	if b.err != nil {
		done = nil
	}
	select {
	case o := <-b.outcomes:
		if o.job.settled { // given up before
			return
		}
		o.job.settled, o.job.result = true, o.result
		o.job.overdue.Stop()
		o.job.cancel()
		b.flying--
		b.tell(&ToolFinished{Call: o.job.call, Result: o.result, Took: time.Since(o.job.began)})
	case <-done:
		b.stop(b.run.ctx.Err())
	}
}

func (b *batch) tell(ev Event) {
	if b.err == nil && !b.run.yield(ev, nil) {
		b.stop(errStopped)
	}
}

// stop tells all running jobs to end, and waits for them only for a short time more.
func (b *batch) stop(err error) {
	b.err = err
	for i := range b.jobs {
		if j := &b.jobs[i]; j.cancel != nil && !j.settled {
			j.cancel()
			j.overdue.Reset(toolGrace)
		}
	}
}

// launch starts one job. Exactly one outcome of it counts: its own, or, if it does not return in
// time, that it was given up.
func (b *batch) launch(j *job) {
	limit := orDefault(j.tool.Spec().Timeout, orDefault(b.run.a.ToolTimeout, defaultToolTimeout))
	ctx, cancel := context.WithTimeout(b.run.ctx, limit)
	call, run, outcomes, r := j.call, j.run, b.outcomes, b.run
	if run == nil {
		run = func(ctx context.Context) ([]Part, error) { return j.tool.Call(ctx, call) }
	}
	j.began, j.cancel = time.Now(), cancel
	j.overdue = time.AfterFunc(limit+toolGrace, func() {
		outcomes <- outcome{j, r.toolResult(ctx, call, limit, nil, ctx.Err())}
	})
	b.flying++
	go func() {
		var parts []Part
		err := errors.New("the tool ended without a result") // if it calls runtime.Goexit
		defer func() {
			if p := recover(); p != nil {
				r.logPanic(call.Name, p)
				parts, err = nil, errPanicked
			}
			outcomes <- outcome{j, r.toolResult(ctx, call, limit, parts, err)}
		}()
		parts, err = run(ctx)
	}()
}

// toolResult puts what a tool returned into words for the model.
func (r *run) toolResult(ctx context.Context, call ToolCall, limit time.Duration, parts []Part, err error) ToolResult {
	switch {
	case err == nil:
		return ToolResult{ID: call.ID, Name: call.Name, Parts: parts}
	case ctx.Err() == nil || !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded):
		return failure(call, err.Error())
	case ctx.Err() == context.DeadlineExceeded && r.ctx.Err() == nil:
		return failure(call, "the tool did not finish within "+limit.String())
	}
	return failure(call, interrupted)
}

func (r *run) logPanic(tool string, p any) {
	if l := r.a.Logger; l != nil {
		l.LogAttrs(r.ctx, slog.LevelError, "tool panicked", slog.String("tool", tool),
			slog.Any("panic", p), slog.String("stack", string(debug.Stack())))
	}
}
