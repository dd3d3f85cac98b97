package middleware

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A cacheKey is a digest of all that a reply depends on.
type cacheKey [sha256.Size]byte

// requestJSON is a request in canonical form: requests that mean the same to every adapter have the same
// bytes, whatever the order of maps, the white space of schemas and the difference of nil and empty.
type requestJSON struct {
	Scope    string                    `json:",omitzero"`
	Model    string                    `json:",omitzero"`
	Messages []assistant.Message       `json:",omitempty"`
	Tools    []toolJSON                `json:",omitempty"`
	Choice   assistant.ToolChoice      `json:",omitzero"`
	Single   bool                      `json:",omitzero"`
	Format   formatJSON                `json:",omitzero"`
	Thinking assistant.Thinking        `json:",omitzero"`
	Search   searchJSON                `json:",omitzero"`
	Options  optionsJSON               `json:",omitzero"`
	Stop     []string                  `json:",omitempty"`
	User     string                    `json:",omitzero"`
	Extra    map[string]map[string]any `json:",omitempty"`
}

type toolJSON struct {
	Name        string
	Description string   `json:",omitzero"`
	Schema      any      `json:",omitempty"`
	Examples    []string `json:",omitempty"`
	Answer      string   `json:",omitzero"`
	Confirm     bool     `json:",omitzero"`
	ReadOnly    bool     `json:",omitzero"`
	Private     bool     `json:",omitzero"`
}

type formatJSON struct {
	Kind   assistant.FormatKind `json:",omitzero"`
	Name   string               `json:",omitzero"`
	Schema any                  `json:",omitempty"`
	Strict bool                 `json:",omitzero"`
}

type searchJSON struct {
	Mode   assistant.Switch `json:",omitzero"`
	Forced bool             `json:",omitzero"`
	Sites  []string         `json:",omitempty"`
	Days   int              `json:",omitzero"`
}

type optionsJSON struct {
	Temperature, TopP, FrequencyPenalty, PresencePenalty assistant.Opt[float64]
	Seed                                                 assistant.Opt[int64]
	TopK, MaxTokens                                      int
}

// canonical writes a request in canonical form. It fails if the request cannot be written at all, such as
// with a function in Extra.
func canonical(req *assistant.Request, scope, user string) ([]byte, error) {
	schema, err := ordered(req.Format.Schema)
	if err != nil {
		return nil, err
	}
	j := requestJSON{
		Scope: scope, Model: req.Model, Messages: req.Messages, Choice: req.ToolChoice, Single: req.SingleTool,
		Format:   formatJSON{req.Format.Kind, req.Format.Name, schema, req.Format.Strict},
		Thinking: req.Thinking, Search: searchJSON(req.Search), Stop: req.Stop, User: user,
		Options: optionsJSON{req.Temperature, req.TopP, req.FrequencyPenalty, req.PresencePenalty, req.Seed, req.TopK, req.MaxTokens},
	}
	for _, t := range req.Tools {
		if schema, err = ordered(t.Schema); err != nil {
			return nil, err
		}
		j.Tools = append(j.Tools, toolJSON{t.Name, t.Description, schema, t.Examples, t.Answer, t.Confirm, t.ReadOnly, t.Private})
	}
	for vendor, fields := range req.Extra {
		if len(fields) > 0 {
			if j.Extra == nil {
				j.Extra = make(map[string]map[string]any, len(req.Extra))
			}
			j.Extra[vendor] = fields
		}
	}
	return json.Marshal(j)
}

// ordered reads JSON so that it is written with its keys in order. Numbers stay as they are.
func ordered(raw json.RawMessage) (v any, err error) {
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil, nil
	}
	if !json.Valid(raw) {
		return nil, errors.New("schema is not JSON")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	err = d.Decode(&v)
	return v, err
}

// keyOf returns the key of a request, and false if it has none.
func keyOf(req *assistant.Request, scope, user string) (cacheKey, bool) {
	b, err := canonical(req, scope, user)
	if err != nil {
		return cacheKey{}, false
	}
	return sha256.Sum256(b), true
}
