package label_test

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// packages are the Debian packages of the programs that tests run.
var packages = map[string]string{
	"ffmpeg": "ffmpeg", "ffprobe": "ffmpeg", "convert": "imagemagick", "identify": "imagemagick",
	"exiftool": "libimage-exiftool-perl", "pdfinfo": "poppler-utils", "pdftotext": "poppler-utils", "unzip": "unzip",
}

// needs skips the test if one of the programs is not here.
func needs(tb testing.TB, programs ...string) {
	tb.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			tb.Skipf("no %s here: install the Debian package %s", p, packages[p])
		}
	}
}

// output runs a program and returns what it prints.
func output(tb testing.TB, program string, args ...string) string {
	tb.Helper()
	cmd := exec.CommandContext(tb.Context(), program, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	require.NoError(tb, cmd.Run(), "%s %s: %s", program, strings.Join(args, " "), errs.String())
	return out.String()
}
