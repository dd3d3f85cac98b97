// Command start is a program with the built-in skills and nothing else, of which BenchmarkStart measures how soon it
// answers and what memory it takes.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"

	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills/trained"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills/trained/internal/builtin"
)

func main() {
	bare := flag.Bool("bare", false, "have no skills")
	names := flag.Int("names", 0, "know so many songs")
	said := flag.String("said", "", "a file of sentences to understand, one a line")
	flag.Parse()
	if err := start(*bare, *names, *said, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "start:", err)
		os.Exit(1)
	}
}

// start writes "ready" as soon as it has answered, and after all sentences what the system says of the process.
func start(bare bool, names int, said string, w io.Writer) error {
	if !bare {
		var c ondevice.Config
		if names > 0 {
			c.Names = map[string]*ondevice.Names{"song": ondevice.NewNames(madeUp(names))}
		}
		engine, err := trained.Load(c)
		if err != nil {
			return err
		}
		context, offer := context.Background(), ondevice.Context{Tools: builtin.Tools()}
		if in := engine.Understand(context, "明天早上八点叫我起床", offer); in.Decision() != ondevice.Act {
			return fmt.Errorf("not understood: %v", in.Why)
		}
		fmt.Fprintln(w, "ready")
		text, err := os.ReadFile(said)
		if err != nil {
			return err
		}
		for line := range strings.Lines(string(text)) {
			engine.Understand(context, strings.TrimSpace(line), offer)
		}
		defer engine.Understand(context, "几点了", offer) // so that it is still there when memory is counted
	}
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

// madeUp returns names of two to six characters.
func madeUp(n int) []ondevice.Name {
	letters := []rune("爱安白北边冰不草长晨城初春大的灯地东冬风歌光海河红后花回火家江今金静开来蓝雷里恋亮流龙路绿落马满梦明木年鸟秋人日三山上深生声诗时手水思岁天晚望我无西下夏乡小心星雪烟阳夜一衣忆音影雨月云在遇")
	random := rand.New(rand.NewPCG(1, 2))
	names := make([]ondevice.Name, n)
	for i := range names {
		text := make([]rune, 2+random.IntN(5))
		for k := range text {
			text[k] = letters[random.IntN(len(letters))]
		}
		names[i] = ondevice.Name{Text: string(text)}
	}
	return names
}
