package ondevice

import (
	"context"
	"fmt"
	"testing"

	"github.com/zhushou-ai/zhushou/assistant"
)

func BenchmarkUnderstand(b *testing.B) {
	many := append([]*assistant.ToolSpec(nil), tools...)
	for i := len(many); i < 20; i++ {
		many = append(many, &assistant.ToolSpec{
			Name: fmt.Sprintf("device_%d", i), Description: fmt.Sprintf("控制%d号设备的开关和模式", i),
			Schema:   object(`"mode"`, `"mode":{"type":"string","enum":["自动","睡眠","强力"]},"text":{"type":"string"}`),
			Examples: []string{fmt.Sprintf("把%d号设备调成{mode}模式", i), "切换到{mode}模式", "设备播报{text}", "提醒设备{text}"},
		})
	}
	e := newTestEngine()
	for _, text := range []string{"提醒我明天下午三点去接孩子", "附近有什么好吃的", "把客厅的灯打开，然后明天早上七点叫我起床"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				e.Understand(context.Background(), text, Context{Tools: many})
			}
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		newToolset(tools, new(trained), nil)
	}
}
