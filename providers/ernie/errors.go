package ernie

import (
	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// errorRules are the vendor's codes; numbers are those of its old protocol, which have status 200. A
// code comes with different statuses, so the status is asked last.
func errorRules() []openaiwire.ErrorRule {
	rules := []openaiwire.ErrorRule{
		{Code: "unsafe_request", Kind: assistant.ErrBlocked},
		{Code: "*_unsafe", Kind: assistant.ErrBlocked},
		{Code: "account_overdue", Kind: assistant.ErrQuota},
		{Code: "coding_plan_subscription_expired", Kind: assistant.ErrQuota},
		{Code: "tokens_too_long", Kind: assistant.ErrContextLength},
		{Code: "characters_too_long", Kind: assistant.ErrContextLength},
		{Code: "invalid_image*", Kind: assistant.ErrInvalid}, // whatever its message says of the prompt
		{Code: "invalid_model", Kind: assistant.ErrNotFound},
		{Code: "model_offline", Kind: assistant.ErrNotFound},
		{Code: "invalid_iam_token", Kind: assistant.ErrAuth},
		{Code: "invalid_appid", Kind: assistant.ErrAuth},
		{Code: "no_parameter_permission", Kind: assistant.ErrPermission},

		{Code: "cluster_*", Kind: assistant.ErrOverloaded}, // the vendor's machines, not the account's limit
		{Code: "coding_plan_cluster_*", Kind: assistant.ErrOverloaded},
		{Code: "*rate_limit_exceeded", Status: 429, Kind: assistant.ErrRateLimited},
		{Code: "offline_batch_reasoning_refused", Kind: assistant.ErrRateLimited},

		{Code: "access_denied", Status: 403, Kind: assistant.ErrPermission},
		{Code: "*internal_error", Kind: assistant.ErrServer},
		{Code: "image_generation_interal_error", Kind: assistant.ErrServer}, // spelled so
	}
	for _, old := range []struct {
		kind  assistant.ErrorKind
		codes []string
	}{
		{assistant.ErrOverloaded, []string{"4", "336100"}},
		{assistant.ErrPermission, []string{"6"}},
		{assistant.ErrQuota, []string{"17", "19"}},
		{assistant.ErrRateLimited, []string{"18", "336501", "336502"}},
		{assistant.ErrAuth, []string{"100", "110", "111"}},
		{assistant.ErrContextLength, []string{"336007"}},
		{assistant.ErrInvalid, []string{"336003", "282004", "282131"}}, // the last two are the censor's
	} {
		for _, code := range old.codes {
			rules = append(rules, openaiwire.ErrorRule{Code: code, Kind: old.kind})
		}
	}
	return rules
}
