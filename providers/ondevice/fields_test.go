package ondevice

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// The tools of several trades, none of which comes with a phrase.
var (
	transfer = &assistant.ToolSpec{Name: "bank_transfer", Description: "向他人的银行账户转账", Schema: object(`"payee","account","amount"`, `
		"payee":{"type":"string","description":"收款人姓名"},
		"account":{"type":"string","description":"收款账号","pattern":"^[0-9]{10,19}$"},
		"amount":{"type":"number","description":"转账金额，单位为元"}`)}
	loan = &assistant.ToolSpec{Name: "loan_estimator", Description: "测算贷款每月的还款额", Schema: object(`"loan"`, `
		"loan":{"type":"object","description":"贷款信息","required":["principal","annual_rate","months"],"properties":{
			"principal":{"type":"number","description":"贷款本金，单位为元"},
			"annual_rate":{"type":"number","description":"年利率，百分比表示"},
			"months":{"type":"integer","description":"贷款期限，以月为单位"}}},
		"repay":{"type":"string","description":"还款方式：等额本息=equal，等额本金=principal","enum":["equal","principal"]}`)}
	flights = &assistant.ToolSpec{Name: "search_flights", Description: "查询两地之间的航班", Schema: object(`"origin","destination","depart_date"`, `
		"origin":{"type":"string","description":"出发城市"},
		"destination":{"type":"string","description":"到达城市"},
		"depart_date":{"type":"string","format":"date","description":"出发日期"},
		"cabin":{"type":"string","description":"舱位等级：经济舱=economy，商务舱=business","enum":["economy","business"]}`)}
	hotel = &assistant.ToolSpec{Name: "book_hotel", Description: "预订酒店客房", Schema: object(`"city","stay"`, `
		"city":{"type":"string","description":"酒店所在城市"},
		"stay":{"type":"object","description":"入住信息","required":["check_in","check_out"],"properties":{
			"check_in":{"type":"string","format":"date","description":"入住日期"},
			"check_out":{"type":"string","format":"date","description":"离店日期"}}},
		"room_type":{"type":"string","description":"房型，例如大床房、双床房、套房"}`)}
	vitals = &assistant.ToolSpec{Name: "vital_sign_recorder", Description: "记录病人的生命体征", Schema: object(`"patient_id","signs"`, `
		"patient_id":{"type":"string","description":"病人的住院号"},
		"signs":{"type":"object","required":["temperature","heart_rate"],"properties":{
			"temperature":{"type":"number","description":"体温，单位为摄氏度"},
			"heart_rate":{"type":"integer","description":"心率，每分钟心跳次数"},
			"blood_pressure":{"type":"object","description":"血压","properties":{
				"systolic":{"type":"integer","description":"收缩压，单位毫米汞柱"},
				"diastolic":{"type":"integer","description":"舒张压，单位毫米汞柱"}}}}}`)}
	parcel = &assistant.ToolSpec{Name: "create_shipment", Description: "创建快递运单", Schema: object(`"sender","receiver","weight"`, `
		"sender":{"type":"object","description":"寄件人信息","required":["name","phone"],"properties":{
			"name":{"type":"string","description":"寄件人姓名"},"phone":{"type":"string","description":"寄件人电话"}}},
		"receiver":{"type":"object","description":"收件人信息","required":["name","phone","address"],"properties":{
			"name":{"type":"string","description":"收件人姓名"},"phone":{"type":"string","description":"收件人电话"},"address":{"type":"string","description":"收件地址"}}},
		"weight":{"type":"number","description":"包裹重量，单位为千克"},
		"fragile":{"type":"boolean","description":"是否为易碎品"}`)}
	grades = &assistant.ToolSpec{Name: "exam_score_analyzer", Description: "分析班级的考试成绩", Schema: object(`"class_name","subject","scores"`, `
		"class_name":{"type":"string","description":"班级名称"},
		"subject":{"type":"string","description":"科目，如语文、数学、英语"},
		"scores":{"type":"array","description":"学生成绩列表","items":{"type":"object","required":["student","score"],"properties":{
			"student":{"type":"string","description":"学生姓名"},"score":{"type":"number","description":"考试分数"}}}}`)}
	machine = &assistant.ToolSpec{Name: "equipment_fault_diagnosis", Description: "诊断工厂设备的故障", Schema: object(`"equipment_id","readings"`, `
		"equipment_id":{"type":"string","description":"设备编号"},
		"readings":{"type":"object","required":["vibration","temperature"],"properties":{
			"vibration":{"type":"number","description":"振动值，单位毫米每秒"},
			"temperature":{"type":"number","description":"轴承温度，单位摄氏度"}}},
		"fault_code":{"type":"string","description":"故障代码","pattern":"^E[0-9]{3}$"}`)}
	irrigation = &assistant.ToolSpec{Name: "irrigation_planner", Description: "制定农田灌溉方案", Schema: object(`"field"`, `
		"field":{"type":"object","required":["area_mu","crop"],"properties":{
			"area_mu":{"type":"number","description":"地块面积，单位为亩"},
			"crop":{"type":"string","description":"种植的作物，如小麦、玉米、水稻"},
			"soil":{"type":"object","description":"土壤情况","properties":{"moisture":{"type":"number","description":"土壤湿度，百分比表示"}}}}},
		"water_source":{"type":"string","description":"水源类型，例如河水、井水、水库"}`)}
	contract = &assistant.ToolSpec{Name: "contract_reviewer", Description: "审查合同条款中的法律风险", Schema: object(`"contract_no","parties"`, `
		"contract_no":{"type":"string","description":"合同编号"},
		"parties":{"type":"object","description":"合同双方","required":["party_a","party_b"],"properties":{
			"party_a":{"type":"string","description":"甲方名称"},"party_b":{"type":"string","description":"乙方名称"}}},
		"focus":{"type":"array","items":{"type":"string"},"description":"重点审查的条款，如违约责任、保密、付款"}`)}
	drone = &assistant.ToolSpec{Name: "drone_inspection", Description: "规划无人机电力巡检航线", Schema: object(`"route"`, `
		"route":{"type":"object","required":["start","end"],"properties":{
			"start":{"type":"object","description":"起飞点坐标","required":["lat","lon"],"properties":{"lat":{"type":"number","description":"纬度"},"lon":{"type":"number","description":"经度"}}},
			"end":{"type":"object","description":"降落点坐标","required":["lat","lon"],"properties":{"lat":{"type":"number","description":"纬度"},"lon":{"type":"number","description":"经度"}}},
			"altitude":{"type":"number","description":"飞行高度，单位为米"}}}`)}
	privacy = &assistant.ToolSpec{Name: "account_privacy_settings", Description: "修改账户的隐私设置", Schema: object(`"account","options"`, `
		"account":{"type":"string","description":"账户名"},
		"options":{"type":"object","properties":{
			"show_phone":{"type":"boolean","description":"是否公开手机号"},
			"allow_stranger":{"type":"boolean","description":"是否允许陌生人私信"}}}`)}
	recipes = &assistant.ToolSpec{Name: "recipe_finder", Description: "根据食材查找菜谱", Schema: object(`"ingredients"`, `
		"ingredients":{"type":"array","items":{"type":"string"},"description":"现有的食材列表"},
		"minutes":{"type":"integer","description":"烹饪时间，单位为分钟"}`)}
	greenhouse = &assistant.ToolSpec{Name: "greenhouse_controller", Description: "调节温室大棚的环境", Schema: object(`"greenhouse_id","range"`, `
		"greenhouse_id":{"type":"string","description":"大棚的编号"},
		"range":{"type":"object","properties":{
			"lowest":{"type":"number","description":"最低温度，单位为摄氏度"},"highest":{"type":"number","description":"最高温度，单位为摄氏度"}}}`)}
	kitchen = &assistant.ToolSpec{Name: "dish_advisor", Description: "推荐适合的菜式", Schema: object(`"meal","setting"`, `
		"meal":{"type":"string","description":"餐次，例如早餐、晚餐"},
		"setting":{"type":"object","properties":{
			"tools":{"type":"array","items":{"type":"string"},"description":"可用的厨具"},
			"spicy":{"type":"string","description":"辣度"},
			"extra":{"type":"object","description":"其他要求","properties":{"note":{"type":"string"}}}}}`)}
	cranes = &assistant.ToolSpec{Name: "crane_maintenance", Description: "制定港口起重机的维护计划", Schema: object(`"crane"`, `
		"crane":{"type":"object","required":["crane_no","hours"],"properties":{
			"crane_no":{"type":"string","description":"起重机的编号"},
			"hours":{"type":"number","description":"累计运行时间，单位为小时"},
			"service":{"type":"string","description":"检修时间，格式为YYYY-MM-DD HH:MM"}}},
		"parts":{"type":"array","items":{"type":"string"},"description":"需要检查的部件，如钢丝绳、制动器"}`)}
	budget = &assistant.ToolSpec{Name: "family_budget", Description: "制定家庭的月度预算", Schema: object(`"household"`, `
		"household":{"type":"object","required":["income","members"],"properties":{
			"income":{"type":"number","description":"家庭收入，单位为元"},"members":{"type":"integer","description":"家庭成员人数"}}},
		"saving":{"type":"number","description":"储蓄目标，单位为元"}`)}
	water = &assistant.ToolSpec{Name: "water_report", Description: "查询水质报告", Schema: object(`"station","begin","end"`, `
		"station":{"type":"string","description":"监测站的唯一标识符"},
		"begin":{"type":"string","format":"date","description":"开始日期"},"end":{"type":"string","format":"date","description":"结束日期"},
		"party":{"type":"string","description":"参观人数"}`)}
	culture = &assistant.ToolSpec{Name: "cell_culture", Description: "优化细胞的培养条件", Schema: object(`"cell","conditions"`, `
		"cell":{"type":"string","description":"细胞名称"},
		"conditions":{"type":"object","description":"培养条件","properties":{
			"temperature":{"type":"number","description":"培养温度，以摄氏度为单位"},"ph":{"type":"number","description":"培养基的pH值"}}}`)}
	bus = &assistant.ToolSpec{Name: "school_bus_router", Description: "规划校车的接送路线", Schema: object(`"school","stops","day"`, `
		"school":{"type":"string","description":"学校名称"},
		"stops":{"type":"array","description":"接送站点列表","items":{"type":"object","required":["stop","pupils"],"properties":{
			"stop":{"type":"string","description":"站点名称"},"pupils":{"type":"integer","maximum":50,"description":"上车学生人数"}}}},
		"day":{"type":"object","required":["date"],"properties":{"date":{"type":"string","format":"date","description":"接送日期"},"seats":{"type":"integer","description":"座位数"}}}`)}
	complaint = &assistant.ToolSpec{Name: "hotel_complaint", Description: "处理客人对酒店的投诉", Schema: object(`"complaint"`, `
		"complaint":{"type":"object","required":["room_no","issue"],"properties":{
			"room_no":{"type":"string","description":"房间号"},"issue":{"type":"string","description":"投诉问题，如噪音、卫生"},"people":{"type":"integer","description":"入住人数"}}}`)}
	trades = []*assistant.ToolSpec{transfer, loan, flights, hotel, vitals, parcel, grades, machine, irrigation, contract, drone, privacy, recipes, greenhouse,
		kitchen, cranes, budget, water, culture, bus, complaint}
)

