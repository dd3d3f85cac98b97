package pack_test

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"time"

	"github.com/zhushou-ai/zhushou/assistant/guard/pack"
	"github.com/zhushou-ai/zhushou/locale/match"
)

func ExampleRead() {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	release := pack.Pack{
		Name:    "own",
		Version: "7",
		Changed: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC),
		Words:   []match.Word{{Text: "咕噜呱啦", Category: "A.1.h"}},
	}
	var file bytes.Buffer
	if err := release.Write(&file, private); err != nil {
		fmt.Println(err)
		return
	}

	p, err := pack.Read(bytes.NewReader(file.Bytes()), public)
	fmt.Println(p.Name, p.Version, len(p.Words), err)

	_, err = pack.Read(bytes.NewReader(bytes.Replace(file.Bytes(), []byte("咕噜"), []byte("叽喳"), 1)), public)
	fmt.Println(err)
	// Output:
	// own 7 1 <nil>
	// read pack: pack was changed, or signed by nobody who is trusted
}
