package ollama

import (
	"sync"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// profile is what the server takes, whatever the model: it finds out by itself what a model can do.
var profile = sync.OnceValue(func() *openaiwire.Profile {
	rules := openaiwire.Rules{
		Params: openaiwire.ParamTemperature | openaiwire.ParamTopP | openaiwire.ParamSeed | openaiwire.ParamStop |
			openaiwire.ParamFrequencyPenalty | openaiwire.ParamPresencePenalty,
		MaxStops:  16,
		ToolNames: true,
		Formats:   openaiwire.FormatJSON | openaiwire.FormatSchema,
		JSONWord:  true, // without it models write white space for ever
		Parts:     openaiwire.PartImage,
		ImageData: true,
		Thinking:  openaiwire.Thinking{ByNature: true, OffEffort: "none"},
	}
	levelled := rules // models that think more or less hard, and always
	levelled.Thinking = openaiwire.Thinking{Fixed: true, Efforts: map[assistant.Effort]string{
		assistant.EffortLow: "low", assistant.EffortMedium: "medium", assistant.EffortHigh: "high", assistant.EffortMax: "high",
	}}
	return &openaiwire.Profile{
		Vendor: Vendor,
		Rules:  rules,
		Models: []openaiwire.ModelRules{{Match: []string{"gpt-oss*", "*/gpt-oss*"}, Rules: levelled}},
		Errors: []openaiwire.ErrorRule{
			{Message: "try pulling it first", Kind: assistant.ErrNotFound},
			{Message: "exceeds the context length", Kind: assistant.ErrContextLength},
			{Message: "exceeds maximum context length", Kind: assistant.ErrContextLength},
			{Message: "exceeded the context length", Kind: assistant.ErrContextLength},
			{Message: "does not support", Kind: assistant.ErrInvalid},
			{Message: "server busy", Kind: assistant.ErrOverloaded},
		},
	}
})
