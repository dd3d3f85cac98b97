// A program with one room of locale, built to weigh it.
package main

import (
	"fmt"
	"os"

	"github.com/zhushou-ai/zhushou/locale/match"
)

func main() {
	m, err := match.New(match.Config{Words: []match.Word{{Text: os.Args[0]}}})
	fmt.Println(m.Contains(os.Args[0]), err)
}
