package providertest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/zhushou-ai/zhushou/providers/providertest"
)

// A service under test talks to the fake as it would to the vendor.
func Example() {
	srv, err := providertest.Start(providertest.Config{Vendor: providertest.Qwen()})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer srv.Close()
	srv.Script(providertest.Answer{Text: "杭州今天晴。"})

	for range 2 { // the script has one answer; after that comes the fixed one
		fmt.Println(ask(srv, `{"model":"qwen-plus","messages":[{"role":"user","content":"杭州天气?"}]}`))
	}
	fmt.Println(ask(srv, `{"model":"qwen-plus","messages":[{"role":"tool","content":"晴"}]}`))
	fmt.Println(len(srv.Requests()), "requests,", len(srv.Refusals()), "refused")

	// Output:
	// 200 杭州今天晴。
	// 200 你好,我是测试模型。
	// 400 <400> InternalError.Algo.InvalidParameter: messages[0]: tool_call_id "" answers no call of the message before
	// 3 requests, 1 refused
}

// ask stands for the service.
func ask(srv *providertest.Server, body string) string {
	req, err := http.NewRequest("POST", srv.URL+"/chat/completions", strings.NewReader(body))
	if err != nil {
		return err.Error()
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+srv.Key)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err.Error()
	}
	defer resp.Body.Close()
	var answer struct {
		Choices []struct{ Message struct{ Content string } }
		Error   struct{ Message string }
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return err.Error()
	}
	text := answer.Error.Message
	for _, c := range answer.Choices {
		text += c.Message.Content
	}
	return fmt.Sprint(resp.StatusCode, " ", text)
}
