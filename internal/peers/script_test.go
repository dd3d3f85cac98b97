package peers

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/zhushou-ai/zhushou/locale/script"
)

// conversions are the configurations of OpenCC, by the names that opencc-js gives to what they lead from and to.
var conversions = []struct {
	name, from, to string
	script.Converter
}{
	{"s2t", "cn", "t", script.S2T}, {"s2tw", "cn", "tw", script.S2TW}, {"s2twp", "cn", "twp", script.S2TWP},
	{"s2hk", "cn", "hk", script.S2HK}, {"s2hkp", "cn", "hkp", script.S2HKP},
	{"t2s", "t", "cn", script.T2S}, {"tw2s", "tw", "cn", script.TW2S}, {"tw2sp", "twp", "cn", script.TW2SP},
	{"hk2s", "hk", "cn", script.HK2S}, {"hk2sp", "hkp", "cn", script.HK2SP},
	{"t2tw", "t", "tw", script.T2TW}, {"t2hk", "t", "hk", script.T2HK},
	{"tw2t", "tw", "t", script.TW2T}, {"hk2t", "hk", "t", script.HK2T},
	{"t2jp", "t", "jp", script.T2JP}, {"jp2t", "jp", "t", script.JP2T},
}

// openCC converts the text with opencc-js 1.4.1, unpacked where ZHUSHOU_OPENCC_JS says, and returns the outcome with
// the speed in MB/s, the best of three passes after one to warm up.
func openCC(tb testing.TB, from, to, text string) (converted string, speed float64) {
	tb.Helper()
	folder := os.Getenv("ZHUSHOU_OPENCC_JS")
	if folder == "" {
		tb.Skip("ZHUSHOU_OPENCC_JS does not name the folder of the npm package opencc-js 1.4.1")
	}
	module, err := filepath.Abs(filepath.Join(folder, "dist/esm/full.js"))
	require.NoError(tb, err)
	in, out := filepath.Join(tb.TempDir(), "in"), filepath.Join(tb.TempDir(), "out")
	require.NoError(tb, os.WriteFile(in, []byte(text), 0o600))
	node := exec.CommandContext(tb.Context(), "node", "--input-type=module", "-e", `
import { Converter } from `+strconv.Quote(module)+`;
import { readFileSync, writeFileSync } from 'fs';
const [from, to, infile, outfile] = process.argv.slice(1);
const convert = Converter({ from, to }), text = readFileSync(infile, 'utf8');
let result = convert(text), best = Infinity;
for (let i = 0; i < 3; i++) {
	const start = process.cpuUsage();
	result = convert(text);
	best = Math.min(best, process.cpuUsage(start).user);
}
writeFileSync(outfile, result);
console.log(Buffer.byteLength(text) / best);
`, "--", from, to, in, out)
	node.Stderr = os.Stderr
	printed, err := node.Output()
	require.NoError(tb, err)
	speed, err = strconv.ParseFloat(strings.TrimSpace(string(printed)), 64)
	require.NoError(tb, err)
	data, err := os.ReadFile(out)
	require.NoError(tb, err)
	return string(data), speed
}

// TestScriptIsOpenCC converts the text, and what OpenCC makes of it in the other scripts, with every configuration.
func TestScriptIsOpenCC(t *testing.T) {
	sources := map[string]string{"cn": text(t)}
	for _, to := range []string{"t", "twp", "hkp"} {
		sources[to], _ = openCC(t, "cn", to, sources["cn"])
	}
	sources["tw"], sources["hk"] = sources["twp"], sources["hkp"]
	sources["jp"], _ = openCC(t, "t", "jp", sources["t"])
	for _, c := range conversions {
		t.Run(c.name, func(t *testing.T) {
			want, _ := openCC(t, c.from, c.to, sources[c.from])
			got := c.String(sources[c.from])
			for i := range min(len(got), len(want)) {
				if got[i] != want[i] {
					start := max(0, i-30)
					require.Failf(t, "differs", "at %d: %q, OpenCC has %q", i, got[start:min(len(got), i+30)], want[start:min(len(want), i+30)])
				}
			}
			require.Len(t, got, len(want))
			t.Logf("%d bytes are the same", len(want))
		})
	}
}

func BenchmarkScript(b *testing.B) {
	simplified := text(b)
	sources := map[string]string{"cn": simplified, "t": script.S2T.String(simplified), "twp": script.S2TWP.String(simplified)}
	for _, c := range conversions {
		source, ok := sources[c.from]
		if !ok || !regexp.MustCompile(`^(s2t|s2twp|t2s|tw2sp)$`).MatchString(c.name) {
			continue
		}
		b.Run(c.name+"/zhushou", func(b *testing.B) {
			dst := c.Append(nil, source)
			loop(b, len(source), func() { dst = c.Append(dst[:0], source) })
		})
		b.Run(c.name+"/opencc-js", func(b *testing.B) {
			for b.Loop() {
				_, speed := openCC(b, c.from, c.to, source)
				b.ReportMetric(speed, "cpu-MB/s")
			}
		})
	}
}
