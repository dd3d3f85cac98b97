package ondevice

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// maxListed bounds the abilities or options in a sentence.
const maxListed = 4

// question asks for the first thing that a command of the sentence lacks, and says what was wrong with
// what was said of it.
func (s speaker) question(in Interpretation) string {
	c := in.asked()
	root, args, err := parseSchema(c.Tool.Schema)
	if err != nil { // a tool with such a schema is never a candidate
		return s.ask + c.Missing[0] + "。"
	}
	ai := argIndex(args, c.Missing[0])
	if ai < 0 || args[ai].form == unfillable {
		if f := fieldNamed(fieldsOf(root, nil), c.Missing[0]); f != nil {
			return s.ask + s.own(f.spoken(s.comma)) + "。"
		}
	}
	a := args[max(0, ai)]
	if i := slices.IndexFunc(c.partial, func(p Partial) bool { return p.Name == a.name }); i >= 0 && a.kind() == moment && a.form != date {
		return s.ask + s.open + c.partial[i].Words + s.shut + s.hour + "。"
	}
	q := s.ask + s.own(a.label())
	if a.form == choice {
		var names []string
		for _, o := range a.options[:min(len(a.options), maxListed)] {
			names = append(names, s.option(c.Tool.Name, a, o))
		}
		q += s.example + strings.Join(names, s.comma)
	}
	if why := s.forbidden(a, c.Invalid); why != "" {
		q = why + "。" + q
	}
	return q + "。"
}

// forbidden says why the value of an argument is not allowed: “五百”不行，要在0到100之间.
func (s speaker) forbidden(a argument, bad []Invalid) string {
	i := slices.IndexFunc(bad, func(b Invalid) bool { return b.Name == a.name })
	if i < 0 || bad[i].Source == "" || a.least == "" && a.most == "" {
		return ""
	}
	said := s.open + bad[i].Source + s.shut + s.invalid + "，"
	switch {
	case a.most == "":
		return said + fmt.Sprintf(s.least, a.least)
	case a.least == "":
		return said + fmt.Sprintf(s.most, a.most)
	}
	return said + fmt.Sprintf(s.between, a.least, a.most)
}

// alternatives asks the user to be more exact.
func (s speaker) alternatives(in Interpretation) string {
	if in.Next != nil {
		return s.oneByOne
	}
	var names []string
	for _, c := range in.alternatives() {
		names = append(names, s.own(shortName(c.Tool)))
	}
	return s.mean + strings.Join(names, s.or) + s.specify
}

// confirmation asks whether the command that is likely is the one that is meant.
func (s speaker) confirmation(in Interpretation) string {
	if meant := in.meant(); meant != "" {
		return s.mean + s.open + meant + s.shut + s.confirm
	}
	var said []string
	for c := &in; c != nil; c = c.Next {
		said = append(said, s.describe(c.Candidates[0]))
	}
	return s.mean + strings.Join(said, s.and) + s.confirm
}

// meant returns what was said with the names that were heard in the place of the words that they sound like, or nothing
// if there are none.
func (in Interpretation) meant() string {
	said := in.Text
	if in.Next != nil || in.Move != Fresh {
		return ""
	}
	for _, slot := range in.Candidates[0].Slots {
		if name, ok := slot.Value.(string); ok && slot.Origin == Heard {
			said = strings.Replace(said, slot.Source, name, 1)
		}
	}
	if said = strings.TrimFunc(said, isMark); said == strings.TrimFunc(in.Text, isMark) {
		return ""
	}
	return said
}

