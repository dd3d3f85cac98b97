package providertest

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// The references prove that the suites can be passed.
func TestCallReferencesPass(t *testing.T) {
	t.Parallel()
	run := func(name string, f func(t *testing.T)) {
		t.Run(name, func(t *testing.T) { t.Parallel(); f(t) })
	}
	for _, v := range []*Vendor{OpenAI(), Qwen()} {
		run(v.Name+"/embedder", func(t *testing.T) {
			RunEmbedder(t, openRefEmbedder(v, ""), EmbedderOptions{Vendor: v})
		})
		fetches := v.Name == "openai" // one that fetches its pictures is enough
		run(v.Name+"/painter", func(t *testing.T) {
			RunImageGenerator(t, openRefPainter(v, false, fetches, ""), ImageOptions{Vendor: v})
		})
	}
	for shape, v := range map[string]*Vendor{"/compatible-api/v1/reranks": Qwen(), nativeRerank: Qwen(), "/v1/rerank": OpenAI()} {
		run("reranker"+shape, func(t *testing.T) {
			RunReranker(t, openRefReranker(v, shape, ""), RerankerOptions{Vendor: v})
		})
	}
	run("painter by order", func(t *testing.T) {
		RunImageGenerator(t, openRefPainter(Qwen(), true, true, ""), ImageOptions{Vendor: Qwen(), Tasks: true})
	})
}

// callMutants are bugs of any call; each of the named checks must notice its bug, for every service.
var callMutants = []mutant{
	{"any status", []string{"error/*", "fault/*"}},
	{"errors are answers", []string{"error/status 200, OpenAI", "error/status 200, flat"}},
	{"garbage is empty+fewer rows are fine+mixed lengths+fewer ranks are fine+none is fine", []string{"answer/*"}},
	{"retries", []string{"error/empty body 500", "error/HTML page 502"}},
	{"kind by status", []string{"fault/*"}},
	{"shows the key", []string{"error/message with the key"}},
	{"secret in the error", []string{"error/empty body 500", "answer/cut by the connection", "endpoint/wrong key"}},
	{"foreign errors", []string{"error/HTML page 502"}},
	{"quotes all", []string{"error/very long message"}},
	{"no request id", []string{"error/request id in a header"}},
	{"no retry after", []string{"error/retry after seconds"}},
	{"no dates", []string{"error/retry after a date"}},
	{"double slash", []string{"endpoint/slash after the address"}},
	{"closes early", []string{"timing/connections are used again after errors"}},
}

// slowMutants are more of them, but each takes seconds. The checks that notice them are the same for
// every service, so one service is enough.
var slowMutants = []mutant{
	{"no idle timeout", []string{"timing/silence before the header", "timing/silence inside the body"}},
	{"ignores context", []string{"timing/cancelled before", "timing/deadline before the header", "timing/cancelled inside the body"}},
	{"hides the context", []string{"timing/cancelled before", "timing/silence before the header"}},
	{"leaks on error", []string{"timing/goroutines"}},
}

type mutant struct {
	bug    string
	checks []string
}

