package pangu

import (
	"sync"

	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// profile is what differs between the vendor's models, and from other vendors.
var profile = sync.OnceValue(func() *openaiwire.Profile {
	return &openaiwire.Profile{Vendor: Vendor, Rules: unknownModel(), Models: models(), Errors: errorRules()}
})

// unknownModel are the rules of a model that no pattern matches. The vendor refuses fields that it
// does not know, so nothing is sent that it does not document, and nothing about thinking unless it is
// asked for.
func unknownModel() openaiwire.Rules {
	return openaiwire.Rules{
		Params: openaiwire.ParamTemperature | openaiwire.ParamTopP | openaiwire.ParamTopK | openaiwire.ParamStop |
			openaiwire.ParamFrequencyPenalty | openaiwire.ParamPresencePenalty,
		Temperature:       openaiwire.Range{Min: 0, Max: 2},
		TopP:              openaiwire.Range{Min: 0, Max: 1},
		ToolModes:         openaiwire.ModeNone | openaiwire.ModeForced,
		ThinkingToolModes: openaiwire.ModeNone | openaiwire.ModeForced,
		ParallelByDefault: true,
		Formats:           openaiwire.FormatJSON | openaiwire.FormatSchema,
		Parts:             openaiwire.PartImage,
		Prefix:            "prefix",
		Thinking:          openaiwire.Thinking{Form: openaiwire.ThinkingType, NotWith: openaiwire.WithPrefix},
	}
}

// models lists the families, the particular before the general.
func models() []openaiwire.ModelRules {
	thinking := unknownModel() // thinks unless told not to, reads text only
	thinking.Parts = 0
	thinking.Thinking.ByNature = true

	deepseek := thinking // wants back what it thought before a call
	deepseek.Replay = openaiwire.Replay{When: openaiwire.ReplayToolCalls, Empty: true}

	either := thinking // thinks or calls tools
	either.Thinking.NotWith |= openaiwire.WithTools

	reasoner := thinking
	reasoner.Thinking = openaiwire.Thinking{Fixed: true}
	reasoner.Prefix = ""

	qwen := thinking // its switch is an argument of the template
	qwen.Thinking.Form = openaiwire.TemplateSwitch

	plain := thinking
	plain.Thinking = openaiwire.Thinking{}

	seeing := plain
	seeing.Parts = openaiwire.PartImage

	return []openaiwire.ModelRules{
		{Match: []string{"deepseek-v4*"}, Rules: deepseek},
		{Match: []string{"deepseek-v3.1*", "deepseek-v3.2*"}, Rules: either},
		{Match: []string{"deepseek-r1*"}, Rules: reasoner},
		{Match: []string{"deepseek-v3*", "kimi-k2", "kimi-k2-*", "qwen3-coder*"}, Rules: plain},
		{Match: []string{"openpangu-*", "glm-*", "kimi-*"}, Rules: thinking},
		{Match: []string{"qwen3-*"}, Rules: qwen},
		{Match: []string{"*-vl-*"}, Rules: seeing},
	}
}
