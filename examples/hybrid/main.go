// Hybrid is one assistant with two minds: an engine on this machine, which does what is asked of it without
// a network, and a model in the cloud for everything else. A scripted conversation shows who answers, what
// the cloud gets to see, and what becomes of it all when the plug is pulled in the middle of an answer.
//
//	go run ./examples/hybrid                     the conversation in script.txt
//	go run ./examples/hybrid -script my.txt      one's own
//	go run ./examples/hybrid -script -           whatever is typed; 拔掉网线 and 插上网线 do what they say
//	go run ./examples/hybrid -records            with the router's records: rule, reason, what was withheld
//
// It needs no key and sends nothing beyond this machine: the cloud is a fake of a vendor on a loopback
// address, and the plug is one in this program. The router is made in assistant.go; that is the part to copy.
package main

import (
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

//go:embed script.txt
var script string

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
	case errors.Is(err, context.Canceled):
		os.Exit(130)
	case err != nil:
		fmt.Fprintln(os.Stderr, "hybrid:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, in io.Reader, out, log io.Writer) error {
	flags := flag.NewFlagSet("hybrid", flag.ContinueOnError)
	flags.SetOutput(log)
	name := flags.String("script", "", "对话，一行一句；- 是从键盘读；不填则用自带的一段")
	records := flags.Bool("records", false, "同时写出路由的记录")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q: put the conversation into a file and name it with -script", flags.Arg(0))
	}
	lines := io.Reader(strings.NewReader(script))
	now := time.Now
	switch *name {
	case "":
		now = stepping(start)
	case "-":
		lines = in
	default:
		f, err := os.Open(*name)
		if err != nil {
			return err
		}
		defer f.Close()
		lines = f
	}
	cloud, err := startCloud()
	if err != nil {
		return err
	}
	defer cloud.stop()
	t, err := newTalk(out, cloud, now, *records)
	if err != nil {
		return err
	}
	if err := t.converse(ctx, lines); err != nil {
		return err
	}
	t.sum()
	return nil
}

// start is when the conversation of the script takes place.
var start = time.Date(2026, 3, 4, 9, 0, 0, 0, time.FixedZone("CST", 8*60*60))

// stepping is a clock that goes on by a second each time that somebody looks, so that the conversation of
// the script is the same every time, and a cloud that has failed is tried again after a few sentences.
func stepping(t time.Time) func() time.Time {
	return func() time.Time {
		t = t.Add(time.Second)
		return t
	}
}
