// Evaluate measures recommenders on files of who took what: it divides the events, learns from one part, asks about the
// other, and prints metrics with their significance, and a page with plots if asked for one.
//
//	go run ./recommend/eval/evaluate -format movielens -items movies.dat -html 报告.html ratings.dat
//	go run ./recommend/eval/evaluate -format lists -test test.txt train.txt
//	go run ./recommend/eval/evaluate -format tsv -columns user=1,item=2,time=3 -target buy view=view.tsv buy=buy.tsv
//	go run ./recommend/eval/evaluate -format taobao -target buy -split time=0.1 UserBehavior.csv
//
// Formats are those of the package dataset: lists (a user and the items, as in LightGCN), sequences (lists in the order of
// time), movielens, atomic (RecBole), taobao, csv and tsv. A file may be packed with gzip. A kind and an equals sign before
// a file make all its events of that kind.
//
// Recommenders are popularity, the engine (recommend.Engine, after Learn), and the learners of recommend/learn by
// themselves, with the settings that they have where nothing is known: graph, neighbours, factors, linear, transitions,
// habit. Blend is learn.Learn, which the engine is built on, without the engine's rules and content. With a colon and a
// kind, such as graph:buy, one knows of events of that kind only. All are compared with the first one.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/zhushou-ai/zhushou/recommend/eval"
	"github.com/zhushou-ai/zhushou/recommend/eval/report"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	switch err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "evaluate:", err)
		os.Exit(1)
	}
}

// settings are what the flags say.
type settings struct {
	files                      []string
	format, columns            string
	itemColumns                string
	items, test, target, split string
	least                      float64
	core                       int
	rankers                    []string
	cutoffs                    []int
	repeat                     bool
	sample                     int
	seed                       uint64
	title, html, json          string
}

func parse(args []string, log io.Writer) (*settings, error) {
	s := &settings{}
	var rankers, cutoffs string
	flags := flag.NewFlagSet("evaluate", flag.ContinueOnError)
	flags.SetOutput(log)
	flags.Usage = func() {
		fmt.Fprintln(log, "用法：evaluate [选项] 文件…　（文件前可写“行为=”，如 buy=buy.tsv）")
		flags.PrintDefaults()
	}
	flags.StringVar(&s.format, "format", "lists", "文件格式：lists、sequences、movielens、atomic、taobao、csv、tsv")
	flags.StringVar(&s.columns, "columns", "", "csv、tsv、atomic 的列：user=1,item=2,kind=3,weight=4,time=5,category=6；不全是数字时按表头的列名")
	flags.StringVar(&s.items, "items", "", "物品类别的文件，格式同上")
	flags.StringVar(&s.itemColumns, "item-columns", "", "该文件的列：item=1,category=2；不填则同 -columns")
	flags.StringVar(&s.test, "test", "", "现成的测试集；不填则按 -split 切分")
	flags.StringVar(&s.split, "split", "", "切分：last（每人最后一次）、share=0.2（每人最后两成）、random=0.2（每人随机两成）、time=0.1（时间上最后一成）；不填则有时间用 last，没有用 random=0.2")
	flags.StringVar(&s.target, "target", "", "只考这种行为，如 buy；其余的只用来学习")
	flags.Float64Var(&s.least, "least", 0, "分数低于此的事件不用，如评分 4")
	flags.IntVar(&s.core, "core", 0, "只留至少有这么多事件的用户和物品")
	flags.StringVar(&rankers, "rankers", "popularity,graph,engine", "推荐器，第一个是比较的基准："+strings.Join(rankerNames(), "、")+"；如 graph:buy 只学这种行为")
	flags.StringVar(&cutoffs, "k", "10,20", "列表长度，逗号分隔")
	flags.BoolVar(&s.repeat, "repeat", false, "拿过的可以再推荐，如日用品")
	flags.IntVar(&s.sample, "sample", 0, "只问这么多用户；0 为全部")
	flags.Uint64Var(&s.seed, "seed", 0, "随机数种子")
	flags.StringVar(&s.title, "title", "", "报告的标题")
	flags.StringVar(&s.html, "html", "", "把带图的网页写到此文件")
	flags.StringVar(&s.json, "json", "", "把全部数字写到此文件")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if s.files = flags.Args(); len(s.files) == 0 {
		return nil, errors.New("no files: name at least one after the flags, -h shows how")
	}
	for text := range strings.SplitSeq(cutoffs, ",") {
		k, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			return nil, fmt.Errorf("-k %q: give whole numbers parted by commas, such as 10,20", cutoffs)
		}
		s.cutoffs = append(s.cutoffs, k)
	}
	for name := range strings.SplitSeq(rankers, ",") {
		name = strings.TrimSpace(name)
		if learner, _, _ := strings.Cut(name, ":"); makers[learner] == nil {
			return nil, fmt.Errorf("-rankers: there is no %q: give any of %s", name, strings.Join(rankerNames(), ", "))
		}
		s.rankers = append(s.rankers, name)
	}
	if s.title == "" {
		s.title = "推荐评测：" + filepath.Base(s.files[0])
	}
	return s, nil
}

func run(ctx context.Context, args []string, out, log io.Writer) error {
	s, err := parse(args, log)
	if err != nil {
		return err
	}
	e, err := load(ctx, s)
	if err != nil {
		return err
	}
	notes := e.notes()
	for _, note := range notes {
		fmt.Fprintln(out, note)
	}
	var results []*eval.Result
	for _, name := range s.rankers {
		started := time.Now()
		ranker, err := e.ranker(ctx, name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		learned := time.Since(started)
		result, err := eval.Run(ctx, ranker, eval.Config{Name: name, Train: e.parts.Train, Test: e.parts.Test, Cutoffs: s.cutoffs,
			Repeat: s.repeat, Sample: s.sample, Seed: s.seed})
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		note := fmt.Sprintf("%s：学习 %.1f 秒，评测 %.1f 秒", name, learned.Seconds(), result.Wall.Seconds())
		fmt.Fprintln(log, note)
		notes, results = append(notes, note), append(results, result)
	}
	r, err := report.New(ctx, report.Config{Title: s.title, Notes: notes}, results...)
	if err != nil {
		return err
	}
	fmt.Fprintln(out)
	if err := r.Text(out); err != nil {
		return err
	}
	return errors.Join(write(s.html, r.HTML), write(s.json, r.JSON))
}

// write writes a file, if it has a name.
func write(path string, content func(io.Writer) error) error {
	if path == "" {
		return nil
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(content(f), f.Close())
}
