package recommend_test

import (
	"context"
	"fmt"
	"os"
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

func ExampleEngine_Learn() {
	ctx := context.Background()
	engine := recommend.New(recommend.Config{})
	goods := []string{"龙井", "大红袍", "盖碗", "公道杯", "羽毛球", "球拍", "护腕", "运动袜"}
	for i, title := range goods {
		if err := engine.Put(ctx, recommend.Item{ID: fmt.Sprint(i), Title: title}); err != nil {
			fmt.Println(err)
			return
		}
	}
	for who := range 200 { // half of them drink tea, half play badminton, and nobody has everything
		for k := range 3 {
			item := who%2*4 + (who/2+k)%4
			if err := engine.Record(ctx, recommend.Event{User: fmt.Sprint("顾客", who), Item: fmt.Sprint(item), Kind: recommend.Buy}); err != nil {
				fmt.Println(err)
				return
			}
		}
	}
	if _, err := engine.Learn(ctx, recommend.LearnOptions{}); err != nil {
		fmt.Println(err)
		return
	}

	// Somebody who came after the learning.
	_ = engine.Record(ctx, recommend.Event{User: "小红", Item: "4", Kind: recommend.Buy}, recommend.Event{User: "小红", Item: "5", Kind: recommend.Buy})
	list, err := engine.Recommend(ctx, recommend.Query{User: "小红", Limit: 2})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range list {
		fmt.Printf("%s：%s\n", engine.Title(s.Item), s.Reasons[0].Text(engine.Title))
	}
	// Unordered output:
	// 护腕：买了「羽毛球」和「球拍」的人也常买
	// 运动袜：买了「羽毛球」和「球拍」的人也常买
}

func ExampleEngine_HideInterest() {
	ctx := context.Background()
	engine := recommend.New(recommend.Config{})
	_ = engine.Put(ctx,
		recommend.Item{ID: "1", Title: "龙井", Categories: []string{"茶叶"}},
		recommend.Item{ID: "2", Title: "大红袍", Categories: []string{"茶叶"}},
		recommend.Item{ID: "3", Title: "羽毛球拍", Categories: []string{"运动"}},
	)
	_ = engine.Record(ctx, recommend.Event{User: "小明", Item: "1", Kind: recommend.Like})
	show := func() {
		for _, i := range engine.Interests("小明") {
			fmt.Printf("%s %.0f%% 隐藏=%t\n", i.Value, 100*i.Share, i.Hidden)
		}
	}
	show()
	if err := engine.HideInterest(ctx, "小明", recommend.Interest{Kind: recommend.InCategory, Value: "茶叶"}); err != nil {
		fmt.Println(err)
	}
	show()
	// Output:
	// 茶叶 100% 隐藏=false
	// 茶叶 0% 隐藏=true
}

func ExampleOpen() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "shop")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	for range 2 { // the second time everything is still there
		engine, err := recommend.Open(ctx, dir, recommend.Config{})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%q\n", engine.Title("1"))
		if err := engine.Put(ctx, recommend.Item{ID: "1", Title: "龙井"}); err != nil {
			fmt.Println(err)
		}
		if err := engine.Close(); err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// ""
	// "龙井"
}
