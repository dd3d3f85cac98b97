package isobmff

import (
	"bytes"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/xmp"
)

// uuidXMP marks a box that holds an XMP packet.
var uuidXMP = []byte("\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac")

// Read finds every label.
func Read(src carrier.Source) ([]carrier.Found, error) {
	boxes, err := top(src)
	if err != nil {
		return nil, err
	}
	var found []carrier.Found
	for _, b := range boxes {
		if b.kind != "moov" && b.kind != "meta" && b.kind != "uuid" && b.kind != "udta" {
			continue
		}
		if b.kind == "uuid" && b.size > carrier.MaxMetadata {
			continue
		}
		data, err := carrier.Bytes(src, name, b.offset+b.head, b.size-b.head)
		if err != nil {
			return found, err
		}
		more, err := readBox(b.kind, data, "")
		found = append(found, more...)
		if err != nil {
			return found, err
		}
	}
	return found, nil
}

// readBox finds the labels in one box and those in it.
func readBox(kind string, data []byte, path string) ([]carrier.Found, error) {
	if path += "/"; path == "/" {
		path = ""
	}
	path += kind
	switch kind {
	case "meta":
		m, err := parseMeta(data)
		if err != nil {
			return nil, err
		}
		var found []carrier.Found
		for _, text := range m.labels() {
			found = append(found, carrier.Found{
				Where: name + " " + path, Text: text,
				Alternative: path != "moov/udta/meta" || m.handler != "mdta",
			})
		}
		return found, nil
	case keyLabel:
		return []carrier.Found{{Where: name + " " + path, Text: bytes.Trim(data, "\x00"), Alternative: true}}, nil
	case "uuid":
		if !bytes.HasPrefix(data, uuidXMP) {
			return nil, nil
		}
		labels, err := xmp.Labels(data[len(uuidXMP):])
		var found []carrier.Found
		for _, l := range labels {
			found = append(found, carrier.Found{Where: name + " " + path + " XMP", Text: []byte(l), Alternative: true})
		}
		return found, err
	case "moov", "udta", "trak":
		boxes, _, err := children(data)
		if err != nil {
			return nil, err
		}
		var found []carrier.Found
		for _, b := range boxes {
			if !belongs(b.kind, kind) {
				continue
			}
			more, err := readBox(b.kind, b.data, path)
			found = append(found, more...)
			if err != nil {
				return found, err
			}
		}
		return found, nil
	}
	return nil, nil
}

// belongs reports whether a box that may hold labels means something in the other one. Elsewhere nobody looks for it,
// and Write would not find it either.
func belongs(kind, in string) bool {
	switch kind {
	case keyLabel:
		return in == "udta"
	case "udta":
		return in != "udta"
	case "moov", "trak":
		return in == "moov" && kind == "trak"
	}
	return true
}
