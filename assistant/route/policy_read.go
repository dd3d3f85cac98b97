package route

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// maxPolicy bounds what is read as a policy, in bytes.
const maxPolicy = 1 << 20

//go:embed default.json
var defaultPolicy []byte

// DefaultPolicy returns a policy to begin with. Documents and bank cards stay on the device; whatever
// else is personal is masked. A trusted cloud gets the last ten turns of the conversation, less those that
// the device has dealt with, and needs no consent beyond that which the application has; a partner gets four,
// and the user is asked in each session. Its text is the file default.json of this package.
func DefaultPolicy() *Policy {
	p, err := ParsePolicy(bytes.NewReader(defaultPolicy))
	if err != nil {
		return nil // a policy that cannot be read lets nothing leave
	}
	return p
}

// ParsePolicy reads a policy in JSON:
//
//	{
//	  "name": "family",
//	  "precision": 0.98,
//	  "outside_tools": ["pay"],
//	  "trusted": {"data": {"documents": "keep"}, "other": "mask", "consent": "none", "history": {"turns": 10}},
//	  "partner": {"data": {"hotline": "send"}, "consent": "each_session"}
//	}
//
// What is not known, misspelt, given twice or out of range is an error that names it, and the policy is
// nil: given to a router all the same, that lets nothing leave the device.
func ParsePolicy(r io.Reader) (*Policy, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxPolicy+1))
	if err != nil {
		return nil, fmt.Errorf("read policy: %w", err)
	}
	if len(text) > maxPolicy {
		return nil, fmt.Errorf("policy is larger than %d bytes", maxPolicy)
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if err := noTwins(text); err != nil {
		return nil, fmt.Errorf("policy: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	var p *Policy
	if err := d.Decode(&p); err != nil {
		return nil, fmt.Errorf("policy: line %d: %w", lineAt(text, d.InputOffset(), err), err)
	}
	if p == nil {
		return nil, errors.New("policy is null: want an object")
	}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	return p, nil
}

// lineAt returns the line in which an error is.
func lineAt(text []byte, offset int64, err error) int {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
	}
	return 1 + bytes.Count(text[:min(max(offset, 0), int64(len(text)))], []byte("\n"))
}

// noTwins returns an error if an object has the same key twice, of which package json would take the
// last one without a word, and if anything follows the value.
func noTwins(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	type level struct {
		keys map[string]bool // nil in an array
		key  bool            // a key comes next
	}
	var open []level
	for {
		token, err := d.Token()
		if err != nil {
			return fmt.Errorf("line %d: %w", lineAt(text, d.InputOffset(), err), cut(err))
		}
		switch token {
		case json.Delim('{'):
			open = append(open, level{keys: map[string]bool{}, key: true})
			continue
		case json.Delim('['):
			open = append(open, level{})
			continue
		case json.Delim('}'), json.Delim(']'):
			open = open[:len(open)-1]
		default:
			if name, ok := token.(string); ok && len(open) > 0 && open[len(open)-1].key {
				top := &open[len(open)-1]
				if top.keys[fold(name)] {
					return fmt.Errorf("line %d: %.40q is there twice", lineAt(text, d.InputOffset(), nil), name)
				}
				top.keys[fold(name)], top.key = true, false
				continue
			}
		}
		if len(open) == 0 {
			break
		}
		open[len(open)-1].key = open[len(open)-1].keys != nil
	}
	if rest := bytes.TrimSpace(text[d.InputOffset():]); len(rest) > 0 {
		return fmt.Errorf("line %d: something follows the end: %.20q", lineAt(text, d.InputOffset(), nil), rest)
	}
	return nil
}

// fold makes names equal that package json takes for the same field.
func fold(name string) string { return string(bytes.ToLower([]byte(name))) }

// cut calls the end of a file by its name.
func cut(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
