// A program with one room of locale, built to weigh it.
package main

import (
	"fmt"
	"os"
	"time"

	"github.com/zhushou-ai/zhushou/locale/entity"
)

func main() {
	fmt.Println(entity.Find(os.Args[0], time.Now()))
}
