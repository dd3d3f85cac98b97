package intake_test

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/zhushou-ai/zhushou/recommend"
	"github.com/zhushou-ai/zhushou/recommend/intake"
)

// lines is a stream that has an end, such as yesterday's log.
type lines []string

func (l lines) Batches(ctx context.Context, _ int) iter.Seq2[intake.Batch, error] {
	return func(yield func(intake.Batch, error) bool) {
		for i, line := range l {
			m := intake.Message{Data: []byte(line), Source: "log", Position: uint64(i + 1), Time: time.Unix(1772366400, 0)}
			if !yield(intake.Batch{Messages: []intake.Message{m}, Ack: func(context.Context) error { return nil }}, nil) {
				return
			}
		}
	}
}

func Example() {
	log := lines{
		`{"v":1,"id":"1","user":"小明","item":"龙井","kind":"buy"}`,
		`{"v":1,"id":"1","user":"小明","item":"龙井","kind":"buy"}`, // told twice
		`{"v":1,"id":"2","user":"小明","kind":"buy"}`,
	}
	engine := recommend.New(recommend.Config{})
	stats, err := intake.Consume(context.Background(), log, intake.Once(engine, 0), intake.Options{
		DeadLetter: func(_ context.Context, l intake.Letter) error {
			fmt.Println(l.Message.Position, l.Reason)
			return nil
		},
	})
	fmt.Println(stats.Recorded, stats.Duplicate, stats.Dead, err)
	// Output:
	// 3 intake: decode: item is empty: give an id
	// 1 1 1 <nil>
}
