package peers

import (
	"os"
	"strings"
	"testing"
)

// text returns the text that all benchmarks run over, as a whole.
func text(tb testing.TB) string {
	tb.Helper()
	path := os.Getenv("ZHUSHOU_TEXT")
	if path == "" {
		tb.Skip("ZHUSHOU_TEXT does not name a Chinese text to measure with, see the package documentation")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

// lines returns the lines of the text, without their ends.
func lines(tb testing.TB) []string {
	return strings.Split(strings.TrimSuffix(text(tb), "\n"), "\n")
}
