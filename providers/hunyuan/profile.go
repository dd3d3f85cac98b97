package hunyuan

import (
	"sync"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// profile is what differs between TokenHub's models, and from other vendors.
var profile = sync.OnceValue(func() *openaiwire.Profile {
	return &openaiwire.Profile{
		Vendor:    Vendor,
		Rules:     unknownModel(),
		Models:    models(),
		Errors:    errorRules(),
		Finish:    finishRules(),
		Moderated: true,
	}
})

// finishRules hold the word for an answer that must leave the screen.
func finishRules() []openaiwire.FinishRule {
	return []openaiwire.FinishRule{{Raw: "sensitive", Reason: assistant.FinishFiltered, Retract: true}}
}

// unknownModel are the rules of a model that no pattern matches, services of one's own among them:
// nothing is held back that some model takes, but nothing is sent unless it is asked for.
func unknownModel() openaiwire.Rules {
	return openaiwire.Rules{
		Params:      openaiwire.ParamTemperature | openaiwire.ParamTopP | openaiwire.ParamSeed | openaiwire.ParamStop,
		Temperature: openaiwire.Range{Min: 0, Max: 2},
		TopP:        openaiwire.Range{Min: 0, Max: 1},
		ToolModes:   openaiwire.ModeNone | openaiwire.ModeRequired,
		Formats:     openaiwire.FormatJSON | openaiwire.FormatSchema,
		Parts: openaiwire.PartImage | openaiwire.PartImageDetail | openaiwire.PartVideo |
			openaiwire.PartFile,
		File:     openaiwire.FileURL,
		Replay:   openaiwire.Replay{When: openaiwire.ReplayToolCalls},
		Thinking: thinking(false, efforts("low", "medium", "high", "high")),
	}
}

func thinking(byNature bool, efforts map[assistant.Effort]string) openaiwire.Thinking {
	return openaiwire.Thinking{Form: openaiwire.ThinkingType, ByNature: byNature, Efforts: efforts}
}

func efforts(low, medium, high, most string) map[assistant.Effort]string {
	return map[assistant.Effort]string{
		assistant.EffortLow: low, assistant.EffortMedium: medium, assistant.EffortHigh: high, assistant.EffortMax: most,
	}
}

// models lists the families, the particular before the general.
func models() []openaiwire.ModelRules {
	hy3 := unknownModel() // knows one effort only
	hy3.Thinking = thinking(false, efforts("high", "high", "high", "high"))

	hy4 := hy3 // reads text only
	hy4.Parts = 0

	preview := unknownModel()

	talker := unknownModel() // neither thinks nor sees
	talker.Thinking = openaiwire.Thinking{}
	talker.Parts = 0

	seer := unknownModel() // does not think
	seer.Thinking = openaiwire.Thinking{}

	reasoner := unknownModel() // always thinks
	reasoner.Thinking = openaiwire.Thinking{Fixed: true}
	reasoner.Parts = 0

	old := reasoner // the older hosts want no thinking back
	old.Replay = openaiwire.Replay{}

	oldSeer := old // also sees
	oldSeer.Parts = seer.Parts

	switched := talker // one of the older models has another switch
	switched.Thinking = openaiwire.Thinking{Form: openaiwire.EnableThinking, ByNature: true}

	others := unknownModel() // think unless told not to
	others.Thinking = thinking(true, nil)

	deepseek := others
	deepseek.Parts = 0
	deepseek.JSONWord = true
	deepseek.ThinkingToolModes = openaiwire.ModeNone
	deepseek.Thinking.Efforts = efforts("high", "high", "high", "max")

	qwen := others
	qwen.Thinking = openaiwire.Thinking{Form: openaiwire.EnableThinking, ByNature: true}
	qwen.JSONWord = true
	qwen.Replay = openaiwire.Replay{Switch: "preserve_thinking"}

	return []openaiwire.ModelRules{
		{Match: []string{"hy3-preview*"}, Rules: preview},
		{Match: []string{"hy4*"}, Rules: hy4},
		{Match: []string{"hy3*"}, Rules: hy3},
		{Match: []string{"hy-mt*", "hunyuan-role*", "hunyuan-translation*"}, Rules: talker},
		{Match: []string{"hunyuan-2.0-thinking*"}, Rules: reasoner},
		{Match: []string{"hunyuan-t1*vision*"}, Rules: oldSeer},
		{Match: []string{"hunyuan-t1*"}, Rules: old},
		{Match: []string{"hunyuan-a13b*"}, Rules: switched},
		{Match: []string{"hunyuan-*vision*"}, Rules: seer},
		{Match: []string{"hunyuan-*"}, Rules: talker},
		{Match: []string{"deepseek-*"}, Rules: deepseek},
		{Match: []string{"qwen*"}, Rules: qwen},
		{Match: []string{"minimax-m2*"}, Rules: reasoner},
		{Match: []string{"glm-5v*", "kimi-*"}, Rules: others},
		{Match: []string{"glm-*"}, Rules: textOnly(others)},
	}
}

func textOnly(r openaiwire.Rules) openaiwire.Rules {
	r.Parts = 0
	return r
}
