// A program with one room of locale, built to weigh it.
package main

import (
	"fmt"
	"os"

	"github.com/zhushou-ai/zhushou/locale/number"
)

func main() {
	fmt.Println(number.Parse(os.Args[0]))
}
