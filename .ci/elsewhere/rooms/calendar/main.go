// A program with one room of locale, built to weigh it.
package main

import (
	"fmt"
	"os"
	"time"

	"github.com/zhushou-ai/zhushou/locale/calendar"
)

func main() {
	lunar, err := calendar.DateOf(time.Now()).Lunar()
	fmt.Println(os.Args[0], lunar, err)
}
