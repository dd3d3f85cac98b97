package providers

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/deepseek"
	"github.com/zhushou-ai/zhushou/providers/doubao"
	"github.com/zhushou-ai/zhushou/providers/ernie"
	"github.com/zhushou-ai/zhushou/providers/hunyuan"
	"github.com/zhushou-ai/zhushou/providers/ollama"
	"github.com/zhushou-ai/zhushou/providers/openai"
	"github.com/zhushou-ai/zhushou/providers/pangu"
	"github.com/zhushou-ai/zhushou/providers/qwen"
)

// Info describes a vendor that [Open] knows.
type Info struct {
	Name       string // to write before the slash
	KeyVar     string // environment variable of the key; empty if none is needed
	BaseURLVar string // environment variable of the address, if the vendor has one
	Model      string // used if the name has none; empty if there is only one, or none by default
	Native     bool   // the option "api=native" is known, for the vendor's own protocol
}

// options are what may follow the name of a model.
type options struct {
	model, baseURL, region string
	native                 bool
}

// A vendor is one line of the table.
type vendor struct {
	Info
	open    func(options) (assistant.Model, error)
	native  func(options) (assistant.Model, error) // speaks the vendor's own protocol; nil if none does
	options []string                               // that it takes
}

// vendors is the table, by name.
var vendors = []vendor{
	{Info{Name: "deepseek", KeyVar: deepseek.KeyVar, BaseURLVar: deepseek.BaseURLVar, Model: deepseek.DefaultModel}, openDeepSeek, nil, []string{"base_url"}},
	{Info{Name: "doubao", KeyVar: doubao.KeyVar, BaseURLVar: doubao.BaseURLVar, Model: doubao.DefaultModel}, openDoubao, nil, []string{"base_url", "region"}},
	{Info{Name: "ernie", KeyVar: ernie.KeyVar, BaseURLVar: ernie.BaseURLVar, Model: ernie.DefaultModel}, openERNIE, nil, []string{"base_url"}},
	{Info{Name: "hunyuan", KeyVar: hunyuan.KeyVar, BaseURLVar: hunyuan.BaseURLVar, Model: hunyuan.DefaultModel}, openHunyuan, openHunyuanNative, []string{"base_url", "region"}},
	{Info{Name: "ollama", BaseURLVar: ollama.HostVar}, openOllama, openOllamaNative, []string{"base_url"}},
	{Info{Name: "openai", KeyVar: openai.KeyVar, BaseURLVar: openai.BaseURLVar, Model: openai.DefaultModel}, openOpenAI, nil, []string{"base_url"}},
	{Info{Name: "pangu", KeyVar: pangu.KeyVar, BaseURLVar: pangu.BaseURLVar, Model: pangu.DefaultModel}, openPangu, nil, []string{"base_url", "region"}},
	{Info{Name: "qwen", KeyVar: qwen.KeyVar, BaseURLVar: qwen.BaseURLVar, Model: qwen.DefaultModel}, openQwen, openQwenNative, []string{"base_url", "region"}},
}

func openDeepSeek(o options) (assistant.Model, error) {
	return deepseek.New(deepseek.Config{Model: o.model, BaseURL: o.baseURL})
}

func openDoubao(o options) (assistant.Model, error) {
	return doubao.New(doubao.Config{Model: o.model, BaseURL: o.baseURL, Region: doubao.Region(o.region)})
}

func openERNIE(o options) (assistant.Model, error) {
	return ernie.New(ernie.Config{Model: o.model, BaseURL: o.baseURL})
}

func openHunyuan(o options) (assistant.Model, error) {
	return hunyuan.New(hunyuan.Config{Model: o.model, BaseURL: o.baseURL, Region: hunyuan.Region(o.region)})
}

func openHunyuanNative(o options) (assistant.Model, error) {
	return hunyuan.NewNative(hunyuan.CloudConfig{Model: o.model, BaseURL: o.baseURL, Region: o.region})
}

func openOllama(o options) (assistant.Model, error) {
	if o.model == "" {
		return nil, errNoOllama
	}
	return ollama.New(ollama.Config{Model: o.model, BaseURL: o.baseURL})
}

