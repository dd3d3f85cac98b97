package doubao

import (
	"sync"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// profile is what differs between the vendor's models, and from other vendors.
var profile = sync.OnceValue(func() *openaiwire.Profile {
	return &openaiwire.Profile{
		Vendor:        Vendor,
		Rules:         newest(),
		Models:        models(),
		Errors:        errorRules(),
		RequestIDMark: "Request id: ",
	}
})

const penalties = openaiwire.ParamFrequencyPenalty | openaiwire.ParamPresencePenalty

// newest are the rules of the newest family, and of models and endpoints that nobody knows. The models
// refuse stop because they can think, whether they do or not.
func newest() openaiwire.Rules {
	return openaiwire.Rules{
		Params:            openaiwire.ParamTemperature | openaiwire.ParamTopP | penalties | openaiwire.ParamParallelTools,
		Temperature:       openaiwire.Range{Min: 0, Max: 2},
		TopP:              openaiwire.Range{Min: 0, Max: 1},
		ToolModes:         openaiwire.AllModes,
		ThinkingToolModes: openaiwire.AllModes,
		ParallelByDefault: true,
		Formats:           openaiwire.FormatJSON | openaiwire.FormatSchema,
		Parts: openaiwire.PartImage | openaiwire.PartImageDetail | openaiwire.PartVideo |
			openaiwire.PartAudio | openaiwire.PartFile,
		MediaSources: true,
		FPS:          openaiwire.Range{Min: 0.2, Max: 5},
		PrefixBare:   true,
		Replay:       openaiwire.Replay{When: openaiwire.ReplayAlways, Opaque: "encrypted_content"},
		Thinking: openaiwire.Thinking{
			Form:     openaiwire.ThinkingType,
			ByNature: true,
			Efforts: map[assistant.Effort]string{
				assistant.EffortLow:    "low",
				assistant.EffortMedium: "medium",
				assistant.EffortHigh:   "high",
				assistant.EffortMax:    "high",
			},
		},
	}
}

// models lists the families, the particular before the general.
func models() []openaiwire.ModelRules {
	bot := newest() // an application, which may search the web
	bot.Path = "/bots/chat/completions"

	seed20 := newest()
	seed20.Params &^= penalties

	fixed20 := seed20 // whatever it is told, its temperature is 1 and its top_p 0.95
	fixed20.Params &^= openaiwire.ParamTemperature | openaiwire.ParamTopP

	seed18 := seed20
	seed18.Params &^= openaiwire.ParamTopP
	seed18.Parts = openaiwire.PartImage | openaiwire.PartImageDetail | openaiwire.PartVideo
	seed18.NoFileIDs = true

	seed16 := newest()
	seed16.Parts = seed18.Parts
	seed16.NoFileIDs = true
	seed16.Replay.When = openaiwire.ReplayNever

	plain := openaiwire.Rules{ // does not think, reads text only
		Params:      openaiwire.ParamTemperature | openaiwire.ParamTopP | penalties | openaiwire.ParamStop,
		Temperature: openaiwire.Range{Min: 0, Max: 2},
		TopP:        openaiwire.Range{Min: 0, Max: 1},
		Formats:     openaiwire.FormatJSON | openaiwire.FormatSchema,
		PrefixBare:  true,
		// A choice among tools came with a later family.
		ParallelByDefault: true,
	}

	guest := newest() // another maker's model
	guest.Parts = 0
	guest.Params &^= openaiwire.ParamParallelTools // it and choices among tools are Seed's
	guest.ToolModes, guest.ThinkingToolModes = 0, 0
	guest.Formats = openaiwire.FormatJSON // a schema is taken but not enforced
	guest.Replay.When = openaiwire.ReplayToolCalls
	guest.Thinking.Efforts = map[assistant.Effort]string{
		assistant.EffortLow:    "low",
		assistant.EffortMedium: "medium",
		assistant.EffortHigh:   "high",
		assistant.EffortMax:    "max",
	}

	return []openaiwire.ModelRules{
		{Match: []string{"bot-*"}, Rules: bot},
		{Match: []string{"doubao-seed-2-0-pro-260215*", "doubao-seed-2-0-lite-260215*"}, Rules: fixed20},
		{Match: []string{"doubao-seed-2-0*"}, Rules: seed20},
		{Match: []string{"doubao-seed-1-8*"}, Rules: seed18},
		{Match: []string{"doubao-seed-1-6*"}, Rules: seed16},
		{Match: []string{"doubao-1-5-pro-32k*", "doubao-1-5-lite-32k*"}, Rules: plain},
		{Match: []string{"deepseek-*", "glm-*"}, Rules: guest},
	}
}
