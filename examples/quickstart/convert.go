package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/locale/quantity"
)

func converter() assistant.Tool {
	type in struct {
		Amount string `json:"amount" jsonschema:"数量和单位，如5公里" pattern:"^[-负零下]*[\\d０-９零〇一二三四五六七八九十百千万亿两半点.,]+[^\\d]+"`
		To     string `json:"to" jsonschema:"换成的单位" enum:"公里,米,厘米,毫米,里,英里,英尺,英寸,海里,吨,公斤,千克,斤,两,克,磅,盎司,升,毫升,加仑,平方米,亩,公顷,平方公里,摄氏度,华氏度,小时,分钟,秒,天"`
	}
	return assistant.MustTool(assistant.ToolSpec{
		Name:        "convert",
		Description: "换算单位",
		Examples: []string{
			"{amount}是多少{to}", "{amount}等于多少{to}", "{amount}合多少{to}", "{amount}有多少{to}", "{amount}是几{to}",
			"{amount}等于几{to}", "把{amount}换算成{to}", "{amount}换成{to}是多少", "{amount}相当于多少{to}",
		},
		ReadOnly: true,
	}, func(_ context.Context, in in) (string, error) {
		from, err := quantity.Parse(in.Amount)
		if err != nil {
			return "", fmt.Errorf("“%s”不是数量加单位", in.Amount)
		}
		to, err := quantity.ParseUnit(in.To)
		if err != nil {
			return "", fmt.Errorf("不认识单位“%s”", in.To)
		}
		n, err := quantity.Convert(from.Number, from.Unit, to)
		var mismatch *quantity.DimensionError
		if errors.As(err, &mismatch) {
			return "", fmt.Errorf("%s是%s，%s是%s，不能换算", from.Unit, from.Unit.Dimension(), to, to.Dimension())
		}
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%s等于%s%s。", in.Amount, say(n.Rat()), to), nil
	})
}
