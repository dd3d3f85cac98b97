package providertest

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// searchPath is DeepSeek's search engine.
const searchPath = "/v1/tools/search"

func isSearch(s *Server, r *Request) bool { return s.vendor.Name == "deepseek" && r.Path == searchPath }

var searchFields = []string{"query", "count", "ori_question", "localization", "need_content"}

// checkSearch finds two pages, or one if only one is wanted.
func checkSearch(s *Server, r *Request) (Script, error) {
	v := s.vendor
	if f := checkPost(r, v.refuse); f != nil {
		return nil, f
	}
	fields, err := r.fields()
	if err != nil {
		return nil, v.refuse("%v", err)
	}
	if f := unknownField(v, fields, searchFields); f != nil && s.cfg.Strict {
		return nil, f
	}
	var body struct {
		Query    string `json:"query"`
		Count    *int   `json:"count"`
		Question string `json:"ori_question"`
		Contents bool   `json:"need_content"`
	}
	query := func() int { return utf8.RuneCountInString(body.Query) }
	switch err := json.Unmarshal(r.Body, &body); {
	case err != nil:
		return nil, v.refuse("%v", err)
	case query() < 1 || query() > 128:
		return nil, v.refuse("query must have 1 to 128 characters")
	case utf8.RuneCountInString(body.Question) > 128:
		return nil, v.refuse("ori_question must have at most 128 characters")
	case body.Count != nil && (*body.Count < 1 || *body.Count > 50):
		return nil, v.refuse("count must be in [1, 50]")
	}
	page := func(n int) string {
		content := ""
		if body.Contents {
			content = fmt.Sprintf(`"content":"第%d页的全文",`, n)
		}
		return fmt.Sprintf(`{"title":%s,"url":"https://example.com/%d","summary":"第%d页的摘要",%s"rerank_score":%g}`,
			quote(body.Query), n, n, content, 3-float64(n)/2)
	}
	if body.Count != nil && *body.Count == 1 {
		return JSON(200, `{"results":[`+page(1)+`]}`), nil
	}
	return JSON(200, `{"results":[`+page(1)+","+page(2)+`]}`), nil
}
