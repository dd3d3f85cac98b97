// A program with one room of locale, built to weigh it.
package main

import (
	"fmt"
	"os"

	"github.com/zhushou-ai/zhushou/locale/quantity"
)

func main() {
	fmt.Println(quantity.Parse(os.Args[0]))
}
