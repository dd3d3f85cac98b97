package charset_test

import (
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/transform"

	"github.com/zhushou-ai/zhushou/locale/charset"
)

var all = []charset.Charset{
	charset.UTF8, charset.UTF16, charset.UTF16LE, charset.UTF16BE,
	charset.GBK, charset.GB18030, charset.Big5, charset.Big5HKSCS,
}

// inPieces transforms src through random pieces of input and room for output.
func inPieces(random *rand.Rand, t transform.Transformer, src []byte) ([]byte, error) {
	t.Reset()
	var out []byte
	given := 0
	for {
		room := make([]byte, 4+random.IntN(12))
		atEOF := given == len(src)
		nDst, nSrc, err := t.Transform(room, src[:given], atEOF)
		out, src, given = append(out, room[:nDst]...), src[nSrc:], given-nSrc
		switch {
		case err == transform.ErrShortDst:
		case err == transform.ErrShortSrc && !atEOF, err == nil && !atEOF:
			given = min(len(src), given+1+random.IntN(5))
		default:
			return out, err
		}
	}
}

// randomText has characters of every length and kind, and hardly any that c has no code for.
func randomText(random *rand.Rand, c charset.Charset) string {
	var b strings.Builder
	for range random.IntN(60) {
		ranges := [...][2]rune{{0x20, 0x7E}, {0x4E00, 0x9FA5}, {0x4E00, 0x9FA5}, {0xA0, 0x17F}, {0x3000, 0x30FF}, {0xE000, 0xE7FF}, {0x3400, 0x4DBF}, {0x20000, 0x2A6DF}, {0xCA, 0xCA}, {0x304, 0x30C}}
		r := ranges[random.IntN(len(ranges))]
		one := string(r[0] + random.Int32N(r[1]-r[0]+1))
		if _, err := c.Encode(one); err == nil {
			b.WriteString(one)
		}
	}
	return b.String()
}

// The output of decoders and encoders does not depend on how the input is cut.
func TestTransformersIgnoreCuts(t *testing.T) {
	t.Parallel()
	for _, c := range all {
		t.Run(c.String(), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(2, 3))
			for range 500 {
				text := randomText(random, c)
				code, err := c.Encode(text)
				require.NoError(t, err)
				got, err := inPieces(random, c.NewEncoder(), []byte(text))
				require.NoError(t, err)
				require.Equal(t, code, append([]byte{}, got...), "%q", text)
				got, err = inPieces(random, c.NewDecoder(), code)
				require.NoError(t, err)
				require.Equal(t, text, string(got))

				for range 1 + random.IntN(4) { // and the same for damaged input
					if len(code) > 0 {
						code[random.IntN(len(code))] = byte(random.Uint32())
					}
				}
				want, _ := c.DecodeLossy(code)
				got, err = inPieces(random, c.NewDecoder(), code)
				require.NoError(t, err)
				require.Equal(t, want, string(got), "% X", code)
				require.True(t, utf8.Valid(got))
			}
		})
	}
}

// texts are whole files: short, empty, long, long after much ASCII, with and without a mark.
func texts(t *testing.T) map[string][]byte {
	simplified, traditional := strings.Join(lines(t, "simplified"), "\n"), strings.Join(lines(t, "traditional"), "\n")
	encode := func(c charset.Charset, s string) []byte {
		b, err := c.Encode(s)
		require.NoError(t, err)
		return b
	}
	ascii := strings.Repeat("GET /index.html HTTP/1.1\r\n", 3000)
	return map[string][]byte{
		"empty":                  nil,
		"ASCII":                  []byte("ok"),
		"long ASCII":             []byte(ascii),
		"GBK":                    encode(charset.GBK, simplified),
		"long GBK":               encode(charset.GBK, strings.Repeat(simplified, 20)),
		"GBK after ASCII":        encode(charset.GBK, ascii+strings.Repeat(simplified, 5)),
		"GB18030, marked":        encode(charset.GB18030, "\uFEFF"+simplified),
		"Big5 after ASCII":       encode(charset.Big5, ascii+traditional),
		"UTF-8 after ASCII":      encode(charset.UTF8, ascii+traditional),
		"UTF-8, marked":          encode(charset.UTF8, "\uFEFF"+simplified),
		"UTF-16LE":               encode(charset.UTF16LE, traditional),
		"long UTF-16BE":          encode(charset.UTF16BE, strings.Repeat(traditional, 20)),
		"UTF-16, marked":         encode(charset.UTF16, ascii+simplified),
		"UTF-16BE, marked":       encode(charset.UTF16BE, "\uFEFF"+simplified),
		"UTF-16LE of ASCII":      encode(charset.UTF16LE, ascii),
		"ends within a sequence": append(encode(charset.GBK, simplified), 0xB0),
		"window cuts a sequence": encode(charset.GBK, "a"+strings.Repeat(simplified, 20)),
	}
}

