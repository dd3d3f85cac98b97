package ernie

import (
	"sync"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// profile is what differs between the platform's models, and from other vendors.
var profile = sync.OnceValue(func() *openaiwire.Profile {
	return &openaiwire.Profile{
		Vendor: Vendor,
		Rules:  unknownModel(),
		Models: models(),
		Errors: errorRules(),
		Flags: []openaiwire.FlagRule{ // 1 is a low risk: the chat may go on
			{Value: 2},
			{Value: 3, Retract: true, DropTurn: true},
			{Value: 4, Retract: true, DropTurn: true},
		},
		Moderated: true,
	}
})

const sampling = openaiwire.ParamTemperature | openaiwire.ParamTopP |
	openaiwire.ParamFrequencyPenalty | openaiwire.ParamPresencePenalty

// unknownModel are the rules of a model that no pattern matches: nothing is held back that some
// model takes, but nothing is sent unless it is asked for.
func unknownModel() openaiwire.Rules {
	return openaiwire.Rules{
		Params:            sampling | openaiwire.ParamSeed | openaiwire.ParamStop | openaiwire.ParamParallelTools,
		MinSeed:           1,
		MaxSeed:           2147483646,
		MaxStopLength:     20,
		User:              "user",
		ToolModes:         openaiwire.AllModes,
		ThinkingToolModes: openaiwire.AllModes,
		ParallelByDefault: true,
		ToolNames:         true,
		BlankResult:       "(无内容)",
		Formats:           openaiwire.FormatJSON | openaiwire.FormatSchema,
		BareSchema:        true,
		Parts:             openaiwire.PartImage | openaiwire.PartImageDetail | openaiwire.PartVideo,
		Thinking:          thinking(openaiwire.EnableThinking, false),
		Search:            searchOfOthers,
	}
}

// thinking is that of models with a switch.
func thinking(form openaiwire.SwitchForm, byNature bool) openaiwire.Thinking {
	return openaiwire.Thinking{
		Form:      form,
		ByNature:  byNature,
		Budget:    "thinking_budget",
		MinBudget: 100,
		Efforts: map[assistant.Effort]string{
			assistant.EffortLow:    "low",
			assistant.EffortMedium: "medium",
			assistant.EffortHigh:   "high",
			assistant.EffortMax:    "high",
		},
	}
}

// models lists the families, the particular before the general.
func models() []openaiwire.ModelRules {
	text := unknownModel()
	text.Parts = 0
	text.Search = search

	flash := text // takes no sampling fields
	flash.Params &^= sampling

	plain := text // does not think
	plain.Thinking = openaiwire.Thinking{}

	reader := plain // of text and pictures
	reader.Parts = openaiwire.PartImage | openaiwire.PartImageDetail

	thinker := reader // thinks unless told not to
	thinker.Thinking = thinking(openaiwire.EnableThinking, true)

	viewer := reader // of films too
	viewer.Parts |= openaiwire.PartVideo

	preview := viewer // thinks only when told to
	preview.Thinking = thinking(openaiwire.EnableThinking, false)

	reasoner := text // always thinks, and takes less than others
	reasoner.Params = openaiwire.ParamTemperature | openaiwire.ParamTopP | openaiwire.ParamParallelTools
	reasoner.Formats = 0
	reasoner.Thinking = thinking(openaiwire.NoSwitch, true)
	reasoner.Thinking.Fixed = true

	typed := text // other vendors' models, with their own switch
	typed.Thinking = thinking(openaiwire.ThinkingType, true)
	typed.Search = searchOfOthers

	deepseek := typed // takes the sampling fields, to no effect
	deepseek.Params &^= sampling

	kimi := typed // samples in its own way
	kimi.Params &^= sampling

	qwen := text
	qwen.Thinking = thinking(openaiwire.EnableThinking, true)
	qwen.Search = searchOfOthers

	return []openaiwire.ModelRules{
		{Match: []string{"ernie-5.5-flash*"}, Rules: flash},
		{Match: []string{"ernie-5.0-thinking*"}, Rules: thinker},
		{Match: []string{"ernie-5.0*"}, Rules: reader},
		{Match: []string{"ernie-4.5*vl*preview*"}, Rules: preview},
		{Match: []string{"ernie-4.5*vl*"}, Rules: viewer},
		{Match: []string{"ernie-x1*"}, Rules: reasoner},
		{Match: []string{"ernie-4.5*", "ernie-4.0*", "ernie-3.5*", "ernie-speed*", "ernie-lite*"}, Rules: plain},
		{Match: []string{"ernie-*"}, Rules: text},
		{Match: []string{"deepseek-*"}, Rules: deepseek},
		{Match: []string{"kimi-*"}, Rules: kimi},
		{Match: []string{"glm-*"}, Rules: typed},
		{Match: []string{"qwen3*"}, Rules: qwen},
	}
}

// search asks for the sources too, and for their marks in the text.
func search(f *openaiwire.Fields, s assistant.Search) { webSearch(f, s, false) }

// searchOfOthers is that of models that are not ERNIE: these can be made to search.
func searchOfOthers(f *openaiwire.Fields, s assistant.Search) { webSearch(f, s, true) }

func webSearch(f *openaiwire.Fields, s assistant.Search, canBeForced bool) {
	if len(s.Sites) > 0 {
		f.Drop("Search.Sites", "the vendor's search cannot be held to sites")
	}
	if s.Days > 0 {
		f.Drop("Search.Days", "the vendor's search cannot be held to an age")
	}
	if s.Forced && !canBeForced {
		f.Drop("Search.Forced", "the model decides by itself whether to search")
	}
	f.Object("web_search", func(f *openaiwire.Fields) {
		f.Bool("enable", s.Mode != assistant.Off)
		if s.Mode == assistant.Off {
			return
		}
		f.Bool("enable_citation", true)
		f.Bool("enable_trace", true)
		if s.Forced && canBeForced {
			f.String("search_mode", "required")
		}
	})
}
