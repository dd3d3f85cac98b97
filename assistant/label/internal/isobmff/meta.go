package isobmff

import (
	"bytes"
	"encoding/binary"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const keyLabel = "AIGC"

// A meta is a box with keys and values, taken apart.
type meta struct {
	prefix  []byte // version and flags, which QuickTime's have not
	boxes   []inner
	rest    []byte
	handler string
	keys    []string
	ilst    []inner
}

// parseMeta takes a meta box apart.
func parseMeta(data []byte) (m meta, err error) {
	if len(data) >= 12 && string(data[8:12]) == "hdlr" && string(data[4:8]) != "hdlr" {
		m.prefix, data = data[:4], data[4:]
	}
	if m.boxes, m.rest, err = children(data); err != nil {
		return m, err
	}
	for i, b := range m.boxes {
		if (b.kind == "keys" || b.kind == "ilst") && slices.ContainsFunc(m.boxes[:i], func(c inner) bool { return c.kind == b.kind }) {
			return m, carrier.Malformed(name, 0, "metadata with two boxes of the kind %q", b.kind)
		}
		switch b.kind {
		case "hdlr":
			if len(b.data) >= 12 {
				m.handler = string(b.data[8:12])
			}
		case "keys":
			if m.keys, err = parseKeys(b.data); err != nil {
				return m, err
			}
		case "ilst":
			if m.ilst, _, err = children(b.data); err != nil {
				return m, err
			}
		}
	}
	return m, nil
}

// parseKeys returns the names of the keys; the first has the number 1.
func parseKeys(data []byte) ([]string, error) {
	if len(data) < 8 {
		return nil, carrier.Malformed(name, 0, "a list of keys has %d bytes", len(data))
	}
	boxes, _, err := children(data[8:]) // an entry has the form of a box whose kind is the namespace
	keys := make([]string, len(boxes))
	for i, b := range boxes {
		keys[i] = string(b.data)
	}
	return keys, err
}

func isLabel(key string) bool { return key == keyLabel || key == keyLabel+"\x00" }

// holds reports whether an item of the list is a label.
func (m *meta) holds(item inner) bool {
	n := binary.BigEndian.Uint32([]byte(item.kind))
	if n >= 1 && uint64(n) <= uint64(len(m.keys)) {
		return isLabel(m.keys[n-1])
	}
	if item.kind == keyLabel {
		return true
	}
	if item.kind != "----" { // iTunes' form for keys of one's own: mean, name, data
		return false
	}
	parts, _, err := children(item.data)
	if err != nil {
		return false
	}
	for _, p := range parts {
		if p.kind == "name" && len(p.data) > 4 && isLabel(string(p.data[4:])) {
			return true
		}
	}
	return false
}

// value returns the text of an item.
func value(item inner) []byte {
	parts, _, err := children(item.data)
	if err != nil {
		return nil
	}
	for _, p := range parts {
		if p.kind == "data" && len(p.data) >= 8 && len(p.data) <= carrier.MaxLabel {
			return bytes.TrimRight(p.data[8:], "\x00")
		}
	}
	return nil
}

// labels returns the texts of the labels.
func (m *meta) labels() [][]byte {
	var out [][]byte
	for _, item := range m.ilst {
		if m.holds(item) {
			if v := value(item); v != nil {
				out = append(out, v)
			}
		}
	}
	return out
}

// with returns the box with text as its one label; with an empty text, without any. A key without a value may
// stay, because the others are known by their numbers.
func (m *meta) with(text string) []byte {
	keys, number := m.keys, 0
	for i, k := range keys {
		if isLabel(k) {
			number = i + 1
		}
	}
	if text != "" && number == 0 {
		keys = slices.Clip(keys)
		for m.numbered(len(keys) + 1) { // a value without a key must not become a label
			keys = append(keys, "")
		}
		keys = append(keys, keyLabel)
		number = len(keys)
	}
	var list []byte
	for _, item := range m.ilst {
		if !m.holds(item) {
			list = append(list, item.all...)
		}
	}
	if text != "" {
		list = append(list, makeItem(number, text)...)
	}
	out := append([]byte(nil), m.prefix...)
	done := map[string]bool{}
	for _, b := range m.boxes {
		switch b.kind {
		case "keys":
			out = append(out, makeKeys(keys, m.namespaces(b.data))...)
		case "ilst":
			out = appendBox(out, "ilst", list)
		default:
			out = append(out, b.all...)
			continue
		}
		done[b.kind] = true
	}
	if text != "" && !done["keys"] {
		out = append(out, makeKeys(keys, nil)...)
	}
	if text != "" && !done["ilst"] {
		out = appendBox(out, "ilst", list)
	}
	return appendBox(nil, "meta", append(out, m.rest...))
}

// numbered reports whether an item of the list has the number of a key.
func (m *meta) numbered(n int) bool {
	return slices.ContainsFunc(m.ilst, func(item inner) bool { return item.kind == kindOf(n) })
}

// kindOf returns the kind of the items that have the number of a key.
func kindOf(n int) string { return string(binary.BigEndian.AppendUint32(nil, uint32(n))) }

// namespaces returns the namespaces of the keys that are there.
func (m *meta) namespaces(data []byte) []string {
	boxes, _, err := children(data[8:])
	if err != nil {
		return nil
	}
	var out []string
	for _, b := range boxes {
		out = append(out, b.kind)
	}
	return out
}

func makeKeys(keys, namespaces []string) []byte {
	data := binary.BigEndian.AppendUint32(make([]byte, 4), uint32(len(keys)))
	for i, k := range keys {
		space := "mdta"
		if i < len(namespaces) {
			space = namespaces[i]
		}
		data = appendBox(data, space, []byte(k))
	}
	return appendBox(nil, "keys", data)
}

func makeItem(number int, text string) []byte {
	utf8 := []byte{0, 0, 0, 1, 0, 0, 0, 0} // type, and no locale
	return appendBox(nil, kindOf(number), appendBox(nil, "data", utf8, []byte(text)))
}

// newMeta returns a box with the label alone.
func newMeta(text string) []byte {
	handler := append(make([]byte, 8), "mdta"...)
	handler = append(handler, make([]byte, 13)...)
	return appendBox(nil, "meta", make([]byte, 4), appendBox(nil, "hdlr", handler), makeKeys([]string{keyLabel}, nil),
		appendBox(nil, "ilst", makeItem(1, text)))
}
