package ondevice_test

import (
	"encoding/json"
	"testing"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

// The engine keeps the contract of every model, with calls, questions and refusals.
func TestContract(t *testing.T) {
	timer := &assistant.ToolSpec{
		Name: "set_timer", Description: "倒计时",
		Schema:   json.RawMessage(`{"type":"object","properties":{"length":{"type":"string","format":"duration","description":"时长"}},"required":["length"]}`),
		Examples: []string{"定一个{length}的倒计时", "开始倒计时"},
	}
	for name, sentence := range map[string]string{"call": "定一个十分钟的倒计时", "question": "开始倒计时", "refusal": "写一首诗"} {
		t.Run(name, func(t *testing.T) {
			providertest.Run(t, func() assistant.Model { return ondevice.New(ondevice.Config{}) }, providertest.Options{
				Request: func() *assistant.Request {
					return &assistant.Request{Messages: []assistant.Message{assistant.User(sentence)}, Tools: []*assistant.ToolSpec{timer}}
				},
			})
		})
	}
}
