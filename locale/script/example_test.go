package script_test

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/text/transform"

	"github.com/zhushou-ai/zhushou/locale/script"
)

func Example() {
	fmt.Println(script.S2T.String("头发发白"))
	fmt.Println(script.S2TWP.String("用鼠标打开软件"))
	fmt.Println(script.TW2SP.String("用滑鼠開啟軟體"))
	// Output:
	// 頭髮發白
	// 用滑鼠開啟軟體
	// 用鼠标打开软件
}

func ExampleConverter_With() {
	converter, err := script.S2TWP.With(
		script.Pair{From: "云助手", To: "雲端小幫手"},
		script.Pair{From: "鼠标垫", To: "鼠标垫"}, // 保持原样
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(converter.String("云助手推荐鼠标和鼠标垫"))
	// Output: 雲端小幫手推薦滑鼠和鼠标垫
}

func ExampleConverter_Transformer() {
	traditional := transform.NewReader(strings.NewReader("边读边转换"), script.S2T.Transformer())
	if _, err := io.Copy(os.Stdout, traditional); err != nil {
		fmt.Println(err)
	}
	// Output: 邊讀邊轉換
}

func ExampleDetect() {
	for _, text := range []string{"我们去图书馆", "這個軟體用滑鼠操作", "中文"} {
		d := script.Detect(text)
		fmt.Printf("%s %s %.2f\n", d.Script, d.Region, d.Confidence)
	}
	// Output:
	// Hans CN 0.80
	// Hant TW 0.80
	// Unknown  0.00
}
