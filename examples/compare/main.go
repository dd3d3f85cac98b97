// Compare asks several vendors the same questions and shows, side by side, what they answer, how long
// the first text took, how many tokens were used and what that cost.
//
//	go run ./examples/compare                                       every vendor whose key is in the environment
//	go run ./examples/compare -models qwen/qwen-plus,deepseek       these models
//	go run ./examples/compare -prompts questions.txt -full          one's own questions, whole answers
//	go run ./examples/compare -prices prices.csv                    with the cost, by one's own price table
//
// Without any key it runs against fakes of the vendors on this machine, sends nothing anywhere, and says
// so in its first line. A vendor that fails has its error in the table; the others go on.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
	"github.com/zhushou-ai/zhushou/providers"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := &program{out: os.Stdout, log: os.Stderr, open: providers.Open}
	err := p.run(ctx, os.Args[1:])
	switch {
	case errors.Is(err, flag.ErrHelp):
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stdout)
		os.Exit(130)
	case err != nil:
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

// program is the comparison with everything that it touches, so that tests can hand it their own.
type program struct {
	out, log io.Writer
	open     func(name string) (assistant.Model, error)
}

func (p *program) run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("compare", flag.ContinueOnError)
	flags.SetOutput(p.log)
	promptFile := flags.String("prompts", "", "问题文件，一行一个；不填则问自带的几个")
	names := flags.String("models", "", "模型，用逗号隔开，如 qwen/qwen-plus,deepseek；不填则问环境变量里有密钥的每一家")
	timeout := flags.Duration("timeout", time.Minute, "每个回答最多等多久")
	priceFile := flags.String("prices", "", "价目表（CSV，列名见 assistant/middleware 的 ParsePrices）；不填则不算费用")
	full := flags.Bool("full", false, "在表后面写出完整的回答")
	if err := flags.Parse(args); err != nil {
		return err
	}
	switch {
	case flags.NArg() > 0:
		return fmt.Errorf("unexpected argument %q: put questions into a file and name it with -prompts", flags.Arg(0))
	case *timeout <= 0:
		return fmt.Errorf("-timeout %v: want more than zero", *timeout)
	}
	prompts, err := readPrompts(*promptFile)
	if err != nil {
		return err
	}
	prices, err := readPrices(*priceFile)
	if err != nil {
		return err
	}

	vendors := p.choose(*names)
	if len(vendors) == 0 {
		fakes, stop, err := startFakes()
		if err != nil {
			return err
		}
		defer stop()
		vendors = fakes
		fmt.Fprintln(p.out, "环境变量里没有任何一家的密钥，下面问的是本机上的假服务：什么也没有发出去，回答、用时和 token 数都不是厂商的。")
		fmt.Fprintf(p.out, "要问真的，请设置密钥，如 %s。\n", strings.Join(keyVars(), "、"))
	}
	for i := range vendors {
		vendors[i].limit(*timeout)
	}
	return p.compare(ctx, prompts, vendors, prices, *full)
}

// compare asks everything, one question after another, and all vendors at once.
func (p *program) compare(ctx context.Context, prompts []string, vendors []vendor, prices *middleware.Prices, full bool) error {
	sums := make([]sum, len(vendors))
	for i, prompt := range prompts {
		answers := askAll(ctx, vendors, prompt, prices)
		if err := ctx.Err(); err != nil {
			return err
		}
		fmt.Fprintf(p.out, "\n问题 %d：%s\n\n", i+1, prompt)
		printAnswers(p.out, vendors, answers, prices)
		if full {
			printWhole(p.out, vendors, answers)
		}
		for j, a := range answers {
			sums[j].add(a)
		}
	}
	if len(prompts) > 1 {
		fmt.Fprintf(p.out, "\n合计\n\n")
		printSums(p.out, vendors, sums, prices)
	}
	if prices == nil {
		fmt.Fprintln(p.out, "\n没有价目表，所以不算费用；用 -prices 给一份。")
	}
	return nil
}

func readPrices(name string) (*middleware.Prices, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("price table: %w", err)
	}
	defer f.Close()
	prices, err := middleware.ParsePrices(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return prices, nil
}
