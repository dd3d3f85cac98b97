package providertest

import (
	"maps"
	"math"
	"net"
	"net/http"
	"time"
)

// A Script decides one response of a [Server]. [Response] and [Answer] are Scripts; a test can have
// its own.
type Script interface {
	// Response returns what to send to a request that has passed all checks.
	Response(v *Vendor, r *Request) Response
}

// scriptFunc is a function as a Script.
type scriptFunc func(v *Vendor, r *Request) Response

func (f scriptFunc) Response(v *Vendor, r *Request) Response { return f(v, r) }

// A Response is one HTTP response, down to the bytes and their timing.
type Response struct {
	Status int           // if zero, 200
	Header http.Header   // if it has no Content-Type, JSON is declared
	Delay  time.Duration // before the header is sent
	Body   []Piece       // each is written and flushed by itself
	End    End
}

// A Piece is some bytes of a body.
type Piece struct {
	Pause time.Duration // before Data
	Data  string
}

// Forever as a Delay or a Pause is silence until the client leaves or the server is closed.
const Forever = time.Duration(math.MaxInt64)

// An End is how a response ends after its last piece.
type End uint8

// The ends.
const (
	EndClean End = iota // as HTTP wants it
	EndLate             // as HTTP wants it, but the last HTTP chunk comes 20 ms after the last piece
	EndShort            // the connection is closed, and the end of the body is missing
	EndReset            // the connection is reset (TCP RST)
	EndClose            // the body has no declared length; closing the connection ends it (HTTP/1.0 style)
	EndStall            // nothing more comes, and the connection stays open
)

// Response returns r itself, which makes it a [Script].
func (r Response) Response(*Vendor, *Request) Response { return r }

// SSE is an event stream with one piece for each event.
func SSE(events ...string) Response {
	return Response{Header: http.Header{"Content-Type": {"text/event-stream"}}, Body: pieces(events)}
}

// JSON is a response with a JSON body and a status.
func JSON(status int, body string) Response {
	return Response{Status: status, Header: http.Header{"Content-Type": {"application/json"}}, Body: pieces([]string{body})}
}

func pieces(data []string) []Piece {
	out := make([]Piece, len(data))
	for i, d := range data {
		out[i].Data = d
	}
	return out
}

// With returns a copy of r with one more header.
func (r Response) With(name, value string) Response {
	h := maps.Clone(r.Header)
	if h == nil {
		h = http.Header{}
	}
	h.Set(name, value)
	r.Header = h
	return r
}

// Ending returns a copy of r that ends so.
func (r Response) Ending(e End) Response {
	r.End = e
	return r
}

// Dripping returns a copy of r whose body is sent in pieces of a few bytes, with pauses between.
// The pieces cut characters apart.
func (r Response) Dripping(size int, pause time.Duration) Response {
	var out []Piece
	for _, p := range r.Body {
		for at := 0; at < len(p.Data); at += size {
			out = append(out, Piece{Pause: pause, Data: p.Data[at:min(at+size, len(p.Data))]})
		}
	}
	r.Body = out
	return r
}

// lateness is how long EndLate waits, as gateways do that account for a stream before they end it.
const lateness = 20 * time.Millisecond

// play sends the response.
func (r Response) play(s *Server, w http.ResponseWriter, req *http.Request) {
	ctx := req.Context()
	if !s.pause(ctx, r.Delay) {
		panic(http.ErrAbortHandler)
	}
	h := w.Header()
	maps.Copy(h, r.Header)
	if h.Get("Content-Type") == "" {
		h.Set("Content-Type", "application/json")
	}
	if r.End == EndClose {
		h.Set("Transfer-Encoding", "identity")
	}
	w.WriteHeader(max(r.Status, http.StatusOK))
	out := http.NewResponseController(w)
	if out.Flush() != nil {
		return
	}
	for _, p := range r.Body {
		if !s.pause(ctx, p.Pause) {
			panic(http.ErrAbortHandler)
		}
		if _, err := w.Write([]byte(p.Data)); err != nil {
			return
		}
		if out.Flush() != nil {
			return
		}
	}
	switch r.End {
	case EndLate:
		s.pause(ctx, lateness)
	case EndStall:
		s.pause(ctx, Forever)
		panic(http.ErrAbortHandler)
	case EndShort:
		closeConn(out, false)
	case EndReset:
		closeConn(out, true)
	}
}

// closeConn takes the connection away from net/http, so that the body is never ended.
func closeConn(out *http.ResponseController, reset bool) {
	conn, _, err := out.Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(*net.TCPConn); ok && reset {
		tcp.SetLinger(0) // makes Close send RST
	}
	conn.Close()
}
