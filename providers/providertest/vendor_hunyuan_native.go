package providertest

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"unicode"

	"github.com/zhushou-ai/zhushou/assistant"
)

// HunyuanNative describes Tencent's cloud interface, whose requests are signed and whose errors have
// status 200. Adapters post to the base URL itself. A check that gives another key than [DefaultKey]
// means a wrong pair. The interface does not name the model that answered, so Meta.Model is the one that
// was asked.
func HunyuanNative() *Vendor {
	v := Hunyuan()
	v.Base, v.Model = "", "hunyuan-turbos-latest"
	v.EmbeddingModel, v.ImageModel = "hunyuan-embedding", ""
	v.Fields, v.Parts, v.Rules = tencentFields, nil, nil
	v.Envelopes = []Envelope{{"cloud", tencentEnvelope}}
	v.BadKey = *tencentFault("AuthFailure.SignatureFailure", "The provided credentials could not be validated. Please check your signature is correct.")
	v.NoModel = *tencentFault("InvalidParameterValue.Model", "The model {model} does not exist.")
	v.NoModel.Kinds = []assistant.ErrorKind{assistant.ErrNotFound, assistant.ErrInvalid}
	v.BadRequest = *tencentFault("InvalidParameter", "{reason}")
	v.Faults = tencentFaults()
	v.Chunk, v.Completion = nil, nil
	v.Rows, v.Dimensions = func(string) int { return 50 }, defaultDimensions
	v.Scenarios = tencentScenarios
	v.flatten = flattenTencent
	return v
}

func tencentEnvelope(f Fault) string {
	return fmt.Sprintf(`{"Response":{"Error":{"Code":%s,"Message":%s},"RequestId":%s}}`, quote(f.Code), quote(f.Message), quote(f.id()))
}

func tencentFaults() []Fault {
	f := func(code string, kinds ...assistant.ErrorKind) Fault {
		return Fault{Status: 200, Code: code, Message: "something about " + code, Kinds: kinds}
	}
	return []Fault{
		f("AuthFailure.SecretIdNotFound", assistant.ErrAuth),
		f("AuthFailure.SignatureExpire", assistant.ErrAuth),
		f("AuthFailure.TokenFailure", assistant.ErrAuth),
		f("AuthFailure.UnauthorizedOperation", assistant.ErrPermission, assistant.ErrAuth),
		f("RequestLimitExceeded", assistant.ErrRateLimited),
		f("LimitExceeded", assistant.ErrRateLimited),
		f("FailedOperation.EngineServerLimitExceeded", assistant.ErrRateLimited, assistant.ErrOverloaded),
		f("FailedOperation.EngineRequestTimeout", assistant.ErrTimeout, assistant.ErrServer),
		f("FailedOperation.EngineServerError", assistant.ErrServer),
		f("FailedOperation.ConsoleServerError", assistant.ErrServer),
		f("InternalError", assistant.ErrServer),
		f("FailedOperation.FreeResourcePackExhausted", assistant.ErrQuota),
		f("FailedOperation.ResourcePackExhausted", assistant.ErrQuota),
		f("FailedOperation.ServiceStopArrears", assistant.ErrQuota),
		f("ResourceInsufficient.ChargeResourceExhaust", assistant.ErrQuota),
		f("ResourceUnavailable.InArrears", assistant.ErrQuota),
		f("ResourceUnavailable.LowBalance", assistant.ErrQuota),
		f("FailedOperation.ServiceNotActivated", assistant.ErrPermission),
		f("FailedOperation.ServiceStop", assistant.ErrPermission),
		f("FailedOperation.UserUnAuthError", assistant.ErrPermission),
		f("ResourceUnavailable.NotExist", assistant.ErrPermission),
		f("ResourceUnavailable.StopUsing", assistant.ErrPermission),
		f("OperationDenied.TextIllegalDetected", assistant.ErrBlocked),
		f("OperationDenied.ImageIllegalDetected", assistant.ErrBlocked),
		f("FailedOperation.GenerateImageFailed", assistant.ErrBlocked),
		f("InvalidParameter", assistant.ErrInvalid),
		f("InvalidParameterValue.Model", assistant.ErrNotFound, assistant.ErrInvalid),
		f("InvalidParameterValue.ParameterValueError", assistant.ErrInvalid),
		f("FailedOperation.ImageDownloadError", assistant.ErrInvalid),
		f("ResourceNotFound", assistant.ErrNotFound),
	}
}

// flattenTencent writes names such as ToolCallId as tool_call_id, and what the interface says in other
// words in those of the compatible one.
func flattenTencent(body map[string]any) (map[string]any, error) {
	flat := maps.Clone(body)
	if tool, ok := flat["CustomTool"].(map[string]any); ok {
		if flat["ToolChoice"] != "custom" {
			return nil, fmt.Errorf("CustomTool is set, but ToolChoice is %v", flat["ToolChoice"])
		}
		flat["ToolChoice"] = map[string]any{"Type": tool["Type"], "Function": map[string]any{"Name": at(tool, "Function", "Name")}}
		delete(flat, "CustomTool")
	}
	snake, _ := snakeCase(flat).(map[string]any)
	return snake, nil
}

func snakeCase(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, value := range v {
			var b strings.Builder
			for i, r := range name {
				if unicode.IsUpper(r) && i > 0 && name != "TopP" {
					b.WriteByte('_')
				}
				b.WriteRune(unicode.ToLower(r))
			}
			out[strings.Replace(b.String(), "topp", "top_p", 1)] = snakeCase(value)
			if text, ok := value.(string); ok && name == "Parameters" { // a schema as a text
				var schema any
				_ = json.Unmarshal([]byte(text), &schema) // the server has checked it
				out["parameters"] = schema
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = snakeCase(e)
		}
		return out
	}
	return v
}
