package qwen

import (
	"slices"
	"sync"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// profile is what differs between the vendor's models, and from other vendors.
var profile = sync.OnceValue(func() *openaiwire.Profile {
	return &openaiwire.Profile{Vendor: Vendor, Rules: unknownModel(), Models: models(), Errors: errorRules()}
})

// preservingProfile is profile with earlier thinking sent back.
var preservingProfile = sync.OnceValue(func() *openaiwire.Profile {
	p := *profile()
	p.Models = slices.Clone(p.Models)
	preserve := func(r *openaiwire.Rules) {
		r.Replay.When = openaiwire.ReplayAlways
		r.Fixed = append(slices.Clone(r.Fixed), openaiwire.Field{Name: preserveThinking, JSON: "true"})
	}
	preserve(&p.Rules)
	for i := range p.Models {
		if p.Models[i].Rules.Thinking.Form != openaiwire.NoSwitch || p.Models[i].Rules.Thinking.Fixed {
			preserve(&p.Models[i].Rules)
		}
	}
	return &p
})

const preserveThinking = "preserve_thinking"

// unknownModel are the rules of a model that no pattern matches: nothing is held back that some
// model takes, but nothing is sent unless it is asked for.
func unknownModel() openaiwire.Rules {
	return openaiwire.Rules{
		Params: openaiwire.ParamTemperature | openaiwire.ParamTopP | openaiwire.ParamTopK |
			openaiwire.ParamPresencePenalty | openaiwire.ParamSeed | openaiwire.ParamStop | openaiwire.ParamParallelTools,
		Temperature:       openaiwire.Range{Min: 0, Max: 1.999}, // 2 is refused
		TopP:              openaiwire.Range{Min: 0.001, Max: 1}, // 0 is refused
		MaxSeed:           1<<31 - 1,
		ToolModes:         openaiwire.ModeNone | openaiwire.ModeForced,
		ThinkingToolModes: openaiwire.ModeNone,
		Formats:           openaiwire.FormatJSON | openaiwire.FormatSchema,
		JSONWord:          true,
		Parts:             openaiwire.PartImage | openaiwire.PartVideo | openaiwire.PartFrames | openaiwire.PartAudio,
		AudioURL:          true,
		Prefix:            "partial",
		Replay:            openaiwire.Replay{Switch: preserveThinking},
		Thinking:          hybrid(false),
		Search:            search,
	}
}

// hybrid is the thinking of models that have a switch. An effort is a budget for them.
func hybrid(byNature bool) openaiwire.Thinking {
	return openaiwire.Thinking{
		Form:     openaiwire.EnableThinking,
		ByNature: byNature,
		Budget:   "thinking_budget",
		EffortBudgets: map[assistant.Effort]int{
			assistant.EffortLow:    4096,
			assistant.EffortMedium: 16384,
			assistant.EffortHigh:   0, // the model's maximum
			assistant.EffortMax:    0,
		},
	}
}

// models lists the families, the particular before the general.
func models() []openaiwire.ModelRules {
	seeing := unknownModel()
	seeing.Parts &^= openaiwire.PartAudio

	newest := seeing // thinks unless told not to
	newest.Thinking = hybrid(true)

	max38 := newest // has words for effort, and a floor for the temperature
	max38.Temperature.Min = 0.6
	max38.Thinking.Efforts = map[assistant.Effort]string{
		assistant.EffortLow:    "low",
		assistant.EffortMedium: "medium",
		assistant.EffortHigh:   "xhigh",
		assistant.EffortMax:    "xhigh",
	}

	commercial := seeing // thinks only when told to
	commercial.TopP.Max = 0.999

	open := newest // open weights answer without a stream only if they do not think
	open.Stream = openaiwire.StreamWhenThinking

	reasoner := seeing // always thinks
	reasoner.Thinking = openaiwire.Thinking{Fixed: true, Budget: "thinking_budget", EffortBudgets: hybrid(true).EffortBudgets}
	reasoner.Stream = openaiwire.StreamOnly

	omni := unknownModel()
	omni.Stream = openaiwire.StreamOnly

	plain := commercial // does not think
	plain.Thinking = openaiwire.Thinking{}

	long := textOnly(plain) // reads uploaded documents
	long.Parts = openaiwire.PartFile
	long.File = openaiwire.FileSystem

	hearing := plain // speech to text
	hearing.Parts = openaiwire.PartAudio

	deepseek := textOnly(newest)
	deepseek.Thinking.Efforts = map[assistant.Effort]string{
		assistant.EffortLow:    "high",
		assistant.EffortMedium: "high",
		assistant.EffortHigh:   "high",
		assistant.EffortMax:    "max",
	}

	return []openaiwire.ModelRules{
		{Match: []string{"qvq*", "*-vl-*thinking*"}, Rules: reasoner},
		{Match: []string{"qwq*", "*-thinking*", "deepseek-r1*"}, Rules: textOnly(reasoner)},
		{Match: []string{"*omni*"}, Rules: omni},
		{Match: []string{"*-asr*"}, Rules: hearing},
		{Match: []string{"qwen3-coder*", "qwen-coder*", "qwen2.5-coder*", "qwen-mt*", "qwen-math*"}, Rules: textOnly(plain)},
		{Match: []string{"qwen-long*"}, Rules: long},
		{Match: []string{"qwen3.8-max*"}, Rules: max38},
		{Match: []string{"qwen3.5*", "qwen3.6*", "qwen3.7*", "qwen3.8*"}, Rules: newest},
		{Match: []string{"qwen3-vl-plus*", "qwen3-vl-flash*"}, Rules: commercial},
		{Match: []string{"qwen-plus*", "qwen-flash*", "qwen-turbo*", "qwen3-max*"}, Rules: textOnly(commercial)},
		{Match: []string{"qwen-vl*", "qwen2*-vl-*", "qwen3-vl-*instruct*"}, Rules: plain},
		{Match: []string{"qwen3-*instruct*", "qwen2*", "qwen1*", "qwen-max*"}, Rules: textOnly(plain)},
		{Match: []string{"qwen3-vl-*b", "qwen3-vl-*b-*"}, Rules: open},
		{Match: []string{"qwen3-*b", "qwen3-*b-*"}, Rules: textOnly(open)},
		{Match: []string{"deepseek-v4*"}, Rules: deepseek},
	}
}

func textOnly(r openaiwire.Rules) openaiwire.Rules {
	r.Parts = 0
	return r
}

// freshness are the ages, in days, that the vendor's search can be limited to.
var freshness = []int{7, 30, 180, 365}

const maxSites = 25

func search(f *openaiwire.Fields, s assistant.Search) {
	f.Bool("enable_search", s.Mode != assistant.Off)
	if s.Mode == assistant.Off || !s.Forced && len(s.Sites) == 0 && s.Days == 0 {
		return
	}
	f.Object("search_options", func(f *openaiwire.Fields) { searchOptions(f, s) })
}

func searchOptions(f *openaiwire.Fields, s assistant.Search) {
	if s.Forced {
		f.Bool("forced_search", true)
	}
	if s.Days > 0 {
		i, exact := slices.BinarySearch(freshness, s.Days)
		switch {
		case i == len(freshness):
			f.Drop("Search.Days", "the vendor knows no limit beyond a year")
		case !exact:
			f.Drop("Search.Days", "the vendor knows 7, 30, 180 and 365 days; the next longer was sent")
			fallthrough
		default:
			f.Int("freshness", int64(freshness[i]))
		}
	}
	if sites := s.Sites; len(sites) > 0 {
		if len(sites) > maxSites {
			f.Drop("Search.Sites", "the vendor takes 25 sites; the first ones were sent")
			sites = sites[:maxSites]
		}
		f.Strings("assigned_site_list", sites)
	}
}
