// Cleared is a small chat service that starts only when the duties of its profile are met. It prints each of them as
// on, off or unmet, says how to meet what is unmet, and shows in one program how the packages for it fit together:
// guard, egress, label, audit, consent, minor, companion and eval.
//
//	go run ./examples/cleared                               the duties of public_cn.json, most of them unmet
//	go run ./examples/cleared -profile internal.json        a service for colleagues: most duties are off; it starts
//	go run ./examples/cleared -demo                         public_cn.json, with made-up numbers and words; it starts
//	curl -d '{"user":"小林","text":"你好"}' localhost:8080/chat
//
// It runs against a model that repeats what it hears, so that it needs no key; -model takes a vendor's, as in
// qwen/qwen-plus. Its made-up numbers and words are for looking at, and clear nobody.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr, nil)
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "cleared:", err)
		os.Exit(1)
	}
}

// errUnmet is the end of a service whose duties are not met.
var errUnmet = errors.New("有义务未满足，服务没有启动")

// run starts the service and serves until ctx ends. Ready, if not nil, is told its address.
func run(ctx context.Context, args []string, out, log io.Writer, ready func(address string)) error {
	flags := flag.NewFlagSet("cleared", flag.ContinueOnError)
	flags.SetOutput(log)
	path := flags.String("profile", "public_cn.json", "服务档案：public_cn.json、internal.json 或自己的文件")
	demo := flags.Bool("demo", false, "用编造的编号和无意义的词补齐档案，只供演示")
	address := flags.String("addr", "127.0.0.1:8080", "监听地址")
	data := flags.String("data", "", "数据目录；不填则用临时目录，结束时删除")
	name := flags.String("model", "", "模型，如 qwen/qwen-plus；不填则用一个只会复述的模型")
	if err := flags.Parse(args); err != nil {
		return err
	}
	p, err := loadProfile(*path)
	if err != nil {
		return err
	}
	if *demo {
		p.fillForDemo()
	}
	if !printDuties(out, p.duties(time.Now())) {
		return errUnmet
	}

	model := assistant.Model(parrot{})
	if *name != "" {
		if model, err = providers.Open(*name); err != nil {
			return err
		}
	}
	dir := *data
	if dir == "" {
		if dir, err = os.MkdirTemp("", "cleared"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	}
	s, err := newService(ctx, p, model, dir, log)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", *address)
	if err != nil {
		return errors.Join(err, s.close())
	}
	fmt.Fprintf(out, "服务已启动：http://%s\n", listener.Addr())
	if ready != nil {
		ready(listener.Addr().String())
	}
	server := &http.Server{Handler: s.handler(), ReadHeaderTimeout: 10 * time.Second}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		wait, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		stopped <- server.Shutdown(wait)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return errors.Join(err, s.close())
	}
	return errors.Join(<-stopped, s.close())
}
