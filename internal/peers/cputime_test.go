//go:build unix

package peers

import (
	"syscall"
	"testing"
)

// loop runs f as the benchmark's loop and reports the megabytes of text that one second of processor time gets
// through, which on a busy machine says more than the clock does.
func loop(b *testing.B, bytes int, f func()) {
	b.Helper()
	b.SetBytes(int64(bytes))
	b.ReportAllocs()
	start, rounds := cpu(b), 0
	for b.Loop() {
		f()
		rounds++
	}
	b.ReportMetric(float64(bytes)*float64(rounds)/float64(cpu(b)-start), "cpu-MB/s")
}

// cpu returns the processor time of the process so far, in microseconds.
func cpu(b *testing.B) int64 {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return int64(used.Utime.Sec+used.Stime.Sec)*1e6 + int64(used.Utime.Usec+used.Stime.Usec)
}
