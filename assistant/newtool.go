package assistant

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/zhushou-ai/zhushou/internal/arguments"
	"github.com/zhushou-ai/zhushou/internal/jsontext"
)

// NewTool makes a [Tool] of a function. If spec.Schema is empty it is inferred from In once, here: In
// is a struct whose fields have json tags, a description in a jsonschema tag and, where that makes
// sense, the allowed values in an enum tag, or a format or pattern of JSON Schema in a tag of that name:
//
//	type Alarm struct {
//		At     time.Time `json:"at" jsonschema:"响铃的时间"`
//		Repeat string    `json:"repeat,omitzero" jsonschema:"重复" enum:"once,daily,workdays"`
//	}
//
// Fields marked omitzero or omitempty are optional. Use [Duration] for lengths of time. A time that
// the model writes without a zone is Beijing time. A type that reads itself from text is a string to
// the model, and an [Opt] is its value. In must not contain itself.
//
// What the model wrote is repaired if its meaning is clear, checked against the schema and decoded
// before fn runs; otherwise fn does not run and the model reads what is wrong, field by field.
//
// An Out that is a string, a [Part], a pointer to one or a []Part is the result as it is; anything else
// is told to the model as JSON. An error of fn is told to the model in its own words.
func NewTool[In, Out any](spec ToolSpec, fn func(ctx context.Context, in In) (Out, error)) (Tool, error) {
	if err := checkName(spec.Name); err != nil {
		return nil, err
	}
	if fn == nil {
		return nil, fmt.Errorf("tool %q: nil function", spec.Name)
	}
	if len(spec.Schema) == 0 {
		schema, err := schemaFor[In]()
		if err != nil {
			return nil, fmt.Errorf("tool %q: schema of the arguments: %w", spec.Name, err)
		}
		spec.Schema = schema
	}
	checker, err := arguments.CompileGo(spec.Schema)
	if err == nil && !isObject(spec.Schema) {
		err = errors.New("want an object, such as a struct")
	}
	if err != nil {
		return nil, fmt.Errorf("tool %q: schema of the arguments: %w", spec.Name, err)
	}
	return &typedTool[In, Out]{spec: spec, checker: checker, fn: fn}, nil
}

// MustTool is [NewTool] for tools whose definition is fixed in the program; it panics where NewTool
// returns an error.
func MustTool[In, Out any](spec ToolSpec, fn func(ctx context.Context, in In) (Out, error)) Tool {
	t, err := NewTool(spec, fn)
	if err != nil {
		panic(err)
	}
	return t
}

// checkName accepts the names that every vendor accepts.
func checkName(name string) error {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
	if name == "" || len(name) > 64 || strings.Trim(name, letters) != "" {
		return fmt.Errorf("tool name %q: want 1 to 64 letters, digits, _ or -", name)
	}
	return nil
}

type typedTool[In, Out any] struct {
	spec    ToolSpec
	checker *arguments.Schema
	fn      func(context.Context, In) (Out, error)
}

func (t *typedTool[In, Out]) Spec() *ToolSpec { return &t.spec }

func (t *typedTool[In, Out]) Call(ctx context.Context, call ToolCall) ([]Part, error) {
	_, run, err := t.bind(call.Arguments)
	if err != nil {
		return nil, err
	}
	out, err := run(ctx)
	if err != nil {
		return nil, err
	}
	return resultParts(out)
}

// bind reads the arguments, so that a call is known to be sound before a person is asked about it or
// a goroutine is started for it.
func (t *typedTool[In, Out]) bind(raw string) (repaired string, run func(context.Context) (any, error), err error) {
	fixed, err := t.checker.Repair(raw)
	if err != nil {
		return "", nil, badArguments(err)
	}
	var in In
	if err := json.Unmarshal([]byte(fixed.JSON), &in); err != nil {
		return "", nil, badArguments(decodeProblem(err))
	}
	return fixed.JSON, func(ctx context.Context) (any, error) { return t.fn(ctx, in) }, nil
}

func badArguments(err error) error {
	return fmt.Errorf("the arguments do not fit; call again with them corrected: %w", err)
}

// decodeProblem says by field what encoding/json could not read.
func decodeProblem(err error) error {
	var typeErr *json.UnmarshalTypeError
	if errors.As(err, &typeErr) && typeErr.Field != "" {
		return fmt.Errorf("%s: want %s, got %s", typeErr.Field, typeErr.Type, typeErr.Value)
	}
	return err
}

func resultParts(out any) ([]Part, error) {
	switch out := out.(type) {
	case string:
		return []Part{Text{Text: out}}, nil
	case []Part:
		parts := make([]Part, len(out))
		for i, p := range out {
			if parts[i] = partValue(p); parts[i] == nil {
				return nil, fmt.Errorf("part %d of the tool's result is a %T", i, p)
			}
		}
		return parts, nil
	case Part:
		if p := partValue(out); p != nil {
			return []Part{p}, nil
		}
	}
	text, err := jsontext.MarshalString(out)
	if err != nil {
		return nil, fmt.Errorf("encode the tool's result: %w", err)
	}
	return []Part{Text{Text: text}}, nil
}

// partValue returns p itself or what it points to, or nil if that is no part: a struct that embeds a
// part has the interface's method too, and would be lost on the way to the model.
func partValue(p Part) Part {
	switch p := p.(type) {
	case Text, Image, Audio, Video, File, Reasoning, Citation, Unknown:
		return p
	case *Text:
		return pointed(p)
	case *Image:
		return pointed(p)
	case *Audio:
		return pointed(p)
	case *Video:
		return pointed(p)
	case *File:
		return pointed(p)
	case *Citation:
		return pointed(p)
	}
	return nil
}

func pointed[T Part](p *T) Part {
	if p == nil {
		return nil
	}
	return *p
}
