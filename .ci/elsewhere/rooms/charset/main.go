// A program with one room of locale, built to weigh it.
package main

import (
	"fmt"
	"os"

	"github.com/zhushou-ai/zhushou/locale/charset"
)

func main() {
	text, guess := charset.Decode([]byte(os.Args[0]))
	fmt.Println(text, guess)
}
