package servers

import (
	"context"
	"fmt"
	"net"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// PostgreSQL starts a PostgreSQL server (Debian: postgresql) with an empty database. The DSN is for
// github.com/jackc/pgx/v5/stdlib. Settings are as in postgresql.conf: "work_mem=64MB".
func PostgreSQL(tb testing.TB, settings ...string) *Server {
	tb.Helper()
	const account = "postgres"
	server := find(tb, "postgres", "postgresql", "/usr/lib/postgresql/*/bin")
	bin := filepath.Dir(server)
	dir := folder(tb, account)
	secret := write(tb, dir, "password", password, account)
	data := filepath.Join(dir, "data")
	run(tb, account, filepath.Join(bin, "initdb"), "--pgdata", data, "--username", login, "--pwfile", secret,
		"--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")

	port := freePort(tb)
	command := []string{server, "-D", data, "-p", port, "-k", dir,
		"-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "logging_collector=off"}
	for _, s := range settings {
		command = append(command, "-c", s)
	}
	s := &Server{
		DSN:      fmt.Sprintf("postgres://%s:%s@127.0.0.1:%s/postgres?sslmode=disable", login, password, port),
		Address:  net.JoinHostPort("127.0.0.1", port),
		Password: password,
		tb:       tb, account: account, command: command,
		deadly: syscall.SIGQUIT, // its immediate shutdown
		ready: func() bool {
			ctx, cancel := context.WithTimeout(context.Background(), patience)
			defer cancel()
			return exec.CommandContext(ctx, filepath.Join(bin, "pg_isready"), "-q", "-h", "127.0.0.1", "-p", port).Run() == nil
		},
	}
	s.Start()
	tb.Cleanup(func() { s.stop(s.deadly) })
	return s
}
