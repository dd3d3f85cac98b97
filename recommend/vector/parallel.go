package vector

import "sync"

// parallel calls f with 0 to n-1, each on a goroutine of its own, and returns when all have returned. If one panics, so
// does parallel, where the caller can recover.
func parallel(n int, f func(i int)) {
	var group sync.WaitGroup
	panics := make([]any, n)
	for i := range n {
		group.Go(func() {
			defer func() { panics[i] = recover() }()
			f(i)
		})
	}
	group.Wait()
	for _, p := range panics {
		if p != nil {
			panic(p)
		}
	}
}
