// Package xmp reads and writes the label in XMP packets: the property AIGC of the namespace
// http://www.tc260.org.cn/ns/AIGC/1.0/, as an element or as an attribute.
//
// A packet that a file has already is merged, not replaced: everything else in it stays as it is, byte for
// byte.
package xmp

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

// Namespace and the property's name.
const (
	Namespace = "http://www.tc260.org.cn/ns/AIGC/1.0/"
	prefix    = "TC260"
	property  = "AIGC"
	rdf       = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
)

// maxDepth bounds how deep elements are nested.
const maxDepth = 200

// A spot is where a label stands in a packet.
type spot struct {
	start, end int // of the element, or of the attribute with the blank before it
	from, to   int // of the text in it; none if to is 0
	text       string
}

// A scan is what one look at a packet finds.
type scan struct {
	spots []spot // in order, none inside another
	close int    // where a description may be added: before </rdf:RDF>; -1 if there is none
	slash bool   // rdf:RDF is one tag without content, and close is its end
}

// Labels returns the labels in a packet. After an error they are those that were found before it.
func Labels(packet []byte) ([]string, error) {
	s, err := look(packet)
	texts := make([]string, len(s.spots))
	for i, p := range s.spots {
		texts[i] = p.text
	}
	return texts, err
}

// isLabel reports whether a name is the property's. The decoder leaves a prefix that is not declared in the
// place of the namespace; some producers forget to declare it.
func isLabel(n xml.Name) bool {
	return n.Local == property && (n.Space == prefix || strings.Contains(strings.ToLower(n.Space), "tc260.org.cn"))
}

// look goes through a packet. After an error it returns what it had found.
func look(packet []byte) (scan, error) {
	s := scan{close: -1}
	if len(packet) > carrier.MaxMetadata {
		return s, fmt.Errorf("xmp packet of %d bytes: %w", len(packet), carrier.ErrMalformed)
	}
	d := xml.NewDecoder(bytes.NewReader(packet))
	inside := -1 // how deep the element is whose text is being read
	var at spot
	var text strings.Builder
	for depth := 0; ; {
		before := int(d.InputOffset())
		token, err := d.Token()
		after := int(d.InputOffset())
		switch {
		case errors.Is(err, io.EOF):
			return s, nil
		case err != nil:
			return s, fmt.Errorf("xmp packet: %w: %w", carrier.ErrMalformed, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return s, fmt.Errorf("xmp packet: %w: nested more than %d deep", carrier.ErrMalformed, maxDepth)
			}
			switch tag := packet[before:after]; {
			case inside >= 0:
			case isLabel(t.Name):
				inside, at = depth, spot{start: before, from: after}
				text.Reset()
			default:
				s.attributes(t, tag, before)
			}
			if t.Name.Space == rdf && t.Name.Local == "RDF" && bytes.HasSuffix(packet[before:after], []byte("/>")) {
				s.close, s.slash = after, true
			}
		case xml.CharData:
			if inside >= 0 {
				text.Write(t)
			}
		case xml.EndElement:
			if inside == depth {
				at.end, at.text = after, unescape(strings.TrimSpace(text.String()))
				if before < after { // else the start tag was all of it
					at.to = before
				}
				s.spots = append(s.spots, at)
				inside = -1
			}
			if t.Name.Space == rdf && t.Name.Local == "RDF" && !s.slash {
				s.close = before
			}
			depth--
		}
	}
}

// attributes adds the labels among the attributes of a start tag, which begins at offset.
func (s *scan) attributes(t xml.StartElement, tag []byte, offset int) {
	for i, a := range t.Attr {
		if !isLabel(a.Name) {
			continue
		}
		p := attribute(tag, i)
		s.spots = append(s.spots, spot{offset + p.start, offset + p.end, offset + p.from, offset + p.to, unescape(a.Value)})
	}
}

// unescape undoes the escaping that some producers apply twice.
func unescape(s string) string {
	if strings.Contains(s, "&quot;") || strings.Contains(s, "&#") || strings.Contains(s, "&amp;") {
		return html.UnescapeString(s)
	}
	return s
}

// attribute returns where attribute n of a start tag is. The tag is well-formed, since the decoder took it.
func attribute(tag []byte, n int) spot {
	const blanks = " \t\r\n"
	at := bytes.IndexAny(tag, blanks) // after the element's name
	for {
		p := spot{start: at}
		open := at + bytes.IndexAny(tag[at:], `"'`)
		p.from = open + 1
		p.to = p.from + bytes.IndexByte(tag[p.from:], tag[open])
		p.end = p.to + 1
		if n == 0 {
			return p
		}
		n--
		at = p.end
	}
}

// Write returns a packet with text as its one label: the old one with the label updated where it stands, or
// added, or a new one if there is no old one. An old packet that is not XML is an error.
func Write(old []byte, text string) ([]byte, error) {
	old = bytes.TrimRight(old, "\x00")
	if len(bytes.TrimSpace(old)) == 0 {
		return fresh(text), nil
	}
	s, err := look(old)
	if err != nil {
		return nil, err
	}
	if s.close < 0 {
		return nil, fmt.Errorf("xmp packet: %w: it has no rdf:RDF", carrier.ErrMalformed)
	}
	var b bytes.Buffer
	at := 0
	done := false
	for _, p := range s.spots {
		if !done && p.to > 0 {
			b.Write(old[at:p.from])
			b.WriteString(escape(text))
			at, done = p.to, true
			continue
		}
		b.Write(old[at:p.start])
		at = p.end
	}
	switch {
	case done:
	case s.close < at:
		return nil, fmt.Errorf("xmp packet: %w: the label stands outside of rdf:RDF", carrier.ErrMalformed)
	case s.slash: // <rdf:RDF .../> becomes <rdf:RDF ...>...</rdf:RDF>
		tag := old[at : s.close-2]
		b.Write(tag)
		b.WriteString(">" + describe(text) + "</")
		b.Write(elementName(tag[bytes.LastIndexByte(tag, '<'):]))
		b.WriteByte('>')
		at = s.close
	default:
		b.Write(old[at:s.close])
		b.WriteString(describe(text))
		at = s.close
	}
	b.Write(old[at:])
	return b.Bytes(), nil
}

// elementName returns the name in a start tag.
func elementName(tag []byte) []byte {
	name, _, _ := bytes.Cut(tag[1:], []byte(" "))
	if i := bytes.IndexAny(name, "\t\r\n/>"); i >= 0 {
		name = name[:i]
	}
	return name
}

// Trim returns the packet without the blanks that are in it as room for editing, for where a packet must be
// short.
func Trim(packet []byte) []byte {
	i := bytes.LastIndex(packet, []byte("<?xpacket end"))
	if i < 0 {
		return packet
	}
	return append(bytes.TrimRight(packet[:i:i], " \t\r\n"), packet[i:]...)
}

func escape(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a Builder does not fail
	return b.String()
}

func describe(text string) string {
	return `<rdf:Description xmlns:rdf="` + rdf + `" rdf:about="" xmlns:` + prefix + `="` + Namespace + `">` +
		"<" + prefix + ":" + property + ">" + escape(text) + "</" + prefix + ":" + property + "></rdf:Description>"
}

func fresh(text string) []byte {
	return []byte("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="` + rdf + `">` +
		describe(text) + "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>")
}
