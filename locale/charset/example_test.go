package charset_test

import (
	"fmt"
	"io"
	"strings"

	"github.com/zhushou-ai/zhushou/locale/charset"
)

func Example() {
	file, _ := charset.GBK.Encode("姓名,城市\n王秀英,成都\n") // what a spreadsheet saved
	text, guess := charset.Decode(file)
	fmt.Print(guess.Charset, "\n", text)

	_, err := charset.GBK.Encode("好的👌")
	fmt.Println(err)
	// Output:
	// GBK
	// 姓名,城市
	// 王秀英,成都
	// charset: GBK has no code for '👌' (U+1F44C) at offset 6
}

func ExampleNewReader() {
	big5, _ := charset.Big5.Encode("請在月底前繳納帳單。")
	r := charset.NewReader(strings.NewReader(string(big5)), nil)
	text, _ := io.ReadAll(r)
	fmt.Println(r.Guess().Charset, string(text))
	// Output: Big5 請在月底前繳納帳單。
}

func ExampleLookup() {
	c, err := charset.Lookup("gb2312")
	fmt.Println(c, err)
	_, err = charset.Lookup("shift_jis")
	fmt.Println(err)
	// Output:
	// GBK <nil>
	// charset: unknown name "shift_jis": this package reads UTF-8, UTF-16, GBK, GB18030, Big5 and Big5-HKSCS
}
