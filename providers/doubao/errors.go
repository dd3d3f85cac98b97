package doubao

import (
	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// errorRules are the vendor's codes. The HTTP status alone misleads: 429 is also an account without
// quota, and 400 blocked content.
func errorRules() []openaiwire.ErrorRule {
	return []openaiwire.ErrorRule{
		{Code: "*sensitivecontentdetected*", Kind: assistant.ErrBlocked},
		{Code: "*riskdetection*", Kind: assistant.ErrBlocked},
		{Code: "contentsecuritydetectionerror", Kind: assistant.ErrServer}, // the checker itself failed

		{Code: "accountoverdueerror", Kind: assistant.ErrQuota},
		{Code: "quotaexceeded", Kind: assistant.ErrQuota},
		{Code: "setlimitexceeded", Kind: assistant.ErrQuota},

		{Code: "authenticationerror", Kind: assistant.ErrAuth},
		{Code: "operationdenied*", Kind: assistant.ErrPermission},
		{Code: "accessdenied*", Kind: assistant.ErrPermission},
		{Code: "modelnotopen", Kind: assistant.ErrPermission, Hint: "activate the model on the console"},
		{Code: "invalidendpointormodel.modelidaccessdisabled", Kind: assistant.ErrPermission,
			Hint: "the account takes endpoints (ep-…) only, not names of models"},
		{Code: "invalidendpointormodel*", Kind: assistant.ErrNotFound,
			Hint: "names of models need their date, as in " + DefaultModel},

		{Code: "serveroverloaded", Kind: assistant.ErrOverloaded},
		{Code: "*ratelimitexceeded*", Kind: assistant.ErrRateLimited},
		{Code: "requestbursttoofast", Kind: assistant.ErrRateLimited},
		{Code: "inflightbatchsizeexceeded", Kind: assistant.ErrRateLimited},

		{Code: "invalidparameter*", Message: "input length", Kind: assistant.ErrContextLength},
		{Code: "invalidparameter*", Message: "context length", Kind: assistant.ErrContextLength},
		{Code: "invalidparameter*", Message: "maximum length", Kind: assistant.ErrContextLength},
		{Code: "invalidparameter*", Message: "max message tokens", Kind: assistant.ErrContextLength},
		{Code: "invalidparameter*", Message: "invalid signature", Kind: assistant.ErrInvalid,
			Hint: "the encrypted thinking of an answer has been changed; keep the Reasoning parts as they came"},
		{Code: "invalidparameter*", Kind: assistant.ErrInvalid},
		{Code: "missingparameter*", Kind: assistant.ErrInvalid},
		{Code: "invalidendpoint.*", Kind: assistant.ErrInvalid},
		{Code: "internalserviceerror", Kind: assistant.ErrServer},
	}
}
