package pack

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant/guard/profile"
	"github.com/zhushou-ai/zhushou/locale/match"
)

// The errors of packs that are not to be trusted.
var (
	ErrUnsigned  = errors.New("pack is not signed")
	ErrSignature = errors.New("pack was changed, or signed by nobody who is trusted")
)

// A Pack is a release of a list of words.
type Pack struct {
	Name    string    // without white space
	Version string    // without white space
	Changed time.Time // the day of the last change, in UTC
	Words   []match.Word

	// Signer is the key that the pack was read with: one of those that are trusted. Nil if none was given.
	Signer ed25519.PublicKey
}

const (
	headMark      = "#pack "
	signatureMark = "#signature ed25519 "
)

// Read reads a pack of at most [match.MaxList] bytes. If keys are given, one of them must have signed it: the error is
// [ErrUnsigned] or [ErrSignature] otherwise. Without keys, signatures are passed over.
func Read(r io.Reader, trusted ...ed25519.PublicKey) (*Pack, error) {
	b, err := io.ReadAll(io.LimitReader(r, match.MaxList+1))
	if err != nil {
		return nil, fmt.Errorf("read pack: %w", err)
	}
	if len(b) > match.MaxList {
		return nil, fmt.Errorf("read pack: longer than %d bytes", match.MaxList)
	}
	var p Pack
	if len(trusted) > 0 {
		if b, p.Signer, err = verify(b, trusted); err != nil {
			return nil, fmt.Errorf("read pack: %w", err)
		}
	}
	head, _, _ := bytes.Cut(b, []byte("\n"))
	if err := p.readHead(strings.TrimRight(string(head), "\r")); err != nil {
		return nil, fmt.Errorf("read pack: %w", err)
	}
	if p.Words, err = match.Load(bytes.NewReader(b)); err != nil {
		return nil, fmt.Errorf("read pack %s: %w", p.Name, err)
	}
	return &p, nil
}

func (p *Pack) readHead(line string) error {
	line = strings.TrimPrefix(line, "\ufeff")
	rest, ok := strings.CutPrefix(line, headMark)
	fields := strings.Fields(rest)
	if !ok || len(fields) != 3 {
		return fmt.Errorf("first line %.80q: want #pack, name, version and day", line)
	}
	day, err := time.Parse(time.DateOnly, fields[2])
	if err != nil {
		return fmt.Errorf("day %q: want one like 2026-11-20", fields[2])
	}
	p.Name, p.Version, p.Changed = fields[0], fields[1], day
	return nil
}

// verify returns what is signed, and by whom. Nothing but an empty line may stand behind the signature: it would be
// read, and nobody has signed it.
func verify(b []byte, trusted []ed25519.PublicKey) ([]byte, ed25519.PublicKey, error) {
	at := bytes.LastIndex(b, []byte("\n"+signatureMark)) + 1
	if at == 0 {
		return nil, nil, ErrUnsigned
	}
	text := strings.TrimRight(string(b[at+len(signatureMark):]), "\r\n")
	signature, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: no signature in its last line", ErrSignature)
	}
	for _, key := range trusted {
		if len(key) == ed25519.PublicKeySize && ed25519.Verify(key, b[:at], signature) {
			return b[:at], key, nil
		}
	}
	return nil, nil, ErrSignature
}

// Write writes the pack, signed if there is a key. It fails before anything is written if the pack cannot be read back
// as it is.
func (p *Pack) Write(w io.Writer, key ed25519.PrivateKey) error {
	var b bytes.Buffer
	head := headMark + p.Name + " " + p.Version + " " + p.Changed.UTC().Format(time.DateOnly)
	if err := new(Pack).readHead(head); err != nil {
		return fmt.Errorf("write pack %q: %w", p.Name, err)
	}
	fmt.Fprintln(&b, head)
	for i, word := range p.Words {
		if err := writable(word); err != nil {
			return fmt.Errorf("write pack %s: words[%d] %.80q: %w", p.Name, i, word.Text, err)
		}
		fmt.Fprint(&b, word.Text)
		if word.Category != "" || word.Weight != 0 {
			fmt.Fprint(&b, "\t", word.Category)
		}
		if word.Weight != 0 {
			fmt.Fprint(&b, "\t", strconv.FormatFloat(word.Weight, 'g', -1, 64))
		}
		fmt.Fprintln(&b)
	}
	if key != nil {
		if len(key) != ed25519.PrivateKeySize {
			return fmt.Errorf("write pack %s: key of %d bytes: want %d", p.Name, len(key), ed25519.PrivateKeySize)
		}
		signature := ed25519.Sign(key, b.Bytes())
		fmt.Fprintln(&b, signatureMark+base64.StdEncoding.EncodeToString(signature))
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write pack %s: %w", p.Name, err)
	}
	return nil
}

func writable(word match.Word) error {
	for _, field := range [...]string{word.Text, word.Category} {
		if strings.TrimSpace(field) != field || strings.ContainsAny(field, "\t\r\n") {
			return errors.New("has white space that a line cannot hold")
		}
	}
	switch {
	case word.Text == "":
		return errors.New("is empty")
	case word.Text[0] == '#':
		return errors.New("begins like a comment")
	case word.Weight != word.Weight || word.Weight-word.Weight != 0:
		return errors.New("has a weight that is no number")
	}
	return nil
}

// Categories returns the category of every word, in order.
func (p *Pack) Categories() []string {
	out := make([]string, len(p.Words))
	for i, w := range p.Words {
		out[i] = w.Category
	}
	return out
}

// Cover counts the pack against what a rule book demands of a list of words: its size, the least for each category, and
// its age.
func (p *Pack) Cover(rules *profile.Profile, now time.Time) profile.Coverage {
	return rules.Cover(rules.Words, p.Categories(), p.Changed, now)
}
