package recommend_test

import (
	"context"
	"fmt"
	"time"

	"github.com/zhushou-ai/zhushou/recommend"
)

func Example() {
	ctx := context.Background()
	engine := recommend.New(recommend.Config{})
	now := time.Date(2026, 3, 8, 20, 0, 0, 0, time.UTC)

	err := engine.Put(ctx,
		recommend.Item{ID: "t1", Title: "西湖龙井绿茶", Categories: []string{"茶叶"}, Price: recommend.Fen(12800)},
		recommend.Item{ID: "t2", Title: "武夷山大红袍", Categories: []string{"茶叶"}, Price: recommend.Fen(16800)},
		recommend.Item{ID: "c1", Title: "玻璃保温杯", Categories: []string{"杯具"}, Price: recommend.Fen(5900)},
		recommend.Item{ID: "s1", Title: "遮阳伞", Categories: []string{"雨具"}, Price: recommend.Fen(3900)},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	var events []recommend.Event
	for user, items := range map[string][]string{"小红": {"t1", "c1"}, "小刚": {"t1", "c1"}, "小明": {"t1"}} {
		for _, item := range items {
			events = append(events, recommend.Event{User: user, Item: item, Kind: recommend.Buy, Time: now})
		}
	}
	if err := engine.Record(ctx, events...); err != nil {
		fmt.Println(err)
		return
	}

	list, err := engine.Recommend(ctx, recommend.Query{User: "小明", Limit: 2, Now: now})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range list {
		fmt.Printf("%s：%s\n", engine.Title(s.Item), s.Reasons[0].Text(engine.Title))
	}
	// Output:
	// 玻璃保温杯：买了「西湖龙井绿茶」的人也常买
	// 武夷山大红袍：你常关注的「茶叶」类
}

func ExampleQuery_text() {
	ctx := context.Background()
	engine := recommend.New(recommend.Config{})
	_ = engine.Put(ctx,
		recommend.Item{ID: "1", Title: "不锈钢保温杯 500ml", Price: recommend.Fen(5900)},
		recommend.Item{ID: "2", Title: "儿童保温杯", Price: recommend.Fen(9900)},
		recommend.Item{ID: "3", Title: "保温饭盒", Price: recommend.Fen(7900)},
	)

	list, err := engine.Recommend(ctx, recommend.Query{
		Text:   "想买个保温杯",
		Filter: recommend.Filter{MaxPrice: recommend.Fen(8000)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range list {
		fmt.Printf("%s：%s\n", engine.Title(s.Item), s.Reasons[0].Text(nil))
	}
	// Output:
	// 不锈钢保温杯 500ml：符合你说的「保温杯」
	// 保温饭盒：符合你说的「保温」
}
