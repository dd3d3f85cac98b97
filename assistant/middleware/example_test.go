package middleware_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
)

// A vendor is down; another one answers, and the reply says so.
func Example() {
	down := turns(assistanttest.Break(&assistant.Error{Kind: assistant.ErrOverloaded, Vendor: "qwen"}))
	spare := turns(assistanttest.Chunks(
		assistant.Chunk{Text: "有的，明前龙井。", Meta: &assistant.Meta{Vendor: "deepseek"}},
		assistant.Chunk{Finish: assistant.FinishStop}))

	vendor := func(m assistant.Model) assistant.Model {
		return middleware.Wrap(m,
			middleware.Retry{Attempts: 2, Delay: time.Millisecond}.Wrap,
			middleware.Breaker{Calls: 2}.Wrap,
			middleware.RateLimit{Requests: 600}.Wrap,
			middleware.Timeout{First: 20 * time.Second}.Wrap)
	}
	model := middleware.Fallback{To: []middleware.Alternative{{Model: vendor(spare), Name: "deepseek"}}}.Wrap(vendor(down))

	for range 2 {
		r, err := assistant.Generate(context.Background(), model, greeting)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(r.Text(), r.Vendor, r.Dropped)
	}
	fmt.Println("qwen 被请求", len(down.seen()), "次")
	// Output:
	// 有的，明前龙井。 deepseek [Model: first model failed: vendor overloaded]
	// 有的，明前龙井。 deepseek [Model: first model failed: circuit is open]
	// qwen 被请求 2 次
}

// Each user has two yuan a day. The price table is the service's own.
func ExampleBudget() {
	prices, err := middleware.ParsePrices(strings.NewReader(`currency,vendor,model,from,input,output
# 单位：元／百万 token，以合同为准
CNY,qwen,qwen-*,2026-11-01,800,2000
`))
	if err != nil {
		log.Fatal(err)
	}
	account := &middleware.Account{
		Prices: prices,
		Limits: []middleware.Limit{{Per: middleware.Day, Money: 2 * middleware.Unit, Key: middleware.ByUser}},
		Spent: func(_ context.Context, s middleware.Spend) {
			fmt.Println(s.Vendor, s.Model, s.Usage.Total, "token", s.Cost, "元")
		},
	}
	model := middleware.Budget{Account: account, Vendor: "qwen", Model: "qwen-plus"}.Wrap(turns(assistanttest.Chunks(
		assistant.Chunk{Text: "有的。", Finish: assistant.FinishStop, Usage: &assistant.Usage{Input: 500, Output: 100, Total: 600}})))

	req := &assistant.Request{User: "user-42", MaxTokens: 100, Messages: []assistant.Message{assistant.User("有龙井吗？")}}
	for {
		_, err := assistant.Generate(context.Background(), model, req)
		var budget *middleware.BudgetError
		if errors.As(err, &budget) {
			fmt.Println(budget.Key, "今天的额度用完了:", budget.Spent.Money, "/", budget.Max.Money)
			return
		}
	}
	// Output:
	// qwen qwen-plus 600 token 0.6 元
	// qwen qwen-plus 600 token 0.6 元
	// qwen qwen-plus 600 token 0.6 元
	// user-42 今天的额度用完了: 1.8 / 2
}

// Two models share the rate limit of one account.
func ExampleMemoryLimiter() {
	limiter := &middleware.MemoryLimiter{Requests: 1}
	limit := middleware.RateLimit{Limiter: limiter, MaxWait: -1}
	chat, vision := limit.Wrap(turns(assistanttest.Say("好的。"))), limit.Wrap(turns(assistanttest.Say("是茶。")))

	fmt.Println(ask(context.Background(), chat))
	_, err := ask(context.Background(), vision)
	fmt.Println(errors.Is(err, middleware.ErrLimited), errors.Is(err, assistant.ErrRateLimited))
	// Output:
	// 好的。 <nil>
	// true true
}
