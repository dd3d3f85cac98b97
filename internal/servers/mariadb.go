package servers

import (
	"fmt"
	"net"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// MariaDB starts a MariaDB server (Debian: mariadb-server) with an empty database. The DSN is for
// github.com/go-sql-driver/mysql. Settings are as on the command line: "--innodb-buffer-pool-size=256M".
func MariaDB(tb testing.TB, settings ...string) *Server {
	tb.Helper()
	const account = "mysql"
	server := find(tb, "mariadbd", "mariadb-server", "/usr/sbin")
	install := find(tb, "mariadb-install-db", "mariadb-server", "/usr/bin")
	dir := folder(tb, account)
	data := filepath.Join(dir, "data")
	run(tb, account, install, "--no-defaults", "--datadir="+data, "--tmpdir="+dir, "--auth-root-authentication-method=normal", "--skip-test-db")
	init := write(tb, dir, "init.sql", fmt.Sprintf("CREATE DATABASE IF NOT EXISTS %s;\n"+
		"CREATE USER IF NOT EXISTS '%s'@'127.0.0.1' IDENTIFIED BY '%s';\nGRANT ALL ON *.* TO '%s'@'127.0.0.1';\n",
		login, login, password, login), account)

	port := freePort(tb)
	address := net.JoinHostPort("127.0.0.1", port)
	command := []string{server, "--no-defaults", "--datadir=" + data, "--tmpdir=" + dir, "--port=" + port, "--bind-address=127.0.0.1",
		"--socket=" + filepath.Join(dir, "socket"), "--pid-file=" + filepath.Join(dir, "pid"), "--init-file=" + init,
		"--skip-name-resolve", "--innodb-flush-log-at-trx-commit=2", "--innodb-flush-method=nosync"}
	s := &Server{
		DSN:      fmt.Sprintf("%s:%s@tcp(%s)/%s?parseTime=true", login, password, address, login),
		Address:  address,
		Password: password,
		tb:       tb, account: account, command: append(command, settings...),
		deadly: syscall.SIGKILL,
		ready: func() bool { // it greets whoever calls, once it takes calls
			conn, err := net.DialTimeout("tcp", address, time.Second)
			if err != nil {
				return false
			}
			defer conn.Close()
			_ = conn.SetDeadline(time.Now().Add(time.Second))
			_, err = conn.Read(make([]byte, 1))
			return err == nil
		},
	}
	s.Start()
	tb.Cleanup(func() { s.stop(s.deadly) })
	return s
}
