package png

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"io"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

// The keywords that are looked at.
const (
	keyXMP   = "XML:com.adobe.xmp"
	keyLabel = "AIGC"
)

// A text is what a text chunk says.
type text struct {
	key  string
	text []byte
}

// A reader reads text chunks.
type reader struct {
	src      carrier.Source
	inflated int64 // how much was unpacked in all
}

// read reads a text chunk. It reports false if it is of another kind or cannot be read.
func (r *reader) read(c chunk) (t text, ok bool, err error) {
	if c.kind != "tEXt" && c.kind != "zTXt" && c.kind != "iTXt" {
		return t, false, nil
	}
	const longest = int64(len(keyXMP)) + 1
	b, err := carrier.Bytes(r.src, name, c.offset+8, min(c.size, longest))
	if err != nil {
		return t, false, err
	}
	key, _, ok := bytes.Cut(b, []byte{0})
	t.key = string(key)
	if !ok || t.key != keyLabel && t.key != keyXMP {
		return t, false, nil
	}
	rest, err := carrier.Bytes(r.src, name, c.offset+8+int64(len(key))+1, c.size-int64(len(key))-1)
	if err != nil {
		return t, false, err
	}
	packed := false
	switch c.kind {
	case "zTXt":
		if len(rest) == 0 {
			return t, false, nil
		}
		rest, packed = rest[1:], true
	case "iTXt": // flag, method, language, translated keyword
		if len(rest) < 2 {
			return t, false, nil
		}
		packed = rest[0] == 1
		_, after, ok := bytes.Cut(rest[2:], []byte{0})
		if !ok {
			return t, false, nil
		}
		if _, rest, ok = bytes.Cut(after, []byte{0}); !ok {
			return t, false, nil
		}
	}
	if packed {
		if rest, err = r.inflate(c, rest); err != nil {
			return t, false, err
		}
	}
	t.text = rest
	return t, true, nil
}

// inflate unpacks, up to a bound for all chunks of a file together.
func (r *reader) inflate(c chunk, b []byte) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, carrier.Malformed(name, c.offset, "the packed text: %v", err)
	}
	defer z.Close()
	left := carrier.MaxMetadata - r.inflated
	out, err := io.ReadAll(io.LimitReader(z, left+1))
	if err != nil {
		return nil, carrier.Malformed(name, c.offset, "the packed text: %v", err)
	}
	if r.inflated += int64(len(out)); int64(len(out)) > left {
		return nil, carrier.Malformed(name, c.offset, "more than %d bytes of packed text", int64(carrier.MaxMetadata))
	}
	return out, nil
}

// writeText writes a packet as an iTXt chunk that is not packed.
func writeText(dst io.Writer, packet []byte) error {
	data := append([]byte("iTXt"+keyXMP), 0, 0, 0, 0, 0)
	data = append(data, packet...)
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)-4))
	b = append(b, data...)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(data))
	_, err := dst.Write(b)
	return err
}
