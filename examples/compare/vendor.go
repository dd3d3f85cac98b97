package main

import (
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
	"github.com/zhushou-ai/zhushou/providers"
)

// A vendor is one line of the tables.
type vendor struct {
	name  string
	model assistant.Model
	err   error // why there is no model
}

// limit bounds the time that an answer may take.
func (v *vendor) limit(d time.Duration) {
	if v.model != nil {
		v.model = middleware.Timeout{First: d, Between: d, Total: d}.Wrap(v.model)
	}
}

// choose opens the models that are named, or else the default model of every vendor that has a key.
func (p *program) choose(names string) []vendor {
	var out []vendor
	if names != "" {
		for name := range strings.SplitSeq(names, ",") {
			if name = strings.TrimSpace(name); name != "" {
				m, err := p.open(name)
				title, _, _ := strings.Cut(name, "?") // an address may hold a password
				out = append(out, vendor{title, m, err})
			}
		}
		return out
	}
	for _, info := range providers.List() {
		if info.KeyVar == "" {
			continue // it asks no vendor, or one must say which model there is
		}
		name := info.Name + "/" + info.Model
		if m, err := p.open(name); err == nil { // with the key under any of its names
			out = append(out, vendor{name: name, model: m})
		}
	}
	return out
}

func keyVars() []string {
	var out []string
	for _, info := range providers.List() {
		if info.KeyVar != "" {
			out = append(out, info.KeyVar)
		}
	}
	return out
}
