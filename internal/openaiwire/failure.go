package openaiwire

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// A failure is a vendor's error object, whatever its shape.
type failure struct {
	code, typ, message, requestID string
}

// parseFailure returns the error that o is or holds, or nil. An object with choices is an answer
// unless it says "error".
func parseFailure(o object, hasChoices bool) *failure {
	f := &failure{requestID: o.string("request_id")}
	id := o.string("id")
	if inner, text := o.object("error"), o.string("error"); inner != nil {
		f.code, f.typ, f.message = inner.string("code"), inner.string("type"), inner.string("message")
		f.requestID = first(f.requestID, inner.string("request_id"), o.string("span_id"))
		if f.code == "0" {
			f.code = ""
		}
		if f.code == "" && f.typ == "" && f.message == "" {
			return nil
		}
	} else if text != "" && text != "false" {
		f.message = text
		f.code = o.string("code")
	}
	if f.code == "" && f.message == "" && f.typ == "" && !hasChoices {
		f.flat(o)
	}
	if f.code == "" && f.message == "" && f.typ == "" {
		return nil
	}
	f.requestID = first(f.requestID, id)
	return f
}

// flat reads the shapes without an "error".
func (f *failure) flat(o object) {
	if code := o.string("error_code"); code != "" && code != "0" {
		f.code, f.message = code, o.string("error_msg")
		f.requestID = first(f.requestID, o.string("span_id"))
		return
	}
	if inner := o.object("Response"); inner != nil {
		f.requestID = first(f.requestID, inner.string("RequestId"))
		if e := inner.object("Error"); e != nil {
			f.code, f.message = e.string("Code"), e.string("Message")
		}
		return
	}
	code, message := o.string("code"), o.string("message")
	if o.string("object") == "error" || code != "" && message != "" {
		f.code, f.message, f.typ = code, message, o.string("type")
		return
	}
	f.message = first(o.string("detail"), message)
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// maxMessage bounds the vendor's words in an error, in bytes.
const maxMessage = 600

// redacted stands where a key was.
const redacted = "[secret]"

// clean makes text fit for an error: no key, no control characters, valid, bounded.
func clean(text, key string) string {
	if key != "" {
		text = strings.ReplaceAll(text, key, redacted)
	}
	if len(text) > maxMessage {
		cut := maxMessage
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut] + "…"
	}
	text = strings.ToValidUTF8(text, "\ufffd")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, text))
}

// httpStatus returns the HTTP status that a vendor put where its code belongs, or zero.
func (f *failure) httpStatus() int {
	if n, err := strconv.Atoi(f.code); err == nil && n >= 400 && n < 600 {
		return n
	}
	return 0
}
