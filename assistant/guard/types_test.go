package guard_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/guard"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// planted is one of each type, with the words that people put before it. All are made up.
var planted = map[privacy.Type][2]string{
	privacy.ResidentID:          {"身份证号", "11010519491231002X"},
	privacy.ResidencePermit:     {"居住证号", "810000199408230021"},
	privacy.HongKongMacauPermit: {"回乡证号", "H12345678"},
	privacy.TaiwanPermit:        {"台胞证号", "12345678"},
	privacy.Passport:            {"护照号", "E12345678"},
	privacy.Mobile:              {"手机号", "13812345678"},
	privacy.Landline:            {"座机", "010-62345678"},
	privacy.BankCard:            {"银行卡号", "6222020200112233448"},
	privacy.CreditCode:          {"统一社会信用代码", "91110108551385082Q"},
	privacy.Plate:               {"车牌号", "京A12345"},
	privacy.VIN:                 {"车架号", "LSVAU2180N2183294"},
	privacy.IMEI:                {"IMEI", "490154203237518"},
	privacy.MAC:                 {"网卡地址", "00-1A-2B-3C-4D-5E"},
	privacy.IPv4:                {"IP地址", "192.168.31.77"},
	privacy.IPv6:                {"IPv6地址", "2001:db8::ff00:42:8329"},
	privacy.Email:               {"邮箱", "zhang.wei@example.com"},
	privacy.QQ:                  {"QQ号", "287654321"},
	privacy.WeChat:              {"微信号", "wx_abc12345"},
	privacy.Name:                {"姓名", "欧阳文轩"},
	privacy.Address:             {"地址", "北京市海淀区中关村大街1号院2号楼301室"},
	privacy.BirthDate:           {"出生日期", "1990年3月5日"},
}

// Data of every type, wherever it stands, is not sent, comes back whole, and goes back to tools.
func TestMaskTypeByType(t *testing.T) {
	t.Parallel()
	for kind, p := range planted {
		t.Run(kind.String(), func(t *testing.T) {
			t.Parallel()
			label, value := p[0], p[1]
			text := fmt.Sprintf("您好，我的%s：%s，请帮我登记。", label, value)
			arguments, err := json.Marshal(map[string]any{"kind": "登记", label: value})
			require.NoError(t, err)
			result := fmt.Sprintf(`{"ok":true,"items":[{"%s": "%s"}]}`, label, value)
			req := request(assistant.System("客户资料："+label+"："+value), assistant.User(text),
				assistant.Message{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.ToolCall{ID: "1", Name: "f", Arguments: string(arguments)}}},
				assistant.Results(assistant.ToolResult{ID: "1", Name: "f", Parts: []assistant.Part{assistant.Text{Text: result}}}))
			var script *assistanttest.Model
			echo := assistanttest.Script(assistanttest.Say("好"))
			ask(t, guard.Mask{}.Wrap(echo), req)
			masked := echo.Requests()[0]
			require.NotContains(t, sent(t, echo), value)
			script = assistanttest.Script(assistanttest.Chunks(
				assistant.Chunk{Text: masked.Messages[1].Text()}, assistant.Chunk{ToolCalls: masked.Messages[2].ToolCalls()}, assistant.Chunk{Finish: assistant.FinishToolCalls}))
			reply := ask(t, guard.Mask{}.Wrap(script), req)
			require.Equal(t, text, reply.Text())
			require.JSONEq(t, string(arguments), reply.ToolCalls()[0].Arguments)
		})
	}
}
