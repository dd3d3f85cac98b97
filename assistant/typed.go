package assistant

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/zhushou-ai/zhushou/internal/arguments"
)

// An AnswerError says that a model did not answer in the wanted form, even when it was told what is
// wrong.
type AnswerError struct {
	Text string // what the model answered in the end
	Err  error  // what is wrong with it, by field
}

func (e *AnswerError) Error() string { return "answer does not fit the schema: " + e.Err.Error() }

// Unwrap returns what is wrong.
func (e *AnswerError) Unwrap() error { return e.Err }

// Ask asks m for an answer that is a T, which may also be a list, a number or the like. The schema
// comes from T, by the rules of [NewTool], and goes into the request both as its Format and in words,
// for vendors that cannot enforce one. What m answers is repaired and checked like a tool's arguments;
// if it still does not fit, m is told why and asked once more, and after that the error is an
// [*AnswerError]. An answer that was cut off is not completed, nor is one that was withheld: their
// errors match [ErrTruncated] and [ErrBlocked].
//
// With an error, the T holds what had arrived. The Usage of the reply covers both rounds. The request
// should offer no tools, because nobody would run them.
func Ask[T any](ctx context.Context, m Model, req *Request) (T, *Reply, error) {
	var last Typed[T]
	for a, err := range AskStream[T](ctx, m, req) {
		if err != nil {
			return last.Value, a.Reply, err
		}
		last = a
	}
	return last.Value, last.Reply, nil
}

// Typed is what [AskStream] knows so far.
type Typed[T any] struct {
	// Value holds the fields that have arrived. Texts and lists in it may still grow.
	Value T
	// Reply is set once the answer is complete and checked, or with the error.
	Reply *Reply
}

// AskStream is [Ask] for those who want to show the answer while it grows: it yields partial values,
// then the whole one with its Reply. If the model has to be asked a second time, or the vendor retracts
// what was said, the values start over.
func AskStream[T any](ctx context.Context, m Model, req *Request) iter.Seq2[Typed[T], error] {
	return func(yield func(Typed[T], error) bool) {
		form, err := formOf[T]()
		if err != nil {
			yield(Typed[T]{}, err)
			return
		}
		ask := form.request(req)
		var usage Usage
		for round := 0; ; round++ {
			reply, stopped, err := form.stream(ctx, m, ask, yield)
			if stopped {
				return
			}
			if reply != nil {
				reply.Usage = usage.Add(reply.Usage)
				usage = reply.Usage
			}
			if err != nil {
				yield(Typed[T]{Reply: reply}, err)
				return
			}
			value, err := form.read(reply)
			if err == nil {
				yield(Typed[T]{Value: value, Reply: reply}, nil)
				return
			}
			var misfit *AnswerError
			if round > 0 || !errors.As(err, &misfit) || reply.Finish != FinishStop && reply.Finish != FinishOther {
				yield(Typed[T]{Reply: reply}, err)
				return
			}
			ask = askAgain(ask, misfit)
		}
	}
}

// askAgain returns the request for the second round. Of the first answer it takes the text only:
// calls in it would want results, and vendors refuse an empty message.
func askAgain(req *Request, misfit *AnswerError) *Request {
	again := *req
	again.Messages = slices.Clip(req.Messages)
	if misfit.Text != "" {
		again.Messages = append(again.Messages, Answer(misfit.Text))
	}
	again.Messages = append(again.Messages, User("That does not fit the schema: "+misfit.Err.Error()+
		". Answer again with the JSON only, corrected."))
	return &again
}

// read returns the value in a whole answer.
func (f *form[T]) read(reply *Reply) (value T, err error) {
	text := reply.Text()
	if err := reply.withheld(); err != nil {
		return value, err
	}
	if reply.Finish == FinishLength && !json.Valid([]byte(text)) { // half a list is not a list
		return value, &Error{Kind: ErrTruncated, Vendor: reply.Vendor, Message: "token limit reached within the JSON"}
	}
	if strings.TrimSpace(text) == "" { // which would pass for an empty object
		return value, &AnswerError{Err: errors.New("the answer is empty")}
	}
	if value, err = f.decode(text); err != nil {
		return value, &AnswerError{Text: text, Err: err}
	}
	return value, nil
}

