package main

import (
	"context"
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/locale/number"
	"github.com/zhushou-ai/zhushou/locale/quantity"
)

func converter() assistant.Tool {
	return assistant.MustTool(assistant.ToolSpec{
		Name:        "convert",
		Description: "换算单位",
		Examples: []string{
			"{amount}{from}是多少{to}", "{amount}{from}等于多少{to}", "{amount}{from}合多少{to}", "{amount}{from}有多少{to}",
			"把{amount}{from}换算成{to}", "{amount}{from}换成{to}是多少", "{amount}{from}是几{to}", "{amount}{from}等于几{to}",
		},
		ReadOnly: true,
	}, func(_ context.Context, in struct {
		Amount float64 `json:"amount" jsonschema:"数量"`
		From   string  `json:"from" jsonschema:"原来的单位" enum:"UNITS"`
		To     string  `json:"to" jsonschema:"换成的单位" enum:"UNITS"`
	}) (string, error) {
		_ = number.Number{}
		_ = quantity.Find
		return "", fmt.Errorf("todo")
	})
}
