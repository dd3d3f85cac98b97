package servers

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

const redisSlots = 16384

// Redis starts a Redis server (Debian: redis-server) that keeps what it is told across [Server.Kill]. The DSN is for
// ParseURL of github.com/redis/go-redis/v9. Settings are as on the command line: "--maxmemory", "1gb".
func Redis(tb testing.TB, settings ...string) *Server {
	tb.Helper()
	s := redis(tb, settings...)
	s.Start()
	tb.Cleanup(func() { s.stop(s.deadly) })
	return s
}

// RedisCluster starts so many Redis servers, which share the keys among them and go on without one that is gone, for
// the keys that are not its own. There are no replicas. It returns when each knows all.
func RedisCluster(tb testing.TB, masters int, settings ...string) []*Server {
	tb.Helper()
	cluster := make([]*Server, masters)
	for i := range cluster {
		cluster[i] = redis(tb, append([]string{
			"--cluster-enabled", "yes", "--cluster-port", freePort(tb), "--cluster-node-timeout", "1000",
			"--cluster-require-full-coverage", "no", "--cluster-allow-reads-when-down", "no"}, settings...)...)
		cluster[i].Start()
		tb.Cleanup(func() { cluster[i].stop(cluster[i].deadly) })
	}
	for i, s := range cluster {
		tell(tb, s, fmt.Sprintf("CLUSTER SET-CONFIG-EPOCH %d", i+1))
		tell(tb, s, fmt.Sprintf("CLUSTER ADDSLOTSRANGE %d %d", i*redisSlots/masters, (i+1)*redisSlots/masters-1))
	}
	for _, s := range cluster[1:] {
		host, port, _ := net.SplitHostPort(s.Address)
		bus := s.command[slices.Index(s.command, "--cluster-port")+1]
		tell(tb, cluster[0], fmt.Sprintf("CLUSTER MEET %s %s %s", host, port, bus))
	}
	deadline := time.Now().Add(patience)
	for _, s := range cluster {
		for !together(s, masters) {
			if time.Now().After(deadline) {
				tb.Fatalf("%d Redis servers did not find together within %v:\n%s", masters, patience, s.output)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	return cluster
}

// redis prepares a server.
func redis(tb testing.TB, settings ...string) *Server {
	tb.Helper()
	const account = "root" // it runs as anybody
	program := find(tb, "redis-server", "redis-server")
	port := freePort(tb)
	address := net.JoinHostPort("127.0.0.1", port)
	command := []string{program, "--bind", "127.0.0.1", "--port", port, "--dir", folder(tb, account),
		"--requirepass", password, "--save", "", "--appendonly", "yes", "--appendfsync", "no", "--daemonize", "no"}
	s := &Server{
		DSN:      fmt.Sprintf("redis://:%s@%s/0", password, address),
		Address:  address,
		Password: password,
		tb:       tb, account: account, command: append(command, settings...),
		deadly: syscall.SIGKILL,
	}
	s.ready = func() bool {
		reply, err := ask(s, "PING")
		return err == nil && reply == "PONG" // and not: I am loading
	}
	return s
}

// together reports whether a server knows so many masters that have all the slots between them.
func together(s *Server, masters int) bool {
	info, err := ask(s, "CLUSTER INFO")
	return err == nil && strings.Contains(info, "cluster_state:ok\r\n") &&
		strings.Contains(info, fmt.Sprintf("cluster_slots_ok:%d\r\n", redisSlots)) &&
		strings.Contains(info, fmt.Sprintf("cluster_known_nodes:%d\r\n", masters))
}

// tell gives a server a command that must not fail.
func tell(tb testing.TB, s *Server, command string) {
	tb.Helper()
	if _, err := ask(s, command); err != nil {
		tb.Fatalf("%s: %v", command, err)
	}
}

// ask gives a server a command of plain words and returns its reply, of one text.
func ask(s *Server, command string) (string, error) {
	conn, err := net.DialTimeout("tcp", s.Address, time.Second)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
	if _, err := fmt.Fprintf(conn, "AUTH %s\r\n%s\r\n", s.Password, command); err != nil {
		return "", err
	}
	r := bufio.NewReader(conn)
	if _, err := readReply(r); err != nil {
		return "", err
	}
	return readReply(r)
}

// readReply reads one reply of the Redis protocol: a line, or a text of stated length.
func readReply(r *bufio.Reader) (string, error) {
	line, err := r.ReadString('\n')
	if err != nil {
		return "", err
	}
	line = strings.TrimSuffix(line, "\r\n")
	if len(line) == 0 {
		return "", errors.New("an empty reply")
	}
	switch line[0] {
	case '-':
		return "", fmt.Errorf("redis: %s", line[1:])
	case '$':
		var n int
		if _, err := fmt.Sscan(line[1:], &n); err != nil || n < 0 || n > 1<<20 {
			return "", fmt.Errorf("reply of %s bytes", line[1:])
		}
		text := make([]byte, n+2)
		if _, err := io.ReadFull(r, text); err != nil {
			return "", err
		}
		return string(text[:n]), nil
	}
	return line[1:], nil
}
