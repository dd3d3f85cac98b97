package skills

import (
	"context"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

// Arithmetic returns the skill calculate, which answers by itself and is exact.
func Arithmetic() []ondevice.Skill {
	type in struct {
		Expression string `json:"expression" jsonschema:"算式，可以用数字也可以用汉字，如三加五、200的15%、(1+2)*3" pattern:"^[-+*/×÷xX^().,%‰\\s\\d＋－＊／（），％０-９点零〇一二三四五六七八九十百千万亿两兩萬億點半分之负負加减減乘除以上去的平立方又]+$"`
	}
	return []ondevice.Skill{spokenAs(skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "calculate",
		Description: "算术",
		Examples: []string{
			"{expression}等于多少", "{expression}等于几", "{expression}是多少", "{expression}得多少", "算一下{expression}",
			"计算{expression}", "{expression}=?", "帮我算算{expression}",
		},
		Answer:   "{say}",
		ReadOnly: true,
	}, func(_ context.Context, in in) (spokenResult, error) {
		v, err := evaluate(in.Expression)
		if err != nil {
			return spokenResult{}, err
		}
		return spokenResult{in.Expression + "等于" + decimal(v) + "。"}, nil
	}), []string{
		"[帮我|给我|你]{expression}(等于|是|得|=)[多少|几|什么][啊|呀]",
		"[帮我|给我]算[个|一个|一道]数{expression}",
		"(算|算算|算一下|算一算|计算|计算一下|求|口算)[一下|下]{expression}[等于|是|得|=][多少|几]",
		"{expression}(得多少|得几|的结果|的结果是多少|结果是多少|等于多少|系几多|等于几多)",
		"{expression}(=|＝)",
		"{expression}",
	}, "{*}是多少钱", "{*}的电话是多少", "{*}等于多少公里", "帮我算命", "算一下我的年龄", "{*}多少岁", "算了"), "expression", sums(), []string{"_等于多少", "_是多少", "_等于几", "算一下_", "_得多少", "帮我算算_", "_"})}
}

// sums returns expressions as people say and write them.
func sums() []string {
	out := strings.Fields(`300的25% (6+2)*7 八的平方 九分之二加一 3^4 负三加五 八十的百分之十 2的立方 零点五乘以四 一万除以三 12+34+56 45-6*2
		三又二分之一加一 六百的百分之三十 2.5的平方 三点二乘以五 十加二十减五 三十乘二加六`)
	numbers := strings.Fields("二 15 九十 二十四 七 1000 六百五 十三 八百 36 两千 99 十六 四百二十 5.5 一百零八")
	for i, operator := range strings.Fields("加 减 乘以 除以 * - + / 乘 减去 加上 × ÷ 除") {
		for k := range 3 {
			out = append(out, numbers[(3*i+k)%len(numbers)]+operator+numbers[(5*i+7*k+1)%len(numbers)])
		}
	}
	return out
}
