// Package pdf reads and writes the label of PDF documents: the entry AIGC of the information dictionary.
//
// A document is never rewritten: what changes is appended, with an index of its own, as the format has it for
// updates. So signatures and all offsets stay true.
package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/xmp"
)

const keyLabel = "AIGC"

// ErrEncrypted says that a document is encrypted: what is written into it would have to be, too.
var ErrEncrypted = errors.New("PDF is encrypted")

// Sniff reports whether a file that begins like head is a PDF document.
func Sniff(head []byte) bool { return bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")) }

// Read finds every label that counts. Older ones, which updates have replaced, do not.
func Read(src carrier.Source) ([]carrier.Found, error) {
	d, err := open(src)
	if err != nil {
		return nil, err
	}
	var found []carrier.Found
	info, err := d.resolve(d.trailer.get("Info"))
	if err != nil {
		return nil, err
	}
	for _, e := range info.dict {
		if e.key != keyLabel {
			continue
		}
		v, err := d.resolve(&e.value)
		if err != nil {
			return found, err
		}
		if v.kind != kindString {
			continue
		}
		if d.trailer.get("Encrypt").kind != kindNull {
			return found, ErrEncrypted
		}
		found = append(found, carrier.Found{Where: name + " Info", Text: plain(v.text)})
	}
	more, err := d.metadata()
	return append(found, more...), err
}

// metadata finds labels in the document's XMP packet, where the guides do not look.
func (d *document) metadata() ([]carrier.Found, error) {
	root, err := d.resolve(d.trailer.get("Root"))
	if err != nil {
		return nil, err
	}
	ref := root.get("Metadata")
	at, ok := d.places[ref.num]
	if ref.kind != kindRef || !ok || at.free || at.stream != 0 || d.trailer.get("Encrypt").kind != kindNull {
		return nil, nil
	}
	_, packet, err := d.streamAt(at.offset)
	if err != nil || !bytes.Contains(packet, []byte(xmp.Namespace)) {
		return nil, nil // it may have any form, and need not be readable
	}
	labels, err := xmp.Labels(packet)
	var found []carrier.Found
	for _, l := range labels {
		found = append(found, carrier.Found{Where: name + " XMP", Text: []byte(l), Alternative: true})
	}
	return found, err
}

// Write appends an update with the label.
func Write(dst io.Writer, src carrier.Source, text string) error {
	d, err := open(src)
	if err != nil {
		return err
	}
	if d.trailer.get("Encrypt").kind != kindNull {
		return ErrEncrypted
	}
	size := d.trailer.get("Size").int(0)
	if size < 1 || size > 1<<31-2 || d.trailer.get("Root").kind != kindRef {
		return carrier.Malformed(name, d.start, "the trailer is damaged")
	}
	if _, err := d.resolve(d.trailer.get("Root")); err != nil {
		return err // its index is wrong, and one more section would not make it right
	}
	ref := d.trailer.get("Info")
	info, err := d.resolve(ref)
	if err != nil {
		return err
	}
	num, gen := size, 0
	if ref.kind == kindRef && ref.num < size && d.places[ref.num].stream == 0 {
		num, gen = ref.num, ref.gen
	} else if ref.kind == kindRef && ref.num < size {
		num = ref.num // out of a stream it becomes an object by itself, of generation 0
	}

	var b bytes.Buffer
	b.WriteByte('\n') // in case the file ends in the middle of a line
	at := src.Size() - d.shift + int64(b.Len())
	if !d.stream && at > int64(9_999_000_000) {
		return fmt.Errorf("%s: the file is too long for its form of index", name)
	}
	fmt.Fprintf(&b, "%d %d obj\n<<", num, gen)
	for _, e := range info.dict {
		if e.key != keyLabel {
			fmt.Fprintf(&b, "%s %s\n", escapeName(e.key), e.value.raw)
		}
	}
	fmt.Fprintf(&b, "/%s %s>>\nendobj\n", keyLabel, quote(text))
	d.index(&b, at, num, gen, max(size, num+1))
	if err := carrier.Copy(dst, src, 0, src.Size()); err != nil {
		return err
	}
	_, err = dst.Write(b.Bytes())
	return err
}

// index appends the section of the index that tells of one object, in the form that the file has already.
func (d *document) index(b *bytes.Buffer, at, num int64, gen int, size int64) {
	start := d.src.Size() - d.shift + int64(b.Len())
	var trailer bytes.Buffer
	for _, key := range []string{"Root", "ID"} {
		if v := d.trailer.get(key); v.kind != kindNull {
			fmt.Fprintf(&trailer, "/%s %s\n", key, v.raw)
		}
	}
	fmt.Fprintf(&trailer, "/Info %d %d R\n/Prev %d\n", num, gen, d.start)
	if d.stream {
		own := size // the stream is an object too, and in itself
		var rows []byte
		width := 8
		row := func(offset int64, gen int) {
			rows = append(rows, 1)
			for i := width - 1; i >= 0; i-- {
				rows = append(rows, byte(offset>>(8*i)))
			}
			rows = append(rows, byte(gen>>8), byte(gen))
		}
		row(at, gen)
		row(start, 0)
		fmt.Fprintf(b, "%d 0 obj\n<</Type/XRef/Size %d/Index[%d 1 %d 1]/W[1 %d 2]/Length %d\n%s>>\nstream\n", own, own+1, num, own, width, len(rows), trailer.Bytes())
		b.Write(rows)
		b.WriteString("\nendstream\nendobj\n")
	} else {
		fmt.Fprintf(b, "xref\n%d 1\n%010d %05d n \ntrailer\n<</Size %d\n%s>>\n", num, at, gen, size, trailer.Bytes())
	}
	fmt.Fprintf(b, "startxref\n%d\n%%%%EOF\n", start)
}

// escapeName writes a name.
func escapeName(s string) string {
	out := []byte{'/'}
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || c == '#' || isDelimiter(c) {
			out = fmt.Appendf(out, "#%02X", c)
		} else {
			out = append(out, c)
		}
	}
	return string(out)
}
