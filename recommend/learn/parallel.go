package learn

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// parallel calls work for the ranges of size at most grain that make up 0..n, on as many goroutines as asked for (zero:
// as many as there are processors), each with its own number. It returns when all are done, or early with the
// context's error. Which goroutine does what is left open, so work must not let it show.
func parallel(ctx context.Context, workers, n, grain int, work func(worker, from, to int)) error {
	workers = min(workerCount(workers), (n+grain-1)/grain)
	var next atomic.Int64
	run := func(worker int) {
		for ctx.Err() == nil {
			from := int(next.Add(int64(grain))) - grain
			if from >= n {
				return
			}
			work(worker, from, min(from+grain, n))
		}
	}
	var done sync.WaitGroup
	for worker := 1; worker < workers; worker++ {
		done.Go(func() { run(worker) })
	}
	run(0)
	done.Wait()
	return ctx.Err()
}

// workerCount returns how many goroutines a setting means.
func workerCount(workers int) int {
	if workers > 0 {
		return workers
	}
	return runtime.GOMAXPROCS(0)
}
