package ondevice

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"sync"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/pattern"
)

// A saved engine is a mark, the number of the format, three blocks with their length before each, the
// skills as JSON, their phrases compiled and the model, and a check sum of all that. The format changes with what
// the kinds of values in compiled phrases are.
const (
	savedMark    = "zhushou/ondevice"
	savedFormat  = 2
	maxSaved     = 512 << 20
	savedTrailer = crc32.Size
)

// A savedSkill is a lesson as JSON.
type savedSkill struct {
	Name        string            `json:"name"`
	Description string            `json:"description,omitzero"`
	Schema      json.RawMessage   `json:"schema,omitzero"`
	Phrases     []string          `json:"phrases,omitzero"`
	Not         []string          `json:"not,omitzero"`
	Rules       map[string]string `json:"rules,omitzero"`
	Lists       map[string][]Name `json:"lists,omitzero"`
	Names       map[string][]Name `json:"names,omitzero"`
	Open        map[string]bool   `json:"open,omitzero"` // the names of the arguments whose lists are open
	Examples    []Example         `json:"examples,omitzero"`
}

// Save writes what the engine has learned, for [Load]. The bytes depend on nothing but the skills.
func (e *Engine) Save(w io.Writer) error {
	t := e.trained.Load()
	skills := make([]savedSkill, len(t.skills))
	for i, l := range t.skills {
		skills[i] = savedSkill{l.spec.Name, l.spec.Description, l.spec.Schema, l.phrases, l.not, l.rules, l.lists, nil, nil, l.examples}
		for arg, names := range l.names {
			if names == nil {
				continue
			}
			if skills[i].Names == nil {
				skills[i].Names = make(map[string][]Name)
			}
			skills[i].Names[arg] = names.list()
			if names.open {
				if skills[i].Open == nil {
					skills[i].Open = make(map[string]bool)
				}
				skills[i].Open[arg] = true
			}
		}
	}
	b, err := json.Marshal(skills)
	if err != nil {
		return fmt.Errorf("save: skills: %w", err)
	}
	out := append([]byte(savedMark), savedFormat)
	phrases, err := t.savedPhrases()
	if err != nil {
		return fmt.Errorf("save: %w", err)
	}
	for _, block := range [][]byte{b, phrases, t.saved()} {
		out = append(binary.AppendUvarint(out, uint64(len(block))), block...)
	}
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out))
	if _, err := w.Write(out); err != nil {
		return fmt.Errorf("save: %w", err)
	}
	return nil
}

// Load returns an engine that has learned what [Engine.Save] wrote. The tools themselves are not saved:
// a request brings its own, and they are found by their names. Bytes that are anything else are an
// error.
func Load(r io.Reader, c Config) (*Engine, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxSaved+1))
	if err != nil {
		return nil, fmt.Errorf("load: %w", err)
	}
	return LoadBytes(b, c)
}

// LoadBytes is [Load] for bytes that are in memory, such as those of an embedded file. The engine keeps them: most of
// what it has learned is read where it lies, so that it takes no more memory. They must not change.
func LoadBytes(b []byte, c Config) (*Engine, error) {
	t, err := parseSaved(b, c.Names)
	if err != nil {
		return nil, fmt.Errorf("load: %w", err)
	}
	e := New(c)
	e.trained.Store(t)
	return e, nil
}

func parseSaved(b []byte, shared map[string]*Names) (*trained, error) {
	head := len(savedMark) + 1
	switch {
	case len(b) > maxSaved:
		return nil, fmt.Errorf("longer than %d bytes", maxSaved)
	case len(b) < head+savedTrailer || string(b[:len(savedMark)]) != savedMark:
		return nil, errors.New("this is no saved engine")
	case b[len(savedMark)] != savedFormat:
		return nil, fmt.Errorf("format %d, want %d: train it again", b[len(savedMark)], savedFormat)
	case crc32.ChecksumIEEE(b[:len(b)-savedTrailer]) != binary.BigEndian.Uint32(b[len(b)-savedTrailer:]):
		return nil, errors.New("damaged: the check sum is wrong")
	}
	rest := b[head : len(b)-savedTrailer]
	var blocks [3][]byte
	for i := range blocks {
		n, size := binary.Uvarint(rest)
		if size <= 0 || n > uint64(len(rest)-size) {
			return nil, errors.New("damaged: a block is cut off")
		}
		blocks[i], rest = rest[size:size+int(n)], rest[size+int(n):]
	}
	var saved []savedSkill
	if err := json.Unmarshal(blocks[0], &saved); err != nil {
		return nil, fmt.Errorf("skills: %w", err)
	}
	t := &trained{}
	for _, s := range saved {
		l := lesson{spec: &assistant.ToolSpec{Name: s.Name, Description: s.Description, Schema: s.Schema},
			phrases: s.Phrases, not: s.Not, rules: s.Rules, lists: s.Lists, examples: s.Examples}
		for arg, names := range s.Names {
			if l.names == nil {
				l.names = make(map[string]*Names)
			}
			l.names[arg] = NewNames(names)
			l.names[arg].open = s.Open[arg]
		}
		if n := len(t.skills); n > 0 && t.skills[n-1].spec.Name >= s.Name {
			return nil, fmt.Errorf("skill %q is not in order", s.Name)
		}
		l.tool = newTool(l.spec, &l, shared)
		t.skills = append(t.skills, l)
	}
	if err := t.restorePhrases(blocks[1]); err != nil {
		return nil, err
	}
	return t, t.restore(blocks[2])
}

// savedPhrases returns the compiled phrases of all skills; it is empty if there are none.
func (t *trained) savedPhrases() ([]byte, error) {
	if len(t.skills) == 0 {
		return nil, nil
	}
	set := t.phrasing().set
	if set == nil {
		return nil, nil
	}
	return set.AppendBinary(nil)
}

// restorePhrases reads the compiled phrases, which it does not compile again.
func (t *trained) restorePhrases(b []byte) error {
	if len(b) == 0 {
		t.phrasing = sync.OnceValue(func() *phrasing { return newPhrasing(t.tools()) })
		return nil
	}
	p, phrases := arrange(t.tools(), false)
	var err error
	if p.set, err = pattern.Load(b); err != nil {
		return fmt.Errorf("phrases: %w", err)
	}
	if p.set.Len() != len(phrases) {
		if p, phrases = arrange(t.tools(), true); p.set.Len() != len(phrases) {
			return fmt.Errorf("phrases: there are %d, and %d of the skills", p.set.Len(), len(phrases))
		}
	}
	t.phrasing = func() *phrasing { return p }
	return nil
}
