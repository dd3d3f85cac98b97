package audit_test

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"log"
	"os"

	"github.com/zhushou-ai/zhushou/assistant/audit"
)

func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "audit")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		log.Fatal(err)
	}

	trail, err := audit.Open(ctx, dir, audit.Config{Signer: private})
	if err != nil {
		log.Fatal(err)
	}
	err = trail.Append(ctx, audit.Entry{
		Kind: "model.call", Subject: "user-42", Reason: "用户提问",
		Attrs:   map[string]string{"model": "qwen-plus"},
		Private: map[string]string{"ip": "203.0.113.9"},
	})
	if err != nil {
		log.Fatal(err)
	}
	if err := trail.Erase(ctx, "user-42", "用户要求删除"); err != nil {
		log.Fatal(err)
	}
	for r, err := range trail.Records(ctx, audit.Query{Subject: "user-42"}) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(r.Kind, r.Attrs["model"], r.Reason, r.Private, r.Erased)
	}
	if err := trail.Close(); err != nil {
		log.Fatal(err)
	}
	_, err = audit.Verify(ctx, dir, audit.Trust{Key: public})
	fmt.Println("没有改动:", err == nil)
	// Output:
	// model.call qwen-plus 用户提问 map[] true
	// 没有改动: true
}
