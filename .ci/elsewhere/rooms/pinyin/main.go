// A program with one room of locale, built to weigh it.
package main

import (
	"fmt"
	"os"

	"github.com/zhushou-ai/zhushou/locale/pinyin"
)

func main() {
	fmt.Println(pinyin.String(os.Args[0], pinyin.ToneMark))
}
