// Package practice finds practice cases and data for tests. They are other projects' work, may be
// read for measuring only, and so lie beside the repository, in ../shared, and not in it.
package practice

import (
	"bufio"
	"os"
	"path/filepath"
	"testing"
)

// maxLine bounds one line of a file of cases.
const maxLine = 16 << 20

// Path returns the path of a file or folder in ../shared, such as "suites/toolcall". If it is not
// there the test is skipped.
func Path(tb testing.TB, name string) string {
	tb.Helper()
	path := filepath.Join(root(tb), "..", "shared", filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		tb.Skip("no practice cases at ../shared/" + name)
	}
	return path
}

// root returns the root of the module that the test belongs to.
func root(tb testing.TB) string {
	tb.Helper()
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			tb.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
}

// Lines scans the lines of such a file.
func Lines(tb testing.TB, name string) *bufio.Scanner {
	tb.Helper()
	f, err := os.Open(Path(tb, name))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { f.Close() })
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, maxLine)
	return lines
}
