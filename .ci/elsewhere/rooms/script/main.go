// A program with one room of locale, built to weigh it.
package main

import (
	"fmt"
	"os"

	"github.com/zhushou-ai/zhushou/locale/script"
)

func main() {
	fmt.Println(script.S2TWP.String(os.Args[0]))
}
