package egress

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// Rules are the limits for sending personal data abroad, as data.
type Rules struct {
	Name    string   `json:"name"`
	Version string   `json:"version"`
	Notes   []string `json:"notes,omitzero"`
	// Home is the region that is not abroad, such as "CN".
	Home string `json:"home"`
	// Warn is the share of a limit from which decisions warn.
	Warn       float64     `json:"warn,omitzero"`
	Mechanisms []Mechanism `json:"mechanisms"`
	// Sensitive are the types of data, by their names, that count as sensitive.
	Sensitive []string `json:"sensitive,omitzero"`
}

// A Mechanism is a legal way to send personal data abroad.
type Mechanism struct {
	Name string `json:"name"`
	// People and Sensitive are the most people in a year whose data may be sent, and whose sensitive data; if negative,
	// there is no limit.
	People    int `json:"people"`
	Sensitive int `json:"sensitive"`
}

//go:embed data/cac-2024.json
var cac2024 []byte

// Default returns the rules that this release has.
func Default() (*Rules, error) { return Load(bytes.NewReader(cac2024)) }

const maxFile = 1 << 20

// Load reads rules from JSON and checks them.
func Load(r io.Reader) (*Rules, error) {
	d := json.NewDecoder(io.LimitReader(r, maxFile))
	d.DisallowUnknownFields()
	rules := new(Rules)
	if err := d.Decode(rules); err != nil {
		return nil, fmt.Errorf("read egress rules: %w", err)
	}
	if err := rules.check(); err != nil {
		return nil, fmt.Errorf("egress rules %q: %w", rules.Name, err)
	}
	return rules, nil
}

func (r *Rules) check() error {
	switch {
	case r.Name == "" || r.Version == "":
		return errors.New("have no name or no version")
	case r.Home == "":
		return errors.New("have no home")
	case r.Warn < 0 || r.Warn > 1:
		return fmt.Errorf("warn is %v: want a share between 0 and 1", r.Warn)
	}
	for i, m := range r.Mechanisms {
		if m.Name == "" {
			return fmt.Errorf("mechanisms[%d] has no name", i)
		}
	}
	_, err := r.sensitive()
	return err
}

func (r *Rules) mechanism(name string) (Mechanism, bool) {
	i := slices.IndexFunc(r.Mechanisms, func(m Mechanism) bool { return m.Name == name })
	if i < 0 {
		return Mechanism{}, false
	}
	return r.Mechanisms[i], true
}

// sensitive returns the types that are.
func (r *Rules) sensitive() (set privacy.Types, err error) {
	for _, name := range r.Sensitive {
		t := privacy.Type(1)
		for ; privacy.AllTypes.Has(t) && t.String() != name; t++ {
		}
		if !privacy.AllTypes.Has(t) {
			return 0, fmt.Errorf("sensitive: no type of data %q", name)
		}
		set |= privacy.TypesOf(t)
	}
	return set, nil
}
