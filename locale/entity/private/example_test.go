package private_test

import (
	"fmt"
	"time"

	"github.com/zhushou-ai/zhushou/locale/entity"
	"github.com/zhushou-ai/zhushou/locale/entity/private"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

func Example() {
	for _, e := range entity.Find("我叫张伟，电话010-62345678，要两张票", time.Now(), private.Data{}) {
		if f, ok := e.Value.(privacy.Finding); ok {
			fmt.Println(e.Kind, e.Text, f.Type, f.Confidence)
		} else {
			fmt.Println(e.Kind, e.Text)
		}
	}
	// Output:
	// 私密 张伟 姓名 很可能
	// 私密 010-62345678 座机号 确定
	// 个数 两张
}
