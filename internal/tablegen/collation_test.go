package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseCollation(t *testing.T) {
	t.Parallel()
	o, err := parseCollation(`<collation type='stroke'><cr><![CDATA[
		[reorder Hani]
		&[last regular]<'\uFDD0\u2801' # INDEX 1
		<*一丨 # 1
		<'\uFDD0'ㄅ # INDEX ㄅ
		<*二一 # 2
		&一<<<⼀<<<㊀
		&'(一)'<<<㈠
		&1日<<<㏠
	]]></cr></collation><collation type='zhuyin'>`, "stroke")
	require.NoError(t, err)
	require.Equal(t, &ordering{
		characters: []rune("丨二一"), // the later place counts
		indexes:    []index{{"1画", 0}, {"ㄅ", 1}},
		variants:   [][2]rune{{'一', '⼀'}, {'一', '㊀'}},
	}, o)
	require.Equal(t, "\x02\x041画\x00\x03ㄅ\x01\x03", string(o.encode()[:13]))

	_, err = parseCollation("<collation type='pinyin'>", "pinyin")
	require.ErrorContains(t, err, "missing")
	_, err = parseCollation("<collation type='pinyin'>\n<*一-丨\n]]>", "pinyin")
	require.ErrorContains(t, err, `rule "<*一-丨"`)
}

func TestCompatibilityIdeographs(t *testing.T) {
	t.Parallel()
	require.Equal(t, [][2]rune{{'豈', 0xF900}}, compatibilityIdeographs(
		"0041;LATIN CAPITAL LETTER A;Lu;0;L;;;;;N;;;;0061;\n"+
			"F900;CJK COMPATIBILITY IDEOGRAPH-F900;Lo;0;L;8C48;;;;N;;;;;\n"+
			"FA0E;CJK COMPATIBILITY IDEOGRAPH-FA0E;Lo;0;L;;;;;N;;;;;\n"))
	require.Contains(t, string(variantLines([][2]rune{{'豈', 0xF900}, {'一', '⼀'}, {'一', '㊀'}})), "\n一⼀㊀\n豈\uF900\n")
}
