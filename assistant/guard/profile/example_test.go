package profile_test

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant/guard/profile"
)

func ExampleOpen() {
	p, err := profile.Open("gbt-45654-2025")
	if err != nil {
		fmt.Println(err)
		return
	}
	c, _ := p.Category("A.2.e")
	action, _ := profile.Find(p.Actions, c.ID, profile.Output)
	fmt.Println(len(p.Categories), c.Label, action)
	// Output: 31 歧视：性别 safe_answer
}

func ExampleDiff() {
	from, err := profile.Open("tc260-003-2024")
	if err != nil {
		fmt.Println(err)
		return
	}
	to := *from
	to.Words.Total = 12000
	for _, change := range profile.Diff(from, &to) {
		fmt.Println(change)
	}
	// Output: words.total: 10000 → 12000
}
