// Quickstart is a conversation in the terminal, and the shortest tour of zhushou: alarms, timers and
// reminders, a calendar, dates and holidays, arithmetic, units, a model of a home, a phone that only
// pretends, and a shop that recommends, all through one assistant. transcript.txt is a conversation
// with it.
//
//	go run ./examples/quickstart                               talk
//	go run ./examples/quickstart -ask "明天早上八点叫我起床"       one question
//	go run ./examples/quickstart < questions.txt               one question a line, each on its own
//	go run ./examples/quickstart -model qwen/qwen-plus         with a vendor's model
//
// Without a key it runs on this machine and sends nothing anywhere. With the key of a vendor in the
// environment, such as DASHSCOPE_API_KEY, it uses that vendor.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	stat, err := os.Stdin.Stat()
	p := &program{
		in: os.Stdin, out: os.Stdout, log: os.Stderr,
		terminal: err == nil && stat.Mode()&os.ModeCharDevice != 0,
		getenv:   os.Getenv,
		now:      time.Now,
	}
	err = p.run(ctx, os.Args[1:])
	switch {
	case errors.Is(err, flag.ErrHelp):
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stdout)
		os.Exit(130)
	case err != nil:
		fmt.Fprintln(os.Stderr, "quickstart:", err)
		os.Exit(1)
	}
}

// program is the quickstart with everything that it touches, so that tests can hand it their own.
type program struct {
	in       io.Reader
	out, log io.Writer
	terminal bool // whether in is a person
	getenv   func(string) string
	now      func() time.Time
}

func (p *program) run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("quickstart", flag.ContinueOnError)
	flags.SetOutput(p.log)
	name := flags.String("model", "", "模型，如 qwen/qwen-plus；不填则用环境变量里有密钥的那一家，都没有就在本机运行")
	question := flags.String("ask", "", "只问一句")
	shopper := flags.String("user", "小林", "购物的人：小林、阿梅、老周……")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q: put the question after -ask, in quotes", flags.Arg(0))
	}
	bell := newBell(p.now, func(text string) { fmt.Fprintf(p.out, "\a\n⏰ %s\n", text) })
	defer bell.stop()
	shop, err := openShop(ctx, p.now(), *shopper)
	if err != nil {
		return err
	}
	abilities := p.abilities(bell, shop)
	model, title, err := p.openModel(*name, abilities)
	if err != nil {
		return err
	}
	talk := newTalk(p, model, abilities)
	switch {
	case *question != "":
		_, err = talk.turn(ctx, "ask", *question)
		bell.print(p.out)
		return err
	case p.terminal:
		fmt.Fprintf(p.out, "你好，我是助手（%s）。试试：%s。Ctrl-C 退出。\n", title, suggestions)
		return talk.converse(ctx)
	default:
		return talk.batch(ctx)
	}
}

const suggestions = "明天早上八点叫我起床 · 半小时后提醒我关火 · 春节放几天假 · 5公里是多少英里 · 打开客厅的灯，再把空调调到26度 · 给我推荐三样茶饮"
