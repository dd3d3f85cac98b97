//go:build !unix

package servers

import (
	"os/exec"
	"testing"
)

func runAs(testing.TB, *exec.Cmd, string) {}
func own(testing.TB, string, string)      {}