// A reader gives what Decode gives for the whole, however the bytes arrive.
func TestReaderIgnoresChunks(t *testing.T) {
	t.Parallel()
	for name, code := range texts(t) {
		want, guess := charset.Decode(code)
		for how, chunked := range map[string]func(io.Reader) io.Reader{
			"whole": func(r io.Reader) io.Reader { return r },
			"bytes": iotest.OneByteReader,
			"half":  iotest.HalfReader,
			"error": iotest.DataErrReader,
		} {
			t.Run(name+"/"+how, func(t *testing.T) {
				t.Parallel()
				r := charset.NewReader(chunked(strings.NewReader(string(code))), nil)
				got, err := io.ReadAll(r)
				require.NoError(t, err)
				require.Equal(t, want, string(got))
				require.Equal(t, guess, r.Guess())
				got, err = io.ReadAll(iotest.OneByteReader(charset.NewReader(strings.NewReader(string(code)), nil)))
				require.NoError(t, err)
				require.Equal(t, want, string(got))
			})
		}
	}
}

func TestReaderFindsTheCharset(t *testing.T) {
	t.Parallel()
	for name, code := range texts(t) {
		_, guess := charset.Decode(code)
		want, _, _ := strings.Cut(strings.TrimPrefix(name, "long "), ",")
		want, _, _ = strings.Cut(want, " ")
		switch want {
		case "empty", "ASCII":
			want = "UTF-8"
		case "UTF-16":
			want = "UTF-16LE"
		case "ends", "window":
			want = "GBK"
		}
		require.Equal(t, want, guess.Charset.String(), name)
		require.Greater(t, guess.Confidence, 0.9, name)
	}
}

// A source's own error arrives after the text before it.
func TestReaderPassesErrors(t *testing.T) {
	t.Parallel()
	broken := errors.New("cable cut")
	for _, text := range []string{"", "plain", "中文", strings.Repeat("plain", 10_000), strings.Repeat("中文", 10_000)} {
		code, err := charset.GBK.Encode(text)
		require.NoError(t, err)
		src := io.MultiReader(strings.NewReader(string(code)), iotest.ErrReader(broken))
		got, err := io.ReadAll(charset.NewReader(src, nil))
		require.ErrorIs(t, err, broken)
		require.Equal(t, text, string(got))
	}
}

// silent never has anything to say.
type silent struct{}

func (silent) Read([]byte) (int, error) { return 0, nil }

func TestReaderDoesNotSpin(t *testing.T) {
	t.Parallel()
	_, err := io.ReadAll(charset.NewReader(silent{}, nil))
	require.ErrorIs(t, err, io.ErrNoProgress)
}

// A strict reader tells where in the stream the damage is.
func TestStrictReader(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]string{
		"at once":     "",
		"after ASCII": strings.Repeat("plain text ", 5000),
		"far":         strings.Repeat("今天天气不错，", 5000),
		"marked":      "\uFEFF今天天气",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code := []byte(before + "我们去公园\xFF散步")
			_, err := io.ReadAll(charset.NewReader(strings.NewReader(string(code)), &charset.ReaderOptions{Strict: true}))
			var decodeError *charset.DecodeError
			require.ErrorAs(t, err, &decodeError)
			require.Equal(t, int64(len(before)+len("我们去公园")), decodeError.Offset)
			require.Equal(t, []byte{0xFF}, decodeError.Bytes)
		})
	}
}