// describe says a call: what the tool does, and with what.
func (s speaker) describe(c Candidate) string {
	root, args, err := parseSchema(c.Tool.Schema)
	var values map[string]json.RawMessage
	if err != nil || json.Unmarshal([]byte(c.Arguments), &values) != nil {
		return s.own(shortName(c.Tool))
	}
	var said []string
	fields := fieldsOf(root, nil)
	for i, a := range args {
		value, ok := values[a.name]
		switch {
		case !ok:
		case len(fields[i].parts) > 0:
			said = append(said, s.inside(fields[i], value)...)
		default:
			said = append(said, s.own(a.label())+" "+s.field(c.Tool.Name, args, a.name, value))
		}
	}
	if len(said) == 0 {
		return s.own(shortName(c.Tool))
	}
	return s.own(shortName(c.Tool)) + "（" + strings.Join(said, "，") + "）"
}

// inside says what is in an object, or in a list of them.
func (s speaker) inside(f *field, value json.RawMessage) []string {
	elements := []map[string]json.RawMessage{nil}
	if f.list {
		_ = json.Unmarshal(value, &elements) // the engine's own JSON, as below
	} else {
		_ = json.Unmarshal(value, &elements[0])
	}
	var out []string
	for _, e := range elements {
		for _, p := range f.parts {
			switch v, ok := e[p.name]; {
			case !ok:
			case len(p.parts) > 0:
				out = append(out, s.inside(p, v)...)
			default:
				out = append(out, s.own(p.label())+" "+s.field("", []argument{p.argument}, p.name, v))
			}
		}
	}
	return out
}

// spoken names a field in a question: by its description, and by what is in it.
func (f *field) spoken(comma string) string {
	if len(f.parts) == 0 {
		return f.label()
	}
	var names []string
	needed := f.needs()
	for _, p := range f.parts {
		if p.required || !needed {
			names = append(names, p.label())
		}
	}
	inside := strings.Join(names[:min(len(names), maxListed)], comma)
	if f.about == "" {
		return inside
	}
	return f.label() + "（" + inside + "）"
}

// talk reports whether the engine has an answer to a sentence that is no command.
func (in Interpretation) talk() bool {
	switch topic(in.Topic) {
	case greeting, thanks, goodbye, identity, abilities:
		return in.Background >= apparent
	}
	return false
}

// leastApparent is how well the background must fit for the engine to say that it understood, and cannot do it.
const leastApparent = 0.4

// decline answers a sentence that is no command.
func (s speaker) decline(in Interpretation, tools []*assistant.ToolSpec) response {
	said := func(words string) response { return response{text: words, finish: assistant.FinishStop} }
	switch {
	case in.idle:
		return said(s.fine)
	case in.Move == Cancellation:
		return said(s.cancelled)
	}
	if in.talk() {
		switch topic(in.Topic) {
		case greeting:
			return said(s.hello + s.offers(in, tools))
		case thanks:
			return said(s.welcome)
		case goodbye:
			return said(s.bye)
		case identity:
			return said(s.identity + s.offers(in, tools))
		case abilities:
			if len(tools) > 0 {
				return said(s.offers(in, tools))
			}
		}
	}
	sorry := s.unknown
	if in.Background >= leastApparent || len(tools) == 0 {
		sorry = s.unsupported
	}
	return response{text: sorry + s.offers(in, tools) + s.help, finish: assistant.FinishRefusal}
}

// offers says what can be done here, the likeliest first.
func (s speaker) offers(in Interpretation, tools []*assistant.ToolSpec) string {
	var names []string
	add := func(t *assistant.ToolSpec) {
		if n := s.own(shortName(t)); !slices.Contains(names, n) && len(names) < maxListed {
			names = append(names, n)
		}
	}
	for _, c := range in.Candidates {
		add(c.Tool)
	}
	for i := range maxListed { // of all sorts: those of one sort stand together
		if len(tools) > maxListed {
			add(tools[i*len(tools)/maxListed])
		}
	}
	for _, t := range tools {
		add(t)
	}
	if len(names) == 0 {
		return ""
	}
	return s.offer + strings.Join(names, s.comma) + "。"
}

// shortName names what a tool does.
func shortName(s *assistant.ToolSpec) string {
	if n := firstClause(s.Description); n != "" {
		return n
	}
	return s.Name
}
