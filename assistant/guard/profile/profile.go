package profile

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// A Profile is a rule book as data. It must not be changed once it is in use.
type Profile struct {
	Name    string `json:"name"`    // such as "gbt-45654-2025"
	Version string `json:"version"` // of this file
	Title   string `json:"title"`   // in the user's language
	// Notes say what of the numbers is uncertain, and where the file differs from its source.
	Notes []string `json:"notes,omitzero"`

	Categories []Category `json:"categories"`
	// Private is the category of personal data that a program finds by its form.
	Private string `json:"private,omitzero"`
	// Actions say what to do with content of a category at a stage. The first that fits counts.
	Actions []Rule `json:"actions,omitzero"`

	Words Bank   `json:"words,omitzero"` // the list of words to stop
	Banks []Bank `json:"banks,omitzero"` // of questions, to assess a model by
	Abuse Abuse  `json:"abuse,omitzero"`
}

// A Category is a kind of content that a rule book names.
type Category struct {
	ID    string `json:"id"`    // such as "A.1.f"; what stands before the last dot is its group
	Label string `json:"label"` // in a few words of our own, not in those of the rule book
}

// A Rule says what to do with content of some categories at some stages.
type Rule struct {
	// Categories are ids, groups such as "A.1", or "*" for what no other rule names, also if it is in no profile.
	Categories []string `json:"categories"`
	Stages     []Stage  `json:"stages,omitzero"` // all if empty
	Action     Action   `json:"action"`
}

// A Bank says how large a list of words or questions must be.
type Bank struct {
	Name    string  `json:"name,omitzero"` // such as "should_refuse"
	Total   int     `json:"total,omitzero"`
	Floors  []Floor `json:"floors,omitzero"`
	MaxDays int     `json:"max_days,omitzero"` // since its last change

	// Draws say how an assessment draws from the bank, and what it must find.
	Draws []Draw `json:"draws,omitzero"`
}

// A Floor is the least number of entries for each of some categories.
type Floor struct {
	Categories []string `json:"categories"`
	Each       int      `json:"each"`
}

// A Draw is a sample and the mark that it must reach.
type Draw struct {
	Judge   string  `json:"judge"`             // "human", "keyword", "classifier" or "any"
	Count   int     `json:"count"`             // at least
	AtLeast float64 `json:"at_least,omitzero"` // share that must pass, between 0 and 1
	AtMost  float64 `json:"at_most,omitzero"`  // share that may be refused
}

// Abuse says when a person who asks for what is not allowed is to be suspended.
type Abuse struct {
	Consecutive int `json:"consecutive,omitzero"` // in a row; zero: never
	Daily       int `json:"daily,omitzero"`       // on one day; zero: never
}

//go:embed data/*.json
var files embed.FS

// Names returns the names of the profiles that this release has, in order.
func Names() []string {
	entries, err := files.ReadDir("data")
	if err != nil {
		return nil
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = strings.TrimSuffix(e.Name(), ".json")
	}
	return names
}

// Open returns a profile that this release has.
func Open(name string) (*Profile, error) {
	b, err := files.ReadFile(path.Join("data", path.Base(name)+".json"))
	if err != nil {
		return nil, fmt.Errorf("no profile %q: there are %s", name, strings.Join(Names(), ", "))
	}
	return Load(bytes.NewReader(b))
}

// MaxFile is the size of the largest profile that Load reads, in bytes.
const MaxFile = 4 << 20

// Load reads a profile from JSON and checks it. Fields that it does not know are errors, so that a rule that is written
// wrong is not silently without effect.
func Load(r io.Reader) (*Profile, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read profile: %w", err)
	}
	if len(b) > MaxFile {
		return nil, fmt.Errorf("read profile: larger than %d bytes", MaxFile)
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	p := new(Profile)
	if err := d.Decode(p); err != nil {
		return nil, fmt.Errorf("read profile: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("read profile: there is something behind it")
	}
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("profile %q: %w", p.Name, err)
	}
	return p, nil
}

