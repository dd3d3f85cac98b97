// Hello is the smallest program with one vendor, built outside the library to prove that it can be
// imported, and to weigh it.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/qwen"
)

func ask(m assistant.Model, question string) (string, error) {
	a := &assistant.Assistant{Model: m}
	return a.Ask(context.Background(), question)
}

func main() {
	m, err := qwen.New(qwen.Config{Model: "qwen-plus"})
	if err == nil {
		var answer string
		if answer, err = ask(m, "你好"); err == nil {
			fmt.Println(answer)
			return
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
