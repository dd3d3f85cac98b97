package trained_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/calendar"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills/trained"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills/trained/internal/builtin"
)

// noon is when the sentences of testdata are said.
var noon = time.Date(2026, time.November, 22, 9, 30, 0, 0, calendar.Beijing())

// A saying is a sentence of testdata, which may follow others.
type saying struct {
	Say   string   `json:"say"`
	After []string `json:"after"`
}

// sayings reads all sentences that the skills are tested on.
func sayings() ([]saying, error) {
	var out []saying
	for _, file := range []string{"sentences.jsonl", "blind.jsonl"} {
		data, err := os.ReadFile("../testdata/" + file)
		if err != nil {
			return nil, err
		}
		for line := range bytes.Lines(data) {
			var s saying
			if err := json.Unmarshal(line, &s); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			out = append(out, s)
		}
	}
	return out, nil
}

// usersNames reads the names of the user of whom the sentences are, as the page beside them lists them.
func usersNames() (map[string]*ondevice.Names, error) {
	f, err := os.Open("../testdata/README.md")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out := make(map[string]*ondevice.Names)
	s := bufio.NewScanner(f)
	for s.Scan() {
		argument, list, ok := strings.Cut(strings.TrimPrefix(s.Text(), "- `"), "`: ")
		if !ok || argument == "city" || !strings.HasPrefix(s.Text(), "- `") {
			continue
		}
		var names []ondevice.Name
		for n := range strings.SplitSeq(list, " · ") {
			name, aliases, _ := strings.Cut(n, ":")
			names = append(names, ondevice.Name{Text: name, Aliases: strings.Fields(aliases)})
		}
		out[argument] = ondevice.NewNames(names)
	}
	if songs := out["song"]; songs != nil {
		out["song"] = songs.Open() // there are more than the user has
	}
	return out, s.Err()
}

// BenchmarkUnderstand understands every sentence of testdata with all skills on one core, and reports within
// how many microseconds half of them are understood, and 99 of 100. For each sentence the fastest of all rounds counts,
// so that what else the machine does is not measured.
func BenchmarkUnderstand(b *testing.B) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	names, err := usersNames()
	require.NoError(b, err)
	said, err := sayings()
	require.NoError(b, err)
	engine, err := trained.Load(ondevice.Config{Location: calendar.Beijing(), Names: names})
	require.NoError(b, err)
	contexts := make([]ondevice.Context, len(said))
	tools := builtin.Tools()
	for i, s := range said {
		c := ondevice.Context{Tools: tools, Now: noon}
		for _, before := range s.After {
			c.State = engine.Understand(context.Background(), before, c).State
		}
		contexts[i] = c
	}
	took := make([]time.Duration, len(said))
	b.ReportAllocs()
	for b.Loop() {
		for i, s := range said {
			start := time.Now()
			engine.Understand(context.Background(), s.Say, contexts[i])
			if d := time.Since(start); took[i] == 0 || d < took[i] {
				took[i] = d
			}
		}
	}
	slices.Sort(took)
	micros := func(share float64) float64 { return float64(took[int(share*float64(len(took)-1))]) / 1e3 }
	b.ReportMetric(micros(0.5), "p50-µs")
	b.ReportMetric(micros(0.99), "p99-µs")
	b.ReportMetric(0, "ns/op") // of all sentences together, which says nothing
}
