package recommend

import (
	"os"
	"testing"

	"go.uber.org/goleak"
)

// TestMain is also the child that the crash test kills.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		runChild(dir)
	}
	goleak.VerifyTestMain(m)
}
