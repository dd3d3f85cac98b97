// Package ooxml reads and writes the label of DOCX, XLSX and PPTX documents: the custom property AIGC in
// docProps/custom.xml.
//
// All other parts are copied as they are, compressed.
package ooxml

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const (
	name          = "OOXML"
	partTypes     = "[Content_Types].xml"
	partRelations = "_rels/.rels"
	partCustom    = "docProps/custom.xml"

	maxPart = 16 << 20
)

// Sniff reports whether a file that begins like head is such a document.
func Sniff(head []byte) bool {
	if !bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return false
	}
	for _, part := range []string{partTypes, partRelations, "docProps/", "word/", "xl/", "ppt/"} {
		if bytes.Contains(head, []byte(part)) {
			return true
		}
	}
	return false
}

// A document is an open package.
type document struct {
	zip    *zip.Reader
	custom string // the part with custom properties
}

func open(src carrier.Source) (*document, error) {
	z, err := zip.NewReader(src, src.Size())
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // nothing is unpacked
		return nil, carrier.Malformed(name, 0, "%v", err)
	}
	if len(z.File) > carrier.MaxItems {
		return nil, carrier.Malformed(name, 0, "more than %d parts", carrier.MaxItems)
	}
	d := &document{zip: z, custom: partCustom}
	if d.find(partTypes) == nil {
		return nil, carrier.Malformed(name, 0, "it has no part %s", partTypes)
	}
	relations, err := d.read(partRelations)
	if err != nil {
		return nil, err
	}
	if target, err := customTarget(relations); err != nil {
		return nil, err
	} else if target != "" {
		d.custom = strings.TrimPrefix(target, "/")
	}
	return d, nil
}

// find returns a part. Names do not differ by case only.
func (d *document) find(part string) *zip.File {
	for _, f := range d.zip.File {
		if strings.EqualFold(f.Name, part) {
			return f
		}
	}
	return nil
}

// read returns a part unpacked, and nothing if there is none.
func (d *document) read(part string) ([]byte, error) {
	f := d.find(part)
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, carrier.Malformed(name, 0, "part %s: %v", part, err)
	}
	defer r.Close() // nothing was written
	b, err := io.ReadAll(io.LimitReader(r, maxPart+1))
	if err != nil {
		return nil, carrier.Malformed(name, 0, "part %s: %v", part, err)
	}
	if len(b) > maxPart {
		return nil, carrier.Malformed(name, 0, "part %s has more than %d bytes", part, maxPart)
	}
	return b, nil
}

// Read finds every label.
func Read(src carrier.Source) ([]carrier.Found, error) {
	d, err := open(src)
	if err != nil {
		return nil, err
	}
	b, err := d.read(d.custom)
	if err != nil || b == nil {
		return nil, err
	}
	p, err := parseProperties(b)
	var found []carrier.Found
	for _, l := range p.labels {
		found = append(found, carrier.Found{Where: name + " " + d.custom, Text: []byte(l.text)})
	}
	return found, err
}

// Write puts the label among the custom properties.
func Write(dst io.Writer, src carrier.Source, text string) error {
	d, err := open(src)
	if err != nil {
		return err
	}
	changed, err := d.changed(text)
	if err != nil {
		return err
	}
	out := zip.NewWriter(dst)
	for _, f := range d.zip.File {
		b, ok := changed[f.Name]
		if !ok {
			if err := out.Copy(f); err != nil {
				return fmt.Errorf("%s: copy part %s: %w", name, f.Name, err)
			}
			continue
		}
		if err := put(out, &zip.FileHeader{Name: f.Name, Modified: f.Modified}, b); err != nil {
			return err
		}
		delete(changed, f.Name)
	}
	for _, part := range []string{partRelations, d.custom} { // new ones
		if b, ok := changed[part]; ok {
			if err := put(out, &zip.FileHeader{Name: part}, b); err != nil {
				return err
			}
		}
	}
	if err := out.SetComment(d.zip.Comment); err != nil {
		return err
	}
	return out.Close()
}

func put(out *zip.Writer, h *zip.FileHeader, b []byte) error {
	h.Method = zip.Deflate
	w, err := out.CreateHeader(h)
	if err == nil {
		_, err = w.Write(b)
	}
	if err != nil {
		return fmt.Errorf("%s: write part %s: %w", name, h.Name, err)
	}
	return nil
}

// changed returns the parts that the label changes.
func (d *document) changed(text string) (map[string][]byte, error) {
	parts := make(map[string][]byte)
	edit := func(part string, change func([]byte) ([]byte, error)) error {
		old, err := d.read(part)
		if err != nil {
			return err
		}
		fresh, err := change(old)
		if err != nil {
			return fmt.Errorf("part %s: %w", part, err)
		}
		if f := d.find(part); f != nil {
			part = f.Name
		}
		if old == nil || !bytes.Equal(old, fresh) {
			parts[part] = fresh
		}
		return nil
	}
	if err := edit(d.custom, func(b []byte) ([]byte, error) { return withLabel(b, text) }); err != nil {
		return nil, err
	}
	if err := edit(partRelations, func(b []byte) ([]byte, error) { return withRelation(b, d.custom) }); err != nil {
		return nil, err
	}
	return parts, edit(partTypes, func(b []byte) ([]byte, error) { return withType(b, d.custom) })
}
