// A program with one room of locale, built to weigh it.
package main

import (
	"fmt"
	"os"

	"github.com/zhushou-ai/zhushou/locale/language"
)

func main() {
	fmt.Println(language.Detect(os.Args[0]))
}
