package providertest

import (
	"slices"
	"testing"
)

// A check is one subtest, free of testing.T so that it can be shown to fail.
type check[R any] struct {
	name string
	run  func(R) error
}

// runChecks runs checks as parallel subtests, but for those that skip names, with the reason.
func runChecks[R any](t *testing.T, r R, checks []check[R], skip map[string]string) {
	t.Helper()
	for name := range skip {
		if !slices.ContainsFunc(checks, func(c check[R]) bool { return c.name == name }) {
			t.Errorf("Skip names %q, which is no subtest", name)
		}
	}
	for _, c := range checks {
		t.Run(c.name, func(t *testing.T) {
			if reason, ok := skip[c.name]; ok {
				t.Skip(reason)
			}
			t.Parallel()
			if err := c.run(r); err != nil {
				t.Error(err)
			}
		})
	}
}
