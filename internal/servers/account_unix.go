//go:build unix

package servers

import (
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
	"testing"
)

// runAs makes a command run as the account if the test is root's.
func runAs(tb testing.TB, cmd *exec.Cmd, account string) {
	tb.Helper()
	if os.Getuid() != 0 {
		return
	}
	uid, gid := ids(tb, account)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uid, Gid: gid}}
	cmd.Dir = os.TempDir() // the account may not be able to read where the test is
}

// own gives a file or folder to the account if the test is root's.
func own(tb testing.TB, path, account string) {
	tb.Helper()
	if os.Getuid() != 0 {
		return
	}
	uid, gid := ids(tb, account)
	if err := os.Chown(path, int(uid), int(gid)); err != nil {
		tb.Fatal(err)
	}
}

func ids(tb testing.TB, account string) (uid, gid uint32) {
	tb.Helper()
	u, err := user.Lookup(account)
	if err != nil {
		tb.Skipf("root may not run this server, and there is no user %s: install its Debian package", account)
	}
	return id(tb, u.Uid), id(tb, u.Gid)
}

func id(tb testing.TB, text string) uint32 {
	tb.Helper()
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil {
		tb.Fatal(err)
	}
	return uint32(n)
}
