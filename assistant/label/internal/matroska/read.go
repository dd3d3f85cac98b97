package matroska

import (
	"bytes"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const keyLabel = "AIGC"

// maxDepth bounds how deep tags are nested.
const maxDepth = 16

// Read finds every label.
func Read(src carrier.Source) ([]carrier.Found, error) {
	l, err := look(src)
	var found []carrier.Found
	for _, e := range l.parts {
		if e.id != idTags {
			continue
		}
		data, readErr := carrier.Bytes(src, name, e.data(), e.size)
		if readErr != nil {
			return found, readErr
		}
		_, texts, tagErr := without(data, 0)
		for _, t := range texts {
			found = append(found, carrier.Found{Where: name + " Tags", Text: t})
		}
		if tagErr != nil {
			return found, tagErr
		}
	}
	return found, err
}

// without returns the elements of a list of tags, or of one tag, without labels, and the texts of these. A
// tag that has nothing left but its targets goes too.
func without(data []byte, depth int) (rest []byte, texts [][]byte, err error) {
	if depth > maxDepth {
		return nil, nil, carrier.Malformed(name, 0, "tags are nested more than %d deep", maxDepth)
	}
	elements, err := children(data)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range elements {
		if e.id != idTag && e.id != idSimpleTag {
			rest = append(rest, e.all...)
			continue
		}
		if e.id == idSimpleTag {
			text, ok, err := label(e.data)
			if err != nil {
				return nil, nil, err
			}
			if ok {
				texts = append(texts, text)
				continue
			}
		}
		inner, more, err := without(e.data, depth+1)
		if err != nil {
			return nil, nil, err
		}
		texts = append(texts, more...)
		switch {
		case more == nil:
			rest = append(rest, e.all...)
		case e.id == idTag && !says(inner):
		default:
			rest = appendElement(rest, e.id, summed(inner))
		}
	}
	return rest, texts, nil
}

// says reports whether a tag holds more than its targets.
func says(tag []byte) bool {
	elements, err := children(tag)
	if err != nil {
		return true
	}
	for _, e := range elements {
		if e.id != idTargets && e.id != idCRC && e.id != idVoid {
			return true
		}
	}
	return false
}

// label returns the text of a simple tag, if it is a label.
func label(tag []byte) (text []byte, ok bool, err error) {
	elements, err := children(tag)
	if err != nil {
		return nil, false, err
	}
	for _, e := range elements {
		switch e.id {
		case idTagName:
			ok = string(bytes.TrimRight(e.data, "\x00")) == keyLabel
		case idTagString:
			text = bytes.TrimRight(e.data, "\x00")
		}
	}
	return text, ok, nil
}
