package locale_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/locale"
)

// The calls that are wanted most.
func Example() {
	fmt.Println(strings.Join(locale.Words("王小明在清華大學研究生命科學"), "/"))
	fmt.Println(locale.Taiwan("鼠标和内存"))
	fmt.Println(locale.Pinyin("银行行长重新长跑"))
	fmt.Println(locale.Initials("中国人"))
	fmt.Println(locale.Truncate("一二三四五", 7))

	names := []string{"张伟", "李娜", "Anna", "王芳"}
	locale.Sort(names)
	fmt.Println(names)

	n, err := locale.Number("三万五")
	fmt.Println(n, err)

	ref := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for _, m := range locale.Times("明天早上八点开会", ref) {
		fmt.Println(m.Text, m.Time.Format("01-02 15:04"))
	}
	fmt.Println(locale.Spoken("今天38°C，请打12306"))
	fmt.Println(locale.Written("下午三点半，打八五折"))
	fmt.Println(locale.Mask("我叫张伟，手机13812345678"))
	// Output:
	// 王小明/在/清華/大學/研究/生命/科學
	// 滑鼠和記憶體
	// yín háng háng zhǎng chóng xīn cháng pǎo
	// zgr
	// 一二三…
	// [Anna 李娜 王芳 张伟]
	// 35000 <nil>
	// 明天早上八点 11-23 08:00
	// 今天三十八摄氏度，请打幺二三零六
	// 下午3:30，打85折
	// 我叫张*，手机138****5678
}

func ExampleEntities() {
	ref := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for _, e := range locale.Entities("明天八点提醒我给13812345678转三块五", ref) {
		fmt.Println(e.Kind, e.Text)
	}
	// Output:
	// 时间 明天八点
	// 私密 13812345678
	// 金额 三块五
}