func TestCallMutantsFail(t *testing.T) {
	t.Parallel()
	embedders := []mutant{
		{"eager", []string{"call/right"}},
		{"unknown field", []string{"call/right"}},
		{"ignores index", []string{"call/right", "texts/more than one call takes"}},
		{"modifies the texts", []string{"call/right"}},
		{"skips equal texts", []string{"texts/the same twice"}},
		{"calls for nothing", []string{"texts/none"}},
		{"empty text is no text", []string{"texts/an empty one"}},
		{"ignores dimensions", []string{"texts/dimensions"}},
		{"no split", []string{"texts/more than one call takes", "calls/many"}},
		{"one text too many", []string{"texts/more than one call takes"}},
		{"one at a time", []string{"calls/many"}},
		{"part of the result", []string{"calls/second fails"}},
		{"result beside the error", []string{"error/empty body 500", "calls/second fails"}},
		{"mixed lengths", []string{"vector/shorter than the others"}},
		{"trusts the length", []string{"rows/of another length than asked for"}},
		{"ignores context", []string{"calls/cancelled after the first"}},
		{"garbage is empty+fewer rows are fine+empty vectors+mixed lengths", []string{"rows/an object for the list", "vector/an object", "vector/of texts"}},
		{"fewer rows are fine+mixed lengths", []string{"rows/none", "rows/one missing"}},
		{"more rows are fine", []string{"rows/one too many"}},
		{"missing index is the position", []string{"rows/index missing from one", "rows/index null", "rows/index missing from all"}},
		{"missing index is zero+last row wins+mixed lengths", []string{"rows/index missing from one", "rows/index missing from all"}},
		{"trusts the index+mixed lengths", []string{"rows/index too large", "rows/index negative"}},
		{"skips wrong rows+mixed lengths", []string{"rows/index too large", "rows/index negative"}},
		{"last row wins+mixed lengths", []string{"rows/index twice"}},
		{"half of base64+empty vectors+mixed lengths", []string{"vector/not base64", "vector/base64 of half a number"}},
		{"NaN is a number", []string{"vector/base64 of not a number"}},
		{"null is zero", []string{"vector/with null for a number"}},
		{"empty vectors+mixed lengths", []string{"vector/null", "vector/empty"}},
	}
	for _, m := range slices.Concat(embedders, callMutants, slowMutants) {
		v := OpenAI()
		kill(t, "embedder", m, embedderChecks(v), newEmbedRig(openRefEmbedder(v, m.bug), v))
	}
	for _, shape := range []string{"/compatible-api/v1/reranks", nativeRerank} {
		for _, m := range append([]mutant{
			{"modifies the documents", []string{"call/right"}},
			{"calls for nothing", []string{"documents/none"}},
			{"cuts the documents", []string{"documents/too many"}},
			{"negative is one", []string{"limit/negative"}},
			{"trusts the limit", []string{"limit/not obeyed by the server"}},
			{"keeps the order", []string{"ranks/not in order"}},
			{"positions for indexes", []string{"call/right", "limit/the best two"}},
			{"fewer ranks are fine", []string{"ranks/none", "ranks/one missing"}},
			{"missing is zero+trusts the index", []string{"ranks/index missing", "ranks/score missing", "ranks/score null"}},
			{"trusts the index", []string{"ranks/index too large", "ranks/index negative", "ranks/index twice"}},
		}, callMutants...) {
			v := Qwen()
			kill(t, "reranker"+shape, m, rerankerChecks(v), newRerankRig(openRefReranker(v, shape, m.bug), v))
		}
	}
	painters := append([]mutant{
		{"ignores the model", []string{"request/model"}},
		{"ignores the size", []string{"request/size"}},
		{"wrong mark", []string{"request/size"}},
		{"draws one", []string{"request/two pictures"}},
		{"ignores the negative prompt", []string{"request/negative prompt"}},
		{"zero is absent", []string{"request/seed zero"}},
		{"any page is a picture", []string{"picture/address has expired"}},
		{"blames the key", []string{"picture/address has expired"}},
		{"sends the key along", []string{"picture/the key stays with the vendor"}},
	}, callMutants...)
	for _, m := range painters {
		opts := ImageOptions{Vendor: OpenAI()}
		kill(t, "painter", m, imageChecks(opts), newImageRig(openRefPainter(opts.Vendor, false, true, m.bug), opts.Vendor))
	}
	for _, m := range append([]mutant{
		{"SUSPENDED is the end", []string{"tasks/SUSPENDED goes on"}},
		{"asks for ever", []string{"tasks/FAILED without a reason", "tasks/CANCELED", "tasks/UNKNOWN", "tasks/a word that nobody knows", "tasks/no word at all", "tasks/the question fails"}},
		{"ignores context", []string{"tasks/cancelled while it is drawn"}},
		{"no reason", []string{"tasks/FAILED", "tasks/FAILED because of the content", "tasks/SUCCEEDED, but every picture failed"}},
		{"none is fine", []string{"tasks/SUCCEEDED without pictures"}},
		{"does not wait for the end", []string{"call/right", "tasks/from PENDING to SUCCEEDED"}},
		{"failed pictures are pictures", []string{"tasks/SUCCEEDED, but every picture failed"}},
	}, painters...) {
		opts := ImageOptions{Vendor: Qwen(), Tasks: true}
		kill(t, "painter by order", m, imageChecks(opts), newImageRig(openRefPainter(opts.Vendor, true, true, m.bug), opts.Vendor))
	}
	undeclared := newImageRig(openRefPainter(Qwen(), true, true, ""), Qwen())
	require.Error(t, checkDeclared(undeclared, false))
}

