// A program with one room of locale, built to weigh it.
package main

import (
	"fmt"
	"os"

	"github.com/zhushou-ai/zhushou/locale/normalize"
)

func main() {
	fmt.Println(normalize.Search.String(os.Args[0]))
}
