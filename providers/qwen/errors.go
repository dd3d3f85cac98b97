package qwen

import (
	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// errorRules are the vendor's codes, in the spellings of its two protocols. Status codes mislead
// here: unpaid bills are 429, blocked content is 400, and insufficient_quota, which means money
// elsewhere, is the limit of tokens per minute.
func errorRules() []openaiwire.ErrorRule {
	return []openaiwire.ErrorRule{
		{Code: "invalidparameter.datainspection", Kind: assistant.ErrInvalid}, // media could not be fetched
		{Code: "data_inspection_failed", Kind: assistant.ErrBlocked},
		{Code: "datainspectionfailed", Kind: assistant.ErrBlocked},
		{Code: "ipinfringementsuspect", Kind: assistant.ErrBlocked},
		{Code: "faqruleblocked", Kind: assistant.ErrBlocked},
		{Code: "customroleblocked", Kind: assistant.ErrBlocked},

		{Code: "arrearage", Kind: assistant.ErrQuota},
		{Code: "*billoverdue", Kind: assistant.ErrQuota},
		{Code: "commoditynotpurchased", Kind: assistant.ErrQuota},
		{Code: "*freetieronly", Kind: assistant.ErrQuota},
		{Message: "free allocated quota exceeded", Kind: assistant.ErrQuota},

		{Code: "insufficient_quota", Kind: assistant.ErrRateLimited},
		{Code: "throttling*", Kind: assistant.ErrRateLimited},
		{Code: "limit_*", Kind: assistant.ErrRateLimited},
		{Code: "limitrequests", Kind: assistant.ErrRateLimited},

		{Message: "range of input length", Kind: assistant.ErrContextLength},

		{Code: "invalidapikey", Kind: assistant.ErrAuth},
		{Code: "*access_denied*", Kind: assistant.ErrPermission},
		{Code: "*accessdenied*", Kind: assistant.ErrPermission},
		{Code: "modelnotfound", Kind: assistant.ErrNotFound},
		{Code: "model_not_supported", Kind: assistant.ErrNotFound},

		{Code: "requesttimeout", Kind: assistant.ErrTimeout},
		{Code: "modelservingerror", Kind: assistant.ErrOverloaded},
		{Code: "modelunavailable", Kind: assistant.ErrOverloaded},
		{Code: "internalerror*", Kind: assistant.ErrServer},
		{Code: "systemerror", Kind: assistant.ErrServer},
		{Code: "modelservicefailed", Kind: assistant.ErrServer},
		{Code: "invalidparameter*", Kind: assistant.ErrInvalid},
	}
}
