package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/zhushou-ai/zhushou/recommend/eval"
	"github.com/zhushou-ai/zhushou/recommend/eval/report"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// visit is an event of a small shop, in which people keep to one of three shelves of ten things.
type visit struct {
	user, item, kind string
	rating           int
	second           int64
}

func visits() []visit {
	r := rand.New(rand.NewPCG(1, 2))
	var list []visit
	for user := range 60 {
		things := r.Perm(10)[:8]
		for k, thing := range things {
			list = append(list, visit{fmt.Sprint("u", user), fmt.Sprintf("i%d", user%3*10+thing), []string{"pv", "buy"}[k%2],
				1 + r.IntN(5), int64(1_700_000_000 + 1000*k + user)})
		}
	}
	return list
}

// files writes the shop in all formats.
func files(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	var lists, test, ratings, taobao, tsv, csv, atomic, views, buys strings.Builder
	csv.WriteString("谁,何物,如何,类\n")
	atomic.WriteString("user_id:token\titem_id:token\trating:float\ttimestamp:float\n")
	all := visits()
	for i, v := range all {
		if i%8 == 0 {
			fmt.Fprintf(&lists, "\n%s", v.user)
			fmt.Fprintf(&test, "\n%s %s", v.user, all[i+7].item)
		}
		if i%8 < 7 {
			fmt.Fprintf(&lists, " %s", v.item)
		}
		shelf := string(v.item[1])
		fmt.Fprintf(&ratings, "%s::%s::%d::%d\n", v.user, v.item, v.rating, v.second)
		fmt.Fprintf(&taobao, "%s,%s,%s,%s,%d\n", v.user, v.item, shelf, v.kind, v.second)
		fmt.Fprintf(&tsv, "%s\t%s\t%d\n", v.user, v.item, v.second)
		fmt.Fprintf(&csv, "%s,%s,%s,%s\n", v.user, v.item, v.kind, shelf)
		fmt.Fprintf(&atomic, "%s\t%s\t%d\t%d\n", v.user, v.item, v.rating, v.second)
		one := &views
		if v.kind == "buy" {
			one = &buys
		}
		fmt.Fprintf(one, "%s\t%s\t%d\n", v.user, v.item, v.second)
	}
	var movies strings.Builder
	for i := range 30 {
		fmt.Fprintf(&movies, "i%d::第%d部::类%d|片\n", i, i, i/10)
	}
	var shelves, described strings.Builder
	described.WriteString("item_id:token\tclass:token_seq\n")
	for i := range 30 {
		fmt.Fprintf(&shelves, "%d\ti%d\n", i/10, i)
		fmt.Fprintf(&described, "i%d\tA B%d\n", i, i/10)
	}
	for name, text := range map[string]*strings.Builder{"shelves.tsv": &shelves, "all.item": &described, "lists.txt": &lists, "test.txt": &test, "ratings.dat": &ratings, "movies.dat": &movies,
		"taobao.csv": &taobao, "all.tsv": &tsv, "all.csv": &csv, "all.inter": &atomic, "view.tsv": &views, "buy.tsv": &buys} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text.String()), 0o600))
	}
	return dir
}

// evaluate runs the program in a folder of data.
func evaluate(t *testing.T, dir string, args ...string) (out string, err error) {
	t.Helper()
	for i, arg := range args { // files of the folder by their names
		head, name := "", arg
		if kind, file, ok := strings.Cut(arg, "="); ok && !strings.HasPrefix(arg, "-") {
			head, name = kind+"=", file
		}
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil && name != "" {
			args[i] = head + filepath.Join(dir, name)
		}
	}
	var printed, log bytes.Buffer
	err = run(t.Context(), args, &printed, &log)
	return printed.String(), err
}

// All formats and splits: whoever learns finds the shelf, and popularity does not.
func TestFormatsAndSplits(t *testing.T) {
	t.Parallel()
	dir := files(t)
	for name, args := range map[string][]string{
		"published split":     {"-format", "lists", "-test", "test.txt", "lists.txt"},
		"lists at random":     {"lists.txt"},
		"sequences":           {"-format", "sequences", "lists.txt"},
		"movielens":           {"-format", "movielens", "-items", "movies.dat", "-split", "share=0.25", "-core", "2", "ratings.dat"},
		"taobao":              {"-format", "taobao", "-target", "buy", "-split", "time=0.3", "taobao.csv"},
		"taobao, last":        {"-format", "taobao", "-target", "buy", "taobao.csv"},
		"tsv":                 {"-format", "tsv", "-columns", "user=1,item=2,time=3", "all.tsv"},
		"csv":                 {"-format", "csv", "-columns", "user=谁,item=何物,kind=如何,category=类", "-target", "buy", "all.csv"},
		"atomic":              {"-format", "atomic", "-seed", "4", "all.inter"},
		"tsv with shelves":    {"-format", "tsv", "-columns", "user=1,item=2,time=3", "-items", "shelves.tsv", "-item-columns", "item=2,category=1", "all.tsv"},
		"atomic with classes": {"-format", "atomic", "-columns", "category=class", "-items", "all.item", "all.inter"},
		"a file a kind":       {"-format", "tsv", "-columns", "user=1,item=2,time=3", "-target", "buy", "pv=view.tsv", "buy=buy.tsv"},
		"a sample of people":  {"-format", "movielens", "-sample", "20", "ratings.dat"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "out.json")
			out, err := evaluate(t, dir, append([]string{"-k", "3,5", "-json", file, "-rankers", "popularity,graph,transitions"}, args...)...)
			require.NoError(t, err)
			require.Contains(t, out, "60 位用户，30 件物品")
			require.Regexp(t, `graph 对 popularity  recall@5  差 \+0\.\d+ .*p 自助 0\.0\d+`, out)
			recall := figures(t, file, eval.Recall, 5)
			require.Greater(t, recall["graph"], 2*recall["popularity"])
			described := figures(t, file, eval.Calibration, 5)
			if slices.Contains(args, "-items") || slices.Contains(args, "taobao") || slices.Contains(args, "csv") {
				require.Less(t, described["graph"], described["popularity"], "it keeps to the shelf")
			} else {
				require.Empty(t, described)
			}
		})
	}
}

