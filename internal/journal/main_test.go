package journal

import (
	"os"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	if work := os.Getenv(childEnv); work != "" {
		runChild(work, os.Getenv(childDirEnv))
		return
	}
	goleak.VerifyTestMain(m)
}
