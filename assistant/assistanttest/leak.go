package assistanttest

import (
	"testing"

	"go.uber.org/goleak"
)

// CheckLeaks makes the test fail if goroutines that it started still run when it ends. Call it first
// in the test; it cannot be used in tests that run in parallel.
func CheckLeaks(tb testing.TB) {
	tb.Helper()
	before := goleak.IgnoreCurrent()
	tb.Cleanup(func() { goleak.VerifyNone(tb, before) })
}