// wrapField holds answers that are not objects, because vendors enforce objects only.
const wrapField = "answer"

// A form is the schema of a T and how to read one.
type form[T any] struct {
	schema  json.RawMessage
	checker *arguments.Schema
	wrapped bool
}

// forms caches what formOf makes, by type: inferring and compiling a schema costs more than a request.
var forms sync.Map

func formOf[T any]() (*form[T], error) {
	if f, ok := forms.Load(reflect.TypeFor[T]()); ok {
		return f.(*form[T]), nil
	}
	f, err := newForm[T]()
	if err != nil {
		return nil, fmt.Errorf("schema of the answer: %w", err)
	}
	forms.Store(reflect.TypeFor[T](), f)
	return f, nil
}

func newForm[T any]() (*form[T], error) {
	f := new(form[T])
	var err error
	if f.schema, err = schemaFor[T](); err != nil {
		return nil, err
	}
	if f.wrapped = !isObject(f.schema); f.wrapped {
		f.schema, err = schemaFor[struct {
			Answer T `json:"answer"`
		}]()
		if err != nil {
			return nil, err
		}
	}
	f.checker, err = arguments.CompileGo(f.schema)
	return f, err
}

func (f *form[T]) request(req *Request) *Request {
	ask := *req
	if ask.Format.Name == "" {
		ask.Format.Name = "answer"
	}
	ask.Format.Kind, ask.Format.Schema = FormatSchema, f.schema
	ask.Messages = append([]Message{System("Answer with one JSON object that fits this JSON Schema, and nothing else:\n" + string(f.schema))}, req.Messages...)
	return &ask
}

// stream asks once and yields the partial values.
func (f *form[T]) stream(ctx context.Context, m Model, req *Request, yield func(Typed[T], error) bool) (reply *Reply, stopped bool, err error) {
	var c Collector
	parsed := 0
	for chunk, err := range m.Stream(ctx, req) {
		if err != nil {
			if c.Empty() {
				return nil, false, err
			}
			return c.Reply(), false, err
		}
		if c.Add(chunk); chunk.Retract != nil {
			parsed = 0
		}
		// Growing steps keep the total work linear in the answer's length.
		if n := c.text.Len(); n >= parsed+max(8, parsed/8) && chunk.Finish == "" {
			parsed = n
			if value, ok := f.partial(c.text.String()); ok && !yield(Typed[T]{Value: value}, nil) {
				return nil, true, nil
			}
		}
	}
	if c.Finish() == "" {
		return c.Reply(), false, c.truncated()
	}
	return c.Reply(), false, nil
}

func (f *form[T]) partial(text string) (value T, ok bool) {
	whole, ok := arguments.Partial(text)
	if !ok {
		return value, false
	}
	err := f.unmarshal(whole, &value)
	var typeErr *json.UnmarshalTypeError // a field of the wrong type leaves the others usable
	return value, err == nil || errors.As(err, &typeErr)
}

func (f *form[T]) decode(text string) (value T, err error) {
	fixed, err := f.checker.Repair(text)
	if err != nil {
		return value, err
	}
	if err := f.unmarshal([]byte(fixed.JSON), &value); err != nil {
		return value, decodeProblem(err)
	}
	return value, nil
}

func (f *form[T]) unmarshal(text []byte, value *T) error {
	if !f.wrapped {
		return json.Unmarshal(text, value)
	}
	var outer map[string]json.RawMessage
	if err := json.Unmarshal(text, &outer); err != nil {
		return err
	}
	if inner, ok := outer[wrapField]; ok {
		return json.Unmarshal(inner, value)
	}
	return nil
}
