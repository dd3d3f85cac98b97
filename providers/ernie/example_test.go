package ernie_test

import (
	"context"
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ernie"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

// startVendor starts a server that answers like the vendor. In a program of one's own it is not needed: without BaseURL the vendor
// itself is asked, with the key from the environment variable QIANFAN_API_KEY.
func startVendor(script ...providertest.Script) (*providertest.Server, error) {
	srv, err := providertest.Start(providertest.Config{Vendor: providertest.ERNIE()})
	if err == nil {
		srv.Script(script...)
	}
	return srv, err
}

func Example() {
	vendor, err := startVendor(providertest.Answer{Text: "文心一言,你好。"})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer vendor.Close()

	model, err := ernie.New(ernie.Config{BaseURL: vendor.URL, Key: assistant.Secret(vendor.Key)})
	if err != nil {
		fmt.Println(err)
		return
	}
	reply, err := assistant.Generate(context.Background(), model, &assistant.Request{
		Messages: []assistant.Message{assistant.User("打个招呼")},
		Search:   assistant.Search{Mode: assistant.On},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(model, "答:", reply.Text())
	// Output: ernie/ernie-5.1 答: 文心一言,你好。
}
