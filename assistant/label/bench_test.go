package label_test

import (
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label"
)

// bigFilm is an MP4 file of 100 MB whose metadata stand before its media, so that all offsets change when it is
// labelled.
func bigFilm(b *testing.B) string {
	b.Helper()
	needs(b, "ffmpeg")
	path := filepath.Join(b.TempDir(), "a.mp4")
	output(b, "ffmpeg", append(with(h264, "-movflags", "faststart")[1:], path)...)
	file, err := os.ReadFile(path)
	require.NoError(b, err)
	for at := 0; ; {
		size := int(binary.BigEndian.Uint32(file[at:]))
		if string(file[at+4:at+8]) != "mdat" {
			at += size
			continue
		}
		require.Equal(b, len(file), at+size, "the media come last")
		const more = 100 << 20
		binary.BigEndian.PutUint32(file[at:], uint32(size+more))
		file = append(file, make([]byte, more)...)
		break
	}
	require.NoError(b, os.WriteFile(path, file, 0o600))
	return path
}

// BenchmarkFilm labels a film of 100 MB and copies it, in turns, and reports the time of the one as a multiple
// of the other's: with the disk, where both sync what they wrote, and without.
func BenchmarkFilm(b *testing.B) {
	src := bigFilm(b)
	in, err := os.Open(src)
	require.NoError(b, err)
	b.Cleanup(func() { in.Close() })
	info, err := in.Stat()
	require.NoError(b, err)
	l := label.First("Example", "p-1", label.CopyOnFirstWrite)
	dst := filepath.Join(b.TempDir(), "b.mp4")

	b.Run("file", func(b *testing.B) {
		inTurns(b, func() error { return label.WriteFile(dst, src, l) }, func() error { return copyFile(dst, in) })
	})
	b.Run("memory", func(b *testing.B) {
		inTurns(b,
			func() error { return label.Write(discard{}, io.NewSectionReader(in, 0, info.Size()), l) },
			func() error {
				_, err := io.Copy(discard{}, io.NewSectionReader(in, 0, info.Size()))
				return err
			})
	})
}

// inTurns reports the time of one function as a multiple of another's: the medians, and the best times, which a
// busy machine spoils less.
func inTurns(b *testing.B, one, other func() error) {
	var times [2][]time.Duration
	first := 0
	for b.Loop() {
		for k := range 2 {
			i := (first + k) % 2
			start := time.Now()
			require.NoError(b, []func() error{one, other}[i]())
			times[i] = append(times[i], time.Since(start))
		}
		first = 1 - first
	}
	slices.Sort(times[0])
	slices.Sort(times[1])
	median := len(times[0]) / 2
	b.ReportMetric(float64(times[0][median])/float64(times[1][median]), "x-copy")
	b.ReportMetric(float64(times[0][0])/float64(times[1][0]), "x-copy-best")
}

func copyFile(dst string, in *os.File) error {
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return err
	}
	out, err := os.Create(dst)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// discard is a writer that io.Copy has no short way to.
type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