// figures reads a metric of all recommenders.
func figures(t *testing.T, file string, metric eval.Metric, k int) map[string]float64 {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var r report.Report
	require.NoError(t, json.Unmarshal(text, &r))
	found := map[string]float64{}
	for _, result := range r.Results {
		for _, f := range result.Figures {
			if f.Metric == metric && f.K == k {
				found[result.Name] = f.Mean
			}
		}
	}
	return found
}

// Every recommender runs, and the page has them all.
func TestRankers(t *testing.T) {
	t.Parallel()
	dir := files(t)
	page, numbers := filepath.Join(t.TempDir(), "page.html"), filepath.Join(t.TempDir(), "numbers.json")
	names := slices.DeleteFunc(rankerNames(), func(name string) bool { return name == "habit" })
	names = append(names, "graph:buy")
	out, err := evaluate(t, dir, "-format", "taobao", "-target", "buy", "-title", "小店", "-html", page, "-json", numbers,
		"-rankers", strings.Join(names, ", "), "taobao.csv")
	require.NoError(t, err)
	require.Contains(t, out, "只考 buy")
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	require.Contains(t, string(text), "<svg")
	require.Contains(t, string(text), "<title>小店</title>")
	recall := figures(t, numbers, eval.Recall, 10)
	for _, name := range names {
		require.Contains(t, string(text), name)
		if name != "popularity" {
			require.Greater(t, recall[name], 0.6, name)
		}
	}
	require.Less(t, recall["popularity"], 0.6)

	// Habit is for what is taken again.
	out, err = evaluate(t, dir, "-format", "sequences", "-repeat", "-rankers", "habit,engine", "lists.txt")
	require.NoError(t, err)
	require.Contains(t, out, "engine 对 habit")
}

func TestMistakes(t *testing.T) {
	t.Parallel()
	dir := files(t)
	for want, args := range map[string][]string{
		"no files":                                  {},
		`-format "xml" is unknown`:                  {"-format", "xml", "lists.txt"},
		`-k "ten"`:                                  {"-k", "ten", "lists.txt"},
		"cutoffs [2000]":                            {"-k", "2000", "lists.txt"},
		`there is no "magic": give any of blend`:    {"-rankers", "magic", "lists.txt"},
		"say at least which columns":                {"-format", "csv", "all.csv"},
		`"colour=1" is not role=column`:             {"-format", "csv", "-columns", "colour=1", "all.csv"},
		"leave it out":                              {"-columns", "user=1", "lists.txt"},
		"has no column \"wer\"":                     {"-format", "csv", "-columns", "user=wer,item=何物", "all.csv"},
		"no such file":                              {"nowhere.txt"},
		"-test and -split":                          {"-test", "test.txt", "-split", "last", "lists.txt"},
		`-split "half=0.5" is unknown`:              {"-split", "half=0.5", "lists.txt"},
		`-split "random=2"`:                         {"-split", "random=2", "lists.txt"},
		"the times of sequences":                    {"-format", "sequences", "-split", "time=0.2", "lists.txt"},
		"the data has no times":                     {"-split", "time=0.2", "lists.txt"},
		"-item-columns: \"a\" is not":               {"-format", "csv", "-columns", "user=谁,item=何物", "-items", "all.csv", "-item-columns", "a", "all.csv"},
		`no event is of that kind`:                  {"-target", "buy", "-split", "random=0.2", "lists.txt"},
		`no event is of the kind "sell"`:            {"-format", "taobao", "-rankers", "popularity,graph:sell", "taobao.csv"},
		"kinds of their own":                        {"-format", "taobao", "buy=taobao.csv"},
		"no descriptions of items":                  {"-items", "movies.dat", "lists.txt"},
		"no events are left":                        {"-format", "movielens", "-least", "9", "ratings.dat"},
		"no user has a test item":                   {"-format", "movielens", "-core", "8", "-split", "share=0.01", "ratings.dat"},
		"is a directory":                            {"-html", dir, "-k", "3", "-rankers", "popularity", "lists.txt"},
		"flag provided but not defined: -recommend": {"-recommend", "lists.txt"},
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			_, err := evaluate(t, dir, args...)
			require.ErrorContains(t, err, want)
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, run(ctx, []string{filepath.Join(dir, "lists.txt")}, &bytes.Buffer{}, &bytes.Buffer{}), context.Canceled)
}

// The program is this library and the tables of Unicode, and nothing else.
func TestDependsOnLittle(t *testing.T) {
	t.Parallel()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", ".")
	list, err := cmd.Output()
	require.NoError(t, err)
	for pkg := range strings.Lines(string(list)) {
		pkg = strings.TrimSpace(pkg)
		ours := strings.HasPrefix(pkg, "github.com/zhushou-ai/zhushou/")
		require.True(t, pkg == "" || ours || strings.HasPrefix(pkg, "golang.org/x/text/"), pkg)
		for _, heavy := range []string{"sqlgraph", "redisgraph", "intake", "assist"} {
			require.NotContains(t, pkg, heavy)
		}
	}
}
