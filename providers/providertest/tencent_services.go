package providertest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The cloud's services beside chat and moderation: vectors, and orders for pictures.

const maxTencentTexts = 50

func checkTencentEmbedding(s *Server, r *Request) (Script, error) {
	fields, err := r.fields()
	if err != nil {
		return nil, tencentFault("InvalidParameter", err.Error())
	}
	for name := range fields {
		if s.cfg.Strict && !slices.Contains([]string{"Input", "InputList"}, name) {
			return nil, tencentFault("UnknownParameter", "The parameter `"+name+"` is not recognized.")
		}
	}
	texts, err := oneOrMore(cmpOr(fields["Input"], fields["InputList"]))
	switch {
	case err != nil || len(texts) == 0 || slices.Contains(texts, ""):
		return nil, tencentFault("InvalidParameterValue.ParameterValueError", "Input or InputList must hold texts")
	case len(texts) > maxTencentTexts:
		return nil, tencentFault("InvalidParameterValue.ParameterValueError", fmt.Sprintf("InputList must not have more than %d texts", maxTencentTexts))
	}
	return vectors{}, nil
}

func tencentVectors(rows []row, tokens int) Response {
	data := make([]string, len(rows))
	for i, row := range rows {
		data[i] = `{"Object":"embedding","Embedding":` + row.embedding + `}`
		if row.index != "" {
			data[i] = `{"Object":"embedding","Embedding":` + row.embedding + `,"Index":` + row.index + `}`
		}
	}
	return JSON(200, fmt.Sprintf(`{"Response":{"Data":[%s],"Usage":{"PromptTokens":%d,"TotalTokens":%d},"RequestId":%s}}`,
		strings.Join(data, ","), tokens, tokens, quote(DefaultRequestID)))
}

type tencentPicture struct {
	Prompt, Resolution string
	Images             []string
	Seed               *int64
}

var tencentOrderFields = []string{"Prompt", "Images", "Resolution", "Seed", "LogoAdd", "LogoParam", "Revise"}

func checkTencentOrder(s *Server, r *Request) (Script, error) {
	refuse := func(format string, args ...any) (Script, error) {
		return nil, tencentFault("InvalidParameterValue", fmt.Sprintf(format, args...))
	}
	fields, err := r.fields()
	if err != nil {
		return refuse("%v", err)
	}
	for name := range fields {
		if s.cfg.Strict && !slices.Contains(tencentOrderFields, name) {
			return nil, tencentFault("UnknownParameter", "The parameter `"+name+"` is not recognized.")
		}
	}
	var order tencentPicture
	width, height, cut := "", "", false
	err = r.Decode(&order)
	if order.Resolution != "" {
		width, height, cut = strings.Cut(order.Resolution, ":")
	}
	switch {
	case err != nil:
		return refuse("%v", err)
	case r.Header.Get("X-TC-Region") == "":
		return nil, tencentFault("MissingParameter", "The request is missing a required parameter `Region`.")
	case order.Prompt == "" || len([]rune(order.Prompt)) > 8192:
		return refuse("Prompt must have 1 to 8192 characters")
	case len(order.Images) > 3:
		return refuse("Images must not have more than 3 entries")
	case order.Resolution != "" && !(cut && isLength(width) && isLength(height)):
		return refuse("Resolution %q is not of the form 1024:1024", order.Resolution)
	case order.Seed != nil && *order.Seed < 1:
		return refuse("Seed must be positive")
	}
	id := s.tasks.add(drawing{Prompt: order.Prompt}, "/")
	return JSON(200, fmt.Sprintf(`{"Response":{"JobId":%s,"RequestId":%s}}`, quote(id), quote(DefaultRequestID))), nil
}

