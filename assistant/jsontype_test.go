package assistant_test

import (
	"context"
	"encoding/json"
	"math/big"
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

type paged struct {
	Page int `json:"page,omitzero"`
}

type unusual struct {
	paged
	Limit  assistant.Opt[int]    `json:"limit,omitzero" jsonschema:"最多几个"`
	Kind   assistant.Opt[string] `json:"kind,omitzero" enum:"红,绿"`
	Addr   netip.Addr            `json:"addr,omitzero"`
	Big    big.Int               `json:"big,omitzero"`
	Number json.Number           `json:"number,omitzero"`
	Raw    json.RawMessage       `json:"raw,omitzero" jsonschema:"随便什么"`
	Bytes  []byte                `json:"bytes,omitzero"`
	Must   *string               `json:"must" enum:"a,b"`
	ByName map[string]struct {
		Size string `json:"size" enum:"大,小"`
	} `json:"by_name,omitzero"`
	Ignored chan int `json:"-"`
}

// The schema of a type says what encoding/json reads into it.
func TestSchemaOfUnusualTypes(t *testing.T) {
	t.Parallel()
	var got unusual
	tool, err := assistant.NewTool(assistant.ToolSpec{Name: "f"}, func(_ context.Context, in *unusual) (string, error) {
		got = *in
		return "", nil
	})
	require.NoError(t, err)
	require.JSONEq(t, `{
		"type": "object",
		"properties": {
			"page": {"type": "integer"},
			"limit": {"type": "integer", "description": "最多几个"},
			"kind": {"type": "string", "enum": ["红", "绿"]},
			"addr": {"type": "string"},
			"big": {"type": "integer"},
			"number": {"type": "number"},
			"raw": {"description": "随便什么"},
			"bytes": {"type": "string", "contentEncoding": "base64"},
			"must": {"type": "string", "enum": ["a", "b"]},
			"by_name": {"type": "object", "additionalProperties": {
				"type": "object", "properties": {"size": {"type": "string", "enum": ["大", "小"]}},
				"required": ["size"], "additionalProperties": false
			}}
		},
		"required": ["must"],
		"additionalProperties": false
	}`, string(tool.Spec().Schema))
	_, err = tool.Call(t.Context(), assistant.ToolCall{Arguments: `{"page":2,"limit":0,"kind":"红","addr":"10.0.0.1",
		"big":123456789012345678901234567890,"number":1.50,"raw":[1],"bytes":"5aW9","must":"a","by_name":{"衣":{"size":"大"}}}`})
	require.NoError(t, err)
	require.Equal(t, 2, got.Page)
	require.Equal(t, assistant.Some(0), got.Limit)
	require.Equal(t, assistant.Some("红"), got.Kind)
	require.Equal(t, netip.MustParseAddr("10.0.0.1"), got.Addr)
	require.Equal(t, "123456789012345678901234567890", got.Big.String())
	require.Equal(t, json.Number("1.50"), got.Number)
	require.JSONEq(t, "[1]", string(got.Raw))
	require.Equal(t, "好", string(got.Bytes))
	require.Equal(t, "大", got.ByName["衣"].Size)
}

func schemaError[In any](t *testing.T) string {
	t.Helper()
	_, err := assistant.NewTool(assistant.ToolSpec{Name: "f"}, func(context.Context, In) (string, error) { return "", nil })
	require.Error(t, err)
	return err.Error()
}

// What the model would write by the schema must not get lost on the way into the type.
func TestSchemaRefusesWhatJSONReadsOtherwise(t *testing.T) {
	t.Parallel()
	require.Contains(t, schemaError[struct {
		paged `json:"paged"`
	}](t), "give it a name")
	require.Contains(t, schemaError[struct {
		paged `json:"-"`
	}](t), "give it a name")
	require.Contains(t, schemaError[struct {
		N int `json:"n,string"`
	}](t), "json option")
	require.Contains(t, schemaError[struct {
		Deep map[string][]*struct{ Wait time.Duration }
	}](t), "use assistant.Duration")
	require.Contains(t, schemaError[struct {
		B bool `enum:"true"`
	}](t), "field B: enum tag on a boolean")
}
