package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/deepseek"
	"github.com/zhushou-ai/zhushou/providers/doubao"
	"github.com/zhushou-ai/zhushou/providers/ernie"
	"github.com/zhushou-ai/zhushou/providers/hunyuan"
	"github.com/zhushou-ai/zhushou/providers/ollama"
	"github.com/zhushou-ai/zhushou/providers/openai"
	"github.com/zhushou-ai/zhushou/providers/pangu"
	"github.com/zhushou-ai/zhushou/providers/providertest"
	"github.com/zhushou-ai/zhushou/providers/qwen"
)

// fakes are the vendors that there is a fake of, and how their adapters are made for it.
var fakes = []struct {
	vendor func() *providertest.Vendor
	open   func(url string, key assistant.Secret, model string) (assistant.Model, error)
}{
	{providertest.DeepSeek, func(url string, key assistant.Secret, model string) (assistant.Model, error) {
		return deepseek.New(deepseek.Config{BaseURL: url, Key: key, Model: model})
	}},
	{providertest.Doubao, func(url string, key assistant.Secret, model string) (assistant.Model, error) {
		return doubao.New(doubao.Config{BaseURL: url, Key: key, Model: model})
	}},
	{providertest.ERNIE, func(url string, key assistant.Secret, model string) (assistant.Model, error) {
		return ernie.New(ernie.Config{BaseURL: url, Key: key, Model: model})
	}},
	{providertest.Hunyuan, func(url string, key assistant.Secret, model string) (assistant.Model, error) {
		return hunyuan.New(hunyuan.Config{BaseURL: url, Key: key, Model: model})
	}},
	{providertest.Ollama, func(url string, key assistant.Secret, model string) (assistant.Model, error) {
		return ollama.New(ollama.Config{BaseURL: url, Key: key, Model: model})
	}},
	{providertest.OpenAI, func(url string, key assistant.Secret, model string) (assistant.Model, error) {
		return openai.New(openai.Config{BaseURL: url, Key: key, Model: model})
	}},
	{providertest.Huawei, func(url string, key assistant.Secret, model string) (assistant.Model, error) {
		return pangu.New(pangu.Config{BaseURL: url, Key: key, Model: model})
	}},
	{providertest.Qwen, func(url string, key assistant.Secret, model string) (assistant.Model, error) {
		return qwen.New(qwen.Config{BaseURL: url, Key: key, Model: model})
	}},
}

// startFakes starts a fake of every vendor. They answer until stop is called.
func startFakes() (out []vendor, stop func(), err error) {
	var servers []*providertest.Server
	stop = func() {
		for _, s := range servers {
			s.Close()
		}
	}
	for _, f := range fakes {
		v := f.vendor()
		s, err := providertest.Start(providertest.Config{Vendor: v})
		if err != nil {
			stop()
			return nil, nil, err
		}
		servers = append(servers, s)
		s.Script(slices.Repeat([]providertest.Script{echo{}}, maxAnswers)...)
		m, err := f.open(s.URL, assistant.Secret(s.Key), v.Model)
		if err != nil {
			stop()
			return nil, nil, fmt.Errorf("fake: %w", err)
		}
		out = append(out, vendor{name: v.Name + "/" + v.Model, model: m})
	}
	return out, stop, nil
}

// maxAnswers is how many questions a fake has an answer of its own for.
const maxAnswers = 1000

// An echo answers a question by repeating it.
type echo struct{}

// Response implements providertest.Script.
func (echo) Response(v *providertest.Vendor, r *providertest.Request) providertest.Response {
	var body struct {
		Messages []struct{ Content string }
	}
	question := "？"
	if r.Decode(&body) == nil && len(body.Messages) > 0 {
		question = body.Messages[len(body.Messages)-1].Content
	}
	a := providertest.Answer{Text: fmt.Sprintf("我是 %s 的假服务，不会回答“%s”。", v.Name, strings.TrimSpace(question))}
	response := a.Response(v, r)
	for i := range response.Body {
		response.Body[i].Pause = time.Millisecond // so that the beginning and the end are not one moment
	}
	return response
}
