package pinyin_test

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/locale/pinyin"
)

func Example() {
	fmt.Println(pinyin.String("银行行长在重庆长大", pinyin.ToneMark))
	fmt.Println(pinyin.Initials("中国人"))
	for p := range pinyin.All("得到了") {
		fmt.Print(p.Text, " ", p.Syllable, "; ")
	}
	// Output:
	// yín háng háng zhǎng zài chóng qìng zhǎng dà
	// zgr
	// 得 dé; 到 dào; 了 le;
}

func ExampleConverter() {
	written := pinyin.Converter{Words: true}
	fmt.Println(written.String("西安的女儿"))
	said := pinyin.Converter{Sandhi: true}
	fmt.Println(said.String("你好，一个不对"))
	typed := pinyin.Converter{Style: pinyin.Plain, Umlaut: pinyin.LetterV, Together: true}
	fmt.Println(typed.String("绿色旅行"))
	// Output:
	// xī'ān de nǚ'ér
	// ní hǎo，yí gè bú duì
	// lvselvxing
}

func ExampleParse() {
	syllables, err := pinyin.Parse("Zhōngguó, xi'an, nve4")
	for _, s := range syllables {
		fmt.Println(s.Format(pinyin.ToneNumber), s.Initial(), s.Final())
	}
	fmt.Println(err)
	// Output:
	// zhong1 zh ong
	// guo2 g uo
	// xi x i
	// an  an
	// nüe4 n üe
	// <nil>
}

func ExampleIndex() {
	x := pinyin.NewIndex([]pinyin.Entry{{Word: "中国人", Weight: 2}, {Word: "张国荣", Weight: 1}, {Word: "重庆", Weight: 1}})
	for _, query := range []string{"zhgr", "zguoren", "中guo", "cq"} {
		fmt.Print(query, ":")
		for _, m := range x.Find(query) {
			fmt.Print(" ", m.Word)
		}
		fmt.Println()
	}
	// Output:
	// zhgr: 中国人 张国荣
	// zguoren: 中国人
	// 中guo: 中国人
	// cq: 重庆
}

func ExampleFuzzy_Keys() {
	heard, contact := pinyin.AllFuzzy.Keys("臧晓林"), pinyin.AllFuzzy.Keys("张小玲")
	fmt.Println(heard, contact)
	// Output:
	// [zan xiao lin] [zan xiao lin]
}
