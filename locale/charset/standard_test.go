package charset_test

import (
	"encoding/hex"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"

	"github.com/zhushou-ai/zhushou/locale/charset"
)

func bytesOf(t *testing.T, code string) []byte {
	t.Helper()
	b, err := hex.DecodeString(code)
	require.NoError(t, err)
	return b
}

// Codes and characters of the standards, both ways.
func TestMappings(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		charset charset.Charset
		code    string
		text    string
	}{
		{"2022: two bytes, punctuation", charset.GB18030, "a6d9a6daa6dba6dca6dda6dea6dfa6eca6eda6f3", "\uFE10\uFE12\uFE11\uFE13\uFE14\uFE15\uFE16\uFE17\uFE18\uFE19"},
		{"2022: two bytes, ideographs", charset.GB18030, "fe59fe61fe66fe67fe6dfe7efe90fea0", "\u9FB4\u9FB5\u9FB6\u9FB7\u9FB8\u9FB9\u9FBA\u9FBB"},
		{"2022: four bytes, U+E78D to U+E790", charset.GB18030, "84318236843182388431823784318239", "\uE78D\uE78E\uE78F\uE790"},
		{"2022: four bytes, U+E791 to U+E796", charset.GB18030, "843183308431833184318332843183338431833484318335", "\uE791\uE792\uE793\uE794\uE795\uE796"},
		{"2022: four bytes, ideographs", charset.GB18030, "82359037823590388235903982359130", "\uE81E\uE826\uE82B\uE82C"},
		{"2022: four bytes, ideographs, last", charset.GB18030, "82359131823591328235913382359134", "\uE832\uE843\uE854\uE864"},
		{"2022: six left in private use", charset.GB18030, "fe51fe52fe53fe6cfe76fe91", "\uE816\uE817\uE818\uE831\uE83B\uE855"},
		{"their ideographs beyond U+FFFF", charset.GB18030, "953290319532903395329730", "\U00020087\U00020089\U000200CC"},
		{"2005: U+1E3F", charset.GB18030, "a8bc8135f437", "\u1E3F\uE7C7"},
		{"first user-defined area", charset.GB18030, "aaa1affe", "\uE000\uE233"},
		{"second user-defined area", charset.GB18030, "f8a1fefe", "\uE234\uE4C5"},
		{"third user-defined area", charset.GB18030, "a140a17ea180a7a0", "\uE4C6\uE504\uE505\uE765"},
		{"code beside the web's second space", charset.GB18030, "a1a1a3a0", "\u3000\uE5E5"},
		{"gap before A2B1", charset.GB18030, "a2aba2b0", "\uE766\uE76B"},
		{"private without two-byte code", charset.GB18030, "8336c7398336d030", "\uE76C\uE865"},
		{"first and last of four bytes", charset.GB18030, "813081308431a43990308130e3329a35", "\u0080\uFFFF\U00010000\U0010FFFF"},
		{"byte order mark stays", charset.GB18030, "84319533", "\uFEFF"},
		{"first of GBK/3", charset.GB18030, "8140", "丂"},
		{"compatibility ideographs", charset.GB18030, "fd9cfe4f", "\uF92C\uFA29"},
		{"Tibetan, Mongolian, Uyghur", charset.GB18030, "8132e8348134d6308131833881318337", "ༀᠠئإ"},
		{"euro", charset.GB18030, "a2e3", "€"},
		{"euro in GBK", charset.GBK, "80", "€"},
		{"GB2312", charset.GBK, "b0a1d7f9d8a1f7fea3a1a1aaa1a4", "啊座亍齄！—·"},
		{"traditional in GBK", charset.GBK, "9943ea50e99b", "機關闆"},
		{"first and last of Big5", charset.Big5, "a440f9d5", "一龘"},
		{"ETEN", charset.Big5, "f9d6f9fe", "碁￭"},
		{"two codes, the last is written", charset.Big5, "f9f9a451a4ca", "═十卅"},
		{"Hong Kong", charset.Big5HKSCS, "9def", "嘅"},
		{"Hong Kong: two characters in a code", charset.Big5HKSCS, "88628864886688a388a588a7", "\u00CA\u0304\u00CA\u030C\u00CA\u00EA\u0304\u00EA\u030C\u00EA"},
		{"Hong Kong: beyond U+FFFF", charset.Big5HKSCS, "877b", "\U00021D53"},
		{"surrogate pair", charset.UTF16BE, "d83ddc4c", "👌"},
		{"surrogate pair", charset.UTF16LE, "3dd84cdc", "👌"},
		{"mark", charset.UTF16, "fffe2d4e", "中"},
	} {
		t.Run(test.charset.String()+": "+test.name, func(t *testing.T) {
			t.Parallel()
			code := bytesOf(t, test.code)
			text, err := test.charset.Decode(code)
			require.NoError(t, err)
			require.Equal(t, test.text, text)
			back, err := test.charset.Encode(test.text)
			require.NoError(t, err)
			require.Equal(t, code, back)
		})
	}
}

