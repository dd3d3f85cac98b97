package charset_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/transform"

	"github.com/zhushou-ai/zhushou/locale/charset"
)

// Bytes per second are of the encoded text, in both directions.
func BenchmarkTransform(b *testing.B) {
	for _, test := range []struct {
		name         string
		text         string
		ours, theirs encoding.Encoding
	}{
		{"GB18030", "simplified", charset.GB18030, simplifiedchinese.GB18030},
		{"GBK", "simplified", charset.GBK, simplifiedchinese.GBK},
		{"Big5", "traditional", charset.Big5, traditionalchinese.Big5},
	} {
		text := []byte(strings.Repeat(strings.Join(lines(b, test.text), "\n"), 100))
		code, err := test.ours.NewEncoder().Bytes(text)
		require.NoError(b, err)
		room := make([]byte, 2*len(text))
		for who, e := range map[string]encoding.Encoding{"ours": test.ours, "xtext": test.theirs} {
			for what, run := range map[string]struct {
				t   transform.Transformer
				src []byte
			}{"decode": {e.NewDecoder(), code}, "encode": {e.NewEncoder(), text}} {
				b.Run(test.name+"/"+what+"/"+who, func(b *testing.B) {
					b.SetBytes(int64(len(code)))
					b.ReportAllocs()
					for b.Loop() {
						run.t.Reset()
						if _, _, err := run.t.Transform(room, run.src, true); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		}
	}
}

func BenchmarkDetect(b *testing.B) {
	text := strings.Repeat(strings.Join(lines(b, "simplified"), "\n"), 10)
	code, err := charset.GBK.Encode(text)
	require.NoError(b, err)
	for name, n := range map[string]int{"line": 60, "16KiB": 16 << 10} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(n))
			for b.Loop() {
				charset.Detect(code[:n])
			}
		})
	}
}
