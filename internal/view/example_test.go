package view_test

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/internal/view"
)

func Example() {
	fmt.Println(view.Uint16s("\x01\x00\x02\x01"), view.Uint32s("\x01\x00\x02\x00"))
	// Output: [1 258] [131073]
}
