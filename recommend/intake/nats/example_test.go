package nats_test

import (
	"context"
	"time"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/zhushou-ai/zhushou/recommend"
	"github.com/zhushou-ai/zhushou/recommend/intake"
	"github.com/zhushou-ai/zhushou/recommend/intake/nats"
)

// What the web service does, and what the process beside the recommender does.
func Example() {
	ctx := context.Background()
	conn, err := natsgo.Connect("nats://127.0.0.1:4222", natsgo.MaxReconnects(-1))
	if err != nil {
		return // no server here
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		return
	}
	config := nats.Config{MaxAge: 30 * 24 * time.Hour}
	if err := nats.CreateStream(ctx, js, config); err != nil {
		return
	}

	publisher, err := nats.NewPublisher(js, config)
	if err != nil {
		return
	}
	_ = intake.Publish(ctx, publisher, recommend.Event{User: "小明", Item: "龙井", Kind: recommend.Buy})

	source, err := nats.NewSource(js, config)
	if err != nil {
		return
	}
	engine := recommend.New(recommend.Config{})
	_, _ = intake.Consume(ctx, source, engine, intake.Options{DeadLetter: func(ctx context.Context, l intake.Letter) error {
		_, err := js.Publish(ctx, "recommend.dead", l.Message.Data)
		return err
	}})
}
