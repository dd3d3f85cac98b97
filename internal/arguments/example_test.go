package arguments_test

import (
	"encoding/json"
	"fmt"

	"github.com/zhushou-ai/zhushou/internal/arguments"
)

func ExampleSchema_Repair() {
	schema, err := arguments.Compile(json.RawMessage(`{
		"type": "object",
		"properties": {
			"city": {"type": "string"},
			"days": {"type": "integer"},
			"unit": {"type": "string", "enum": ["摄氏度", "华氏度"]}
		},
		"required": ["city"]
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fixed, err := schema.Repair("好的：{'city': '北京'，'days': '三',}")
	fmt.Println(fixed.JSON, err)
	_, err = schema.Repair(`{"days": "很多", "unit": "度"}`)
	fmt.Println(err)
	// Output:
	// {"city":"北京","days":3} <nil>
	// days: want integer, got "很多"
	// unit: want one of "摄氏度", "华氏度", got "度"
	// city: required field is missing
}

func ExamplePartial() {
	for _, soFar := range []string{`{"标题": "红`, `{"标题": "红烧肉", "步骤": ["切`, `{"标题": "红烧肉", "步骤": ["切块"], "分钟": 9`} {
		document, ok := arguments.Partial(soFar)
		fmt.Println(string(document), ok)
	}
	// Output:
	// {"标题": "红"} true
	// {"标题": "红烧肉", "步骤": ["切"]} true
	// {"标题": "红烧肉", "步骤": ["切块"]} true
}
