package pangu

import (
	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// errorRules are the codes of MaaS, of its gateway and of the moderation. The HTTP status alone
// misleads: 403 is blocked content, an unpaid bill or a missing right.
func errorRules() []openaiwire.ErrorRule {
	const poisoned = "every later request that holds the offending turn will be refused too; drop the turn or begin a new session"
	return []openaiwire.ErrorRule{
		{Code: "modelarts.81011", Kind: assistant.ErrBlocked, DropTurn: true, Hint: poisoned},
		{Message: "may contain sensitive", Kind: assistant.ErrBlocked, DropTurn: true, Hint: poisoned},

		{Code: "modelarts.81002", Kind: assistant.ErrAuth},
		{Code: "modelarts.81003", Kind: assistant.ErrAuth},
		{Code: "apig.0301", Kind: assistant.ErrAuth},
		{Code: "modelarts.81004", Kind: assistant.ErrPermission, Hint: "activate the model on the console"},
		{Code: "modelarts.81015", Kind: assistant.ErrPermission, Hint: "the key has a list of addresses, models or endpoints, and this is not on it"},
		{Code: "modelarts.81109", Kind: assistant.ErrPermission},

		{Code: "modelarts.81005", Kind: assistant.ErrQuota},
		{Code: "modelarts.81006", Kind: assistant.ErrQuota},
		{Code: "modelarts.81014", Kind: assistant.ErrQuota},
		{Code: "modelarts.81019", Kind: assistant.ErrQuota},
		{Code: "modelarts.8102*", Kind: assistant.ErrQuota},

		{Code: "modelarts.81009", Kind: assistant.ErrNotFound, Hint: "case matters in names of models, and the regions have different ones"},
		{Code: "modelarts.81108", Kind: assistant.ErrNotFound},
		{Code: "apig.0101", Kind: assistant.ErrNotFound, Hint: "the address has no such path; look at the base URL"},

		{Code: "modelarts.81101", Kind: assistant.ErrRateLimited},
		{Code: "modelarts.81103", Kind: assistant.ErrRateLimited},
		{Code: "apig.0308", Kind: assistant.ErrRateLimited},
		{Code: "apig.0203", Kind: assistant.ErrTimeout},

		{Message: "maximum input length", Kind: assistant.ErrContextLength},
		{Message: "maximum context length", Kind: assistant.ErrContextLength},
		{Code: "modelarts.81001", Kind: assistant.ErrInvalid},
		{Code: "modelarts.81013", Kind: assistant.ErrInvalid, Hint: "the vendor's moderation does not read that language"},
		{Code: "modelarts.81118", Kind: assistant.ErrInvalid},
	}
}
