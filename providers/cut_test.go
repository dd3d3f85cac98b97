package providers_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

// An answer that breaks off after any of its bytes, without any sign but its end, is never taken for a
// whole one, and is always known as cut off, so that it may be asked for again.
func TestCutAfterEveryByte(t *testing.T) {
	t.Parallel()
	answers := map[string]providertest.Answer{
		"text": {Reasoning: "想🙂", Text: "你好，\n世界 {}"},
		"call": {Calls: []assistant.ToolCall{{ID: "call_1", Name: lookUp.Name, Arguments: `{"key":"一号"}`}}},
	}
	for who, c := range contestants {
		for what, answer := range answers {
			for _, whole := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s/%s/whole %v", c.vendor().Model, what, whole), func(t *testing.T) {
					t.Parallel()
					answer.Usage = assistant.Usage{Input: 12, Output: 34, Total: 46}
					q := question{answer: answer, who: who, whole: whole}
					srv := providertest.NewServer(t, providertest.Config{Vendor: c.vendor()})
					srv.Script(answer)
					tape := &tape{next: &http.Transport{}}
					m, err := c.open(providertest.Endpoint{
						BaseURL: srv.URL, Key: srv.Key, Model: c.vendor().Model, DisableStreaming: whole, HTTPClient: &http.Client{Transport: tape},
					})
					require.NoError(t, err)
					require.NoError(t, q.cut(t, m, false))
					tape.next.CloseIdleConnections()
					require.NotEmpty(t, tape.body)

					answered := 0
					for tape.upTo = range len(tape.body) {
						err := q.cut(t, m, true)
						if errors.Is(err, errWhole) {
							answered++
							continue
						}
						require.NoError(t, err, "cut after byte %d, at %q", tape.upTo, tape.body[max(0, tape.upTo-60):tape.upTo])
					}
					if whole { // the last bytes may be white space
						require.LessOrEqual(t, answered, 2, "cut in %d places, whole answers", len(tape.body))
					}
				})
			}
		}
	}
}

var errWhole = errors.New("the whole answer")

// cut asks and judges the answer. It returns errWhole if an answer that was cut is whole all the same.
func (q *question) cut(t *testing.T, m assistant.Model, cut bool) error {
	req := &assistant.Request{Messages: []assistant.Message{assistant.User("请回答")}}
	if q.answer.Calls != nil {
		req.Tools = []*assistant.ToolSpec{&lookUp}
	}
	reply, err := assistant.Generate(t.Context(), m, req)
	if reply == nil {
		reply = &assistant.Reply{}
	}
	f := fault{cuts: cut}
	if cut {
		f.breaks = []assistant.ErrorKind{assistant.ErrTruncated}
	}
	if wrong := q.judge(reply, err, false, f); wrong != nil || err != nil || !cut {
		return wrong
	}
	return errWhole
}

// A tape records the first response and then plays its beginning.
type tape struct {
	next   *http.Transport
	header http.Header
	body   []byte
	upTo   int
}

func (p *tape) RoundTrip(req *http.Request) (*http.Response, error) {
	if p.body == nil {
		resp, err := p.next.RoundTrip(req)
		if err != nil {
			return nil, err
		}
		defer resp.Body.Close()
		p.header = resp.Header
		if p.body, err = io.ReadAll(resp.Body); err != nil {
			return nil, err
		}
		p.upTo = len(p.body)
	}
	if req.Body != nil {
		_, _ = io.Copy(io.Discard, req.Body)
		req.Body.Close()
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: p.header, ContentLength: -1, Request: req,
		Body: io.NopCloser(bytes.NewReader(p.body[:p.upTo])),
	}, nil
}