// Codes that are read but not written.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		charset charset.Charset
		code    string
		text    string
	}{
		{"euro of Code Page 936", charset.GB18030, "80", "€"},
		{"euro of GB18030", charset.GBK, "a2e3", "€"},
		{"four bytes in GBK", charset.GBK, "9439da33", "💩"},
		{"Hong Kong in Big5", charset.Big5, "877b", "\U00021D53"},
		{"compatibility code", charset.Big5HKSCS, "fb48", "嘅"},
		{"UTF-16 without a mark", charset.UTF16, "2d4e", "中"},
		{"UTF-16 of the other order", charset.UTF16, "feff4e2d", "中"},
	} {
		t.Run(test.charset.String()+": "+test.name, func(t *testing.T) {
			t.Parallel()
			text, err := test.charset.Decode(bytesOf(t, test.code))
			require.NoError(t, err)
			require.Equal(t, test.text, text)
		})
	}
}

// What is malformed is found, named and replaced, and hides no ASCII.
func TestMalformed(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		charset charset.Charset
		code    string
		offset  int64
		bad     string
		lossy   string
	}{
		{"lead before ASCII", charset.GBK, "613d81223e", 2, "81", "a=\uFFFD\">"},
		{"lead at the end", charset.GBK, "d6d0b9", 2, "b9", "中\uFFFD"},
		{"0xFF", charset.GB18030, "ff41", 0, "ff", "\uFFFDA"},
		{"lead before 0xFF", charset.GB18030, "81ff41", 0, "81ff", "\uFFFDA"},
		{"four bytes cut", charset.GB18030, "813081", 0, "81", "\uFFFD0\uFFFD"},
		{"four bytes, third wrong", charset.GB18030, "81304130", 0, "81", "\uFFFD0A0"},
		{"four bytes, unassigned", charset.GB18030, "8431a530", 0, "84", "\uFFFD1\uFFFD0"},
		{"beyond U+10FFFF", charset.GB18030, "e3329a36", 0, "e3", "\uFFFD2\uFFFD6"},
		{"unassigned, trail is ASCII", charset.Big5, "8140", 0, "81", "\uFFFD@"},
		{"unassigned", charset.Big5, "81a1a440", 0, "81a1", "\uFFFD一"},
		{"trail outside", charset.Big5, "a480a440", 0, "a480", "\uFFFD一"},
		{"0x80", charset.Big5, "80a440", 0, "80", "\uFFFD一"},
		{"lead at the end", charset.Big5, "a440a4", 2, "a4", "一\uFFFD"},
		{"character cut", charset.UTF8, "e4b8ade4b8", 3, "e4b8", "中\uFFFD"},
		{"surrogate", charset.UTF8, "eda080", 0, "ed", "\uFFFD\uFFFD\uFFFD"},
		{"odd length", charset.UTF16LE, "2d4e41", 2, "41", "中\uFFFD"},
		{"low surrogate alone", charset.UTF16LE, "4cdc2d4e", 0, "4cdc", "\uFFFD中"},
		{"high surrogate alone", charset.UTF16BE, "d83d4e2d", 0, "d83d", "\uFFFD中"},
		{"high surrogate last", charset.UTF16BE, "4e2dd83d", 2, "d83d", "中\uFFFD"},
	} {
		t.Run(test.charset.String()+": "+test.name, func(t *testing.T) {
			t.Parallel()
			code := bytesOf(t, test.code)
			_, err := test.charset.Decode(code)
			var decodeError *charset.DecodeError
			require.ErrorAs(t, err, &decodeError)
			require.Equal(t, charset.DecodeError{Charset: test.charset, Offset: test.offset, Bytes: bytesOf(t, test.bad)}, *decodeError)
			text, lost := test.charset.DecodeLossy(code)
			require.Equal(t, test.lossy, text)
			require.Positive(t, lost)
		})
	}
}

