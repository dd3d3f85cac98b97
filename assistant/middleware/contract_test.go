package middleware_test

import (
	"log/slog"
	"testing"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

// Every layer, and all together, keep the contract of a model.
func TestContract(t *testing.T) {
	account := &middleware.Account{}
	layers := map[string]middleware.Middleware{
		"log":         middleware.Log{Logger: slog.New(slog.DiscardHandler)}.Wrap,
		"cache":       middleware.Cache{Single: true}.Wrap,
		"fallback":    middleware.Fallback{To: []middleware.Alternative{{Model: turns(fail(assistant.ErrServer))}}}.Wrap,
		"retry":       middleware.Retry{Attempts: 2, Delay: 1, Resume: true}.Wrap,
		"breaker":     middleware.Breaker{}.Wrap,
		"hedge":       middleware.Hedge{Delay: 1, Share: 1}.Wrap,
		"rate limit":  middleware.RateLimit{}.Wrap,
		"concurrency": middleware.Concurrency{}.Wrap,
		"budget":      middleware.Budget{Account: account}.Wrap,
		"timeout":     middleware.Timeout{}.Wrap,
	}
	layers["all"] = func(m assistant.Model) assistant.Model {
		return middleware.Wrap(m, layers["log"], layers["cache"], layers["fallback"], layers["retry"], layers["breaker"],
			layers["hedge"], layers["rate limit"], layers["concurrency"], layers["budget"], layers["timeout"])
	}
	for name, wrap := range layers {
		t.Run(name, func(t *testing.T) {
			providertest.Run(t, func() assistant.Model { return wrap(turns(assistanttest.Say("有的，明前龙井。"))) }, providertest.Options{
				Failing: func() assistant.Model { return wrap(turns(fail(assistant.ErrInvalid, text("半")))) },
			})
		})
	}
}
