// A program with one room of locale, built to weigh it.
package main

import (
	"fmt"
	"os"

	"github.com/zhushou-ai/zhushou/locale/segment"
)

func main() {
	fmt.Println(segment.Words(os.Args[0]))
}