// checkTencentQuestion says waiting, then running, then how it ended.
func checkTencentQuestion(s *Server, r *Request) (Script, error) {
	var question struct {
		JobID string `json:"JobId"`
	}
	if err := r.Decode(&question); err != nil {
		return nil, tencentFault("InvalidParameter", err.Error())
	}
	now, ok := s.tasks.ask(question.JobID)
	switch {
	case !ok:
		return nil, tencentFault("FailedOperation.JobNotExist", "the job does not exist")
	case now.asked < 2:
		return tencentJob(strconv.Itoa(now.asked+1), ""), nil
	case strings.Contains(now.drawing.Prompt, FailingPrompt):
		return tencentJob("4", `,"JobErrorCode":"FailedOperation.GenerateImageFailed","JobErrorMsg":"The picture could not be drawn."`), nil
	}
	return tencentJob("5", `,"ResultImage":[`+s.each(now.drawing, quote)+`],"ResultDetails":["Success"],"RevisedPrompt":[""]`), nil
}

// tencentJob is the answer to a question about an order.
func tencentJob(state, more string) Response {
	return JSON(200, fmt.Sprintf(`{"Response":{"JobStatusCode":%s,"JobStatusMsg":""%s,"RequestId":%s}}`, quote(state), more, quote(DefaultRequestID)))
}

// Pictures of TokenHub, which are drawn at once. Each generation of models has a path of its own.
const (
	tokenHubV3   = "/wand/hunyuan-image/v3-generation"
	tokenHubV35  = "/wand/hunyuan-image/v35-generation"
	tokenHubLite = "/api/image/lite"
)

func isTokenHubImage(s *Server, r *Request) bool {
	return under(tokenHubV3, tokenHubV35, tokenHubLite)(s, r) && s.vendor.Name == "hunyuan"
}

var tokenHubFields = map[string][]string{
	tokenHubV3:   {"model", "prompt", "images", "size", "seed", "footnote", "revise"},
	tokenHubV35:  {"model", "messages", "size", "generate_max_pixels", "seed", "footnote", "revise"},
	tokenHubLite: {"model", "prompt", "rsp_img_type", "logo_add"},
}

func checkTokenHubImage(s *Server, r *Request) (Script, error) {
	v, path := s.vendor, strings.TrimPrefix(r.Path, s.vendor.Base)
	if f := checkPost(r, v.refuse); f != nil {
		return nil, f
	}
	fields, err := r.fields()
	if err != nil {
		return nil, v.refuse("%v", err)
	}
	if f := unknownField(v, fields, tokenHubFields[path]); f != nil && s.cfg.Strict {
		return nil, f
	}
	var d struct {
		Model, Prompt, Size string
		Images              []string
		Seed                *int64
		Messages            []struct {
			Role    string
			Content []chatPart
		}
	}
	if err := r.Decode(&d); err != nil {
		return nil, v.refuse("%v", err)
	}
	if path == tokenHubV35 {
		if n := len(d.Messages); n == 0 || d.Messages[n-1].Role != "user" {
			return nil, v.refuse("the last message must be of role user")
		}
		for _, p := range d.Messages[len(d.Messages)-1].Content {
			if p.Text != nil {
				d.Prompt += *p.Text
			}
		}
	}
	switch {
	case d.Model == "":
		return nil, v.refuse("the model is missing")
	case d.Prompt == "" || len([]rune(d.Prompt)) > 8192:
		return nil, v.refuse("the prompt must have 1 to 8192 characters")
	case len(d.Images) > 3:
		return nil, v.refuse("images must not have more than 3 entries")
	case d.Size != "" && !v.isSize(d.Size):
		return nil, v.refuse("size %q is not of the form 1024x1024", d.Size)
	case d.Seed != nil && (*d.Seed < 1 || *d.Seed > 4294967295):
		return nil, v.refuse("seed must be in [1, 4294967295]")
	case strings.Contains(d.Prompt, FailingPrompt):
		return nil, v.refuse("%s", d.Prompt)
	}
	return JSON(200, `{"id":"img-1","created":1795300000,"data":[`+s.each(drawing{Prompt: d.Prompt}, linkJSON)+`]}`), nil
}
