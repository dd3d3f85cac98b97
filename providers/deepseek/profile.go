package deepseek

import (
	"sync"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// profile is what differs between the vendor's models, and from other vendors.
var profile = sync.OnceValue(func() *openaiwire.Profile {
	return &openaiwire.Profile{
		Vendor:     Vendor,
		Rules:      flash(),
		Models:     models(),
		Errors:     errorRules(),
		RequestIDs: []string{"X-Request-Id", "X-Deepseek-Request-Id"},
	}
})

// strictProfile is profile with the arguments of calls held to the tools' schemas.
var strictProfile = sync.OnceValue(func() *openaiwire.Profile {
	p := *profile()
	p.Models = models()
	p.Rules.StrictTools = true
	for i := range p.Models {
		p.Models[i].Rules.StrictTools = true
	}
	return &p
})

// flash are the rules of the recommended model, and of those that nobody knows.
func flash() openaiwire.Rules {
	const penalties = openaiwire.ParamFrequencyPenalty | openaiwire.ParamPresencePenalty
	return openaiwire.Rules{
		Params:            openaiwire.ParamTemperature | openaiwire.ParamTopP | openaiwire.ParamStop | penalties,
		IgnoredThinking:   openaiwire.ParamTemperature | penalties,
		Temperature:       openaiwire.Range{Min: 0, Max: 2},
		User:              "user_id",
		ToolModes:         openaiwire.AllModes,
		ThinkingToolModes: openaiwire.ModeNone,
		ParallelByDefault: true,
		Formats:           openaiwire.FormatJSON,
		JSONWord:          true,
		Parts:             openaiwire.PartImage | openaiwire.PartFile,
		File:              openaiwire.FileID,
		Prefix:            "prefix",
		Replay:            openaiwire.Replay{When: openaiwire.ReplayToolCalls, Empty: true},
		Thinking: openaiwire.Thinking{
			Form:     openaiwire.ThinkingType,
			ByNature: true,
			Efforts: map[assistant.Effort]string{
				assistant.EffortLow:    "low",
				assistant.EffortMedium: "high", // the vendor has no medium, and takes the word for high
				assistant.EffortHigh:   "high",
				assistant.EffortMax:    "max",
			},
		},
	}
}

func models() []openaiwire.ModelRules {
	blind := flash()
	blind.Parts = 0

	plain := blind // an old name for not thinking
	plain.Thinking, plain.Replay = openaiwire.Thinking{}, openaiwire.Replay{}

	reasoner := blind // an old name for thinking
	reasoner.Thinking = openaiwire.Thinking{Fixed: true}

	return []openaiwire.ModelRules{
		{Match: []string{"deepseek-v4-pro*"}, Rules: blind},
		{Match: []string{"deepseek-chat"}, Rules: plain},
		{Match: []string{"deepseek-reasoner"}, Rules: reasoner},
	}
}

// errorRules are the vendor's messages. Codes and types tell nothing: they are the same for most
// errors, so the HTTP status decides what the message does not.
func errorRules() []openaiwire.ErrorRule {
	return []openaiwire.ErrorRule{
		{Message: "content exists risk", Kind: assistant.ErrBlocked},
		{Message: "insufficient balance", Kind: assistant.ErrQuota},
		{Message: "model not exist", Kind: assistant.ErrNotFound},
		{Message: "authentication fails", Kind: assistant.ErrAuth},
		{Message: "reasoning_content", Status: 400, Kind: assistant.ErrInvalid,
			Hint: "a turn with tool calls lacks what the model thought; keep the Reasoning parts of the history"},
	}
}
