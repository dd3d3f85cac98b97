package providertest

import "github.com/zhushou-ai/zhushou/assistant"

// DashScope describes Alibaba's Model Studio behind its native protocol. Adapters append paths such
// as /services/aigc/text-generation/generation to the base URL. A server for [Qwen] speaks the native
// protocol too; this one is for [RunWire]. The native protocol has no id of an answer, so Meta.ID may
// be anything, and does not name the model, so Meta.Model is the one that was asked.
func DashScope() *Vendor {
	v := dashScopeOf(Qwen())
	v.Base = dashScopeAPI
	v.Chunk, v.Completion = nil, nil
	v.Scenarios = dashScopeScenarios
	v.SizeMark = "*"
	v.flatten = flattenDashScope
	return v
}

// dashScopeOf is v with what the native endpoints have in common: a flat envelope and other codes.
func dashScopeOf(v *Vendor) *Vendor {
	native := *v
	native.Fields, native.Parts = dashScopeParameters, nil
	native.Envelopes = []Envelope{{"flat", flatEnvelope}}
	native.BadKey = dashScopeBadKey()
	native.NoModel = fault(404, "ModelNotFound", "Model {model} can not be found.", assistant.ErrNotFound)
	native.BadRequest = fault(400, "InvalidParameter", "{reason}", assistant.ErrInvalid)
	native.SizeMark = "*"
	return &native
}

func dashScopeBadKey() Fault {
	return fault(401, "InvalidApiKey", "Invalid API-key provided.", assistant.ErrAuth)
}

func failDashScope(_ *Vendor, f Fault) Response { return JSON(f.Status, flatEnvelope(f)) }
