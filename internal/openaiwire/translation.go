package openaiwire

import "net/http"

// A Translation lets the engine speak a protocol that says the same in other words: requests are
// written in the common protocol and then translated, events and whole answers the other way round.
type Translation struct {
	// Path stands in place of "/chat/completions".
	Path string
	// Lines says that a stream has one JSON object on each line, not server-sent events.
	Lines bool
	// StreamHeader is added to requests that ask for a stream.
	StreamHeader http.Header
	// Request translates the body of a request. What the other protocol cannot say is reported to
	// drop, a path in the request with a reason. The result may share memory with body.
	Request func(body []byte, drop func(field, reason string)) ([]byte, error)
	// Answer translates one event or one whole answer, or returns it as it is if it is neither: error
	// objects of all vendors are understood. It must not keep data.
	Answer func(data []byte) []byte
}

// decode reads one event or one whole answer into the stream's piece.
func (s *stream) decode(d *decoder, data []byte) error {
	if t := s.c.foreign; t != nil {
		data = t.Answer(data)
	}
	return d.decode(data, &s.p)
}
