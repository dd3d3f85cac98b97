package openaiwire

import (
	"context"
	"iter"
	"net/url"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A Completion is a call that is answered like chat but asks for something else, such as the middle of
// a text.
type Completion struct {
	URL   *url.URL
	Model string
	Write func(f *Fields) // writes the fields of the request but for model and stream
}

// Complete sends a completion and yields the reply, as Stream does.
func (c *Client) Complete(ctx context.Context, x Completion) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		s := &stream{c: c, ctx: ctx, yield: yield}
		s.run(func() (*outgoing, error) { return c.write(x) })
	}
}

func (c *Client) write(x Completion) (*outgoing, error) {
	body := newPayload()
	f := Fields{b: append(body.buf, '{')}
	f.String("model", x.Model)
	x.Write(&f)
	if !c.whole {
		f.Bool("stream", true)
		f.Object("stream_options", func(f *Fields) { f.Bool("include_usage", true) })
	}
	body.buf = append(f.b, '}')
	if f.err != nil {
		body.release()
		return nil, f.err
	}
	return &outgoing{url: x.URL, body: body, model: x.Model, stream: !c.whole, dropped: f.dropped}, nil
}
