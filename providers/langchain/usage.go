package langchain

import (
	"math"
	"reflect"

	"github.com/zhushou-ai/zhushou/assistant"
)

// The keys of GenerationInfo under which langchaingo's clients tell the usage. There is no common one.
var (
	inputKeys     = []string{"PromptTokens", "InputTokens", "input_tokens", "prompt_tokens"}
	outputKeys    = []string{"CompletionTokens", "OutputTokens", "output_tokens", "completion_tokens"}
	totalKeys     = []string{"TotalTokens", "total_tokens"}
	cacheKeys     = []string{"PromptCachedTokens", "CachedTokens", "CacheReadInputTokens"}
	writeKeys     = []string{"CacheCreationInputTokens"}
	reasoningKeys = []string{"ReasoningTokens", "CompletionReasoningTokens", "ThinkingTokens"}
)

// usageOf reads the usage; nil if there is none. A detail of zero is taken for one that the vendor did
// not tell, because langchaingo writes zeros for those.
func usageOf(info map[string]any) *assistant.Usage {
	if u, ok := info[infoUsage].(assistant.Usage); ok {
		return &u
	}
	if inner := fieldsOf(info["usage"]); len(inner) > 0 { // of Mistral: a struct
		info = inner
	}
	u := assistant.Usage{Input: count(info, inputKeys), Output: count(info, outputKeys), Total: count(info, totalKeys)}
	u.CacheRead, u.CacheWrite = some(count(info, cacheKeys)), some(count(info, writeKeys))
	u.Reasoning = some(count(info, reasoningKeys))
	if _, apart := info["CacheReadInputTokens"]; apart && info["InputTokens"] != nil { // Anthropic counts cached tokens apart
		u.Input += u.CacheRead.Value + u.CacheWrite.Value
	}
	if u.Total == 0 {
		u.Total = u.Input + u.Output
	}
	if u == (assistant.Usage{}) {
		return nil
	}
	return &u
}

func some(n int) assistant.Opt[int] { return assistant.Opt[int]{Value: n, Set: n != 0} }

// count returns the first number that is not zero.
func count(info map[string]any, keys []string) int {
	for _, key := range keys {
		if n := number(info[key]); n > 0 {
			return n
		}
	}
	return 0
}

// number reads a count; zero if v is none.
func number(v any) int {
	switch r := reflect.ValueOf(v); {
	case !r.IsValid():
	case r.CanInt():
		return int(min(max(r.Int(), 0), math.MaxInt32))
	case r.CanUint():
		return int(min(r.Uint(), math.MaxInt32))
	case r.CanFloat():
		return int(min(max(r.Float(), 0), math.MaxInt32))
	}
	return 0
}

// fieldsOf returns a map, or the exported fields of a struct by name.
func fieldsOf(v any) map[string]any {
	if m, ok := v.(map[string]any); ok {
		return m
	}
	out := map[string]any{}
	r := reflect.Indirect(reflect.ValueOf(v))
	if r.Kind() != reflect.Struct {
		return out
	}
	for i := range r.NumField() {
		if f := r.Type().Field(i); f.IsExported() {
			out[f.Name] = r.Field(i).Interface()
		}
	}
	return out
}
