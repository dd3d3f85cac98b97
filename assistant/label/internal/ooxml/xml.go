package ooxml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const (
	keyLabel = "AIGC"

	customProperties       = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
	variantTypes           = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
	strictCustomProperties = "http://purl.oclc.org/ooxml/officeDocument/customProperties"
	strictVariantTypes     = "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes"
	relationships          = "http://schemas.openxmlformats.org/package/2006/relationships"
	relationCustom         = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
	typeCustom             = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
	formatID               = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"

	maxDepth = 100
)

// walk calls start and end for the elements of a part, with the bytes where their tags begin and end, and
// text for what stands between them.
func walk(b []byte, start func(e xml.StartElement, depth, from, to int), text func([]byte), end func(depth, from, to int)) error {
	d := xml.NewDecoder(bytes.NewReader(b))
	depth := 0
	for {
		from := int(d.InputOffset())
		token, err := d.Token()
		to := int(d.InputOffset())
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return carrier.Malformed(name, int64(from), "%v", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return carrier.Malformed(name, int64(from), "elements are nested more than %d deep", maxDepth)
			}
			start(t, depth, from, to)
		case xml.CharData:
			text(t)
		case xml.EndElement:
			end(depth, from, to)
			depth--
		}
	}
}

func attribute(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// properties are the custom properties of a document.
type properties struct {
	labels  []labelSpan
	lastPID int
	close   int // where </Properties> begins; -1 for a list that is one empty tag
	strict  bool
}

type labelSpan struct {
	from, to int
	text     string
}

func parseProperties(b []byte) (properties, error) {
	p := properties{lastPID: 1, close: -1}
	inLabel := false
	var text strings.Builder
	err := walk(b, func(e xml.StartElement, depth, from, _ int) {
		switch {
		case depth == 1:
			p.strict = e.Name.Space == strictCustomProperties
		case depth == 2 && e.Name.Local == "property":
			if pid, err := strconv.Atoi(attribute(e, "pid")); err == nil && pid < 1<<30 {
				p.lastPID = max(p.lastPID, pid)
			}
			if inLabel = attribute(e, "name") == keyLabel; inLabel {
				p.labels = append(p.labels, labelSpan{from: from})
				text.Reset()
			}
		}
	}, func(t []byte) {
		if inLabel {
			text.Write(t)
		}
	}, func(depth, from, to int) {
		if inLabel && depth == 2 {
			l := &p.labels[len(p.labels)-1]
			l.to, l.text = to, strings.TrimSpace(text.String())
			inLabel = false
		}
		if depth == 1 && from < to {
			p.close = from
		}
	})
	return p, err
}

// withLabel returns the custom properties with text as the one label.
func withLabel(b []byte, text string) ([]byte, error) {
	p := properties{lastPID: 1, close: -1}
	if len(bytes.TrimSpace(b)) > 0 {
		var err error
		if p, err = parseProperties(b); err != nil {
			return nil, err
		}
	}
	own, vt := customProperties, variantTypes
	if p.strict {
		own, vt = strictCustomProperties, strictVariantTypes
	}
	var property bytes.Buffer
	fmt.Fprintf(&property, `<property xmlns=%q fmtid=%q pid="%d" name=%q><vt:lpwstr xmlns:vt=%q>`, own, formatID, p.lastPID+1, keyLabel, vt)
	xml.EscapeText(&property, []byte(text)) // a Buffer does not fail
	property.WriteString("</vt:lpwstr></property>")
	if p.close < 0 {
		return fmt.Appendf(nil, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties xmlns=%q xmlns:vt=%q>%s</Properties>",
			own, vt, property.Bytes()), nil
	}
	var out bytes.Buffer
	at := 0
	for _, l := range p.labels {
		out.Write(b[at:l.from])
		at = l.to
	}
	out.Write(b[at:p.close])
	out.Write(property.Bytes())
	out.Write(b[p.close:])
	return out.Bytes(), nil
}

// customTarget returns where a document says that its custom properties are.
func customTarget(relations []byte) (target string, err error) {
	if len(relations) == 0 {
		return "", nil
	}
	err = walk(relations, func(e xml.StartElement, _, _, _ int) {
		kind := attribute(e, "Type")
		if e.Name.Local == "Relationship" && (strings.HasSuffix(kind, "/custom-properties") || strings.HasSuffix(kind, "/customProperties")) {
			target = attribute(e, "Target")
		}
	}, func([]byte) {}, func(int, int, int) {})
	return target, err
}

// withRelation returns the relations with one to the custom properties.
func withRelation(b []byte, custom string) ([]byte, error) {
	if len(bytes.TrimSpace(b)) == 0 {
		return nil, carrier.Malformed(name, 0, "it is empty")
	}
	close, has := -1, false
	ids := make(map[string]bool)
	err := walk(b, func(e xml.StartElement, depth, _, _ int) {
		if depth == 2 {
			kind := attribute(e, "Type")
			has = has || strings.HasSuffix(kind, "/custom-properties") || strings.HasSuffix(kind, "/customProperties")
			ids[attribute(e, "Id")] = true
		}
	}, func([]byte) {}, func(depth, from, to int) {
		if depth == 1 && from < to {
			close = from
		}
	})
	if err != nil || has {
		return b, err
	}
	if close < 0 {
		return nil, carrier.Malformed(name, 0, "it has no relations")
	}
	id := "rIdAIGC"
	for n := 2; ids[id]; n++ {
		id = "rIdAIGC" + strconv.Itoa(n)
	}
	var r bytes.Buffer
	fmt.Fprintf(&r, `<Relationship xmlns=%q Id=%q Type=%q Target=%q/>`, relationships, id, relationCustom, custom)
	return insert(b, close, r.Bytes()), nil
}

// withType returns the types of the parts with that of the custom properties.
func withType(b []byte, custom string) ([]byte, error) {
	close, has := -1, false
	space := ""
	err := walk(b, func(e xml.StartElement, depth, _, _ int) {
		if depth == 1 {
			space = e.Name.Space
		}
		if e.Name.Local == "Override" && strings.EqualFold(attribute(e, "PartName"), "/"+custom) {
			has = true
		}
	}, func([]byte) {}, func(depth, from, to int) {
		if depth == 1 && from < to {
			close = from
		}
	})
	if err != nil || has {
		return b, err
	}
	if close < 0 {
		return nil, carrier.Malformed(name, 0, "it has no types")
	}
	var o bytes.Buffer
	fmt.Fprintf(&o, `<Override xmlns=%q PartName="/%s" ContentType=%q/>`, space, custom, typeCustom)
	return insert(b, close, o.Bytes()), nil
}

func insert(b []byte, at int, more []byte) []byte {
	return bytes.Join([][]byte{b[:at], more, b[at:]}, nil)
}
