package charset_test

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/zhushou-ai/zhushou/locale/charset"
)

// everyRune yields every Unicode character, surrogates excepted.
func everyRune(yield func(rune) bool) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if utf8.ValidRune(r) && !yield(r) {
			return
		}
	}
}

// The charsets that promise every character keep it, one by one.
func TestEveryCharacterRoundTrips(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	for _, c := range []charset.Charset{charset.GB18030, charset.UTF8, charset.UTF16, charset.UTF16LE, charset.UTF16BE} {
		t.Run(c.String(), func(t *testing.T) {
			t.Parallel()
			failures, n := 0, 0
			for r := range everyRune {
				code, err := c.Encode(string(r))
				back, err2 := c.Decode(code)
				if err != nil || err2 != nil || back != string(r) {
					failures++
				}
				n++
			}
			require.Zero(t, failures)
			require.Equal(t, 0x110000-0x800, n)
		})
	}
}

// Whatever the others can write, they read back.
func TestWhatCanBeWrittenRoundTrips(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	for c, want := range map[charset.Charset]int{charset.GBK: 24068, charset.Big5: 13957, charset.Big5HKSCS: 18618} {
		t.Run(c.String(), func(t *testing.T) {
			t.Parallel()
			n := 0
			for r := range everyRune {
				code, err := c.Encode(string(r))
				if err != nil {
					continue
				}
				n++
				back, err := c.Decode(code)
				require.NoError(t, err)
				require.Equal(t, string(r), back, "% X", code)
			}
			require.Equal(t, want, n)
		})
	}
}

// Every two- and four-byte code of GB18030 is read as a character, and that is written with the same code.
func TestEveryGB18030CodeRoundTrips(t *testing.T) {
	t.Parallel()
	check := func(code ...byte) {
		text, err := charset.GB18030.Decode(code)
		require.NoError(t, err)
		require.Equal(t, 1, utf8.RuneCountInString(text), "% X", code)
		back, err := charset.GB18030.Encode(text)
		require.NoError(t, err)
		require.Equal(t, code, back)
	}
	n := 0
	for lead := 0x81; lead <= 0xFE; lead++ {
		for trail := 0x40; trail <= 0xFE; trail++ {
			if trail != 0x7F {
				check(byte(lead), byte(trail))
				n++
			}
		}
	}
	require.Equal(t, 23940, n)
	for n := range 39420 {
		check(byte(n/12600+0x81), byte(n/1260%10+0x30), byte(n/10%126+0x81), byte(n%10+0x30))
	}
}

// What golang.org/x/text knows is as it says, but for the characters that the edition of 2022 moved.
func TestAgreesWithXText(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	moved := "\u1E3F\uFE10\uFE11\uFE12\uFE13\uFE14\uFE15\uFE16\uFE17\uFE18\uFE19\u9FB4\u9FB5\u9FB6\u9FB7\u9FB8\u9FB9\u9FBA\u9FBB"
	for _, test := range []struct {
		ours      charset.Charset
		theirs    encoding.Encoding
		different int
	}{
		{charset.GB18030, simplifiedchinese.GB18030, 2068 + 19},
		{charset.GBK, simplifiedchinese.GBK, 2068},
		{charset.UTF16LE, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 0},
		{charset.UTF16BE, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 0},
	} {
		t.Run(test.ours.String(), func(t *testing.T) {
			t.Parallel()
			encoder, different := test.theirs.NewEncoder(), 0
			for r := range everyRune {
				ours, err := test.ours.Encode(string(r))
				theirs, theirErr := encoder.Bytes([]byte(string(r)))
				if (err == nil) == (theirErr == nil) && string(ours) == string(theirs) {
					continue
				}
				different++
				private := 0xE000 <= r && r <= 0xE864
				require.True(t, private || contains(moved, r), "%U: % X, x/text % X", r, ours, theirs)
			}
			require.Equal(t, test.different, different)
		})
	}
}

// Both kinds of Big5 read every code as x/text does, and write only what it reads as the same character. Which
// of several codes is written differs.
func TestBig5AgreesWithXText(t *testing.T) {
	t.Parallel()
	decoder := traditionalchinese.Big5.NewDecoder()
	n := 0
	for lead := 0x81; lead <= 0xFE; lead++ {
		for trail := 0x40; trail <= 0xFE; trail++ {
			code := []byte{byte(lead), byte(trail)}
			want, err := decoder.Bytes(code)
			require.NoError(t, err)
			got, err := charset.Big5.Decode(code)
			if err != nil {
				require.Contains(t, string(want), "\uFFFD", "% X", code)
				continue
			}
			require.Equal(t, string(want), got, "% X", code)
			n++
			for _, c := range []charset.Charset{charset.Big5, charset.Big5HKSCS} {
				if written, err := c.Encode(got); err == nil {
					back, err := decoder.Bytes(written)
					require.NoError(t, err)
					require.Equal(t, got, string(back))
				}
			}
		}
	}
	require.Equal(t, 18590+4, n)
}

func contains(s string, r rune) bool {
	for _, have := range s {
		if have == r {
			return true
		}
	}
	return false
}
