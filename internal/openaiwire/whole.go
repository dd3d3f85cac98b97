package openaiwire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/zhushou-ai/zhushou/assistant"
)

var errEmpty = errors.New("the answer is empty")

// readWhole reads an answer that is one JSON object.
func (s *stream) readWhole(body io.Reader) error {
	data, err := s.c.readBody(s.w, body, s.resp.ContentLength)
	if err != nil {
		return err
	}
	data = bytes.TrimSpace(data)
	if len(data) == 0 {
		return &assistant.Error{Kind: assistant.ErrTruncated, Vendor: s.c.profile.Vendor, Err: errEmpty}
	}
	if data[0] != '{' { // events under a wrong name, or something else
		return s.readEvents(bytes.NewReader(data))
	}
	var d decoder
	if err := s.decode(&d, data); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) && syntax.Offset >= int64(len(data)) {
			return &assistant.Error{Kind: assistant.ErrTruncated, Vendor: s.c.profile.Vendor, Err: err}
		}
		return s.c.protocolError(fmt.Errorf("the answer is no reply: %w", err), data)
	}
	if err := s.take(&s.p, true); err != nil {
		return err
	}
	if !s.delivered && s.raw == "" && len(s.asm.calls) == 0 {
		return s.c.protocolError(errors.New("the answer holds no reply"), data)
	}
	return s.finish()
}

const smallBody = 16 << 10

// readBody reads a body of bounded size. Errors are ready for the caller.
func (c *Client) readBody(w *watch, body io.Reader, length int64) ([]byte, error) {
	size := int64(smallBody)
	if length >= 0 && length < 1<<20 {
		size = length + bytes.MinRead
	}
	buf := bytes.NewBuffer(make([]byte, 0, size))
	n, err := buf.ReadFrom(io.LimitReader(body, int64(c.maxBody)+1))
	if err != nil {
		return nil, c.broken(w, err)
	}
	if n > int64(c.maxBody) {
		return nil, &assistant.Error{
			Kind: assistant.ErrProtocol, Vendor: c.profile.Vendor,
			Err: fmt.Errorf("the answer is larger than the limit of %d bytes", c.maxBody),
		}
	}
	return buf.Bytes(), nil
}
