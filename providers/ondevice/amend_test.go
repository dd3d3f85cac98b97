package ondevice

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// TestAmend corrects what is in objects, while the user is asked whether that is meant and afterwards.
func TestAmend(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	const shipment = "创建快递运单，寄件人姓名是赵磊，寄件人电话是13800138000，收件人姓名是孙丽，收件人电话是13511112222，收件地址是苏州市人民路1号，包裹重量2千克"
	const sender = `"sender":{"name":"赵磊","phone":"13800138000"}`
	person := `{"type":"object","required":["name"],"properties":{"name":{"type":"string","description":"姓名"},"phone":{"type":"string","description":"联系电话"}}`
	order := &assistant.ToolSpec{Name: "place_order", Description: "下订单", Schema: object(`"receiver"`, `"receiver":`+person+`,"description":"收件人"},"payer":`+person+`,"description":"付款人"}`)}
	const ordered = "下订单，收件人姓名是王芳，联系电话是13800138000，付款人姓名是陈静，联系电话是13700137000"
	const vital = "记录生命体征：住院号A1102，体温36.8摄氏度，心率76次"
	for _, c := range []struct {
		name, before, says string
		tool               *assistant.ToolSpec
		args               string // none if nothing may change
	}{
		{"a property by its name", shipment, "不，收件人电话改成13900001111", parcel, `{` + sender + `,"receiver":{"name":"孙丽","phone":"13900001111","address":"苏州市人民路1号"},"weight":2}`},
		{"with the object before it", shipment, "把收件人的电话换成13900001111吧", parcel, `{` + sender + `,"receiver":{"name":"孙丽","phone":"13900001111","address":"苏州市人民路1号"},"weight":2}`},
		{"an object by its name", shipment, "收件人改成李四", parcel, `{` + sender + `,"receiver":{"name":"李四","phone":"13511112222","address":"苏州市人民路1号"},"weight":2}`},
		{"an object, and a value of one sort", shipment, "寄件人改成13900001111", parcel, `{"sender":{"name":"赵磊","phone":"13900001111"},"receiver":{"name":"孙丽","phone":"13511112222","address":"苏州市人民路1号"},"weight":2}`},
		{"old and new", shipment, "不是孙丽，是孙莉", parcel, `{` + sender + `,"receiver":{"name":"孙莉","phone":"13511112222","address":"苏州市人民路1号"},"weight":2}`},
		{"two at once", shipment, "收件人姓名改成李四，收件人电话改成13900001111", parcel, `{` + sender + `,"receiver":{"name":"李四","phone":"13900001111","address":"苏州市人民路1号"},"weight":2}`},
		{"a text", shipment, "收件地址改成杭州市文一路8号", parcel, `{` + sender + `,"receiver":{"name":"孙丽","phone":"13511112222","address":"杭州市文一路8号"},"weight":2}`},
		{"beside the objects", shipment, "包裹重量改成3千克", parcel, `{` + sender + `,"receiver":{"name":"孙丽","phone":"13511112222","address":"苏州市人民路1号"},"weight":3}`},
		{"it may be either", shipment, "电话改成13900001111", parcel, ``},
		{"names that objects share", ordered, "付款人的联系电话改成13900001111", order, `{"receiver":{"name":"王芳","phone":"13800138000"},"payer":{"name":"陈静","phone":"13900001111"}}`},
		{"who the object is", ordered, "不，收件人改成李四", order, `{"receiver":{"name":"李四","phone":"13800138000"},"payer":{"name":"陈静","phone":"13700137000"}}`},
		{"a name that objects share", ordered, "联系电话改成13900001111", order, ``},
		{"a number by its name", vital, "不对，体温是37.2摄氏度", vitals, `{"patient_id":"A1102","signs":{"temperature":37.2,"heart_rate":76}}`},
		{"a number, changed", vital, "心率改成80", vitals, `{"patient_id":"A1102","signs":{"temperature":36.8,"heart_rate":80}}`},
		{"old and new numbers", vital, "不是76，是80", vitals, `{"patient_id":"A1102","signs":{"temperature":36.8,"heart_rate":80}}`},
		{"a number that may be either", vital, "不对，80", vitals, ``},
		{"deep inside", "我家有12亩小麦，土壤湿度35%，制定一个灌溉方案", "土壤湿度改成40%", irrigation, `{"field":{"area_mu":12,"crop":"小麦","soil":{"moisture":40}}}`},
		{"what was not said before", "我家有12亩小麦，制定一个灌溉方案", "不对，土壤湿度是40%，作物是水稻", irrigation, `{"field":{"area_mu":12,"crop":"水稻","soil":{"moisture":40}}}`},
		{"the only element", "分析五班的数学考试成绩，学生姓名小明，考试分数85。", "考试分数改成90", grades, `{"class_name":"五班","subject":"数学","scores":[{"student":"小明","score":90}]}`},
		{"one of several elements", "分析五班的数学考试成绩，学生姓名小明，考试分数92，学生姓名小红，考试分数85。", "考试分数改成90", grades, ``},
		{"something else", vital, "今天天气怎么样", vitals, ``},
		{"no value", vital, "体温改成很高", vitals, ``},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			cx := Context{Tools: []*assistant.ToolSpec{c.tool}, Now: now}
			first := e.Understand(context.Background(), c.before, cx)
			require.NotEmpty(t, first.Candidates)
			for _, phase := range []Phase{Confirming, Done} {
				cx.State = State{Phase: phase, Said: now, Commands: []Command{{Tool: c.tool.Name, Arguments: []byte(first.Candidates[0].Arguments), Confidence: 0.95}}}
				in := e.Understand(context.Background(), c.says, cx)
				if c.args == "" {
					require.NotEqual(t, Correction, in.Move, "%s: %+v", phase, in)
					continue
				}
				require.Equal(t, Correction, in.Move, "%s: %+v", phase, in)
				require.JSONEq(t, c.args, in.Candidates[0].Arguments)
				require.Equal(t, Confirm, in.Decision(), "what is in objects is confirmed: %+v", in)
				checkStated(t, in)
			}
		})
	}
}
