package skills

import (
	"context"
	"errors"
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/locale/quantity"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

// Units returns the skill convert, which answers by itself and is exact. Currencies are not converted,
// since their rates change.
func Units() []ondevice.Skill {
	type in struct {
		Amount string `json:"amount" jsonschema:"数量和单位，如5公里" pattern:"^[-负負零下]*([\\d０-９零〇一二三四五六七八九十百千万萬亿億两兩半点點.,]+ ?(公里|千米|公尺|米|分米|厘米|公分|毫米|里地|华里|里|丈|尺|寸|英里|英尺|英寸|码|海里|吨|公斤|千克|市斤|台斤|斤|两|兩|克|毫克|磅|盎司|公升|升|毫升|加仑|立方米|立方厘米|平方米|平米|平方厘米|平方公里|亩|畝|公顷|摄氏度|華氏度|攝氏度|华氏度|小时|小時|钟头|分钟|分鐘|秒钟|秒|分|天|日|周|星期|个星期|个小时|KB|MB|GB|TB|kb|mb|gb|tb|km|m|cm|mm|kg|g|兆|℃|℉|度)半?)+$"`
		To     string `json:"to" jsonschema:"换成的单位" enum:"公里,米,分米,厘米,毫米,里,丈,尺,寸,英里,英尺,英寸,码,海里,吨,公斤,千克,斤,两,克,毫克,磅,盎司,升,毫升,加仑,立方米,平方米,平方厘米,亩,公顷,平方公里,摄氏度,华氏度,小时,分钟,秒,天,周,KB,MB,GB,TB"`
	}
	return []ondevice.Skill{with(names{
		"to": called(
			"公里", "千米",
			"米", "公尺",
			"厘米", "公分",
			"毫升", "立方厘米",
			"华氏度", "华氏 华氏温度",
			"摄氏度", "摄氏 摄氏温度",
			"平方米", "平米 平方",
			"小时", "个小时 钟头",
			"分钟", "分",
			"秒", "秒钟",
			"天", "日",
			"MB", "兆",
			"周", "个星期 星期",
			"升", "公升",
			"斤", "市斤",
			"里", "华里",
			"节", "节",
		),
	}, skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "convert",
		Description: "换算单位",
		Examples: []string{
			"{amount}是多少{to}", "{amount}等于多少{to}", "{amount}合多少{to}", "{amount}有多少{to}", "{amount}是几{to}",
			"把{amount}换算成{to}", "{amount}换成{to}是多少", "{amount}相当于多少{to}",
		},
		Answer:   "{say}",
		ReadOnly: true,
	}, func(_ context.Context, in in) (spokenResult, error) {
		from, err := quantity.Parse(in.Amount)
		if err != nil {
			return spokenResult{}, fmt.Errorf("“%s”不是数量加单位", in.Amount)
		}
		to, err := quantity.ParseUnit(in.To)
		if err != nil {
			return spokenResult{}, fmt.Errorf("不认识单位“%s”", in.To)
		}
		n, err := quantity.Convert(from.Number, from.Unit, to)
		var mismatch *quantity.DimensionError
		if errors.As(err, &mismatch) {
			return spokenResult{}, fmt.Errorf("%s是%s，%s是%s，不能换算", from.Unit, from.Unit.Dimension(), to, to.Dimension())
		}
		if err != nil {
			return spokenResult{}, err
		}
		return spokenResult{fmt.Sprintf("%s等于%s%s。", in.Amount, decimal(n.Rat()), in.To)}, nil
	}), []string{
		"{amount}[是|等于|合|有|相当于|折合|约等于|换算成|换成|转成](多少|几|几多|多少个|几个|几多个){to}",
		"[把|将]{amount}(换算成|换算为|换成|转成|转换成|转换为|转为|折合成|折算成|变成|化成){to}[是多少|等于多少|有多少]",
		"(换算|转换|换算一下)[一下]{amount}(成|到|为|等于多少){to}",
		"(多少|几){to}(等于|是){amount}",
		"{amount}用{to}(表示|怎么表示|是多少|来算是多少)",
		"{amount}(到|转){to}",
		"(算|算一下|帮我算){amount}(是|等于|合)(多少|几){to}",
		"{amount}系几多{to}",
	}, "{*}多少钱一斤", "{*}有多重", "{*}有多高", "到{*}多少公里", "美元换人民币"))}
}
