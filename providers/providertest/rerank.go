package providertest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// isRerank recognises the rerank paths of the vendors.
func isRerank(_ *Server, r *Request) bool {
	return strings.HasSuffix(r.Path, "/reranks") || strings.HasSuffix(r.Path, "/rerank") || strings.HasSuffix(r.Path, "/rerankers")
}

func isNativeRerank(_ *Server, r *Request) bool { return r.Path == nativeRerank }

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

// read returns the parts of a rerank request, whichever form it has.
func (b *rerankRequest) read(r *Request) (rerankBody, error) {
	if err := r.Decode(b); err != nil {
		return rerankBody{}, err
	}
	if r.Path != nativeRerank {
		return b.rerankBody, nil
	}
	b.Input.TopN = b.Parameters.TopN
	return b.Input, nil
}

type rerankRequest struct {
	Model string `json:"model"`
	rerankBody
	Input      rerankBody `json:"input"`
	Parameters struct {
		TopN            int  `json:"top_n"`
		ReturnDocuments bool `json:"return_documents"`
	} `json:"parameters"`
}

func checkRerank(s *Server, r *Request) (Script, error) {
	v := s.vendor
	if r.Path == nativeRerank {
		v = dashScopeOf(v)
	}
	if f := checkPost(r, v.refuse); f != nil {
		return nil, f
	}
	if fields, err := r.fields(); err == nil && v.RefuseUnknown {
		if f := unknownField(v, fields, []string{"model", "query", "documents", "top_n"}); f != nil {
			return nil, f
		}
	}
	var body rerankRequest
	in, err := body.read(r)
	switch {
	case err != nil:
		return nil, v.refuse("%v", err)
	case body.Model == "":
		return nil, v.refuse("model is missing")
	case in.Query == "" || len(in.Documents) == 0:
		return nil, v.refuse("query and documents must not be empty")
	case len(in.Documents) > maxDocuments:
		return nil, v.refuse("documents must not be more than %d", maxDocuments)
	case in.TopN < 0:
		return nil, v.refuse("top_n must not be negative")
	}
	return ranking{}, nil
}

// A ranking answers in the shape that belongs to the path: DashScope's native one, the compatible one
// without documents, Baidu's with the document as a text, Huawei's with the document as an object.
type ranking struct {
	// spoil, if it is not nil, makes another answer of the right one, best first.
	spoil func(ranks []rank) []rank
	// all ignores the limit of the request, as servers do that do not know it.
	all bool
}

// A rank is one document's place.
type rank struct {
	index   int
	noIndex bool   // the field is missing
	score   string // a number; if empty, the field is missing
}

func (a ranking) Response(v *Vendor, r *Request) Response {
	var body rerankRequest
	in, _ := body.read(r) // the checks have done so before
	order := make([]int, len(in.Documents))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(Relevance(in.Query, in.Documents[b]), Relevance(in.Query, in.Documents[a]))
	})
	if in.TopN > 0 && !a.all {
		order = order[:min(in.TopN, len(order))]
	}
	ranks := make([]rank, len(order))
	for k, i := range order {
		ranks[k] = rank{index: i, score: fmt.Sprint(Relevance(in.Query, in.Documents[i]))}
	}
	if a.spoil != nil {
		ranks = a.spoil(ranks)
	}
	rows := make([]string, len(ranks))
	for k, rank := range ranks {
		rows[k] = rank.json(documentField(v, r, &body, in, rank.index))
	}
	results := strings.Join(rows, ",")
	if r.Path == nativeRerank {
		return JSON(200, fmt.Sprintf(`{"output":{"results":[%s]},"usage":{"total_tokens":30},"request_id":%s}`, results, quote(DefaultRequestID)))
	}
	return JSON(200, fmt.Sprintf(`{"id":"rerank-1","model":%s,"usage":{"total_tokens":30},"results":[%s]}`, quote(body.Model), results))
}

func (k rank) json(document string) string {
	var fields []string
	if !k.noIndex {
		fields = append(fields, fmt.Sprintf(`"index":%d`, k.index))
	}
	if k.score != "" {
		fields = append(fields, `"relevance_score":`+k.score)
	}
	if document != "" {
		fields = append(fields, document)
	}
	return "{" + strings.Join(fields, ",") + "}"
}

// documentField repeats the document where the vendor does.
func documentField(v *Vendor, r *Request, body *rerankRequest, in rerankBody, i int) string {
	native := r.Path == nativeRerank
	switch {
	case i < 0 || i >= len(in.Documents), native && !body.Parameters.ReturnDocuments, strings.HasSuffix(r.Path, "/reranks"):
		return ""
	case native, v.Name == "pangu":
		return fmt.Sprintf(`"document":{"text":%s}`, quote(in.Documents[i]))
	}
	return `"document":` + quote(in.Documents[i])
}
