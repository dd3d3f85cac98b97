package consent_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/zhushou-ai/zhushou/assistant/consent"
)

func Example() {
	ctx := context.Background()
	store := new(consent.Memory)
	registry, err := consent.New(store, []consent.Purpose{
		{Name: "memory", Data: []string{"conversation"}, Notice: "2026-03", Method: "保存在服务器"},
	}, consent.Config{})
	if err != nil {
		log.Fatal(err)
	}

	fmt.Println(registry.Check(ctx, "user-42", "memory"))
	if err := registry.Give(ctx, consent.Act{Subject: "user-42", Purposes: []string{"memory"}, By: "首次启动页"}); err != nil {
		log.Fatal(err)
	}
	fmt.Println(registry.Check(ctx, "user-42", "memory"))

	rights := consent.Rights{Registry: registry, Places: []consent.Place{{Name: "同意记录", Holder: consent.HeldConsents{Store: store}}}}
	receipt, err := rights.Erase(ctx, "user-42", time.Time{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(receipt.Complete(), registry.Check(ctx, "user-42", "memory"))
	// Output:
	// no consent for "memory": never asked
	// <nil>
	// true no consent for "memory": never asked
}
