package openaiwire_test

import (
	"testing"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

// TestDialects proves that a profile is enough to speak with vendors that differ much, against their
// fake servers. The profiles are as short as the vendors' own descriptions allow.
func TestDialects(t *testing.T) {
	t.Parallel()
	const penalties = openaiwire.ParamFrequencyPenalty | openaiwire.ParamPresencePenalty
	const sampling = openaiwire.ParamTemperature | openaiwire.ParamTopP | openaiwire.ParamStop

	deepseek := &openaiwire.Profile{
		Vendor: "deepseek",
		Rules: openaiwire.Rules{
			Params:            sampling | penalties,
			IgnoredThinking:   openaiwire.ParamTemperature | penalties,
			User:              "user_id",
			ToolModes:         openaiwire.AllModes,
			ThinkingToolModes: openaiwire.ModeNone,
			Formats:           openaiwire.FormatJSON,
			JSONWord:          true,
			Parts:             openaiwire.PartImage | openaiwire.PartFile,
			File:              openaiwire.FileID,
			Replay:            openaiwire.Replay{When: openaiwire.ReplayToolCalls, Empty: true},
			Thinking: openaiwire.Thinking{
				Form: openaiwire.ThinkingType, ByNature: true,
				Efforts: map[assistant.Effort]string{
					assistant.EffortLow: "low", assistant.EffortMedium: "high", assistant.EffortHigh: "high", assistant.EffortMax: "max",
				},
			},
		},
		Errors: []openaiwire.ErrorRule{{Message: "model not exist", Kind: assistant.ErrNotFound}},
	}
	doubao := &openaiwire.Profile{
		Vendor: "doubao",
		Rules: openaiwire.Rules{
			Params:            sampling | penalties | openaiwire.ParamParallelTools,
			ToolModes:         openaiwire.AllModes,
			ThinkingToolModes: openaiwire.AllModes,
			ParallelByDefault: true,
			Formats:           openaiwire.FormatJSON | openaiwire.FormatSchema,
			Parts:             openaiwire.PartImage | openaiwire.PartImageDetail | openaiwire.PartVideo | openaiwire.PartFile,
			Replay:            openaiwire.Replay{When: openaiwire.ReplayAlways, Opaque: "encrypted_content"},
			Thinking:          openaiwire.Thinking{Form: openaiwire.ThinkingType, ByNature: true},
		},
		RequestIDMark: "Request id: ",
		Errors: []openaiwire.ErrorRule{
			{Code: "*sensitivecontentdetected*", Kind: assistant.ErrBlocked},
			{Code: "*riskdetection", Kind: assistant.ErrBlocked},
			{Code: "accountoverdueerror", Kind: assistant.ErrQuota},
			{Code: "modelnotopen", Kind: assistant.ErrPermission},
			{Code: "serveroverloaded", Kind: assistant.ErrOverloaded},
			{Code: "quotaexceeded", Kind: assistant.ErrQuota},
			{Code: "setlimitexceeded", Kind: assistant.ErrQuota},
		},
	}
	pangu := &openaiwire.Profile{
		Vendor: "pangu",
		Rules: openaiwire.Rules{
			Params:            sampling | penalties | openaiwire.ParamTopK | openaiwire.ParamSeed,
			ToolModes:         openaiwire.ModeNone | openaiwire.ModeForced,
			ThinkingToolModes: openaiwire.ModeNone | openaiwire.ModeForced,
			Formats:           openaiwire.FormatJSON | openaiwire.FormatSchema,
			Parts:             openaiwire.PartImage,
			Thinking:          openaiwire.Thinking{Form: openaiwire.ThinkingType, ByNature: true},
		},
		Errors: []openaiwire.ErrorRule{
			{Code: "modelarts.81011", Kind: assistant.ErrBlocked, DropTurn: true},
			{Code: "modelarts.81002", Kind: assistant.ErrAuth},
			{Code: "modelarts.81015", Kind: assistant.ErrPermission},
			{Code: "modelarts.81005", Kind: assistant.ErrQuota},
			{Code: "modelarts.81006", Kind: assistant.ErrQuota},
		},
	}
	for _, tt := range []struct {
		profile *openaiwire.Profile
		vendor  *providertest.Vendor
	}{
		{deepseek, providertest.DeepSeek()},
		{doubao, providertest.Doubao()},
		{pangu, providertest.Huawei()},
	} {
		t.Run(tt.profile.Vendor, func(t *testing.T) {
			t.Parallel()
			providertest.RunWire(t, func(e providertest.Endpoint) (assistant.Model, error) {
				return openaiwire.New(openaiwire.Config{
					Profile:          tt.profile,
					BaseURL:          e.BaseURL,
					Key:              assistant.Secret(e.Key),
					Model:            e.Model,
					HTTPClient:       e.HTTPClient,
					IdleTimeout:      e.IdleTimeout,
					DisableStreaming: e.DisableStreaming,
				})
			}, providertest.WireOptions{Vendor: tt.vendor})
		})
	}
}
