package pattern_test

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/pattern"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

func Example() {
	const moment pattern.Kind = 1
	scope := &pattern.Scope{
		Rules: map[string]string{"open": "(打开|开启|开)"},
		Lists: map[string][]string{"rooms": {"客厅", "(卧室|睡房)"}},
		Kinds: map[string][]pattern.Kind{"time": {moment}},
	}
	set, err := pattern.Compile([]pattern.Phrase{
		{Text: "提醒我{time}{text}", Scope: scope},
		{Text: "[把]{where:rooms}[的](灯;<open>)", Scope: scope},
	}, []string{"请", "帮我", "吧"})
	if err != nil {
		fmt.Println(err)
		return
	}
	show := func(sentence string, candidates ...pattern.Candidate) {
		for _, m := range set.Match(view.OfString(sentence), candidates, pattern.Options{Loose: true}) {
			fmt.Print("phrase ", m.Phrase)
			for _, f := range m.Fills {
				fmt.Printf(" %s=%s", f.Slot, string([]rune(sentence)[f.Start:f.End]))
			}
			fmt.Println()
		}
	}
	show("请提醒我明天八点开会", pattern.Candidate{Start: 4, End: 8, Kind: moment})
	show("幫我把臥室的燈打開吧。")
	// Output:
	// phrase 0 time=明天八点 text=开会
	// phrase 1 where=臥室
}