func (p *Profile) check() error {
	if p.Name == "" || p.Version == "" {
		return errors.New("has no name or no version")
	}
	if len(p.Categories) == 0 {
		return errors.New("has no categories")
	}
	seen := make(map[string]bool)
	for i, c := range p.Categories {
		switch {
		case c.ID == "" || c.ID == "*" || c.Label == "":
			return fmt.Errorf("categories[%d] has no id or no label", i)
		case seen[c.ID]:
			return fmt.Errorf("categories[%d]: %q is there twice", i, c.ID)
		}
		seen[c.ID] = true
	}
	if p.Private != "" && !seen[p.Private] {
		return fmt.Errorf("private: no category %q", p.Private)
	}
	for i, r := range p.Actions {
		if err := p.known(r.Categories, true); err != nil {
			return fmt.Errorf("actions[%d]: %w", i, err)
		}
		if r.Action == 0 {
			return fmt.Errorf("actions[%d] has no action", i)
		}
	}
	if err := p.bank(p.Words); err != nil {
		return fmt.Errorf("words: %w", err)
	}
	for i, b := range p.Banks {
		if b.Name == "" {
			return fmt.Errorf("banks[%d] has no name", i)
		}
		if err := p.bank(b); err != nil {
			return fmt.Errorf("banks[%d]: %w", i, err)
		}
	}
	if p.Abuse.Consecutive < 0 || p.Abuse.Daily < 0 {
		return errors.New("abuse: a number is negative")
	}
	return nil
}

func (p *Profile) bank(b Bank) error {
	if b.Total < 0 || b.MaxDays < 0 {
		return errors.New("a number is negative")
	}
	for i, f := range b.Floors {
		if err := p.known(f.Categories, false); err != nil {
			return fmt.Errorf("floors[%d]: %w", i, err)
		}
		if f.Each <= 0 {
			return fmt.Errorf("floors[%d]: each is %d: want more than 0", i, f.Each)
		}
	}
	for i, d := range b.Draws {
		if d.Count <= 0 || d.AtLeast < 0 || d.AtLeast > 1 || d.AtMost < 0 || d.AtMost > 1 {
			return fmt.Errorf("draws[%d]: a number is out of range", i)
		}
	}
	return nil
}

// known checks that ids and groups are of the profile.
func (p *Profile) known(ids []string, star bool) error {
	if len(ids) == 0 {
		return errors.New("names no category")
	}
	for _, id := range ids {
		if id == "*" && star {
			continue
		}
		if !slices.ContainsFunc(p.Categories, func(c Category) bool { return Within(c.ID, id) }) {
			return fmt.Errorf("no category or group %q", id)
		}
	}
	return nil
}

// Within reports whether a category is the one named, or in the group named: A.1.f is within A.1.f, A.1 and A.
func Within(category, named string) bool {
	rest, ok := strings.CutPrefix(category, named)
	return ok && named != "" && (rest == "" || rest[0] == '.')
}

// Category returns the category with an id.
func (p *Profile) Category(id string) (Category, bool) {
	i := slices.IndexFunc(p.Categories, func(c Category) bool { return c.ID == id })
	if i < 0 {
		return Category{}, false
	}
	return p.Categories[i], true
}

// Of returns the categories within the named ones, in order.
func (p *Profile) Of(named ...string) []Category {
	var out []Category
	for _, c := range p.Categories {
		if slices.ContainsFunc(named, func(n string) bool { return Within(c.ID, n) }) {
			out = append(out, c)
		}
	}
	return out
}

// Find returns the action of the first rule for content of a category at a stage, 0 if there is none. The rules for "*"
// come after all others, and otherwise says that one of them was used.
func Find(rules []Rule, category string, stage Stage) (a Action, otherwise bool) {
	for _, r := range rules {
		if len(r.Stages) > 0 && !slices.Contains(r.Stages, stage) {
			continue
		}
		for _, named := range r.Categories {
			if named == "*" && a == 0 {
				a, otherwise = r.Action, true
			}
			if Within(category, named) {
				return r.Action, false
			}
		}
	}
	return a, otherwise
}
