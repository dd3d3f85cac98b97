// A program with one room of locale, built to weigh it.
package main

import (
	"fmt"
	"os"
	"time"

	"github.com/zhushou-ai/zhushou/locale/when"
)

func main() {
	fmt.Println(when.Parse(os.Args[0], time.Now(), when.Options{}))
}
