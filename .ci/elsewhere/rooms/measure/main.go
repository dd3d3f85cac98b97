// A program with one room of locale, built to weigh it.
package main

import (
	"fmt"
	"os"

	"github.com/zhushou-ai/zhushou/locale/measure"
)

func main() {
	fmt.Println(measure.Width(os.Args[0]), measure.Tokens(os.Args[0], measure.O200k))
}
