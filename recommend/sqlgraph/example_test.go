package sqlgraph_test

import (
	"fmt"
	"strings"

	"github.com/zhushou-ai/zhushou/recommend/sqlgraph"
)

// The statement for a warehouse that runs it every night; this is its last line.
func ExampleStatement() {
	text, err := sqlgraph.Statement(sqlgraph.Settings{
		Dialect:    sqlgraph.PostgreSQL,
		Events:     sqlgraph.Events{Table: "商城.购买记录", Person: "会员", Item: "商品", Time: "时间"},
		Neighbours: 100,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	fmt.Println(lines[len(lines)-1])
	// Output:
	// select i item, j neighbour, score, n support from g where r <= 100
}
