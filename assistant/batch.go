package assistant

import (
	"context"
	"errors"
	"runtime"
	"time"
)

const (
	defaultParallel    = 8
	defaultToolTimeout = 30 * time.Second

	// toolGrace is how long a tool whose context has ended may take to return. One that takes longer
	// is left to itself: Go has no way to stop it.
	toolGrace = time.Second
)

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

// A flight is what a job has while it runs.
type flight struct {
	started  ToolStarted
	finished ToolFinished
	ctx      *callContext
	began    time.Time
	limit    time.Duration
	overdue  *time.Timer // set once ctx has ended: when it fires the job is given up
}

// An outcome is what came of a running job.
type outcome struct {
	job *job
	out any
	err error
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
	defer b.abandon()
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
		j.started.Call = j.call
		b.tell(&j.started)
	}
	if b.err != nil {
		j.settleUnrun()
		return
	}
	b.launch(j)
}

// launch starts a job. Exactly one outcome of it counts: its own, or, if it does not return in time,
// that it was given up.
func (b *batch) launch(j *job) {
	j.limit = orDefault(j.tool.Spec().Timeout, orDefault(b.run.a.ToolTimeout, defaultToolTimeout))
	j.ctx = newCallContext(b.run.ctx, j.limit)
	j.began = time.Now()
	if j.run == nil {
		j.run = func(ctx context.Context) (any, error) { return j.tool.Call(ctx, j.call) }
	}
	b.flying++
	go b.run.fly(j.ctx, j, b.outcomes)
}

// errNoResult is what comes of a tool that calls runtime.Goexit.
var errNoResult = errors.New("the tool ended without a result")

// fly runs a job to its end, whatever that is.
func (r *run) fly(ctx context.Context, j *job, outcomes chan<- outcome) {
	o := outcome{job: j, err: errNoResult}
	defer func() {
		if p := recover(); p != nil {
			r.panicked(j.call.Name, p)
			o.out, o.err = nil, errPanicked
		}
		outcomes <- o
	}()
	o.out, o.err = j.run(ctx)
}

// wait takes one outcome, or notices that a job's context has ended.
func (b *batch) wait() {
	runtime.Gosched() // a quick tool has its result after this, and nobody has to be woken
	select {
	case o := <-b.outcomes:
		b.land(o)
		return
	default:
	}
	var ended <-chan struct{}
	first := b.firstToEnd()
	if first != nil {
		ended = first.ctx.Done()
	}
	select {
	case o := <-b.outcomes:
		b.land(o)
	case <-ended:
		b.expire(first)
		if err := b.run.ctx.Err(); err != nil {
			b.stop(err)
		}
	}
}

// firstToEnd returns the running job with the earliest deadline, of those whose end nobody noticed,
// and sees to it that all of them end.
func (b *batch) firstToEnd() (first *job) {
	var earliest time.Time
	for i := range b.jobs {
		j := &b.jobs[i]
		if j.ctx == nil || j.settled || j.overdue != nil {
			continue
		}
		j.ctx.arm()
		if first == nil || j.ctx.deadline.Before(earliest) {
			first, earliest = j, j.ctx.deadline
		}
	}
	return first
}

// expire gives a job whose context has ended a short time to return.
func (b *batch) expire(j *job) {
	ctx, outcomes := j.ctx, b.outcomes
	j.overdue = time.AfterFunc(toolGrace, func() { outcomes <- outcome{job: j, err: ctx.Err()} })
}

// stop tells all running jobs to end.
func (b *batch) stop(err error) {
	b.err = err
	for i := range b.jobs {
		if j := &b.jobs[i]; j.ctx != nil && !j.settled {
			j.ctx.cancel(context.Canceled)
			if j.overdue == nil {
				b.expire(j)
			}
		}
	}
}

// abandon lets no job outlive a panic or a Goexit in the caller's loop.
func (b *batch) abandon() {
	if b.flying > 0 {
		b.stop(errStopped)
	}
}

// land takes the outcome of a job.
func (b *batch) land(o outcome) {
	j := o.job
	if j.settled { // given up before
		return
	}
	b.flying--
	j.settled, j.result = true, b.run.toolResult(j, o.out, o.err)
	if j.overdue != nil {
		j.overdue.Stop()
	}
	j.ctx.stop()
	j.finished = ToolFinished{Call: j.call, Result: j.result, Took: time.Since(j.began)}
	b.tell(&j.finished)
}

func (b *batch) tell(ev Event) {
	if b.err == nil && !b.run.yield(ev, nil) {
		b.stop(errStopped)
	}
}

// toolResult puts what a tool returned into words for the model. A panic in a type's own MarshalJSON,
// or in the Error of a nil error, does not end the run.
func (r *run) toolResult(j *job, out any, err error) (result ToolResult) {
	defer func() {
		if p := recover(); p != nil {
			r.panicked(j.call.Name, p)
			result = failure(j.call, errPanicked.Error())
		}
	}()
	if err == nil {
		var parts []Part
		if parts, err = resultParts(out); err == nil {
			return ToolResult{ID: j.call.ID, Name: j.call.Name, Parts: parts}
		}
	}
	switch ended := j.ctx.Err(); {
	case ended == nil || !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded):
		return failure(j.call, err.Error())
	case ended == context.DeadlineExceeded && r.ctx.Err() == nil:
		return failure(j.call, "the tool did not finish within "+j.limit.String())
	}
	return failure(j.call, interrupted)
}
