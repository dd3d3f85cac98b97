// Package markdown reads and writes the label of Markdown texts: the mapping AIGC of the YAML at their front.
//
// It knows as much YAML as such a mapping needs, and leaves every other line as it is.
package markdown

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const (
	name     = "Markdown"
	keyLabel = "AIGC"
	fence    = "---"

	// maxFront bounds the front matter, and maxText texts as a whole.
	maxFront = carrier.MaxLabel
)

// Sniff reports whether a file that begins like head is text that may be Markdown. Texts have no signature, so
// that it must be asked last.
func Sniff(head []byte) bool {
	if len(head) == 0 || bytes.IndexByte(head, 0) >= 0 {
		return false
	}
	for n := 1; n < utf8.UTFMax && n <= len(head); n++ {
		if tail := head[len(head)-n:]; utf8.RuneStart(tail[0]) {
			if !utf8.FullRune(tail) { // the last character is cut
				head = head[:len(head)-n]
			}
			break
		}
	}
	if !utf8.Valid(head) {
		return false
	}
	text := bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))
	for _, other := range []string{"<", "{", "%PDF", "BEGIN:", "From "} {
		if bytes.HasPrefix(text, []byte(other)) {
			return false
		}
	}
	return true
}

// A front is what stands at the front of a text.
type front struct {
	mark  string   // byte order mark
	lines []string // of the YAML, with their ends
	size  int      // of all, fences included; zero if there is none
	eol   string
}

func read(src carrier.Source) (front, error) {
	b, err := carrier.Bytes(src, name, 0, min(maxFront, src.Size()))
	if err != nil {
		return front{}, err
	}
	f := front{eol: "\n"}
	text := string(b)
	if rest, ok := strings.CutPrefix(text, "\ufeff"); ok {
		f.mark, text = "\ufeff", rest
	}
	lines := strings.SplitAfter(text, "\n")
	if strings.HasSuffix(lines[0], "\r\n") {
		f.eol = "\r\n"
	}
	if len(lines) < 2 || strings.TrimRight(lines[0], " \t\r\n") != fence {
		return f, nil
	}
	size := len(f.mark) + len(lines[0])
	for i, l := range lines[1:] {
		size += len(l)
		if end := strings.TrimRight(l, " \t\r\n"); end == fence || end == "..." {
			f.lines, f.size = lines[1:i+1], size
			return f, nil
		}
	}
	if src.Size() > maxFront {
		return f, carrier.Malformed(name, 0, "the front matter does not end within %d bytes", maxFront)
	}
	return f, nil // a line of dashes, and no front matter
}

// spans calls do for every mapping AIGC with the lines that it takes.
func (f *front) spans(do func(from, to int)) {
	for i := 0; i < len(f.lines); i++ {
		key, _, ok := strings.Cut(f.lines[i], ":")
		if !ok || strings.Trim(key, `"'`) != keyLabel {
			continue
		}
		to := i + 1
		for to < len(f.lines) && belongs(f.lines[to]) {
			to++
		}
		for to > i+1 && strings.TrimSpace(f.lines[to-1]) == "" { // blank lines belong to what follows
			to--
		}
		do(i, to)
		i = to - 1
	}
}

// belongs reports whether a line belongs to the mapping above it.
func belongs(line string) bool {
	return strings.TrimSpace(line) == "" || line[0] == ' ' || line[0] == '\t' || line[0] == '}'
}

// Read finds every label. Its fields are given as JSON, numbers as numbers.
func Read(src carrier.Source) ([]carrier.Found, error) {
	f, err := read(src)
	if err != nil {
		return nil, err
	}
	var found []carrier.Found
	f.spans(func(from, to int) {
		found = append(found, carrier.Found{Where: name + " front matter", Text: object(f.lines[from:to])})
	})
	return found, nil
}