// TestStated reads requests by the schema of the tool that they are for.
func TestStated(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	for _, c := range []struct {
		text    string
		tool    *assistant.ToolSpec
		args    string
		missing []string
	}{
		// what is said goes where it is named, and what is not said is missing
		{"我要给李建国转5000块钱。", transfer, `{"payee":"李建国","amount":5000}`, []string{"account"}},
		{"帮我转账到6222020200112233445这个账号。", transfer, `{"account":"6222020200112233445"}`, []string{"payee", "amount"}},
		{"给张伟转账200元，收款账号是6217000010012345678。", transfer, `{"payee":"张伟","account":"6217000010012345678","amount":200}`, nil},
		{"查一下下周五从上海出发的航班。", flights, `{"origin":"上海","depart_date":"2026-03-13"}`, []string{"destination"}},
		{"我想飞成都，有什么航班？", flights, `{"destination":"成都"}`, []string{"origin", "depart_date"}},
		{"查一下2026年4月3日从北京到昆明的航班，经济舱。", flights, `{"origin":"北京","destination":"昆明","depart_date":"2026-04-03","cabin":"economy"}`, nil},
		{"用鸡蛋、西红柿和土豆能做什么菜？帮我查找菜谱。", recipes, `{"ingredients":["鸡蛋","西红柿","土豆"]}`, nil},
		// objects
		{"贷款年利率是3.6%，期限360个月，每月还多少？", loan, `{"loan":{"annual_rate":3.6,"months":360}}`, []string{"principal"}},
		{"帮我在杭州订一家酒店，要大床房。", hotel, `{"city":"杭州","room_type":"大床房"}`, []string{"stay"}},
		{"预订酒店，入住日期是2026年5月1日。", hotel, `{"stay":{"check_in":"2026-05-01"}}`, []string{"city", "check_out"}},
		{"记录一下住院号ZY20231的病人体征，体温38.5摄氏度。", vitals, `{"patient_id":"ZY20231","signs":{"temperature":38.5}}`, []string{"heart_rate"}},
		{"我需要记录病人的生命体征，住院号是B3072。", vitals, `{"patient_id":"B3072"}`, []string{"signs"}},
		{"记录生命体征：住院号A1102，体温36.8摄氏度，心率76次，血压收缩压120，舒张压80。", vitals, `{"patient_id":"A1102","signs":{"temperature":36.8,"heart_rate":76,"blood_pressure":{"systolic":120,"diastolic":80}}}`, nil},
		{"我要寄一个3公斤的快递，寄件人姓名是赵磊，寄件人电话是13800138000。", parcel, `{"sender":{"name":"赵磊","phone":"13800138000"},"weight":3}`, []string{"receiver"}},
		{"编号为CNC-07的设备好像有故障，帮我诊断一下。", machine, `{"equipment_id":"CNC-07"}`, []string{"readings"}},
		{"设备振动值是4.2毫米每秒，轴承温度是78摄氏度，帮我诊断故障。", machine, `{"readings":{"vibration":4.2,"temperature":78}}`, []string{"equipment_id"}},
		{"审查一份合同的法律风险，甲方是华星科技。", contract, `{"parties":{"party_a":"华星科技"}}`, []string{"contract_no", "party_b"}},
		{"请审查合同编号HT-2026-018的法律风险，重点看违约责任。", contract, `{"contract_no":"HT-2026-018","focus":["违约责任"]}`, []string{"parties"}},
		{"起飞点坐标纬度31.2，经度121.5，降落点坐标纬度31.3，经度121.6，规划无人机巡检航线。", drone, `{"route":{"start":{"lat":31.2,"lon":121.5},"end":{"lat":31.3,"lon":121.6}}}`, nil},
		{"规划一条无人机巡检航线，飞行高度为120米。", drone, `{"route":{"altitude":120}}`, []string{"start", "end"}},
		{"账户名是sunny88，允许陌生人私信，不公开手机号，修改一下隐私设置。", privacy, `{"account":"sunny88","options":{"show_phone":false,"allow_stranger":true}}`, nil},
		{"编号是GH-12的大棚，温度调节到18到25摄氏度。", greenhouse, `{"greenhouse_id":"GH-12","range":{"lowest":18,"highest":25}}`, nil},
		{"3号起重机该保养了，检查一下钢丝绳和制动器，帮我制定维护计划。", cranes, `{"crane":{"crane_no":"3"},"parts":["钢丝绳","制动器"]}`, []string{"hours"}},
		{"编号是C-9的起重机，检修时间定在2026年5月6日下午两点，累计运行时间3200小时，制定维护计划。", cranes, `{"crane":{"crane_no":"C-9","hours":3200,"service":"2026-05-06 14:00"}}`, nil},
		{"优化培养条件，细胞名称是海拉细胞，温度和pH值分别是37度和7.2。", culture, `{"cell":"海拉细胞","conditions":{"temperature":37,"ph":7.2}}`, nil},
		{"我们15个人去参观，先查一下从2026-05-01到2026-05-07的水质报告，监测站ID是W7。", water, `{"station":"W7","begin":"2026-05-01","end":"2026-05-07","party":"15"}`, nil},
		// an amount that may be any of several is none of those in an object
		{"制定一下家庭预算，希望每个月能存下4000元。", budget, `{"saving":4000}`, []string{"household"}},
		{"家里三口人，家庭收入是15000元，做个月度预算。", budget, `{"household":{"income":15000,"members":3}}`, nil},
		// an object without a description is opened if the sentence speaks of what is in it
		{"推荐一下晚餐的菜式。", kitchen, `{"meal":"晚餐"}`, []string{"setting"}},
		{"推荐一下晚餐的菜式，厨具不多。", kitchen, `{"meal":"晚餐"}`, []string{"tools", "spicy"}},
		// lists of objects
		{"分析一下五班的英语成绩，学生姓名小明，考试分数92，学生姓名小红，考试分数85。", grades, `{"class_name":"五班","subject":"英语","scores":[{"student":"小明","score":92},{"student":"小红","score":85}]}`, nil},
		{"给育才小学规划一下下周三的校车路线。", bus, `{"school":"育才小学","day":{"date":"2026-03-11"}}`, []string{"stops"}},
		{"我要投诉808房间太吵了，酒店的噪音没法睡觉，我们大概4个人。", complaint, `{"complaint":{"room_no":"808","issue":"噪音","people":4}}`, nil},
		{"规划校车接送路线，站点名称是东门，上车学生人数8，站点名称是西门，上车学生人数12。", bus, `{"stops":[{"stop":"东门","pupils":8},{"stop":"西门","pupils":12}]}`, []string{"school", "day"}},
		{"帮我分析一下三年二班的数学考试成绩。", grades, `{"class_name":"三年二班","subject":"数学"}`, []string{"scores"}},
		{"分析五班的数学考试成绩，学生姓名小明。", grades, `{"class_name":"五班","subject":"数学","scores":[{"student":"小明"}]}`, []string{"scores"}},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			in := e.Understand(context.Background(), c.text, Context{Tools: []*assistant.ToolSpec{c.tool}})
			require.NotEmpty(t, in.Candidates)
			got := in.Candidates[0]
			require.JSONEq(t, c.args, got.Arguments)
			if got.more {
				got.Missing = nil // what could be added
			}
			require.Equal(t, c.missing, got.Missing, "%+v", got)
			require.NotEqual(t, Act, in.Decision(), "what no phrase says is not acted on at once")
			checkStated(t, in)
		})
	}
}

