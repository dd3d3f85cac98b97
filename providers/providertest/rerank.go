package providertest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// isRerank recognises the rerank paths of the vendors.
func isRerank(path string) bool {
	return strings.HasSuffix(path, "/reranks") || strings.HasSuffix(path, "/rerank") ||
		strings.HasSuffix(path, "/rerankers") || path == nativeRerank
}

const nativeRerank = dashScopeAPI + "/services/rerank/text-rerank/text-rerank"

// Relevance is the score that a [Server] gives a document: the share of the query's characters that
// are in it.
func Relevance(query, document string) float64 {
	runes := []rune(query)
	if len(runes) == 0 {
		return 0
	}
	hits := 0
	for _, r := range runes {
		if strings.ContainsRune(document, r) {
			hits++
		}
	}
	return float64(hits) / float64(len(runes))
}

type rerankBody struct {
	Query     string   `json:"query"`
	Documents []string `json:"documents"`
	TopN      int      `json:"top_n"`
}

// maxDocuments is the most that one call takes.
const maxDocuments = 500

// rerank answers in the shape that belongs to the path: DashScope's native one, the compatible one
// without documents, Baidu's with the document as a text, Huawei's with the document as an object.
func (s *Server) rerank(r *Request) (Response, error) {
	v := s.vendor
	var body struct {
		Model string `json:"model"`
		rerankBody
		Input      rerankBody `json:"input"`
		Parameters struct {
			TopN            int  `json:"top_n"`
			ReturnDocuments bool `json:"return_documents"`
		} `json:"parameters"`
	}
	if err := r.Decode(&body); err != nil {
		return Response{}, v.refuse("%v", err)
	}
	native := r.Path == nativeRerank
	in := body.rerankBody
	if native {
		in = body.Input
		in.TopN = body.Parameters.TopN
	}
	switch {
	case body.Model == "":
		return Response{}, v.refuse("model is missing")
	case in.Query == "" || len(in.Documents) == 0:
		return Response{}, v.refuse("query and documents must not be empty")
	case len(in.Documents) > maxDocuments:
		return Response{}, v.refuse("documents must not be more than %d", maxDocuments)
	}
	order := make([]int, len(in.Documents))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(Relevance(in.Query, in.Documents[b]), Relevance(in.Query, in.Documents[a]))
	})
	if in.TopN > 0 {
		order = order[:min(in.TopN, len(order))]
	}
	rows := make([]string, len(order))
	for k, i := range order {
		doc := ""
		switch {
		case native && !body.Parameters.ReturnDocuments, strings.HasSuffix(r.Path, "/reranks"):
		case native, v.Name == "pangu":
			doc = fmt.Sprintf(`,"document":{"text":%s}`, quote(in.Documents[i]))
		default:
			doc = `,"document":` + quote(in.Documents[i])
		}
		rows[k] = fmt.Sprintf(`{"index":%d,"relevance_score":%v%s}`, i, Relevance(in.Query, in.Documents[i]), doc)
	}
	results := strings.Join(rows, ",")
	if native {
		return JSON(200, fmt.Sprintf(`{"output":{"results":[%s]},"usage":{"total_tokens":30},"request_id":%s}`, results, quote(DefaultRequestID))), nil
	}
	return JSON(200, fmt.Sprintf(`{"id":"rerank-1","model":%s,"usage":{"total_tokens":30},"results":[%s]}`, quote(body.Model), results)), nil
}
