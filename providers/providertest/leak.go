package providertest

import (
	"bytes"
	"context"
	"fmt"
	"runtime/pprof"
	"strconv"
	"sync/atomic"
	"time"
)

const leakLabel = "providertest.leak"

var leakSerial atomic.Int64 // names each watch; the labels of two must differ

// leaked runs do and reports goroutines that it started, at any depth, and that are still there two
// seconds after settle, or as long as the patience lasts. Goroutines are told apart by a profiler label, which they inherit, so tests
// that run at the same time do not disturb each other.
func leaked(do, settle func(), patience time.Duration) error {
	id := strconv.FormatInt(leakSerial.Add(1), 10)
	pprof.Do(context.Background(), pprof.Labels(leakLabel, id), func(context.Context) { do() })
	if settle != nil {
		settle()
	}
	var stacks []byte
	for wait := time.Millisecond; wait < min(patience, 2*time.Second); wait *= 2 {
		if stacks = labelled(id); len(stacks) == 0 {
			return nil
		}
		time.Sleep(wait) // goroutines give no sign when they end, so look again
	}
	return fmt.Errorf("goroutines were left behind:\n%s", stacks)
}

// labelled returns the stacks of the goroutines that carry the label.
func labelled(id string) []byte {
	var buf bytes.Buffer
	if err := pprof.Lookup("goroutine").WriteTo(&buf, 1); err != nil {
		return []byte(err.Error())
	}
	mark := fmt.Appendf(nil, "%q:%q", leakLabel, id)
	var out []byte
	for stack := range bytes.SplitSeq(buf.Bytes(), []byte("\n\n")) {
		if bytes.Contains(stack, mark) {
			out = append(append(out, stack...), '\n')
		}
	}
	return out
}
