package main

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills/trained"
)

const howToAddAModel = "想写作、翻译或闲聊，请接入云端模型：设置环境变量 DASHSCOPE_API_KEY 后重新运行，或加上 -model qwen/qwen-plus。"

// openModel returns the model to use and what to call it. The engine on the device has learned the
// built-in skills and is told the names; a vendor's model is told by the tools.
func (p *program) openModel(name string, a *abilities) (assistant.Model, string, error) {
	if name == "" {
		name = p.firstWithKey()
	}
	if name == "" || name == "ondevice" {
		engine, err := trained.Load(ondevice.Config{Now: p.now, Location: p.now().Location(), Help: howToAddAModel, Names: a.names})
		if err != nil {
			return nil, "", err
		}
		return engine, "在本机运行，不联网", nil
	}
	m, err := providers.Open(name)
	if err != nil {
		return nil, "", fmt.Errorf("open model %q: %w", name, err)
	}
	return m, name, nil
}

// firstWithKey returns the default model of the first vendor whose key is in the environment.
func (p *program) firstWithKey() string {
	for _, vendor := range providers.List() {
		if vendor.KeyVar != "" && p.getenv(vendor.KeyVar) != "" {
			return vendor.Name + "/" + vendor.Model
		}
	}
	return ""
}
