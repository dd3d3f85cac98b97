package langchain

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// maxVectors bounds the body of an answer with vectors, in bytes.
const maxVectors = 64 << 20

// isVectors reports whether a response answers a request for vectors with JSON.
func isVectors(req *http.Request, resp *http.Response) bool {
	return resp.StatusCode == http.StatusOK && strings.HasSuffix(strings.TrimRight(req.URL.Path, "/"), "/embeddings") &&
		!strings.HasPrefix(resp.Header.Get("Content-Type"), "text/event-stream")
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

// reorder replaces the body of resp by one with its rows in order, and reports whether there are any.
func (r *record) reorder(resp *http.Response) (bool, error) {
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxVectors+1))
	_ = resp.Body.Close()
	if err == nil && len(body) > maxVectors {
		err = errors.New("the vectors are larger than " + strconv.Itoa(maxVectors) + " bytes")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil {
		r.bodyErr = err
		return false, err
	}
	ordered, mixed := orderRows(body)
	r.mixed = mixed
	if ordered != nil {
		body = ordered
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	resp.ContentLength = int64(len(body))
	resp.Header.Del("Content-Length")
	return ordered != nil, nil
}
