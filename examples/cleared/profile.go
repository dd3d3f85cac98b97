package main

import (
	"crypto/ed25519"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant/eval"
	"github.com/zhushou-ai/zhushou/assistant/guard/pack"
	"github.com/zhushou-ai/zhushou/assistant/guard/profile"
	"github.com/zhushou-ai/zhushou/locale/match"
)

//go:embed public_cn.json internal.json
var profiles embed.FS

// A serviceProfile is what a service says of itself. The rules that its audience brings along are in the library's
// own profiles.
type serviceProfile struct {
	Audience   string          `json:"audience"` // "public_cn" or "internal"
	Rules      string          `json:"rules"`    // such as "gbt-45654-2025"
	Disclosure eval.Disclosure `json:"disclosure"`
	Producer   string          `json:"producer"` // name or code for labels, in ASCII
	Terms      string          `json:"terms"`    // version of the agreement with users
	Notice     string          `json:"notice"`   // version of the privacy notice
	Complaints string          `json:"complaints"`
	Vendor     vendor          `json:"vendor"`
	Words      string          `json:"words"`         // file with the words, as package pack reads it
	WordsKey   []byte          `json:"words_key"`     // of who must have signed it; anybody may if empty
	Assessed   string          `json:"assessed"`      // day of the last assessment that was passed
	Minors     bool            `json:"minors"`        // whether children may use it
	Companion  bool            `json:"companion"`     // whether people talk to it for company
	OptOut     int             `json:"opt_out_steps"` // taps to say no to training

	rules *profile.Profile
	words pack.Pack
}

// A vendor is who runs the model.
type vendor struct {
	Name   string `json:"name"`
	Region string `json:"region"`
}

// loadProfile reads a profile of the program or a file.
func loadProfile(path string) (*serviceProfile, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && filepath.Base(path) == path {
		b, err = profiles.ReadFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read profile: %w", err)
	}
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.DisallowUnknownFields()
	var p serviceProfile
	if err := d.Decode(&p); err != nil {
		return nil, fmt.Errorf("profile %s: %w", path, err)
	}
	if p.Audience != "public_cn" && p.Audience != "internal" {
		return nil, fmt.Errorf("profile %s: audience %q: want public_cn or internal", path, p.Audience)
	}
	if p.rules, err = profile.Open(p.Rules); err != nil {
		return nil, fmt.Errorf("profile %s: %w", path, err)
	}
	if p.Words != "" {
		f, err := os.Open(p.Words)
		if err != nil {
			return nil, fmt.Errorf("profile %s: %w", path, err)
		}
		defer f.Close() // nothing was written
		var trusted []ed25519.PublicKey
		if len(p.WordsKey) > 0 {
			trusted = append(trusted, p.WordsKey)
		}
		words, err := pack.Read(f, trusted...)
		if err != nil {
			return nil, fmt.Errorf("profile %s: %s: %w", path, p.Words, err)
		}
		p.words = *words
	}
	return &p, nil
}

// public reports whether the service is for the public, on whom most duties are owed.
func (p *serviceProfile) public() bool { return p.Audience == "public_cn" }

// day reads a day of a profile; the zero time if there is none.
func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}
	}
	return t
}

// fillForDemo makes up what is missing. The words have no meaning.
func (p *serviceProfile) fillForDemo() {
	today := time.Now().Format(time.DateOnly)
	p.Disclosure = eval.Disclosure{App: "演示助手", Model: "parrot", Vendor: "示例", Registration: "演示登记0000号", Algorithm: "演示算备0000号"}
	p.Producer, p.Terms, p.Notice, p.Complaints = "Example-Demo", "demo-1", "demo-1", "complaints@example.com"
	p.Assessed, p.OptOut = today, 3
	p.words = pack.Pack{Name: "demo", Version: "1", Changed: day(today)}
	want := p.rules.Words
	least := map[string]int{}
	for _, f := range want.Floors {
		for _, c := range p.rules.Of(f.Categories...) {
			least[c.ID] = f.Each
		}
	}
	syllables := []rune("咕噜呱啦叽喳哐啷噼啪咚锵嘎吱哗唰")
	n := 0
	word := func(category string) {
		b := []rune("〇")
		for k, v := 0, n; k < 5; k++ {
			b = append(b, syllables[v%len(syllables)])
			v /= len(syllables)
		}
		n++
		p.words.Words = append(p.words.Words, match.Word{Text: string(b), Category: category})
	}
	for _, c := range p.rules.Categories {
		for range least[c.ID] {
			word(c.ID)
		}
	}
	for len(p.words.Words) < want.Total {
		word("A.1.h")
	}
}