// A character without a code is named, or replaced if the caller wants that.
func TestWithoutCode(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		charset charset.Charset
		text    string
		offset  int
		r       rune
		lossy   string
	}{
		{"emoji", charset.GBK, "好👌的", 3, '👌', "bac33fb5c4"},
		{"extension B", charset.GBK, "𠮷野家", 0, '𠮷', "3fd2b0bcd2"},
		{"simplified", charset.Big5, "汉字", 0, '汉', "3fa672"},
		{"Hong Kong", charset.Big5, "\U00021D53", 0, '\U00021D53', "3f"},
		{"combining mark alone", charset.Big5HKSCS, "一\u0304", 3, '\u0304', "a4403f"},
		{"replacement character", charset.GBK, "a\uFFFD", 1, '\uFFFD', "613f"},
		{"not UTF-8", charset.GBK, "一\xE4\xB8", 3, '\uFFFD', "d2bb3f3f"},
		{"not UTF-8, GB18030", charset.GB18030, "一\xFF", 3, '\uFFFD', "d2bb8431a437"},
		{"not UTF-8, UTF-16", charset.UTF16BE, "一\xFF", 3, '\uFFFD', "4e00fffd"},
		{"not UTF-8, UTF-8", charset.UTF8, "一\xFF", 3, '\uFFFD', "e4b880efbfbd"},
	} {
		t.Run(test.charset.String()+": "+test.name, func(t *testing.T) {
			t.Parallel()
			_, err := test.charset.Encode(test.text)
			var encodeError *charset.EncodeError
			require.ErrorAs(t, err, &encodeError)
			require.Equal(t, charset.EncodeError{Charset: test.charset, Offset: test.offset, Rune: test.r}, *encodeError)
			code, _ := test.charset.EncodeLossy(test.text)
			require.Equal(t, bytesOf(t, test.lossy), code)
		})
	}
}

// The wrappers of x/text work with our encoders.
func TestWrappers(t *testing.T) {
	t.Parallel()
	code, err := encoding.ReplaceUnsupported(charset.GBK.NewEncoder()).String("好👌的")
	require.NoError(t, err)
	require.Equal(t, "\xba\xc3\x1a\xb5\xc4", code)
	code, err = encoding.HTMLEscapeUnsupported(charset.Big5.NewEncoder()).String("汉字")
	require.NoError(t, err)
	require.Equal(t, "&#27721;\xa6\x72", code)
	_, err = charset.GBK.NewEncoder().String("好👌")
	require.EqualError(t, err, "charset: GBK has no code for '👌' (U+1F44C)")
	require.False(t, errors.As(err, new(*charset.EncodeError)), "a stream has no offset to give")
}

func TestLookup(t *testing.T) {
	t.Parallel()
	for want, names := range map[charset.Charset][]string{
		charset.UTF8:      {"utf-8", "UTF8", " Utf-8 ", "us-ascii"},
		charset.UTF16:     {"utf-16", "UTF_16"},
		charset.UTF16LE:   {"utf-16le", "UTF-16LE"},
		charset.UTF16BE:   {"utf-16be"},
		charset.GBK:       {"gb2312", "GBK", "x-gbk", "cp936", "GB_2312-80", "chinese", "euc-cn"},
		charset.GB18030:   {"gb18030", "GB18030-2022"},
		charset.Big5:      {"big5", "Big5", "x-x-big5", "cp950"},
		charset.Big5HKSCS: {"big5-hkscs", "Big5_HKSCS"},
	} {
		for _, name := range append(names, want.String()) {
			got, err := charset.Lookup(name)
			require.NoError(t, err)
			require.Equal(t, want, got, name)
		}
	}
	for _, name := range []string{"", "shift_jis", "utf-7", "hz-gb-2312"} {
		_, err := charset.Lookup(name)
		require.ErrorContains(t, err, `"`+name+`"`)
	}
	require.Equal(t, "Charset(200)", charset.Charset(200).String())
}
