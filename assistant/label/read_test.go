package label_test

import (
	"bytes"

	"github.com/zhushou-ai/zhushou/assistant/label"
)

func verify(b []byte) label.Verification { return label.Verify(bytes.NewReader(b)) }