// TestStatedInvalid names what was said and the schema forbids.
func TestStatedInvalid(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	for _, c := range []struct {
		text string
		tool *assistant.ToolSpec
		want Invalid
	}{
		{"给周涛转账300元，收款账号是12345。", transfer, Invalid{Name: "account", Source: "12345"}},
		{"设备编号M-1，振动值3，轴承温度60摄氏度，故障代码是X99，诊断一下设备故障。", machine, Invalid{Name: "fault_code", Source: "X99"}},
		{"规划校车接送路线，站点名称是东门，上车学生人数8，站点名称是西门，上车学生人数120。", bus, Invalid{Name: "pupils", Source: "120"}},
	} {
		in := e.Understand(context.Background(), c.text, Context{Tools: []*assistant.ToolSpec{c.tool}})
		require.NotEmpty(t, in.Candidates)
		require.Len(t, in.Candidates[0].Invalid, 1, c.text)
		got := in.Candidates[0].Invalid[0]
		require.NotEmpty(t, got.Reason)
		got.Reason = ""
		require.Equal(t, c.want, got)
	}
}

// TestStatedRefuses gives the same tools what none of them is for.
func TestStatedRefuses(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	for _, s := range []string{
		"帮我把这段英文翻译成中文。", "今天股市大盘涨了多少？", "写一篇关于秋天的作文，字数800字。", "我家的猫最近不吃东西怎么办？",
		"编号为A778的订单什么时候发货？我的手机号是13700001111。", "推荐几部适合周末看的电影。", "预测一下明年的人口出生率，去年是0.6%。",
	} {
		in := e.Understand(context.Background(), s, Context{Tools: trades})
		require.Equal(t, Refuse, in.Decision(), "%s: %+v", s, in)
		require.True(t, len(in.Candidates) == 0 || in.Candidates[0].Confidence < certain)
	}
}

