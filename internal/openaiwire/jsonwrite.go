package openaiwire

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strconv"
)

func appendFloat(b []byte, f float64) []byte { return strconv.AppendFloat(b, f, 'g', -1, 64) }

// appendDataURL appends data as a JSON string that holds a data URL.
func appendDataURL(b []byte, mime string, data []byte) []byte {
	b = append(append(b, `"data:`...), mime...)
	b = append(b, ";base64,"...)
	b = base64.StdEncoding.AppendEncode(b, data)
	return append(b, '"')
}

// appendCompact appends raw JSON without spaces. It fails if raw is not JSON.
func appendCompact(b []byte, raw []byte) ([]byte, error) {
	buf := bytes.NewBuffer(b)
	if err := json.Compact(buf, raw); err != nil {
		return b, err
	}
	return buf.Bytes(), nil
}
