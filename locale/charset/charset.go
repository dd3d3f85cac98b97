package charset

import (
	"fmt"

	"golang.org/x/text/encoding"
)

// A Charset is a way to write text as bytes. The zero value is [UTF8].
//
// Every Charset is an [encoding.Encoding]: its decoder and encoder work with the readers, writers and
// transformers of golang.org/x/text. Decoders write U+FFFD for bytes that are no character; encoders stop
// with an error at a character without a code, unless they are wrapped in [encoding.ReplaceUnsupported].
//
// Encoding and decoding add and remove nothing: a byte order mark is a character like any other, except
// in [UTF16]. [Decode] and [Reader] remove it.
type Charset uint8

const (
	// UTF8 is what Go strings hold.
	UTF8 Charset = iota
	// UTF16 is UTF-16 in the order its byte order mark tells, little endian without one. It is written little
	// endian, with a mark.
	UTF16
	// UTF16LE and UTF16BE are UTF-16 in a known order.
	UTF16LE
	UTF16BE
	// GBK is Code Page 936, a superset of GB2312: the two-byte codes of [GB18030], and 0x80 for the euro sign.
	// Four-byte codes are read, because files in GB18030 often bear the older name, but not written.
	GBK
	// GB18030 is the mainland's standard in its edition of 2022. It has one code for every Unicode character.
	GB18030
	// Big5 is the charset of Taiwan with the extensions of ETEN. All of [Big5HKSCS] is read, as browsers do, but
	// the codes of the Hong Kong supplement are not written.
	Big5
	// Big5HKSCS is Big5 with the Hong Kong supplementary character set of 2008, the last that has Big5 codes.
	Big5HKSCS

	count = iota
)

var _ encoding.Encoding = UTF8

// String returns the preferred name of the internet's registry, "UTF-8" or "Big5-HKSCS".
func (c Charset) String() string {
	if c >= count {
		return fmt.Sprintf("Charset(%d)", uint8(c))
	}
	return codecs[c].name
}

// NewDecoder returns a transformer from c to UTF-8.
func (c Charset) NewDecoder() *encoding.Decoder {
	return &encoding.Decoder{Transformer: &decoder{charset: c, decode: c.codec().decode}}
}

// NewEncoder returns a transformer from UTF-8 to c. Bytes that are not UTF-8 are taken for U+FFFD.
func (c Charset) NewEncoder() *encoding.Encoder {
	return &encoding.Encoder{Transformer: &encoder{charset: c, encode: c.codec().encode}}
}

// A codec converts as much of src as it can, and tells how far it came.
type codec struct {
	name   string
	bom    string
	decode decodeFunc
	encode encodeFunc
}

var codecs = [count]codec{
	UTF8:      {"UTF-8", "\xEF\xBB\xBF", copyUTF8, encodeUTF8},
	UTF16:     {"UTF-16", "", decodeUTF16LE, encodeUTF16LE},
	UTF16LE:   {"UTF-16LE", "\xFF\xFE", decodeUTF16LE, encodeUTF16LE},
	UTF16BE:   {"UTF-16BE", "\xFE\xFF", decodeUTF16BE, encodeUTF16BE},
	GBK:       {"GBK", "", decodeGB, encodeGBK},
	GB18030:   {"GB18030", "\x84\x31\x95\x33", decodeGB, encodeGB18030},
	Big5:      {"Big5", "", decodeBig5, encodeBig5},
	Big5HKSCS: {"Big5-HKSCS", "", decodeBig5, encodeBig5HKSCS},
}

// codec of a number that is no charset is UTF-8's.
func (c Charset) codec() *codec {
	if c >= count {
		c = UTF8
	}
	return &codecs[c]
}
