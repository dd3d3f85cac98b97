package assist_test

import (
	"context"
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/recommend"
	"github.com/zhushou-ai/zhushou/recommend/ask"
	"github.com/zhushou-ai/zhushou/recommend/assist"
)

// catalogue is a shop's own table of goods.
type catalogue map[string]recommend.Item

func (c catalogue) Item(_ context.Context, id string) (recommend.Item, bool) {
	it, ok := c[id]
	return it, ok
}

func open(ctx context.Context) (*recommend.Engine, catalogue) {
	engine, shop := recommend.New(recommend.Config{}), catalogue{}
	for _, it := range []recommend.Item{
		{ID: "1", Title: "桑蚕丝围巾", Tags: []string{"送礼", "妈妈"}, Categories: []string{"服饰"}, Price: recommend.Fen(19900)},
		{ID: "2", Title: "西湖龙井礼盒", Text: "送妈妈送长辈", Categories: []string{"茶叶"}, Price: recommend.Fen(26800)},
		{ID: "3", Title: "颈部按摩仪", Text: "适合妈妈的生日礼物", Categories: []string{"电器"}, Price: recommend.Fen(29900)},
		{ID: "4", Title: "护手霜礼盒", Text: "给妈妈的礼物", Categories: []string{"护肤"}, Price: recommend.Fen(8900)},
	} {
		shop[it.ID] = it
		_ = engine.Put(ctx, it)
	}
	return engine, shop
}

func ExampleTools() {
	ctx := context.Background()
	engine, shop := open(ctx)
	reader, err := ask.New(ask.Vocabulary{Categories: []string{"服饰", "茶叶", "电器", "护肤"}, Also: map[string][]string{"茶叶": {"茶"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	tools, err := assist.Tools(engine, assist.Options{
		Item:     shop.Item,
		Reader:   reader,
		Recorder: engine,
		Query:    func(context.Context) (recommend.Query, error) { return recommend.Query{User: "小明"}, nil },
		Limit:    2,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	// What a model calls, and what it reads.
	result, err := tools[0].Call(ctx, assistant.ToolCall{Name: "suggest_items", Arguments: `{"text":"送妈妈的生日礼物 三百以内 不要茶"}`})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(assistant.ToolResult{Parts: result}.Text())
	// Output:
	// {"按":"「妈妈」、「生日」、「礼物」、不要「茶」、至多¥300.00","推荐":[{"商品":"桑蚕丝围巾","价格":"¥199.00","理由":"符合你说的「妈妈」"},{"商品":"颈部按摩仪","价格":"¥299.00","理由":"符合你说的「妈妈 生日」"}]}
}

func ExampleRanker() {
	ctx := context.Background()
	engine, shop := open(ctx)
	ranker := &assist.Ranker{
		Recommender: engine,
		Model:       assistanttest.Script(assistanttest.Say(`{"picks":[{"n":2,"why":"清香耐泡，长辈喜欢"},{"n":1,"why":"百搭实用"}]}`)),
		Item:        shop.Item,
		Reasons:     true,
		Report: func(_ context.Context, r assist.Report) {
			fmt.Println("由模型排序：", r.Used, "候选：", r.Candidates)
		},
	}
	list, err := ranker.Recommend(ctx, recommend.Query{Text: "送妈妈", Limit: 2})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range list {
		fmt.Println(shop[s.Item].Title, assist.Say(s, engine.Title))
	}
	// Output:
	// 由模型排序： true 候选： 4
	// 西湖龙井礼盒 清香耐泡，长辈喜欢
	// 桑蚕丝围巾 百搭实用
}
