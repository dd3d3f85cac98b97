package providertest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/zhushou-ai/zhushou/assistant"
)

// RerankerOptions adapt [RunReranker] to an adapter.
type RerankerOptions struct {
	// Vendor is whose protocol the adapter speaks. If nil, [OpenAI]. The path decides which of the
	// three shapes the answer has.
	Vendor *Vendor

	// Skip names subtests that the adapter does not pass, with the reason.
	Skip map[string]string
}

// RunReranker checks that an adapter ranks documents as the vendor does, or fails, and that no rank
// points to a document that was not given. It plays a [Server] that makes such mistakes; then errors,
// silence, cancellation and connections, as [RunWire] does. Each is a parallel subtest.
//
// open makes an adapter; it is called for every subtest.
func RunReranker(t *testing.T, open func(Endpoint) (assistant.Reranker, error), opts RerankerOptions) {
	t.Helper()
	if opts.Vendor == nil {
		opts.Vendor = OpenAI()
	}
	runChecks(t, newRerankRig(open, opts.Vendor), rerankerChecks(opts.Vendor), opts.Skip)
}

type (
	rerankRig   = callRig[assistant.Reranker]
	rerankBench = callBench[assistant.Reranker]
	rerankCheck = check[*rerankRig]
)

const rerankQuery = "怎么退款"

// rerankDocuments have different scores, and none of them is where it would be after sorting.
func rerankDocuments() []string {
	return []string{"配送范围", "退货", "怎么申请退款", "退款"}
}

func newRerankRig(open func(Endpoint) (assistant.Reranker, error), v *Vendor) *rerankRig {
	return &rerankRig{
		open: open, vendor: v, service: RerankService, model: v.RerankModel,
		plain: func(ctx context.Context, b *rerankBench) error { return ranks(ctx, b, rerankDocuments(), 0) },
	}
}

// ranks wants documents in the right order, all of them or the best.
func ranks(ctx context.Context, b *rerankBench, documents []string, limit int) error {
	before := slices.Clone(documents)
	got, err := b.adapter.Rerank(ctx, rerankQuery, documents, limit)
	if err != nil {
		if len(got) > 0 {
			return wrong("%d ranks came beside the error %v", len(got), err)
		}
		return err
	}
	if !slices.Equal(documents, before) {
		return wrong("the documents were modified")
	}
	want := len(documents)
	if limit > 0 {
		want = min(limit, want)
	}
	if len(got) != want {
		return wrong("%d ranks for %d documents and limit %d", len(got), len(documents), limit)
	}
	order := make([]int, len(documents))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Compare(Relevance(rerankQuery, documents[j]), Relevance(rerankQuery, documents[i]))
	})
	for k, rank := range got {
		if rank.Index < 0 || rank.Index >= len(documents) {
			return wrong("rank %d is document %d, which was not given", k, rank.Index)
		}
		score := Relevance(rerankQuery, documents[rank.Index])
		if rank.Index != order[k] {
			return wrong("rank %d is document %d (score %v), want document %d", k, rank.Index, score, order[k])
		}
		if rank.Score != score {
			return wrong("the score of document %d is %v, want %v", rank.Index, rank.Score, score)
		}
	}
	return nil
}

func rerankerChecks(v *Vendor) []rerankCheck {
	documents := func(limit int, documents ...string) func(*rerankRig) error {
		return func(r *rerankRig) error { return ranksAll(r, ranking{}, limit, documents) }
	}
	spoilt := func(name string, spoil func(ranks []rank) []rank) rerankCheck {
		return fails[assistant.Reranker]("ranks/"+name, ranking{spoil: spoil}, failing(assistant.ErrProtocol))
	}
	return slices.Concat(callChecks[assistant.Reranker](v), []rerankCheck{
		{"documents/none", checkNoDocuments},
		{"documents/one", documents(0, "退款")},
		{"documents/the same twice", documents(0, "配送", "退款", "退款")},
		{"documents/quotes and line breaks", documents(0, "\"退\"\n", "\u2028<怎么>&")},
		{"documents/too many", checkTooManyDocuments},
		{"limit/the best two", documents(2, rerankDocuments()...)},
		{"limit/more than there are", documents(99, rerankDocuments()...)},
		{"limit/negative", checkNegativeLimit},
		{"limit/not obeyed by the server", func(r *rerankRig) error { return ranksAll(r, ranking{all: true}, 2, rerankDocuments()) }},
		{"ranks/not in order", func(r *rerankRig) error {
			return ranksAll(r, ranking{spoil: func(ranks []rank) []rank { slices.Reverse(ranks); return ranks }}, 0, rerankDocuments())
		}},
		spoilt("index too large", func(ranks []rank) []rank { ranks[1].index = len(ranks); return ranks }),
		spoilt("index negative", func(ranks []rank) []rank { ranks[1].index = -1; return ranks }),
		spoilt("index twice", func(ranks []rank) []rank { ranks[1] = ranks[0]; return ranks }),
		spoilt("index missing", func(ranks []rank) []rank { ranks[1].noIndex = true; return ranks }),
		spoilt("none", func([]rank) []rank { return nil }),
		spoilt("one missing", func(ranks []rank) []rank { return ranks[1:] }),
		spoilt("score missing", func(ranks []rank) []rank { ranks[1].score = ""; return ranks }),
		spoilt("score null", func(ranks []rank) []rank { ranks[1].score = "null"; return ranks }),
		spoilt("score too large", func(ranks []rank) []rank { ranks[1].score = "1e999"; return ranks }),
	})
}

// ranksAll wants the right ranks of documents from one call that is answered so.
func ranksAll(r *rerankRig, answer Script, limit int, documents []string) error {
	b, err := r.start(nil, answer)
	if err != nil {
		return err
	}
	defer b.close()
	callErr := b.call(func() error { return ranks(context.Background(), b, documents, limit) })
	if sent, err := b.sent(); err != nil || len(sent) != 1 {
		return fmt.Errorf("%d requests were sent, want 1 (%v)", len(sent), err)
	}
	return callErr
}

func checkNoDocuments(r *rerankRig) error {
	b, err := r.start(nil)
	if err != nil {
		return err
	}
	defer b.close()
	for _, none := range [][]string{nil, {}} {
		if err := b.call(func() error { return ranks(context.Background(), b, none, 3) }); err != nil {
			return err
		}
	}
	if sent, err := b.sent(); err != nil || len(sent) > 0 {
		return fmt.Errorf("%d requests were sent for no documents at all (%v)", len(sent), err)
	}
	return nil
}

// checkTooManyDocuments lets the adapter or the vendor refuse: scores of two calls could not be compared.
func checkTooManyDocuments(r *rerankRig) error {
	b, err := r.start(nil)
	if err != nil {
		return err
	}
	defer b.close()
	many := slices.Repeat([]string{"退款"}, maxDocuments+1)
	err = b.call(func() error { return ranks(context.Background(), b, many, 3) })
	return b.mustFail(err, failing(assistant.ErrInvalid))
}

// checkNegativeLimit accepts all documents and an error, but no panic, and no part of the documents.
func checkNegativeLimit(r *rerankRig) error {
	b, err := r.start(nil)
	if err != nil {
		return err
	}
	defer b.close()
	err = b.call(func() error { return ranks(context.Background(), b, rerankDocuments(), -1) })
	if err == nil {
		return nil
	}
	return b.mustFail(err, failing(assistant.ErrInvalid))
}
