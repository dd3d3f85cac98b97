// Vendors is the smallest program with all vendors, to weigh it.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers"
)

func main() {
	m, err := providers.Open(os.Args[len(os.Args)-1])
	if err == nil {
		var answer string
		if answer, err = (&assistant.Assistant{Model: m}).Ask(context.Background(), "你好"); err == nil {
			fmt.Println(answer)
			return
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
