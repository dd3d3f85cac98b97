package charset_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/charset"
)

// lines returns the lines of a file of examples, which were written for these tests.
func lines(t testing.TB, name string) []string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name + ".txt")
	require.NoError(t, err)
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// sample joins n lines that differ.
func sample(random *rand.Rand, lines []string, n int) string {
	var b strings.Builder
	for _, i := range random.Perm(len(lines))[:n] {
		b.WriteString(lines[i])
		b.WriteByte('\n')
	}
	return b.String()
}

// accepts tells whether a guess names the charset, or a smaller one that the text is the same in.
func accepts(written, guessed charset.Charset, code []byte) bool {
	if written == guessed {
		return true
	}
	a, err := written.Decode(code)
	b, err2 := guessed.Decode(code)
	family := map[charset.Charset]int{charset.GB18030: 1, charset.GBK: 1, charset.Big5: 2, charset.Big5HKSCS: 2}
	return err == nil && err2 == nil && a == b && family[written] == family[guessed] && family[written] > 0
}

// The share of samples whose charset is found, of every kind of text in every charset that can hold it.
func TestDetectionAccuracy(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text     string
		charsets []charset.Charset
	}{
		{"simplified", []charset.Charset{charset.UTF8, charset.UTF16LE, charset.UTF16BE, charset.GBK, charset.GB18030}},
		{"traditional", []charset.Charset{charset.UTF8, charset.UTF16LE, charset.UTF16BE, charset.Big5, charset.Big5HKSCS, charset.GB18030}},
		{"cantonese", []charset.Charset{charset.UTF8, charset.UTF16LE, charset.UTF16BE, charset.Big5HKSCS, charset.GB18030}},
	} {
		text := lines(t, test.text)
		for _, c := range test.charsets {
			for n, floor := range map[int]float64{1: 0.99, 3: 0.999, 10: 1} {
				t.Run(fmt.Sprint(test.text, "/", c, "/", n), func(t *testing.T) {
					t.Parallel()
					random := rand.New(rand.NewPCG(1, uint64(n)))
					right, total := 0, 0
					for range 200 {
						s := sample(random, text, n)
						if n == 1 {
							s = strings.TrimSpace(text[total%len(text)])
						}
						code, err := c.Encode(s)
						require.NoError(t, err)
						total++
						if g := charset.Detect(code)[0]; accepts(c, g.Charset, code) {
							right++
						} else {
							t.Logf("%q in %v: %v", s, c, charset.Detect(code))
						}
					}
					t.Logf("%d of %d", right, total)
					require.GreaterOrEqual(t, float64(right)/float64(total), floor)
				})
			}
		}
	}
}

// Sentences of another hand, from a practice file beside the repository.
func TestSuiteDetection(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	dir, err := os.Getwd()
	require.NoError(t, err)
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		require.NotEqual(t, filepath.Dir(dir), dir, "no go.mod above the test")
		dir = filepath.Dir(dir)
	}
	file, err := os.ReadFile(filepath.Join(dir, "..", "shared", "suites", "locale", "cpp", "dev.tsv"))
	if err != nil {
		t.Skip("no practice suite")
	}
	var sentences []string
	for line := range strings.Lines(string(file)) {
		sentence, _, _ := strings.Cut(line, "\t")
		sentences = append(sentences, sentence)
	}
	for _, c := range []charset.Charset{charset.UTF8, charset.UTF16LE, charset.UTF16BE, charset.GBK, charset.GB18030} {
		for _, n := range []int{1, 3, 10} {
			right, total := 0, 0
			for group := range slices.Chunk(sentences, n) {
				code, err := c.Encode(strings.Join(group, "\n"))
				if err != nil {
					continue // beyond GBK
				}
				total++
				if guess := charset.Detect(code)[0]; accepts(c, guess.Charset, code) {
					right++
				} else {
					t.Logf("%q in %v: %v", group, c, guess)
				}
			}
			t.Logf("%v, %d lines: %d of %d", c, n, right, total)
			require.GreaterOrEqual(t, float64(right), 0.999*float64(total))
		}
	}
}
