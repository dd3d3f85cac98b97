package locale_test

import (
	"fmt"
	"time"

	"github.com/zhushou-ai/zhushou/locale/number"
	"github.com/zhushou-ai/zhushou/locale/quantity"
	"github.com/zhushou-ai/zhushou/locale/script"
	"github.com/zhushou-ai/zhushou/locale/when"
)

// Each room reads Chinese text in its own way.
func Example() {
	n, err := number.Parse("三万五")
	fmt.Println(n, err)

	ref := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for _, m := range when.Parse("明天早上八点开会", ref, when.Options{}) {
		fmt.Println(m.Text, m.Time.Format("01-02 15:04"))
	}

	q, err := quantity.Parse("三斤二两")
	fmt.Println(q, err)

	fmt.Println(script.S2TWP.String("鼠标和内存"))
	// Output:
	// 35000 <nil>
	// 明天早上八点 11-23 08:00
	// 3.2斤 <nil>
	// 滑鼠和記憶體
}
