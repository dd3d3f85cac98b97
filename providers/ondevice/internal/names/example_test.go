package names_test

import (
	"fmt"
	"slices"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/names"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

func Example() {
	x := names.Collect(slices.Values([]names.Name{
		{Value: "light.2", Text: "查理2号", Aliases: []string{"小查"}},
		{Value: "u1", Text: "李晓明"},
	}))
	for _, h := range x.Find(names.Of(view.OfString("打开查理二号"))) {
		fmt.Println("as written:", x.Value(h.Name), h.Start, h.End)
	}
	for _, h := range x.Alike(names.Of(view.OfString("给李小名打电话"))) {
		fmt.Println("as it sounds:", x.Name(h.Name).Text, h.Start, h.End)
	}
	hits := x.Nearest("黎小冥", 2)
	fmt.Println("nearest:", x.Name(hits[0].Name).Text, x.Sure(hits))
	// Output:
	// as written: light.2 2 6
	// as it sounds: 李晓明 1 4
	// nearest: 李晓明 true
}
