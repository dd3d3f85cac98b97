package servers

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"
)

// NATS starts a NATS server (Debian: nats-server) with JetStream, which keeps streams on disk across [Server.Kill]. The
// DSN is for Connect of github.com/nats-io/nats.go. Settings are as on the command line: "--max_payload", "1MB".
func NATS(tb testing.TB, settings ...string) *Server {
	tb.Helper()
	const account = "root" // it runs as anybody
	program := find(tb, "nats-server", "nats-server", "/usr/sbin")
	port := freePort(tb)
	address := net.JoinHostPort("127.0.0.1", port)
	command := []string{program, "--addr", "127.0.0.1", "--port", port, "--user", login, "--pass", password,
		"--jetstream", "--store_dir", folder(tb, account)}
	s := &Server{
		DSN:      fmt.Sprintf("nats://%s:%s@%s", login, password, address),
		Address:  address,
		Password: password,
		tb:       tb, account: account, command: append(command, settings...),
		deadly: syscall.SIGKILL,
		ready: func() bool { // it says who it is to whoever calls, once it takes calls
			conn, err := net.DialTimeout("tcp", address, time.Second)
			if err != nil {
				return false
			}
			defer conn.Close()
			_ = conn.SetDeadline(time.Now().Add(time.Second))
			hello, err := bufio.NewReader(conn).ReadString('\n')
			return err == nil && strings.HasPrefix(hello, "INFO ")
		},
	}
	s.Start()
	tb.Cleanup(func() { s.stop(s.deadly) })
	return s
}
