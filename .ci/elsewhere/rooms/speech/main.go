// A program with one room of locale, built to weigh it.
package main

import (
	"fmt"
	"os"

	"github.com/zhushou-ai/zhushou/locale/speech"
)

func main() {
	fmt.Println(speech.Spoken(os.Args[0], speech.Profile{}), speech.Written(os.Args[0], speech.Profile{}))
}
