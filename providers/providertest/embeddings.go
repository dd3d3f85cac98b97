package providertest

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math"
	"strings"
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

// embeddings answers with the rows in reverse order: only their index says which is which.
func (s *Server) embeddings(r *Request) (Response, error) {
	v := s.vendor
	if v.Rows == nil {
		return Response{}, &Fault{Status: 404, Code: "not_found", Message: v.Name + " has no embeddings"}
	}
	var body struct {
		Model      string          `json:"model"`
		Input      json.RawMessage `json:"input"`
		Dimensions *int            `json:"dimensions"`
		Format     string          `json:"encoding_format"`
	}
	if err := r.Decode(&body); err != nil {
		return Response{}, v.refuse("%v", err)
	}
	dimensions := defaultDimensions
	if body.Dimensions != nil {
		dimensions = *body.Dimensions
	}
	if body.Model == "" {
		return Response{}, v.refuse("model is missing")
	}
	if dimensions < 1 || dimensions > 1<<16 {
		return Response{}, v.refuse("dimensions %d is not a valid value", dimensions)
	}
	if body.Format != "" && body.Format != "float" && body.Format != "base64" {
		return Response{}, v.refuse("encoding_format %q is neither float nor base64", body.Format)
	}
	if strings.HasSuffix(r.Path, "/multimodal") {
		return multimodal(v, body.Model, body.Input, dimensions, body.Format)
	}
	texts, err := oneOrMore(body.Input)
	if err != nil || len(texts) == 0 {
		return Response{}, v.refuse("input must be a text or a list of texts")
	}
	if limit := v.Rows(body.Model); limit > 0 && len(texts) > limit {
		return Response{}, v.refuse("Value error, batch size is invalid, it should not be larger than %d.: input.contents", limit)
	}
	rows, tokens := make([]string, 0, len(texts)), 0
	for i := len(texts) - 1; i >= 0; i-- {
		if texts[i] == "" {
			return Response{}, v.refuse("input[%d] must not be empty", i)
		}
		tokens += len([]rune(texts[i]))
		rows = append(rows, fmt.Sprintf(`{"object":"embedding","embedding":%s,"index":%d}`, vectorJSON(Vector(texts[i], dimensions), body.Format), i))
	}
	return JSON(200, fmt.Sprintf(`{"object":"list","data":[%s],"model":%s,"usage":{"prompt_tokens":%d,"total_tokens":%d},"id":"emb-1"}`,
		strings.Join(rows, ","), quote(body.Model), tokens, tokens)), nil
}

// multimodal has one vector for all parts together, and an object in place of the list.
func multimodal(v *Vendor, model string, input json.RawMessage, dimensions int, format string) (Response, error) {
	var parts []chatPart
	if err := json.Unmarshal(input, &parts); err != nil || len(parts) == 0 {
		return Response{}, v.refuse("input must be a list of parts")
	}
	return JSON(200, fmt.Sprintf(`{"id":"emb-1","object":"list","created":1795300000,"model":%s,"data":{"object":"embedding","embedding":%s},`+
		`"usage":{"prompt_tokens":8,"total_tokens":8,"prompt_tokens_details":{"text_tokens":8,"image_tokens":0}}}`,
		quote(model), vectorJSON(Vector(string(input), dimensions), format))), nil
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
