package ondevice

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// An amount that says more than the number in it is taken whole, with its unit in the phrase or without.
func TestUnderstandAmounts(t *testing.T) {
	t.Parallel()
	number := func(name, description, arg, about string, examples ...string) *assistant.ToolSpec {
		return &assistant.ToolSpec{Name: name, Description: description, Examples: examples,
			Schema: object(`"`+arg+`"`, `"`+arg+`":{"type":"number","description":"`+about+`"}`)}
	}
	tools := []*assistant.ToolSpec{
		number("transfer", "转账", "amount", "金额，元", "转账{amount}", "转{amount}块给他"),
		number("thermostat", "设定空调温度", "degrees", "摄氏度", "空调调到{degrees}度", "把空调温度设为{degrees}"),
		number("weigh", "记录体重", "jin", "斤", "记一下体重{jin}", "今天体重{jin}斤"),
	}
	e := newTestEngine()
	for _, c := range []struct{ text, tool, args string }{
		{"转账三百块", "transfer", `{"amount":300}`},
		{"转账三块五", "transfer", `{"amount":3.5}`},
		{"转三块五给他", "transfer", `{"amount":3.5}`},
		{"轉賬１２塊８", "transfer", `{"amount":12.8}`},
		{"转账一千二百五十块五毛", "transfer", `{"amount":1250.5}`},
		{"空调调到26度", "thermostat", `{"degrees":26}`},
		{"空调调到二十六度五", "thermostat", `{"degrees":26.5}`},
		{"把空调温度设为零下五度", "thermostat", `{"degrees":-5}`},
		{"今天体重一百二十斤半", "weigh", `{"jin":120.5}`},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			in := e.Understand(context.Background(), c.text, Context{Tools: tools})
			require.Equal(t, Act, in.Decision(), "%+v", in)
			require.Equal(t, c.tool, in.Candidates[0].Tool.Name)
			require.JSONEq(t, c.args, in.Candidates[0].Arguments)
		})
	}
	for _, text := range []string{"转账三到五百块", "转账至少三块五"} {
		in := e.Understand(context.Background(), text, Context{Tools: tools})
		require.NotEqual(t, Act, in.Decision(), "%s is not exact: %+v", text, in)
	}
}
