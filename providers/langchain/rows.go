package langchain

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// vectors sends a request for vectors and returns the answer with its rows in order. The engine of all our
// adapters reads it.
func (r *record) vectors(next http.RoundTripper, req *http.Request, body []byte, exchange int) (*http.Response, error) {
	sent := newErrand(next, req, body)
	engine, err := newEngine(r.vendor, r.latest().key, sent, func(cfg *openaiwire.Config) { cfg.IdleTimeout = r.idle })
	if err != nil {
		return nil, err
	}
	answer, err := engine.Do(req.Context(), openaiwire.Exchange{URL: req.URL})
	r.note(exchange, sent.tell)
	switch {
	case err == nil:
	case sent.resp != nil && sent.resp.StatusCode/100 != 2:
		return refusal(req, sent.resp, r.unanswered(exchange, sent, err)), nil
	default:
		return nil, r.unanswered(exchange, sent, err)
	}
	out, err := json.Marshal(answer)
	if err != nil {
		return nil, err
	}
	ordered, mixed := orderRows(out)
	r.note(exchange, func(s *seen) { s.mixed = mixed })
	if ordered != nil {
		out = ordered
	}
	return response(req, sent.resp, http.StatusOK, "application/json", io.NopCloser(bytes.NewReader(out)), int64(len(out))), nil
}

// A vectorAnswer is what langchaingo's clients read of an answer with vectors, and its counts.
type vectorAnswer struct {
	Data []struct {
		Index     *int            `json:"index"`
		Embedding json.RawMessage `json:"embedding"`
	} `json:"data"`
	Model json.RawMessage `json:"model"`
	Usage json.RawMessage `json:"usage"`
}

// orderRows puts the vectors of a body into the order of their texts, because langchaingo's client for
// OpenAI takes them as they come. What it cannot bring in order it leaves, and returns why. A body without
// vectors gives nil.
func orderRows(body []byte) ([]byte, error) {
	var a vectorAnswer
	if json.Unmarshal(body, &a) != nil || len(a.Data) == 0 {
		return nil, nil
	}
	order, ordered := make([]json.RawMessage, len(a.Data)), true
	for i, row := range a.Data {
		switch {
		case row.Index == nil || len(row.Embedding) == 0:
			return body, fmt.Errorf("row %d of the vectors has no index or no vector", i)
		case *row.Index < 0 || *row.Index >= len(order) || order[*row.Index] != nil:
			return body, fmt.Errorf("row %d of the vectors has the index %d", i, *row.Index)
		case bytes.Contains(row.Embedding, []byte("null")):
			return body, fmt.Errorf("row %d of the vectors has a null among its numbers", i)
		}
		order[*row.Index] = row.Embedding
		ordered = ordered && *row.Index == i
	}
	if ordered {
		return body, nil
	}
	out := append(make([]byte, 0, len(body)+64), `{"object":"list","data":[`...)
	for i, vector := range order {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, `{"object":"embedding","index":`...)
		out = strconv.AppendInt(out, int64(i), 10)
		out = append(append(out, `,"embedding":`...), vector...)
		out = append(out, '}')
	}
	out = append(out, ']')
	for name, value := range map[string]json.RawMessage{"model": a.Model, "usage": a.Usage} {
		if len(value) > 0 {
			out = append(append(out, `,"`+name+`":`...), value...)
		}
	}
	return append(out, '}'), nil
}
