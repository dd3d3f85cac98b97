// A program with one room of locale, built to weigh it.
package main

import (
	"fmt"
	"os"

	"github.com/zhushou-ai/zhushou/locale/collate"
)

func main() {
	fmt.Println(collate.Pinyin.Key(os.Args[0]))
}
