// A program with one room of locale, built to weigh it.
package main

import (
	"fmt"
	"os"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

func main() {
	fmt.Println(privacy.Mask(os.Args[0]))
}