func openOllamaNative(o options) (assistant.Model, error) {
	if o.model == "" {
		return nil, errNoOllama
	}
	return ollama.NewNative(ollama.NativeConfig{Config: ollama.Config{Model: o.model, BaseURL: o.baseURL}})
}

var errNoOllama = errors.New("no model: write one that has been pulled, such as ollama/qwen3:8b")

func openOpenAI(o options) (assistant.Model, error) {
	return openai.New(openai.Config{Model: o.model, BaseURL: o.baseURL})
}

func openPangu(o options) (assistant.Model, error) {
	return pangu.New(pangu.Config{Model: o.model, BaseURL: o.baseURL, Region: pangu.Region(o.region)})
}

func openQwen(o options) (assistant.Model, error) {
	return qwen.New(qwen.Config{Model: o.model, BaseURL: o.baseURL, Region: qwen.Region(o.region)})
}

func openQwenNative(o options) (assistant.Model, error) {
	return qwen.NewNative(qwen.Config{Model: o.model, BaseURL: o.baseURL, Region: qwen.Region(o.region)})
}

// Open returns the model called name, with the key from the environment. A name is a vendor, a slash
// and the vendor's name of the model, such as "qwen/qwen-plus"; the vendor alone means its default
// model. Options may follow as in a URL:
//
//	qwen/qwen-plus?region=intl
//	openai/llama-4?base_url=http://localhost:8000/v1
//	ollama/qwen3:8b
//	hunyuan?api=native
//
// With api=native the model is asked in the vendor's own protocol, which has what the common one lacks,
// such as the sources of a web search. Hunyuan's has models, regions (such as ap-guangzhou) and a pair of
// keys of its own, from TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY.
//
// Open sends nothing. It fails if the vendor is unknown, if an option is, or if the key is missing
// and needed; the error says which names there are.
func Open(name string) (assistant.Model, error) {
	v, o, err := parse(name)
	if err == nil {
		open := v.open
		if o.native {
			open = v.native
		}
		var m assistant.Model
		if m, err = open(o); err == nil {
			return m, nil
		}
	}
	name, _, _ = strings.Cut(name, "?") // an address may hold a password
	return nil, fmt.Errorf("open model %q: %w", name, err)
}

func parse(name string) (vendor, options, error) {
	path, query, _ := strings.Cut(name, "?")
	vendorName, model, _ := strings.Cut(path, "/")
	i := slices.IndexFunc(vendors, func(v vendor) bool { return v.Name == vendorName })
	if vendorName == "ondevice" { // it is no vendor, and weighs more than all of them
		return vendor{}, options{}, errors.New("the engine on the device is not opened by name: import providers/ondevice and call New, or trained.Load")
	}
	if i < 0 {
		return vendor{}, options{}, fmt.Errorf("unknown vendor %q; known are %s", vendorName, strings.Join(names(), ", "))
	}
	v, o := vendors[i], options{model: model}
	values, err := url.ParseQuery(query)
	if err != nil {
		return vendor{}, options{}, fmt.Errorf("options: %w", err)
	}
	for key := range values {
		if !slices.Contains(v.options, key) && (key != "api" || v.native == nil) {
			return vendor{}, options{}, fmt.Errorf("unknown option %q of vendor %s", key, v.Name)
		}
	}
	o.baseURL, o.region = values.Get("base_url"), values.Get("region")
	if values.Has("api") {
		if api := values.Get("api"); api != "native" {
			return vendor{}, options{}, fmt.Errorf("option api is %q; it can be \"native\"", api)
		}
		o.native = true
	}
	return v, o, nil
}

func names() []string {
	out := make([]string, len(vendors))
	for i, v := range vendors {
		out[i] = v.Name
	}
	return out
}

// List returns the vendors that [Open] knows, sorted by name.
func List() []Info {
	out := make([]Info, len(vendors))
	for i, v := range vendors {
		out[i] = v.Info
		out[i].Native = v.native != nil
	}
	return out
}
