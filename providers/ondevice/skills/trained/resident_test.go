package trained_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// BenchmarkStart starts programs that have nothing, the built-in skills, and a hundred thousand names besides. It
// reports the median of how long each takes to its first answer, of what it has in memory after some hundred sentences,
// and of the most that it had.
func BenchmarkStart(b *testing.B) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		b.Skip("the system does not say how much memory a program has")
	}
	dir := b.TempDir()
	program, said := filepath.Join(dir, "start"), filepath.Join(dir, "said")
	out, err := exec.Command("go", "build", "-o", program, "./internal/start").CombinedOutput()
	require.NoError(b, err, string(out))
	all, err := sayings()
	require.NoError(b, err)
	var some strings.Builder
	for i := 0; i < len(all); i += 8 {
		fmt.Fprintln(&some, strings.ReplaceAll(all[i].Say, "\n", " "))
	}
	require.NoError(b, os.WriteFile(said, []byte(some.String()), 0o600))
	for _, what := range []struct {
		name string
		args []string
	}{
		{"nothing", []string{"-bare"}},
		{"skills", []string{"-said", said}},
		{"skills and 100000 names", []string{"-said", said, "-names", "100000"}},
	} {
		b.Run(what.name, func(b *testing.B) {
			var answer, resident, peak []float64
			for b.Loop() {
				s := run(b, program, what.args)
				answer, resident, peak = append(answer, s.answer.Seconds()*1e3), append(resident, s.resident), append(peak, s.peak)
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(median(resident), "resident-MB")
			b.ReportMetric(median(peak), "peak-MB")
			if what.name != "nothing" {
				b.ReportMetric(median(answer), "answer-ms")
			}
		})
	}
}

func median(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}

// A started program is what was measured of it.
type started struct {
	answer         time.Duration // from the start of the process to its first answer
	resident, peak float64       // millions of bytes
}

func run(b *testing.B, program string, args []string) (s started) {
	cmd := exec.Command(program, args...)
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
		for field, to := range map[string]*float64{"VmRSS:": &s.resident, "VmHWM:": &s.peak} {
			if rest, ok := strings.CutPrefix(line, field); ok {
				var kib int
				_, err := fmt.Sscan(rest, &kib)
				require.NoError(b, err)
				*to = float64(kib) * 1024 / 1e6
			}
		}
	}
	require.NoError(b, cmd.Wait())
	return s
}
