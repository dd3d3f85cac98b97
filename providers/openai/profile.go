package openai

import (
	"sync"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// profile is the baseline of the protocol. Models of OpenAI that reason take fewer fields; all other
// names, also those of other people's servers, get the classic ones.
var profile = sync.OnceValue(func() *openaiwire.Profile {
	classic := openaiwire.Rules{
		Params: openaiwire.ParamTemperature | openaiwire.ParamTopP | openaiwire.ParamFrequencyPenalty |
			openaiwire.ParamPresencePenalty | openaiwire.ParamSeed | openaiwire.ParamStop | openaiwire.ParamParallelTools,
		User:              "user",
		Temperature:       openaiwire.Range{Min: 0, Max: 2},
		TopP:              openaiwire.Range{Min: 0, Max: 1},
		ToolModes:         openaiwire.AllModes,
		ThinkingToolModes: openaiwire.AllModes,
		ParallelByDefault: true,
		Formats:           openaiwire.FormatJSON | openaiwire.FormatSchema,
		JSONWord:          true,
		Parts: openaiwire.PartImage | openaiwire.PartImageDetail | openaiwire.PartAudio |
			openaiwire.PartFile,
	}

	unknown := classic // a name that says nothing may belong to a model that reasons
	unknown.Thinking = openaiwire.Thinking{Efforts: efforts, OffEffort: "none"}

	o := classic // the o series: always reasons
	o.Params = openaiwire.ParamParallelTools | openaiwire.ParamSeed
	o.MaxTokens = "max_completion_tokens"
	o.Parts = openaiwire.PartImage | openaiwire.PartImageDetail | openaiwire.PartFile
	o.Thinking = openaiwire.Thinking{Fixed: true, Efforts: efforts}

	five := o // gpt-5: reasons little rather than not at all
	five.Params = openaiwire.ParamParallelTools
	five.Thinking = openaiwire.Thinking{ByNature: true, Efforts: efforts, OffEffort: "minimal"}

	later := five // gpt-5.1 and newer: can be told not to reason
	later.Thinking = openaiwire.Thinking{Efforts: efforts, OffEffort: "none"}

	return &openaiwire.Profile{
		Vendor: Vendor,
		Rules:  unknown,
		Models: []openaiwire.ModelRules{
			{Match: []string{"gpt-3*", "gpt-4*", "chatgpt-*", "gpt-5-chat*"}, Rules: classic},
			{Match: []string{"o1*", "o3*", "o4*"}, Rules: o},
			{Match: []string{"gpt-5.*"}, Rules: later},
			{Match: []string{"gpt-5*"}, Rules: five},
		},
	}
})

var efforts = map[assistant.Effort]string{
	assistant.EffortLow:    "low",
	assistant.EffortMedium: "medium",
	assistant.EffortHigh:   "high",
	assistant.EffortMax:    "high",
}