// kill wants each of the checks that a mutant names to fail.
func kill[C any](t *testing.T, kind string, m mutant, checks []check[*callRig[C]], r *callRig[C]) {
	t.Helper()
	t.Run(kind+"/"+m.bug, func(t *testing.T) {
		t.Parallel()
		r.patience = 500 * time.Millisecond
		for _, name := range m.checks {
			require.Truef(t, noticed(r, checks, name), "%s passes", name)
		}
	})
}

// An adapter that never asks the server passes nothing but the checks in which nothing is to be asked.
func TestNoCallCheckPassesWithoutTheServer(t *testing.T) {
	t.Parallel()
	excused := []string{"texts/none", "texts/an empty one", "documents/none", "documents/too many", "limit/negative", "request/no prompt"}
	for _, v := range []*Vendor{OpenAI(), Qwen()} {
		liar := newEmbedRig(func(e Endpoint) (assistant.Embedder, error) { return lyingEmbedder{e}, nil }, v)
		allFail(t, liar, embedderChecks(v), excused)
		ranker := newRerankRig(func(Endpoint) (assistant.Reranker, error) { return lyingReranker{}, nil }, v)
		allFail(t, ranker, rerankerChecks(v), excused)
		painter := newImageRig(func(Endpoint) (assistant.ImageGenerator, error) { return lyingPainter{}, nil }, v)
		allFail(t, painter, imageChecks(ImageOptions{Vendor: v, Tasks: true}), excused)
	}
}

func allFail[C any](t *testing.T, r *callRig[C], checks []check[*callRig[C]], excused []string) {
	t.Helper()
	r.patience = 100 * time.Millisecond
	seen := map[string]bool{}
	for _, c := range checks {
		require.False(t, seen[c.name], "two checks are called %s", c.name)
		seen[c.name] = true
		if !strings.Contains(strings.Join(excused, "\n"), c.name) {
			require.Error(t, c.run(r), c.name)
		}
	}
}

// lyingEmbedder knows the right vectors by itself.
type lyingEmbedder struct{ e Endpoint }

func (m lyingEmbedder) Embed(_ context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, text := range texts {
		out[i] = Vector(text, max(m.e.Dimensions, 1))
		if m.e.Dimensions == 0 {
			out[i] = Vector(text, defaultDimensions)
		}
	}
	return out, nil
}

// lyingReranker knows the right ranks of the usual documents.
type lyingReranker struct{}

func (lyingReranker) Rerank(_ context.Context, query string, documents []string, _ int) ([]assistant.Ranked, error) {
	var out []assistant.Ranked
	for _, i := range []int{2, 3, 1, 0} {
		if i < len(documents) {
			out = append(out, assistant.Ranked{Index: i, Score: Relevance(query, documents[i])})
		}
	}
	return out, nil
}

// lyingPainter draws by itself.
type lyingPainter struct{}

func (lyingPainter) GenerateImages(_ context.Context, req *assistant.ImageRequest) ([]assistant.Image, error) {
	out := make([]assistant.Image, max(req.Count, 1))
	for i := range out {
		out[i].Data = pictureBytes()
	}
	return out, nil
}
