package main

import (
	"context"
	"fmt"
	"io"

	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills"
)

// A phone that reaches nobody: it prints what a real one would do.
type phone struct{ out io.Writer }

// people are the contacts. All are invented.
func people() *ondevice.Names {
	return ondevice.NewNames([]ondevice.Name{
		{Text: "妈妈", Aliases: []string{"老妈", "我妈"}}, {Text: "爸爸", Aliases: []string{"老爸", "我爸"}},
		{Text: "张伟"}, {Text: "王芳"}, {Text: "李娜"}, {Text: "赵磊"},
	})
}

func (p *phone) Call(_ context.Context, person string) error {
	fmt.Fprintf(p.out, "（演示：这里会拨给%s）", person)
	return nil
}

func (p *phone) Send(_ context.Context, person, text string) error {
	fmt.Fprintf(p.out, "（演示：这里会发给%s）", person)
	return nil
}

func (p *phone) Messages(_ context.Context, person string) ([]skills.TextMessage, error) {
	if person != "" && person != "李娜" {
		return nil, nil
	}
	return []skills.TextMessage{{From: "李娜", Text: "周末一起去爬山吗？"}}, nil
}
