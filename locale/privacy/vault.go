package privacy

import (
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Vault replaces private data with placeholders such as 〔手机号1〕 and restores it. It belongs to the caller, one for
// each conversation or whatever must not see the data of another: it holds the data in memory, in clear. The zero
// value is an empty vault with the zero [Detector] and no tag. It is safe for concurrent use and must not be copied.
//
// Printing, logging and encoding a vault does not show what is in it.
type Vault struct {
	// Detector finds what is replaced.
	Detector Detector
	// Tag, such as 甲, is written into every placeholder: 〔手机号1·甲〕. Vaults with different tags never restore each
	// other's placeholders; without tags, 〔手机号1〕 is a placeholder of every vault that has as many phone numbers.
	// Letters, digits and Chinese characters, at most 8; other tags are an error.
	Tag string

	mu     sync.Mutex
	forms  map[secret]string // the placeholders
	values map[string]string // by the canonical form of the placeholder
	counts [typeCount]int
}

// A secret is a value that has a placeholder.
type secret struct {
	t    Type // 0 for what only looked like a placeholder
	text string
}

// errTag is all that can go wrong with a vault.
var errTag = errors.New("privacy: the tag of a vault is at most 8 letters, digits and Chinese characters")

func (v *Vault) checkTag() error {
	if utf8.RuneCountInString(v.Tag) > 8 {
		return errTag
	}
	for _, r := range v.Tag {
		if !isHan(r) && !isDigit(r) && !isLatin(r) {
			return errTag
		}
	}
	return nil
}

// Pseudonymise returns s with its private data replaced by placeholders. The same text of the same type has the same
// placeholder for as long as the vault lives. What already looks like a placeholder is replaced by one too, 〔原文1〕, so
// that nobody can write a placeholder that restores what is not his, and so that [Vault.Restore] returns exactly s.
func (v *Vault) Pseudonymise(s string) (string, error) {
	if err := v.checkTag(); err != nil {
		return "", err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	var b strings.Builder
	last := 0
	plain := func(to int) {
		for last < to {
			size, at := nextPlaceholder(s[last:to])
			b.WriteString(s[last : last+at])
			if size > 0 {
				b.WriteString(v.hold(0, s[last+at:last+at+size]))
			}
			last += at + size
		}
	}
	for f := range v.Detector.Find(s) {
		if f.Start < last {
			continue
		}
		// A finding inside of what looks like a placeholder is a part of that.
		if size, at := coveringPlaceholder(s, last, f); size > 0 {
			plain(at)
			b.WriteString(v.hold(0, s[at:at+size]))
			last = at + size
			continue
		}
		plain(f.Start)
		b.WriteString(v.hold(f.Type, s[f.Start:f.End]))
		last = f.End
	}
	plain(len(s))
	return b.String(), nil
}

// nextPlaceholder returns the size and offset of the first look-alike of a placeholder in s; the size is 0 and the
// offset the end if there is none.
func nextPlaceholder(s string) (size, at int) {
	for at < len(s) {
		next := strings.IndexAny(s[at:], openers)
		if next < 0 {
			break
		}
		at += next
		if _, size, _ := readPlaceholder(s[at:]); size > 0 {
			return size, at
		}
		_, n := utf8.DecodeRuneInString(s[at:])
		at += n
	}
	return 0, len(s)
}

// coveringPlaceholder returns the look-alike that a finding lies in or touches, if there is one after from.
func coveringPlaceholder(s string, from int, f Finding) (size, at int) {
	for i := max(from, f.Start-maxLook); i < f.End; {
		next := strings.IndexAny(s[i:f.End], openers)
		if next < 0 {
			return 0, 0
		}
		i += next
		if _, size, _ := readPlaceholder(s[i:]); size > 0 && i+size > f.Start {
			return size, i
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		i += n
	}
	return 0, 0
}

// hold returns the placeholder of a text.
func (v *Vault) hold(t Type, text string) string {
	key := secret{t, text}
	if form, ok := v.forms[key]; ok {
		return form
	}
	if v.forms == nil {
		v.forms, v.values = make(map[secret]string), make(map[string]string)
	}
	v.counts[t]++
	text = strings.Clone(text)
	form := placeholder(t, v.counts[t], v.Tag)
	v.forms[secret{t, text}] = form
	canonical, _, _ := readPlaceholder(form)
	v.values[canonical] = text
	return form
}

// Restore returns s with the placeholders of this vault replaced by what they stand for, also where a model has written
// them with other brackets, in full width or with blanks. Placeholders that the vault has not given out stay as they
// are, and so does what a restored text contains.
func (v *Vault) Restore(s string) string {
	v.mu.Lock()
	defer v.mu.Unlock()
	var b strings.Builder
	last := 0
	for i := 0; i < len(s); {
		next := strings.IndexAny(s[i:], openers)
		if next < 0 {
			break
		}
		i += next
		form, size, _ := readPlaceholder(s[i:])
		value, ok := v.values[form]
		if size == 0 || !ok {
			_, n := utf8.DecodeRuneInString(s[i:])
			i += n
			continue
		}
		b.WriteString(s[last:i])
		b.WriteString(value)
		i += size
		last = i
	}
	if last == 0 {
		return s
	}
	b.WriteString(s[last:])
	return b.String()
}

// Pending returns how many bytes at the end of s can be the beginning of a placeholder: in a stream, hold them back and
// restore them with what follows. They are fewer than a hundred.
func (v *Vault) Pending(s string) int {
	start := max(0, len(s)-maxLook)
	for start > 0 && start < len(s) && !utf8.RuneStart(s[start]) {
		start++
	}
	for i := start; i < len(s); {
		_, size, cut := readPlaceholder(s[i:])
		if cut {
			return len(s) - i
		}
		if size == 0 {
			_, size = utf8.DecodeRuneInString(s[i:])
		}
		i += size
	}
	return 0
}

// All yields the placeholders and what they stand for, in no order.
func (v *Vault) All() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		v.mu.Lock()
		held := make(map[string]string, len(v.forms))
		for key, form := range v.forms {
			held[form] = key.text
		}
		v.mu.Unlock()
		for form, text := range held {
			if !yield(form, text) {
				return
			}
		}
	}
}

// Len returns how many placeholders the vault has given out.
func (v *Vault) Len() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.forms)
}

// Forget empties the vault. Its placeholders are never given out again for something else.
func (v *Vault) Forget() {
	v.mu.Lock()
	defer v.mu.Unlock()
	clear(v.forms)
	clear(v.values)
}

// String says how much the vault holds, and nothing of it.
func (v *Vault) String() string { return fmt.Sprintf("privacy.Vault(%d)", v.Len()) }

// GoString is [Vault.String].
func (v *Vault) GoString() string { return v.String() }

// Format writes [Vault.String], whatever the verb.
func (v *Vault) Format(f fmt.State, _ rune) { fmt.Fprint(f, v.String()) }

// LogValue is [Vault.String].
func (v *Vault) LogValue() slog.Value { return slog.StringValue(v.String()) }

// MarshalJSON writes [Vault.String].
func (v *Vault) MarshalJSON() ([]byte, error) { return []byte(`"` + v.String() + `"`), nil }
