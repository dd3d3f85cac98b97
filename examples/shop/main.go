// Shop is a shop that suggests goods, in the terminal or as a web page: some four hundred Chinese goods, four
// hundred simulated shoppers, and one recommend.Engine that has learned from them.
//
//	go run ./examples/shop                                        choose who you are, then 帮助
//	go run ./examples/shop -user 老吴                              as somebody, or with any new name
//	go run ./examples/shop -user 老吴 -ask "送妈妈的生日礼物 三百以内"   one line
//	go run ./examples/shop -web 127.0.0.1:8080                    a web page
//
// Everything stays in this process; the shoppers and the goods are invented.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/zhushou-ai/zhushou/recommend"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := &program{in: os.Stdin, out: os.Stdout, log: os.Stderr, now: time.Now}
	err := p.run(ctx, os.Args[1:])
	switch {
	case errors.Is(err, flag.ErrHelp):
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stdout)
		os.Exit(130)
	case err != nil:
		fmt.Fprintln(os.Stderr, "shop:", err)
		os.Exit(1)
	}
}

// program is the shop with everything that it touches, so that tests can hand it their own.
type program struct {
	in       io.Reader
	out, log io.Writer
	now      func() time.Time
}

func (p *program) run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("shop", flag.ContinueOnError)
	flags.SetOutput(p.log)
	user := flags.String("user", "", "你是谁：老顾客的名字，或任何新名字")
	line := flags.String("ask", "", "只说一句，如 \"送妈妈的生日礼物 三百以内\"")
	address := flags.String("web", "", "网页的地址，如 127.0.0.1:8080")
	seed := flags.Uint64("seed", 1, "模拟顾客的随机种子")
	quick := flags.Bool("quick", false, "只学商品之间的关系：开店快，推荐粗一些")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q: put what you say after -ask, in quotes", flags.Arg(0))
	}
	learn := recommend.LearnOptions{Seed: *seed, GraphOnly: *quick}
	if *address != "" {
		return p.serve(ctx, *address, learn)
	}
	shop, err := openShop(ctx, p.now, learn)
	if err != nil {
		return err
	}
	t := &terminal{shop: shop, out: p.out, user: *user}
	if *line != "" {
		return t.once(ctx, *line)
	}
	return t.talk(ctx, p.in)
}

// serve shows the web page until ctx ends, and then lets requests that run come to an end.
func (p *program) serve(ctx context.Context, address string, learn recommend.LearnOptions) error {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("web address %q: give one such as 127.0.0.1:8080: %w", address, err)
	}
	if host == "" { // whoever says no host does not mean all the world
		host = "127.0.0.1"
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return fmt.Errorf("open the web page: %w", err)
	}
	shop, err := openShop(ctx, p.now, learn)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	fmt.Fprintf(p.out, "小店开在 http://%s ，Ctrl-C 打烊。\n", listener.Addr())
	return serveUntil(ctx, listener, newWeb(shop, p.log))
}
