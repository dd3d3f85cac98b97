package trained_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills/trained"
)

// start is the variable that makes a program of this test one that only starts; its value is what the program has.
const start = "ZHUSHOU_START"

// What a program that only starts has.
const (
	nothing = "nothing"
	skilled = "skills"
	named   = "skills and 100000 names"
)

func TestMain(m *testing.M) {
	if what := os.Getenv(start); what != "" {
		if err := begin(what, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// begin is the program whose start and memory are measured. It writes "ready" as soon as it has answered, and after
// some hundred sentences what memory it has.
func begin(what string, w io.Writer) error {
	if what != nothing {
		var c ondevice.Config
		if what == named {
			c.Names = map[string]*ondevice.Names{"song": ondevice.NewNames(madeUp(100_000))}
		}
		engine, err := trained.Load(c)
		if err != nil {
			return err
		}
		context, offer := context.Background(), ondevice.Context{Tools: offered()}
		if in := engine.Understand(context, "明天早上八点叫我起床", offer); in.Decision() != ondevice.Act {
			return fmt.Errorf("not understood: %v", in.Why)
		}
		fmt.Fprintln(w, "ready")
		said, err := sayings()
		if err != nil {
			return err
		}
		for i := 0; i < len(said); i += 8 {
			engine.Understand(context, said[i].Say, offer)
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

// BenchmarkStart starts programs and reports how long each takes to its first answer, what it has in memory after
// some hundred sentences, what the most was, and how much of it the engine adds: the rest is this test itself, with all
// that tests are linked with, which a program with nothing has too.
func BenchmarkStart(b *testing.B) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		b.Skip("the system does not say how much memory a program has")
	}
	bare := float64(run(b, nothing).resident) / 1e3
	for _, what := range []string{nothing, skilled, named} {
		b.Run(what, func(b *testing.B) {
			var answer, resident, peak float64
			for b.Loop() {
				s := run(b, what)
				answer += s.answer.Seconds() * 1e3
				resident += float64(s.resident) / 1e3
				peak += float64(s.peak) / 1e3
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(resident/float64(b.N), "resident-MB")
			b.ReportMetric(peak/float64(b.N), "peak-MB")
			if what != nothing {
				b.ReportMetric(resident/float64(b.N)-bare, "added-MB")
				b.ReportMetric(answer/float64(b.N), "answer-ms")
			}
		})
	}
}

// A started program is what was measured of it.
type started struct {
	answer         time.Duration // from the start of the process to its first answer
	resident, peak int           // thousands of bytes
}

func run(b *testing.B, what string) (s started) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), start+"="+what, "GOMAXPROCS=1")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(b, err)
	begun := time.Now()
	require.NoError(b, cmd.Start())
	for lines := bufio.NewScanner(out); lines.Scan(); {
		line := lines.Text()
		if line == "ready" {
			s.answer = time.Since(begun)
		}
		for field, to := range map[string]*int{"VmRSS:": &s.resident, "VmHWM:": &s.peak} {
			if rest, ok := strings.CutPrefix(line, field); ok {
				var kib int
				_, err := fmt.Sscan(rest, &kib)
				require.NoError(b, err)
				*to = kib * 1024 / 1000
			}
		}
	}
	require.NoError(b, cmd.Wait())
	return s
}