// TestStatedAnswer goes on with what somebody else asked about a request.
func TestStatedAnswer(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	for _, c := range []struct {
		name, request, question, answer string
		tool                            *assistant.ToolSpec
		args                            string
	}{
		{"properties of an object", "帮我记录病人的生命体征。", "请提供病人的住院号、体温和心率。", "住院号是C205，体温37.2摄氏度，心率80次。", vitals, `{"patient_id":"C205","signs":{"temperature":37.2,"heart_rate":80}}`},
		{"beside what was said before", "审查合同，合同编号是HT-9，看看法律风险", "请提供合同双方的名称。", "甲方是天成商贸，乙方是北方物流。", contract, `{"contract_no":"HT-9","parties":{"party_a":"天成商贸","party_b":"北方物流"}}`},
		{"a place and a day", "我要查询去西安的航班", "请告诉我出发城市和出发日期。", "从广州出发，3月20号。", flights, `{"origin":"广州","destination":"西安","depart_date":"2026-03-20"}`},
		{"nothing but the value", "我家有12亩小麦，制定一个灌溉方案", "土壤湿度是多少？", "35%", irrigation, `{"field":{"area_mu":12,"crop":"小麦","soil":{"moisture":35}}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			turns := []assistant.Message{assistant.User(c.request), assistant.Answer(c.question)}
			cx := Context{Tools: []*assistant.ToolSpec{c.tool}, Now: now}
			cx.State = e.remember(context.Background(), turns, cx)
			in := e.Understand(context.Background(), c.answer, cx)
			require.Equal(t, Answer, in.Move, "%+v", in)
			require.JSONEq(t, c.args, in.Candidates[0].Arguments)
			require.Equal(t, Confirm, in.Decision(), "%+v", in)

			cx.State = e.remember(context.Background(), turns, cx)
			in = e.Understand(context.Background(), "珠穆朗玛峰有多高", cx)
			require.Equal(t, Refuse, in.Decision(), "%+v", in)
		})
	}
}

// TestStatedDialogue asks for what is missing until it is told all, and acts when that is confirmed.
func TestStatedDialogue(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	for _, c := range []struct {
		turns []string
		tool  string
		args  string
	}{
		{[]string{"记录病人的生命体征", "住院号是C205", "体温37.2摄氏度，心率80次", "对"}, "vital_sign_recorder", `{"patient_id":"C205","signs":{"temperature":37.2,"heart_rate":80}}`},
		{[]string{"我家有12亩小麦，制定农田灌溉方案", "对"}, "irrigation_planner", `{"field":{"area_mu":12,"crop":"小麦"}}`},
		{[]string{"创建快递运单", "寄件人姓名是赵磊，寄件人电话是13800138000", "收件人姓名是孙丽，收件人电话是13511112222，收件地址是苏州市人民路1号", "2公斤", "是的"}, "create_shipment",
			`{"sender":{"name":"赵磊","phone":"13800138000"},"receiver":{"name":"孙丽","phone":"13511112222","address":"苏州市人民路1号"},"weight":2}`},
		{[]string{"向他人转账", "张伟", "6217000010012345678", "五百块", "对"}, "bank_transfer", `{"payee":"张伟","account":"6217000010012345678","amount":500}`},
		{[]string{"向他人转账", "张伟", "今天天气怎么样"}, "", ""},
		{[]string{"创建快递运单", "算了"}, "", ""},
	} {
		t.Run(c.turns[0], func(t *testing.T) {
			t.Parallel()
			var messages []assistant.Message
			for i, turn := range c.turns {
				messages = append(messages, assistant.User(turn))
				r, err := assistant.Generate(context.Background(), e, &assistant.Request{Messages: messages, Tools: trades})
				require.NoError(t, err)
				if i < len(c.turns)-1 || c.tool == "" {
					require.Empty(t, r.ToolCalls(), turn)
					messages = append(messages, assistant.Answer(r.Text()))
					continue
				}
				require.Len(t, r.ToolCalls(), 1, r.Text())
				require.Equal(t, c.tool, r.ToolCalls()[0].Name)
				require.JSONEq(t, c.args, r.ToolCalls()[0].Arguments)
			}
		})
	}
}

// TestQuestionAboutObjects asks for what is in an object by its description.
func TestQuestionAboutObjects(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	in := e.Understand(context.Background(), "记录病人的生命体征", Context{Tools: []*assistant.ToolSpec{vitals}})
	require.NotEmpty(t, in.Candidates)
	in.Candidates[0].Missing = []string{"signs"}
	require.Contains(t, e.speaker("").question(in), "体温、心率")
	in.Candidates[0].Missing = []string{"blood_pressure"}
	require.Contains(t, e.speaker("").question(in), "血压（收缩压、舒张压）")
	in.Candidates[0].Missing = []string{"heart_rate"}
	require.Contains(t, e.speaker("").question(in), "心率")
	in.Candidates[0].Arguments = `{"patient_id":"A1","signs":{"temperature":36.8}}`
	require.Contains(t, e.speaker("").confirmation(in), "体温 36.8")
}

// checkStated verifies that arguments are of the fields of the tool, and satisfy its schema if nothing is missing.
func checkStated(t *testing.T, in Interpretation) {
	t.Helper()
	for _, c := range in.Candidates {
		require.True(t, json.Valid([]byte(c.Arguments)), c.Arguments)
		tool := newTool(c.Tool, nil, nil)
		require.NoError(t, tool.err)
		for _, s := range c.Slots {
			require.NotNil(t, tool.field(s.Name), s.Name)
			require.True(t, 0 <= s.Start && s.Start <= s.End && s.End <= len(in.Text))
		}
		if len(c.Missing) == 0 || c.more {
			_, err := tool.schema.Repair(c.Arguments)
			require.NoError(t, err, c.Arguments)
		}
	}
}

func FuzzStated(f *testing.F) {
	for _, s := range []string{
		"给张伟转账200元，收款账号是6217000010012345678。", "学生姓名小明，考试分数92，学生姓名小红，考试分数85", "“甲”和“乙”、丙，起飞点坐标纬度31.2，经度-121.5到20米",
		"从2026-05-01到2026-05-03，2026-08-25T14:20:00Z", "不公开手机号，能不能允许陌生人私信", "甲方是", "：是为", "\xff编号#\x00", "70千克", "关于的", "",
	} {
		f.Add(s)
	}
	e := newTestEngine()
	f.Fuzz(func(t *testing.T, s string) {
		in := e.Understand(context.Background(), s, Context{Tools: trades})
		if in.Next == nil {
			checkStated(t, in)
		}
		require.Equal(t, in, e.Understand(context.Background(), s, Context{Tools: trades}))
		turns := []assistant.Message{assistant.User("帮我记录病人的生命体征。"), assistant.Answer("请提供住院号。")}
		_, err := assistant.Generate(context.Background(), e, &assistant.Request{Messages: append(turns, assistant.User(s)), Tools: trades})
		require.NoError(t, err)
	})
}
