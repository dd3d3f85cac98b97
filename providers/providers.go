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
	"github.com/zhushou-ai/zhushou/providers/ondevice"
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
}

// options are what may follow the name of a model.
type options struct{ model, baseURL, region string }

// A vendor is one line of the table.
type vendor struct {
	Info
	open    func(options) (assistant.Model, error)
	options []string // that it takes
}

// vendors is the table, by name.
var vendors = []vendor{
	{Info{"deepseek", deepseek.KeyVar, deepseek.BaseURLVar, deepseek.DefaultModel}, openDeepSeek, []string{"base_url"}},
	{Info{"doubao", doubao.KeyVar, doubao.BaseURLVar, doubao.DefaultModel}, openDoubao, []string{"base_url", "region"}},
	{Info{"ernie", ernie.KeyVar, ernie.BaseURLVar, ernie.DefaultModel}, openERNIE, []string{"base_url"}},
	{Info{"hunyuan", hunyuan.KeyVar, hunyuan.BaseURLVar, hunyuan.DefaultModel}, openHunyuan, []string{"base_url", "region"}},
	{Info{Name: "ollama", BaseURLVar: ollama.HostVar}, openOllama, []string{"base_url"}},
	{Info{Name: "ondevice"}, openOnDevice, nil},
	{Info{"openai", openai.KeyVar, openai.BaseURLVar, openai.DefaultModel}, openOpenAI, []string{"base_url"}},
	{Info{"pangu", pangu.KeyVar, pangu.BaseURLVar, pangu.DefaultModel}, openPangu, []string{"base_url", "region"}},
	{Info{"qwen", qwen.KeyVar, qwen.BaseURLVar, qwen.DefaultModel}, openQwen, []string{"base_url", "region"}},
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

func openOllama(o options) (assistant.Model, error) {
	if o.model == "" {
		return nil, errors.New("no model: write one that has been pulled, such as ollama/qwen3:8b")
	}
	return ollama.New(ollama.Config{Model: o.model, BaseURL: o.baseURL})
}

func openOnDevice(o options) (assistant.Model, error) {
	if o.model != "" {
		return nil, fmt.Errorf("there is only one model, but %q is asked for; write the vendor alone", o.model)
	}
	return ondevice.New(ondevice.Config{}), nil
}

func openOpenAI(o options) (assistant.Model, error) {
	return openai.New(openai.Config{Model: o.model, BaseURL: o.baseURL})
}

func openPangu(o options) (assistant.Model, error) {
	return pangu.New(pangu.Config{Model: o.model, BaseURL: o.baseURL, Region: pangu.Region(o.region)})
}

func openQwen(o options) (assistant.Model, error) {
	return qwen.New(qwen.Config{Model: o.model, BaseURL: o.baseURL, Region: qwen.Region(o.region)})
}

// Open returns the model called name, with the key from the environment. A name is a vendor, a slash
// and the vendor's name of the model, such as "qwen/qwen-plus"; the vendor alone means its default
// model. Options may follow as in a URL:
//
//	qwen/qwen-plus?region=intl
//	openai/llama-4?base_url=http://localhost:8000/v1
//	ollama/qwen3:8b
//	ondevice
//
// Open sends nothing. It fails if the vendor is unknown, if an option is, or if the key is missing
// and needed; the error says which names there are.
func Open(name string) (assistant.Model, error) {
	v, o, err := parse(name)
	if err == nil {
		var m assistant.Model
		if m, err = v.open(o); err == nil {
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
	if i < 0 {
		return vendor{}, options{}, fmt.Errorf("unknown vendor %q; known are %s", vendorName, strings.Join(names(), ", "))
	}
	v, o := vendors[i], options{model: model}
	values, err := url.ParseQuery(query)
	if err != nil {
		return vendor{}, options{}, fmt.Errorf("options: %w", err)
	}
	for key := range values {
		if !slices.Contains(v.options, key) {
			return vendor{}, options{}, fmt.Errorf("unknown option %q of vendor %s", key, v.Name)
		}
	}
	o.baseURL, o.region = values.Get("base_url"), values.Get("region")
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
	}
	return out
}
