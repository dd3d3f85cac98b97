package hunyuan

import (
	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// errorRules are TokenHub's codes. The rest says its status.
func errorRules() []openaiwire.ErrorRule {
	return []openaiwire.ErrorRule{
		{Code: "451001", Kind: assistant.ErrBlocked},
		{Code: "content_filter_error", Kind: assistant.ErrBlocked},
		{Code: "401007", Kind: assistant.ErrQuota},
		{Code: "401008", Kind: assistant.ErrQuota},
		{Code: "403004", Kind: assistant.ErrQuota},
		{Message: "free_quota_exhausted", Kind: assistant.ErrQuota},
		{Code: "401002", Kind: assistant.ErrAuth},
		{Code: "403001", Kind: assistant.ErrPermission},
		{Code: "403002", Kind: assistant.ErrPermission},
		{Code: "403005", Kind: assistant.ErrPermission},
		{Code: "429001", Kind: assistant.ErrRateLimited},
		{Message: "context length", Status: 400, Kind: assistant.ErrContextLength},
		{Message: "input is too long", Status: 400, Kind: assistant.ErrContextLength},
		{Message: "model not found", Status: 400, Kind: assistant.ErrNotFound},
		{Code: "502001", Kind: assistant.ErrOverloaded},
	}
}

// cloudErrorRules are the codes of the vendor's cloud interface, which come with status 200.
func cloudErrorRules() []openaiwire.ErrorRule {
	var rules []openaiwire.ErrorRule
	for _, group := range []struct {
		kind  assistant.ErrorKind
		codes []string
	}{
		{assistant.ErrPermission, []string{"authfailure.unauthorizedoperation", "unauthorizedoperation*"}},
		{assistant.ErrAuth, []string{"authfailure*"}},
		{assistant.ErrBlocked, []string{
			"operationdenied.textillegaldetected", "operationdenied.imageillegaldetected", "failedoperation.generateimagefailed",
		}},
		{assistant.ErrRateLimited, []string{"requestlimitexceeded*", "limitexceeded*", "failedoperation.engineserverlimitexceeded"}},
		{assistant.ErrTimeout, []string{"failedoperation.enginerequesttimeout", "4001"}},
		{assistant.ErrServer, []string{"failedoperation.engineservererror", "failedoperation.consoleservererror", "internalerror*", "4000"}},
		{assistant.ErrQuota, []string{
			"failedoperation.freeresourcepackexhausted", "failedoperation.resourcepackexhausted", "failedoperation.servicestoparrears",
			"resourceinsufficient.chargeresourceexhaust", "resourceunavailable.inarrears", "resourceunavailable.lowbalance",
		}},
		{assistant.ErrPermission, []string{
			"failedoperation.servicenotactivated", "failedoperation.servicestop", "failedoperation.userunautherror",
			"resourceunavailable.notexist", "resourceunavailable.stopusing",
		}},
		{assistant.ErrNotFound, []string{"resourcenotfound*", "invalidparametervalue.model"}},
		{assistant.ErrInvalid, []string{
			"failedoperation.imagedecodefailed", "failedoperation.imagedownloaderror", "failedoperation.downloaderror",
			"invalidparameter*", "missingparameter*", "unknownparameter*", "invalidaction", "nosuchversion", "unsupportedoperation*", "unsupportedregion",
		}},
	} {
		for _, code := range group.codes {
			rules = append(rules, openaiwire.ErrorRule{Code: code, Kind: group.kind})
		}
	}
	return rules
}
