// A program with one room of locale, built to weigh it.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Println(os.Args[0])
}
