package providertest

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// defaultDimensions is the length of vectors if the request does not say.
const defaultDimensions = 1024

// Vector returns the vector that a [Server] gives for a text: always the same one, and another one
// for another text, so that a test can tell whether vectors came back in order.
func Vector(text string, dimensions int) []float32 {
	h := fnv.New64a()
	h.Write([]byte(text))
	x := h.Sum64() | 1
	out := make([]float32, dimensions)
	for i := range out {
		x ^= x << 13 // xorshift
		x ^= x >> 7
		x ^= x << 17
		out[i] = float32(int32(x>>32)) / (1 << 31)
	}
	return out
}

// An embeddingBody is a request for vectors.
type embeddingBody struct {
	Model      string          `json:"model"`
	Input      json.RawMessage `json:"input"`
	InputList  json.RawMessage `json:"InputList"` // Tencent's word for several
	Dimensions *int            `json:"dimensions"`
	Format     string          `json:"encoding_format"`
}

func (b *embeddingBody) dimensions() int {
	if b.Dimensions == nil {
		return defaultDimensions
	}
	return *b.Dimensions
}

var embeddingFields = []string{"model", "input", "dimensions", "encoding_format", "user"}

// checkEmbedding refuses what vendors refuse, more texts at once than the model takes among them.
func checkEmbedding(s *Server, r *Request) (Script, error) {
	v := s.vendor
	if v.Rows == nil {
		return nil, &Fault{Status: 404, Code: "not_found", Message: v.Name + " has no embeddings"}
	}
	if f := checkPost(r, v.refuse); f != nil {
		return nil, f
	}
	multimodal := strings.HasSuffix(r.Path, "/multimodal")
	if fields, err := r.fields(); err != nil {
		return nil, v.refuse("%v", err)
	} else if f := unknownField(v, fields, embeddingFields); f != nil && s.cfg.Strict && !multimodal {
		return nil, f
	} else if _, ok := fields["dimensions"]; ok && v.Dimensions > 0 && v.RefuseUnknown {
		return nil, v.refuse("unknown field %q", "dimensions")
	}
	var body embeddingBody
	if err := r.Decode(&body); err != nil {
		return nil, v.refuse("%v", err)
	}
	if body.Model == "" {
		return nil, v.refuse("model is missing")
	}
	if n := body.dimensions(); n < 1 || n > 1<<16 {
		return nil, v.refuse("dimensions %d is not a valid value", n)
	}
	if body.Format != "" && body.Format != "float" && body.Format != "base64" {
		return nil, v.refuse("encoding_format %q is neither float nor base64", body.Format)
	}
	if multimodal {
		return checkParts(v, body)
	}
	texts, err := oneOrMore(body.Input)
	if err != nil || len(texts) == 0 {
		return nil, v.refuse("input must be a text or a list of texts")
	}
	if limit := v.Rows(body.Model); limit > 0 && len(texts) > limit {
		return nil, v.refuse("Value error, batch size is invalid, it should not be larger than %d.: input.contents", limit)
	}
	if n := utf8.RuneCountInString(strings.Join(texts, "")); v.EmbeddingRunes > 0 && n > v.EmbeddingRunes {
		return nil, v.refuse("the maximum input length is %d, the request has %d", v.EmbeddingRunes, n)
	}
	if i := slices.Index(texts, ""); i >= 0 {
		return nil, v.refuse("input[%d] must not be empty", i)
	}
	return vectors{}, nil
}

// vectors is the answer to a request for vectors. Its rows are in reverse order: only their index
// says which is which.
type vectors struct {
	// spoil, if it is not nil, makes a wrong answer of the right one.
	spoil func(rows []row) []row
	// length, if it is not zero, is the length of the vectors in place of the one asked for.
	length int
}

// A row is one vector of an answer, as JSON.
type row struct {
	index     string // if empty, the field is missing
	embedding string
}

func (a vectors) Response(_ *Vendor, r *Request) Response {
	var body embeddingBody
	_ = r.Decode(&body) // the checks have done so before
	texts, _ := oneOrMore(cmpOr(body.Input, body.InputList))
	length, tokens := body.dimensions(), 0
	if a.length > 0 {
		length = a.length
	}
	var rows []row
	for i, text := range slices.Backward(texts) {
		tokens += len([]rune(text))
		rows = append(rows, row{fmt.Sprint(i), vectorJSON(Vector(text, length), body.Format)})
	}
	if a.spoil != nil {
		rows = a.spoil(rows)
	}
	switch {
	case r.Header.Get(tencentAction) != "":
		return tencentVectors(rows, tokens)
	case r.Path == ollamaEmbed:
		return ollamaVectors(body.Model, rows, tokens)
	}
	data := make([]string, len(rows))
	for i, row := range rows {
		data[i] = `{"object":"embedding","embedding":` + row.embedding + `}`
		if row.index != "" {
			data[i] = `{"object":"embedding","embedding":` + row.embedding + `,"index":` + row.index + `}`
		}
	}
	return JSON(200, fmt.Sprintf(`{"object":"list","data":[%s],"model":%s,"usage":{"prompt_tokens":%d,"total_tokens":%d},"id":"emb-1"}`,
		strings.Join(data, ","), quote(body.Model), tokens, tokens))
}

// cmpOr returns the first value that is there.
func cmpOr(a, b json.RawMessage) json.RawMessage {
	if len(a) > 0 {
		return a
	}
	return b
}

func failEmbedding(v *Vendor, f Fault) Response {
	return JSON(f.Status, v.Envelopes[len(v.Envelopes)-1].Body(f)) // where the other envelope is sent, if there is one
}

// checkParts has one vector for all parts together, and an object in place of the list.
func checkParts(v *Vendor, body embeddingBody) (Script, error) {
	var parts []chatPart
	if err := json.Unmarshal(body.Input, &parts); err != nil || len(parts) == 0 {
		return nil, v.refuse("input must be a list of parts")
	}
	return JSON(200, fmt.Sprintf(`{"id":"emb-1","object":"list","created":1795300000,"model":%s,"data":{"object":"embedding","embedding":%s},`+
		`"usage":{"prompt_tokens":8,"total_tokens":8,"prompt_tokens_details":{"text_tokens":8,"image_tokens":0}}}`,
		quote(body.Model), vectorJSON(Vector(string(body.Input), body.dimensions()), body.Format))), nil
}

func oneOrMore(raw json.RawMessage) ([]string, error) {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return []string{one}, nil
	}
	var many []string
	err := json.Unmarshal(raw, &many)
	return many, err
}

// vectorJSON writes a vector as numbers, or as base64 of little-endian float32.
func vectorJSON(vec []float32, format string) string {
	if format != "base64" {
		b, err := json.Marshal(vec)
		if err != nil {
			return "[]" // finite numbers always encode
		}
		return string(b)
	}
	raw := make([]byte, 0, 4*len(vec))
	for _, x := range vec {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(x))
	}
	return quote(base64.StdEncoding.EncodeToString(raw))
}
