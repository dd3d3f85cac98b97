package main

import (
	"context"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
)

// An answer is what came of one question to one vendor.
type answer struct {
	text    string
	first   time.Duration // until the first text; zero if there was none
	total   time.Duration
	usage   assistant.Usage
	cost    middleware.Money
	priced  bool
	refused bool // withheld or taken back by the vendor
	err     error
}

// askAll asks all vendors at once.
func askAll(ctx context.Context, vendors []vendor, prompt string, prices *middleware.Prices) []answer {
	out := make([]answer, len(vendors))
	var wg sync.WaitGroup
	for i, v := range vendors {
		if v.err != nil {
			out[i].err = v.err
			continue
		}
		wg.Go(func() { out[i] = ask(ctx, v.model, prompt, prices) })
	}
	wg.Wait()
	return out
}

func ask(ctx context.Context, m assistant.Model, prompt string, prices *middleware.Prices) answer {
	var a answer
	var c assistant.Collector
	start := time.Now()
	for chunk, err := range m.Stream(ctx, &assistant.Request{Messages: []assistant.Message{assistant.User(prompt)}}) {
		if err != nil {
			a.err = err
			break
		}
		if chunk.Text != "" && a.first == 0 {
			a.first = time.Since(start)
		}
		c.Add(chunk)
	}
	a.total = time.Since(start)
	reply := c.Reply()
	a.text, a.usage = reply.Text(), reply.Usage
	a.refused = reply.Retracted != nil || reply.Finish == assistant.FinishFiltered || reply.Finish == assistant.FinishRefusal
	if a.usage != (assistant.Usage{}) {
		a.cost, a.priced = prices.Cost(reply.Vendor, reply.Model, start, a.usage)
	}
	return a
}

// A sum is what came of all questions to one vendor.
type sum struct {
	asked, answered int
	first           time.Duration // of all answers together
	usage           assistant.Usage
	cost            middleware.Money
	unpriced        bool
}

func (s *sum) add(a answer) {
	s.asked++
	s.usage = s.usage.Add(a.usage) // what failed midway may be paid for too
	s.cost += a.cost
	s.unpriced = s.unpriced || !a.priced && a.usage != (assistant.Usage{})
	if a.err == nil && !a.refused {
		s.answered++
		s.first += a.first
	}
}
