package assistanttest_test

import (
	"fmt"
	"testing"
)

// recorder is a testing.TB that keeps failures to itself.
type recorder struct {
	testing.TB
	failure  string
	cleanups []func()
}

func (r *recorder) Helper()                        {}
func (r *recorder) Failed() bool                   { return r.failure != "" }
func (r *recorder) Error(args ...any)              { r.failure += fmt.Sprint(args...) }
func (r *recorder) Errorf(format string, a ...any) { r.failure += fmt.Sprintf(format, a...) }
func (r *recorder) Cleanup(f func())               { r.cleanups = append(r.cleanups, f) }
func (r *recorder) Fatalf(format string, a ...any) {
	r.failure += fmt.Sprintf(format, a...)
	panic(r)
}

func (r *recorder) finish() {
	for _, f := range r.cleanups {
		f()
	}
}
