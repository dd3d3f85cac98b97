package middleware

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Fallback asks other models, in order, if the first one fails before the caller has seen anything of
// its reply. The reply says who answered: Meta.Vendor and Meta.Model as always, and an entry "Model" in
// Meta.Dropped that says why the others did not.
type Fallback struct {
	To []Alternative

	// On are the kinds of error that make the next model try; if nil, all but ErrInvalid, ErrBlocked and
	// ErrContextLength, which are about the request. Errors that are not an [assistant.Error] count too,
	// except those of the caller's own context.
	On []assistant.ErrorKind
}

// An Alternative is a model that a [Fallback] may ask.
type Alternative struct {
	Model assistant.Model
	Name  string // for the reply to name it by if it fails; if empty, its place in the order

	// RequestModel is what the request calls the model. If empty, the request leaves the choice to the
	// adapter: the vendor's name of the first model means nothing to another vendor.
	RequestModel string

	// On are the kinds of error, of the model before, for which this one is asked; if nil, those of the
	// Fallback. A model that is not asked is passed over.
	On []assistant.ErrorKind
}

// Wrap is a [Middleware]: the model that it wraps is the first one asked.
func (f Fallback) Wrap(first assistant.Model) assistant.Model {
	if f.On == nil {
		f.On = []assistant.ErrorKind{assistant.ErrAuth, assistant.ErrPermission, assistant.ErrQuota, assistant.ErrRateLimited,
			assistant.ErrOverloaded, assistant.ErrServer, assistant.ErrTimeout, assistant.ErrNotFound, assistant.ErrTruncated,
			assistant.ErrProtocol, assistant.ErrNetwork}
	}
	f.To = slices.Clone(f.To)
	for i := range f.To {
		if f.To[i].On == nil {
			f.To[i].On = f.On
		}
		f.To[i].Name = or(f.To[i].Name, fmt.Sprintf("alternative %d", i+1))
	}
	return modelFunc(func(ctx context.Context, req *assistant.Request, yield func(assistant.Chunk, error) bool) {
		if err := f.stream(ctx, first, req, yield); err != nil {
			yield(assistant.Chunk{}, err)
		}
	})
}

func (f *Fallback) stream(ctx context.Context, m assistant.Model, req *assistant.Request, yield func(assistant.Chunk, error) bool) error {
	var failed []string // why those asked before did not answer
	name := "first model"
	for i := 0; ; {
		p := passage{holds: true}
		hand := yield
		if failed != nil {
			hand = mark(&p, failed, yield)
		}
		err := p.carry(m.Stream(ctx, req), hand)
		if err == nil || p.begun || ctx.Err() != nil {
			return err
		}
		for i < len(f.To) && !f.To[i].takes(err) {
			i++
		}
		if i == len(f.To) {
			if failed != nil {
				err = &exhausted{err, failed}
			}
			return err
		}
		failed = append(failed, name+" failed: "+reason(err))
		next := *req
		next.Model = f.To[i].RequestModel
		m, req, name = f.To[i].Model, &next, f.To[i].Name
		i++
	}
}

func (a *Alternative) takes(err error) bool {
	kind := kindOf(err)
	return kind == "" || slices.Contains(a.On, kind)
}

// reason puts an error into words that may be shown: the kind, and no words of a vendor.
func reason(err error) string {
	var refusal Refusal
	switch kind := kindOf(err); {
	case errors.As(err, &refusal):
		return refusal.Error()
	case kind != "":
		return kind.Error()
	}
	return "unknown error"
}

// mark adds to what the reply says of its origin.
func mark(p *passage, failed []string, yield func(assistant.Chunk, error) bool) func(assistant.Chunk, error) bool {
	note := assistant.Dropped{Field: "Model", Reason: strings.Join(failed, "; ")}
	said := false
	return func(c assistant.Chunk, err error) bool {
		if c.Meta != nil || !said {
			var meta assistant.Meta
			if p.meta != nil {
				meta = *p.meta
			}
			meta.Dropped = append(slices.Clip(meta.Dropped), note)
			c.Meta, said = &meta, true
		}
		return yield(c, err)
	}
}

// An exhausted error is the last one of a Fallback of which every model failed. The others are in its
// text only, so that it is of one kind.
type exhausted struct {
	last   error
	before []string
}

func (e *exhausted) Error() string { return e.last.Error() + ", after " + strings.Join(e.before, "; ") }

// Unwrap returns the error of the model that was asked last.
func (e *exhausted) Unwrap() error { return e.last }
