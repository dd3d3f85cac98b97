package openaiwire

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// benchServerVar makes the test binary a server, so that the server's work does not count as the
// client's.
const benchServerVar = "ZHUSHOU_BENCH_SERVER"

const (
	benchChunks = 2000 // in a reply of /long
	shortChunks = 3    // in a reply of /short
)

// benchChunk is an event as vendors send it.
const benchChunk = `data: {"choices":[{"delta":{"content":"你好,","reasoning_content":null},"finish_reason":null,"index":0,"logprobs":null}],` +
	`"object":"chat.completion.chunk","usage":null,"created":1795300000,"system_fingerprint":null,"model":"qwen3.7-plus","id":"chatcmpl-649b2bbc-c541-9e16-9845"}` + "\n\n"

const benchEnd = `data: {"choices":[{"finish_reason":"stop","delta":{"content":""},"index":0,"logprobs":null}],"object":"chat.completion.chunk","usage":null,"created":1795300000,"model":"qwen3.7-plus","id":"chatcmpl-1"}` + "\n\n" +
	`data: {"choices":[],"object":"chat.completion.chunk","usage":{"prompt_tokens":295,"completion_tokens":22,"total_tokens":317,"prompt_tokens_details":{"cached_tokens":0}},"created":1795300000,"model":"qwen3.7-plus","id":"chatcmpl-1"}` + "\n\n" +
	"data: [DONE]\n\n"

const benchWhole = `{"id":"chatcmpl-1","object":"chat.completion","created":1795300000,"model":"qwen3.7-plus","choices":[{"index":0,"message":{"role":"assistant","content":"杭州明天多云转晴,气温十二到二十度,适合出门,早晚稍凉,请带一件外套。"},"finish_reason":"stop","logprobs":null}],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":3}}}`

const streamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"

// streamed returns a response with each event in an HTTP chunk of its own.
func streamed(n int) string {
	chunk := func(s string) string { return fmt.Sprintf("%x\r\n%s\r\n", len(s), s) }
	return streamHead + strings.Repeat(chunk(benchChunk), n) + chunk(benchEnd) + "0\r\n\r\n"
}

// benchServer serves canned responses until its standard input ends.
func benchServer() int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 1
	}
	fmt.Println(l.Addr())
	responses := map[string]string{
		"/long/chat/completions":  streamed(benchChunks),
		"/short/chat/completions": streamed(shortChunks),
		"/whole/chat/completions": fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(benchWhole), benchWhole),
		"/hold/chat/completions":  streamHead + fmt.Sprintf("%x\r\n%s\r\n", len(benchChunk), benchChunk), // and no more
	}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go serveCanned(conn, responses)
		}
	}()
	_, _ = io.Copy(io.Discard, os.Stdin)
	return 0
}

func serveCanned(conn net.Conn, responses map[string]string) {
	defer conn.Close()
	r := bufio.NewReader(conn)
	for {
		req, err := http.ReadRequest(r)
		if err != nil {
			return
		}
		if _, err := io.Copy(io.Discard, req.Body); err != nil {
			return
		}
		if _, err := io.WriteString(conn, responses[req.URL.Path]); err != nil {
			return
		}
	}
}

// startBenchServer runs the server in a process of its own and returns its address.
func startBenchServer(b *testing.B) string {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), benchServerVar+"=1")
	stdin, err := cmd.StdinPipe()
	require.NoError(b, err)
	stdout, err := cmd.StdoutPipe()
	require.NoError(b, err)
	require.NoError(b, cmd.Start())
	b.Cleanup(func() {
		_ = stdin.Close()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	require.NoError(b, err)
	return "http://" + strings.TrimSpace(line)
}
