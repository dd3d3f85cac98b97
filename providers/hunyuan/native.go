package hunyuan

import (
	"cmp"
	"fmt"
	"sync"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// DefaultNativeModel is used by [NewNative] if neither the request nor the configuration names a model.
const DefaultNativeModel = "hunyuan-turbos-latest"

var chatService = service{"hunyuan", "2023-09-01"}

// NewNative returns a model behind ChatCompletions of the vendor's cloud interface, the older of its
// two. It is for those who have a pair of keys in place of an API key, and for the vendor's web search,
// which TokenHub does not have. It sends nothing.
func NewNative(cfg CloudConfig) (*Model, error) {
	cfg.Model = cmp.Or(cfg.Model, DefaultNativeModel)
	client, err := cfg.client(chatService, "ChatCompletions", nativeProfile(), &openaiwire.Translation{
		Path: "/", Request: nativeRequest, Answer: commonAnswer,
	})
	if err != nil {
		return nil, fmt.Errorf("hunyuan: %w", err)
	}
	return &Model{client: client, native: true}, nil
}

var nativeProfile = sync.OnceValue(func() *openaiwire.Profile {
	rules := openaiwire.Rules{
		Params:            openaiwire.ParamTemperature | openaiwire.ParamTopP | openaiwire.ParamSeed | openaiwire.ParamStop,
		Temperature:       openaiwire.Range{Min: 0, Max: 2},
		TopP:              openaiwire.Range{Min: 0, Max: 1},
		MinSeed:           1,
		MaxSeed:           10000,
		ToolModes:         openaiwire.ModeNone | openaiwire.ModeForced,
		ThinkingToolModes: openaiwire.ModeNone | openaiwire.ModeForced,
		Parts:             openaiwire.PartImage | openaiwire.PartVideo | openaiwire.PartFrames,
		EmptyContent:      `" "`,
		NoStreamUsage:     true, // counts come on every event
		Search:            nativeSearch,
	}
	text := textOnly(rules)
	switched := text
	switched.Thinking = openaiwire.Thinking{Form: openaiwire.EnableThinking, ByNature: true}
	reasoner := rules
	reasoner.Thinking = openaiwire.Thinking{Fixed: true}
	return &openaiwire.Profile{
		Vendor: Vendor,
		Rules:  rules,
		Models: []openaiwire.ModelRules{
			{Match: []string{"hunyuan-a13b*"}, Rules: switched},
			{Match: []string{"hunyuan-t1*vision*"}, Rules: reasoner},
			{Match: []string{"hunyuan-t1*", "*-thinking-*"}, Rules: textOnly(reasoner)},
			{Match: []string{"hunyuan-*vision*"}, Rules: rules},
			{Match: []string{"hunyuan-*"}, Rules: text},
		},
		Errors:    cloudErrorRules(),
		Finish:    finishRules(),
		Moderated: true,
	}
})

// nativeSearch writes fields in the native spelling, which the translation leaves as they are.
func nativeSearch(f *openaiwire.Fields, s assistant.Search) {
	on := s.Mode != assistant.Off
	f.Bool("EnableEnhancement", on)
	if !on {
		return
	}
	f.Bool("SearchInfo", true)
	f.Bool("Citation", true)
	if s.Forced {
		f.Bool("ForceSearchEnhancement", true)
	}
	if len(s.Sites) > 0 {
		f.Drop("Search.Sites", "the vendor's search cannot be held to sites")
	}
	if s.Days > 0 {
		f.Drop("Search.Days", "the vendor's search cannot be held to an age")
	}
}
