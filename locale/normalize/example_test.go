package normalize_test

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/text/transform"

	"github.com/zhushou-ai/zhushou/locale/normalize"
)

func Example() {
	fmt.Println(normalize.Search.String("ＡＢＣ銀行\u200B"))
	fmt.Println(normalize.Tidy.String("请看　第１页，谢谢！"))
	fmt.Println(normalize.Options{Form: normalize.NFKC}.String("ﾊﾟｰﾃｨｰ 5㎞"))
	// Output:
	// abc银行
	// 请看 第1页，谢谢！
	// パーティー 5km
}

func ExampleOptions_Mapped() {
	text := "我要去ＩＣＢＣ銀行"
	normal, way := normalize.Search.Mapped(text)
	i := strings.Index(normal, "icbc银行")
	start, end := way.Range(i, i+len("icbc银行"))
	fmt.Println(text[start:end])
	// Output: ＩＣＢＣ銀行
}

func ExampleSpacing() {
	text := "请用Go 1.26编译程序(第3章)"
	fmt.Println(normalize.Options{Spacing: normalize.Pangu}.String(text))
	fmt.Println(normalize.Options{Spacing: normalize.AutoCorrect}.String("今天发布v1.2.3,快来下载!"))
	// Output:
	// 请用 Go 1.26 编译程序 (第 3 章)
	// 今天发布 v1.2.3，快来下载！
}

func ExamplePunctuation() {
	full := normalize.Options{Punctuation: normalize.FullPunctuation}
	fmt.Println(full.String(`他说:"好,3,000元,成交"...`))
	half := normalize.Options{Punctuation: normalize.HalfPunctuation}
	fmt.Println(half.String("他说：“好，成交。”"))
	// Output:
	// 他说：“好，3,000元，成交”……
	// 他说: "好, 成交."
}

func ExampleEmoji() {
	fmt.Printf("%q\n", normalize.Options{Emoji: normalize.RemoveEmoji, Space: normalize.TidySpace}.String("早上好 👨‍👩‍👧 ！👍🏽"))
	// Output: "早上好 ！"
}

func ExampleNewSpelling() {
	spelling := normalize.NewSpelling([]string{"GitHub", "iOS"}, map[string]string{"wifi": "Wi-Fi"})
	o := normalize.Options{Spacing: normalize.AutoCorrect, Spelling: spelling}
	fmt.Println(o.String("在ios上打开wifi,访问github"))
	// Output: 在 iOS 上打开 Wi-Fi，访问 GitHub
}

func ExampleOptions_Transformer() {
	tidy := transform.NewReader(strings.NewReader("边读边\u200B整理"), normalize.Tidy.Transformer())
	if _, err := io.Copy(os.Stdout, tidy); err != nil {
		fmt.Println(err)
	}
	// Output: 边读边整理
}
