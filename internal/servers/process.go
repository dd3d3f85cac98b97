package servers

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

const (
	login    = "zhushou"
	password = "a-secret-of-the-test"
	patience = 60 * time.Second // for a server to start or stop, on a machine that is busy
)

// Server is a running server. Its methods are for the test's own goroutine.
type Server struct {
	// DSN is what [database/sql.Open] wants, for the driver that the server's function names.
	DSN string
	// Address is host and port.
	Address string
	// Password is the one inside DSN, for tests that look for it where it must not be.
	Password string

	tb      testing.TB
	account string   // the user it runs as when the test is root
	command []string // what runs it
	ready   func() bool
	deadly  os.Signal // ends it and its child processes at once
	process *exec.Cmd
	ended   chan struct{}
	output  *tail
}

// Start starts the server again after [Server.Kill], at the same address with the same data.
func (s *Server) Start() {
	s.tb.Helper()
	s.output = &tail{}
	s.process = exec.Command(s.command[0], s.command[1:]...)
	s.process.Stdout, s.process.Stderr = s.output, s.output
	runAs(s.tb, s.process, s.account)
	if err := s.process.Start(); err != nil {
		s.tb.Fatalf("start %s: %v", s.command[0], err)
	}
	s.ended = make(chan struct{})
	go func(process *exec.Cmd, ended chan struct{}) {
		defer close(ended)
		_ = process.Wait() // how it ended is in its output
	}(s.process, s.ended)

	deadline := time.Now().Add(patience)
	for !s.ready() {
		select {
		case <-s.ended:
			s.tb.Fatalf("%s ended at once:\n%s", s.command[0], s.output)
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			s.stop(s.deadly)
			s.tb.Fatalf("%s was not ready within %v:\n%s", s.command[0], patience, s.output)
		}
	}
}

// Kill ends the server at once, in the middle of whatever it does, and waits until it is gone.
func (s *Server) Kill() {
	s.tb.Helper()
	s.stop(s.deadly)
}

// CPU is the time that the server and its child processes computed, from the start to the end by [Server.Kill].
func (s *Server) CPU() time.Duration {
	<-s.ended
	return s.process.ProcessState.UserTime() + s.process.ProcessState.SystemTime()
}

// stop sends a signal and waits for the end, which it forces if need be.
func (s *Server) stop(signal os.Signal) {
	select {
	case <-s.ended:
		return
	default:
	}
	_ = s.process.Process.Signal(signal)
	select {
	case <-s.ended:
	case <-time.After(patience):
		_ = s.process.Process.Kill()
		<-s.ended
	}
}

// tail keeps the end of what a server says.
type tail struct {
	mu   sync.Mutex
	text []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, p...)
	if over := len(t.text) - 8192; over > 0 {
		t.text = bytes.Clone(t.text[over:])
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.text)
}

// folder makes a folder with a short path, as sockets need, that belongs to the account and goes with the test.
func folder(tb testing.TB, account string) string {
	tb.Helper()
	dir, err := os.MkdirTemp("", "zs")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = os.RemoveAll(dir) })
	own(tb, dir, account)
	return dir
}

// write puts a file that the account can read into a folder.
func write(tb testing.TB, dir, name, text, account string) string {
	tb.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
	own(tb, path, account)
	return path
}

// run runs a program to its end as the account.
func run(tb testing.TB, account, program string, args ...string) {
	tb.Helper()
	cmd := exec.CommandContext(tb.Context(), program, args...)
	runAs(tb, cmd, account)
	if out, err := cmd.CombinedOutput(); err != nil {
		tb.Fatalf("%s: %v\n%s", program, err, out)
	}
}

// freePort returns a port of the loopback address that nobody listens on.
func freePort(tb testing.TB) string {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer l.Close()
	return fmt.Sprint(l.Addr().(*net.TCPAddr).Port)
}

// find returns the path of a program in the folders given (patterns) or in PATH; without it the test is skipped.
func find(tb testing.TB, program, debian string, folders ...string) string {
	tb.Helper()
	for _, f := range folders {
		found, _ := filepath.Glob(filepath.Join(f, program))
		if len(found) > 0 {
			return found[len(found)-1] // the newest version
		}
	}
	path, err := exec.LookPath(program)
	if err != nil {
		tb.Skipf("no %s here: install the Debian package %s", program, debian)
	}
	return path
}