// object returns a mapping as JSON. A mapping in braces is JSON as it is, or is not readable.
func object(lines []string) []byte {
	_, first, _ := strings.Cut(lines[0], ":")
	if first = strings.TrimSpace(first); first != "" && first[0] != '#' {
		return []byte(strings.TrimSpace(first + strings.Join(lines[1:], "")))
	}
	var b bytes.Buffer
	b.WriteByte('{')
	for _, l := range lines[1:] {
		l = strings.TrimSpace(l)
		key, value, ok := strings.Cut(l, ":")
		if l == "" || l[0] == '#' || !ok {
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		b.Write(quoted(strings.Trim(strings.TrimSpace(key), `"'`)))
		b.WriteByte(':')
		b.Write(scalar(strings.TrimSpace(value)))
	}
	b.WriteByte('}')
	return b.Bytes()
}

// scalar returns a YAML value as JSON.
func scalar(s string) []byte {
	if s != "" && (s[0] == '"' || s[0] == '\'') {
		if end := strings.LastIndexByte(s, s[0]); end > 0 {
			rest := strings.TrimSpace(s[end+1:])
			if rest == "" || rest[0] == '#' {
				inner := s[1:end]
				if s[0] == '\'' {
					return quoted(strings.ReplaceAll(inner, "''", "'"))
				}
				if json.Valid([]byte(s[:end+1])) {
					return []byte(s[:end+1])
				}
				return quoted(inner)
			}
		}
	}
	if i := strings.Index(s, " #"); i >= 0 {
		s = strings.TrimSpace(s[:i])
	}
	if s != "" && json.Valid([]byte(s)) && s[0] != '{' && s[0] != '[' {
		return []byte(s) // a number, true, false, null
	}
	if s == "~" {
		return []byte("null")
	}
	return quoted(s)
}

func quoted(s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.Encode(s) // a string and a Buffer do not fail
	return bytes.TrimSpace(b.Bytes())
}

// Write puts the label, a JSON object of strings, into the front matter, which it makes if there is none.
func Write(dst io.Writer, src carrier.Source, text string) error {
	f, err := read(src)
	if err != nil {
		return err
	}
	mapping, err := f.mapping(text)
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString(f.mark + fence + f.eol)
	at := 0
	f.spans(func(from, to int) {
		b.WriteString(strings.Join(f.lines[at:from], ""))
		at = to
	})
	b.WriteString(strings.Join(f.lines[at:], ""))
	b.WriteString(mapping + fence + f.eol)
	if f.size == 0 {
		f.size = len(f.mark)
	}
	if _, err := io.WriteString(dst, b.String()); err != nil {
		return err
	}
	return carrier.Copy(dst, src, int64(f.size), src.Size()-int64(f.size))
}

// mapping returns the label as YAML. JSON's strings are YAML's.
func (f *front) mapping(text string) (string, error) {
	d := json.NewDecoder(strings.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return "", carrier.Malformed(name, 0, "a label must be an object")
	}
	var b strings.Builder
	b.WriteString(keyLabel + ":" + f.eol)
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return "", carrier.Malformed(name, 0, "a label must be an object: %v", err)
		}
		var value string
		if err := d.Decode(&value); err != nil {
			return "", carrier.Malformed(name, 0, "field %v of a label must be a string: %v", key, err)
		}
		b.WriteString("  " + key.(string) + ": " + string(quoted(value)) + f.eol)
	}
	return b.String(), nil
}

// Split returns the front matter, without its fences and without labels, and the text behind it.
func Split(text string) (front, body string) {
	f, err := read(strings.NewReader(text))
	if err != nil || f.size == 0 {
		return "", strings.TrimPrefix(text, "\ufeff")
	}
	var b strings.Builder
	at := 0
	f.spans(func(from, to int) {
		b.WriteString(strings.Join(f.lines[at:from], ""))
		at = to
	})
	b.WriteString(strings.Join(f.lines[at:], ""))
	return b.String(), text[f.size:]
}
