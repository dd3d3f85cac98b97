package main

import (
	"testing"

	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
)

func TestAsk(t *testing.T) {
	got, err := ask(assistanttest.Script(assistanttest.Say("你好!")), "你好")
	if err != nil || got != "你好!" {
		t.Fatalf("got %q, %v", got, err)
	}
}
