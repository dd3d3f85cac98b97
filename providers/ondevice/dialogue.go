package ondevice

import (
	"encoding/json"
	"fmt"
	"slices"
)

// A dialogue is the work on a sentence that comes behind others.
type dialogue struct {
	*reading
	state    State
	commands []Candidate // those of the state whose tools can be called now
}

// turn understands a sentence as part of a dialogue. A command of its own comes first, always: a
// question that is open never gets more than its answer.
func (r *reading) turn(t *text, st State) Interpretation {
	if st.live(r.now) {
		r.listed, r.known = st.Listed, nil // which are other values now
	}
	d := r.dialogue(st)
	if d == nil {
		return r.sentence(t)
	}
	if in, ok := d.short(t); ok {
		return in
	}
	own := r.sentence(t)
	if in, ok := d.firmly(t, own); ok {
		return in
	}
	moves := []func(*text, Interpretation) (Interpretation, bool){d.correct, d.answer, d.add, d.carry}
	switch own.Decision() {
	case Refuse:
	case Ask: // half a command may be a whole move
		moves = []func(*text, Interpretation) (Interpretation, bool){d.continued, d.correct, d.add, d.carry}
	case Confirm: // and what may be a command the answer
		moves = []func(*text, Interpretation) (Interpretation, bool){d.continued, d.correct, d.answer, d.add, d.carry}
	default:
		moves = moves[:0]
		if in, ok := d.continued(t, own); ok {
			return in
		}
		if !own.settled { // 深圳呢 may be about anything by itself
			moves = append(moves, d.carry)
		}
	}
	for _, move := range append(moves, d.inherit) {
		if in, ok := move(t, own); ok {
			in.Why = append(in.Why, own.Why...)
			return in
		}
	}
	return own
}

// firmly understands a turn that says by itself that it goes on with the last command, or is nothing but a
// value of the kind that was asked for. Only a command that a phrase settles comes before it.
func (d *dialogue) firmly(t *text, own Interpretation) (Interpretation, bool) {
	active, _ := d.active()
	switch own.Decision() {
	case Refuse:
		return Interpretation{}, false
	default:
		if own.Candidates[0].Tool != active.spec {
			if in, ok := d.changed(t, own); ok {
				return in, ok
			}
			if own.settled {
				return Interpretation{}, false
			}
		}
	}
	w := d.refill(t)
	if d.state.Phase == Asked {
		_, c := d.active()
		if len(c.Missing) == 0 {
			return Interpretation{}, false
		}
		ai := active.arg(c.Missing[0])
		if ai >= 0 && slices.ContainsFunc(w.exactly(t.all().bare()), func(s span) bool { return accepts(active.args, ai, &s) }) {
			return d.answer(t, own)
		}
	}
	words := dialogueWords()
	s := t.all().bare()
	for _, leads := range [][][]rune{strongAlters(), words.denial, exchangeLeads(), orRather()} {
		if _, ok := s.behind(leads); ok {
			return d.correct(t, own)
		}
	}
	if _, ok := t.all().marks().behind(orRather()); ok {
		return d.correct(t, own)
	}
	return d.resumed(t, own)
}

// changed reads a turn that changes what was done last by a tool for such changes: 改成八点 behind an alarm
// set for 七点. What the turn leaves open is as it was, and the old time says which one is meant.
func (d *dialogue) changed(t *text, own Interpretation) (Interpretation, bool) {
	active, last := d.active()
	i := d.toolIndex(own.Candidates[0].Tool.Name)
	if d.state.Phase != Done || own.Next != nil || i < 0 || d.set.tools[i].class&changes == 0 || active.class&changes != 0 {
		return Interpretation{}, false
	}
	if !slices.ContainsFunc(t.clauses(), func(s stretch) bool { _, ok := s.bare().behind(strongAlters()); return ok }) {
		return Interpretation{}, false // it names what it changes
	}
	tool, said := d.set.tools[i], own.Candidates[0]
	for k, other := range d.set.tools {
		if k != i && other.err == nil && d.common(tool, other) > d.common(tool, active) {
			return Interpretation{}, false // it changes something else
		}
	}
	before := d.resume(t, active, json.RawMessage(last.Arguments), nil)
	old := ""
	for ai := range active.args {
		if words := before.words(ai); words != "" {
			old = words
			break
		}
	}
	if old == "" {
		return Interpretation{}, false
	}
	w := d.resume(t, tool, json.RawMessage(said.Arguments), nil)
	w.slots = slices.Clone(said.Slots)
	for _, slot := range said.Slots {
		ai := tool.arg(slot.Name)
		if ai < 0 {
			continue // in an object
		}
		if whole, ok := d.supersede(old, slot.Source); ok && tool.args[ai].kind() == moment {
			if v, err := d.value(tool.args[ai], &whole); err == nil {
				slot.Source = whole.when.Text
				w.clear(ai)
				w.set(ai, v, slot)
			}
		}
	}
	for ai, a := range tool.args {
		if whole, ok := d.whole(old); ok && a.kind() == moment && len(w.values[ai]) == 0 {
			if v, err := d.value(a, &whole); err == nil {
				w.set(ai, v, Slot{Origin: Carried})
			}
		}
	}
	in, ok := d.finish(w, Correction, "changes what "+last.Tool.Name+" did")
	if ok {
		in.Candidates[0].Confidence = said.Confidence
	}
	return in, ok
}

// resumed gives a command of the same tool that only says what is different the things that were named
// before: 卧室的也打开, 再高一度.
func (d *dialogue) resumed(t *text, own Interpretation) (Interpretation, bool) {
	tool, last := d.active()
	said := own.Candidates[0]
	if d.state.Phase != Done || own.Next != nil || said.Tool != tool.spec || !t.resumes() {
		return Interpretation{}, false
	}
	w := d.resume(t, tool, json.RawMessage(said.Arguments), said.partial)
	w.slots = slices.Clone(said.Slots)
	var before map[string]json.RawMessage
	_ = json.Unmarshal([]byte(last.Arguments), &before) // the engine's own JSON
	for ai, a := range tool.args {
		v, ok := before[a.name]
		if !ok || len(w.values[ai]) > 0 || len(a.options) == 0 && len(d.listsOf(tool, ai)) == 0 {
			continue
		}
		w.replace(ai, v, Slot{Name: a.name, Origin: Carried})
	}
	return d.finish(w, Addition, "goes on with "+last.Tool.Name)
}

// resumes reports whether a sentence says that it goes on with something.
func (t *text) resumes() bool {
	if _, ok := t.all().bare().behind(resuming()); ok {
		return true
	}
	return slices.Contains(t.runes, '也')
}

// dialogue returns the dialogue that a state stands for, or nil if it is over or about tools that are
// not there.
func (r *reading) dialogue(st State) *dialogue {
	if !st.live(r.now) {
		return nil
	}
	d := &dialogue{reading: r, state: st}
	for _, c := range st.Commands {
		if i := r.toolIndex(c.Tool); i >= 0 {
			d.commands = append(d.commands, r.revive(r.set.tools[i], c))
		}
	}
	if len(d.commands) != len(st.Commands) || len(d.commands) == 0 {
		return nil
	}
	return d
}

func (r *reading) toolIndex(name string) int {
	if i, ok := r.set.byName[name]; ok {
		return i
	}
	return -1
}

// revive makes a candidate of a command of an earlier sentence.
func (r *reading) revive(t *tool, c Command) Candidate {
	w := r.resume(newText(""), t, c.Arguments, c.Partial)
	out := w.build()
	out.Missing, out.more = c.Missing, false // what could be added was offered
	out.Confidence = c.Confidence
	if c.Confidence < certain {
		out.Confidence = 1 // somebody else's call
	}
	return out
}

// resume returns a filling with what was found before.
func (r *reading) resume(t *text, tool *tool, arguments json.RawMessage, partial []Partial) *filling {
	w := &filling{reading: r, text: t, tool: tool, values: make([][]json.RawMessage, len(tool.args)), partial: slices.Clone(partial)}
	var values map[string]json.RawMessage
	if json.Unmarshal(arguments, &values) != nil {
		return w
	}
	for ai, a := range tool.args {
		v, ok := values[a.name]
		if !ok {
			continue
		}
		elements := []json.RawMessage{v}
		if a.list && json.Unmarshal(v, &elements) != nil {
			continue
		}
		for _, e := range elements {
			w.set(ai, e, Slot{Origin: Carried})
		}
	}
	return w
}

// command returns the command that a turn is about: the one that lacks something, else the last.
func (d *dialogue) command() int {
	i := slices.IndexFunc(d.commands, func(c Candidate) bool { return len(c.Missing) > 0 })
	if i < 0 {
		i = len(d.commands) - 1
	}
	return i
}

func (d *dialogue) active() (*tool, Candidate) {
	c := d.commands[d.command()]
	return d.set.tools[d.toolIndex(c.Tool.Name)], c
}

// refill returns a filling with what is known of the command that the turn is about.
func (d *dialogue) refill(t *text) *filling {
	tool, c := d.active()
	return d.resume(t, tool, json.RawMessage(c.Arguments), c.partial)
}

// finish makes an interpretation of the filled command and of those that wait with it.
func (d *dialogue) finish(w *filling, move Move, why string) (Interpretation, bool) {
	if ai := w.tool.arg(replaces); move == Correction && d.state.Phase == Done && ai >= 0 {
		if id := d.state.Commands[d.command()].ID; id != "" && w.tool.spec.Name == d.state.Commands[d.command()].Tool {
			w.clear(ai)
			w.set(ai, quote(id), Slot{Origin: Carried})
		}
	}
	c := w.build()
	if !w.valid(c) {
		return Interpretation{}, false
	}
	_, old := d.active()
	c.Confidence = old.Confidence
	c.Why = append([]string{why}, w.why...)
	commands := []Candidate{c}
	if d.state.Phase == Asked { // what was acted on is not done again
		commands = slices.Clone(d.commands)
		commands[d.command()] = c
	}
	return chain(w.text.raw, move, commands), true
}

// chain returns the interpretation of a sentence as commands.
func chain(raw string, move Move, commands []Candidate) Interpretation {
	in := Interpretation{Text: raw, Move: move, Candidates: commands[:1:1]}
	if len(commands) > 1 {
		next := chain(raw, move, commands[1:])
		in.Next = &next
	}
	return in
}

// short understands a turn that is nothing but a word of the dialogue.
func (d *dialogue) short(t *text) (Interpretation, bool) {
	w, all := dialogueWords(), t.all()
	in := Interpretation{Text: t.raw}
	open := d.state.Phase != Done
	switch {
	case d.state.Phase == Confirming && all.is(w.yes):
		for i := range d.commands {
			d.commands[i].unsure = false
		}
		in = chain(t.raw, Confirmation, d.commands)
		in.Why = append(in.Why, "the user agrees")
		return in, true
	case open && d.state.Phase != Asked && all.is(w.no), open && all.is(w.cancel) && !d.wantsNo():
		in.Move = Cancellation
		in.Why = append(in.Why, "the open command is dropped")
		return in, true
	case open && t.drops():
		in.Move = Cancellation
		in.Why = append(in.Why, "the open command is dropped")
		return in, true
	case !open && all.is(w.cancel):
		return d.undo(t)
	case d.state.Phase == Choosing:
		return d.choose(t)
	}
	return in, false
}

// drops reports whether a turn of several clauses drops what is open: 不提醒了，算了.
func (t *text) drops() bool {
	dropped := false
	for from := 0; from < len(t.runes); {
		to := from
		for to < len(t.runes) && !isPause(t.runes[to]) {
			to++
		}
		clause := stretch{t, from, to}
		switch {
		case clause.is(dialogueWords().cancel), clause.drops():
			dropped = true
		case to-from > maxDropped || !slices.ContainsFunc(clause.runesOf(), func(r rune) bool { return r == '不' || r == '别' || r == '唔' }):
			return false
		}
		from = to + 1
	}
	return dropped
}

// maxDropped bounds the characters of a clause beside one that drops something.
const maxDropped = 8

// wantsNo reports whether the user was asked for a yes or a no.
func (d *dialogue) wantsNo() bool {
	tool, c := d.active()
	if len(c.Missing) == 0 {
		return false
	}
	ai := tool.arg(c.Missing[0])
	return ai >= 0 && tool.args[ai].form == boolean
}

// choose picks one of the commands that the user was asked to choose from, by its place or its name.
func (d *dialogue) choose(t *text) (Interpretation, bool) {
	i := t.all().ordinal(len(d.commands))
	if i < 0 {
		i = d.named(t)
	}
	if i < 0 {
		return Interpretation{}, false
	}
	in := chain(t.raw, Choice, d.commands[i:i+1])
	in.Why = append(in.Why, fmt.Sprintf("choice %d of those that were offered", i+1))
	return in, true
}

// named returns the one command to choose from whose description has all of what is said, or -1.
func (d *dialogue) named(t *text) int {
	found := -1
	said := t.all().bare().runesOf()
	for i, c := range d.commands {
		about := foldString(shortName(c.Tool))
		all := len(said) > 0
		for _, r := range said {
			all = all && slices.Contains(about, r)
		}
		if all && found >= 0 {
			return -1
		}
		if all {
			found = i
		}
	}
	return found
}

// common is the weight of the words in the description of a tool that another one has, too.
func (d *dialogue) common(tool, other *tool) float64 {
	sum := 0.0
	for _, w := range tool.about {
		if other.says(w) {
			sum += d.set.rarity(featureOf(w))
		}
	}
	return sum
}

// undo finds the tool that takes back what was done last: 取消闹钟 for 设置闹钟.
func (d *dialogue) undo(t *text) (Interpretation, bool) {
	done, c := d.active()
	best, most := -1, 0.0
	for i, tool := range d.set.tools {
		if tool == done || tool.err != nil || tool.class&stops == 0 || done.class&stops != 0 {
			continue
		}
		if common := d.common(tool, done); common > most {
			best, most = i, common
		}
	}
	if best < 0 || most < leastCovered/2 {
		return Interpretation{}, false
	}
	w := d.resume(t, d.set.tools[best], json.RawMessage(c.Arguments), nil)
	undo := w.build()
	if !w.valid(undo) {
		return Interpretation{}, false
	}
	undo.Confidence = c.Confidence
	undo.unsure = !undo.Tool.ReadOnly
	in := chain(t.raw, Correction, []Candidate{undo})
	in.Why = append(in.Why, fmt.Sprintf("takes back %q", c.Tool.Name))
	return in, true
}

// continued reads a command of the tool that the user was asked about together with what was said
// before: 提醒我交电费 and then 明天早上八点提醒我.
func (d *dialogue) continued(t *text, own Interpretation) (Interpretation, bool) {
	tool, before := d.active()
	said := own.Candidates[0]
	if d.state.Phase != Asked || own.Next != nil || said.Tool != tool.spec {
		return Interpretation{}, false
	}
	w := d.refill(t)
	if len(tool.fields) > 0 {
		w.stated(d.survey(t, false).spans[d.toolIndex(tool.spec.Name)])
		return d.finish(w, Answer, fmt.Sprintf("goes on with %q", before.Tool.Name))
	}
	var values map[string]json.RawMessage
	_ = json.Unmarshal([]byte(said.Arguments), &values) // the engine's own JSON
	for _, slot := range said.Slots {
		w.replace(tool.arg(slot.Name), values[slot.Name], slot)
	}
	for _, p := range said.partial {
		w.replacePart(p)
	}
	return d.finish(w, Answer, fmt.Sprintf("goes on with %q", before.Tool.Name))
}

// replace gives an argument another value. A time that was said in part is completed by it.
func (w *filling) replace(ai int, value json.RawMessage, slot Slot) {
	a := w.tool.args[ai]
	for i, p := range w.partial {
		if p.Name != a.name {
			continue
		}
		w.partial = slices.Delete(w.partial, i, i+1)
		if whole, ok := w.reading.supersede(p.Words, slot.Source); ok {
			if v, err := w.reading.value(a, &whole); err == nil {
				value, slot.Source = v, whole.when.Text
			}
		}
		break
	}
	elements := []json.RawMessage{value}
	if a.list {
		_ = json.Unmarshal(value, &elements) // the engine's own JSON
	}
	w.clear(ai)
	for _, e := range elements {
		w.set(ai, e, slot)
	}
}

// replacePart takes what was said in part in the place of what was said before.
func (w *filling) replacePart(p Partial) {
	w.clear(w.tool.arg(p.Name))
	w.partial = append(slices.DeleteFunc(w.partial, func(q Partial) bool { return q.Name == p.Name }), p)
}

// clear takes the value from an argument.
func (w *filling) clear(ai int) {
	if ai < 0 {
		return // the tool is another one now
	}
	w.values[ai] = nil
	w.slots = slices.DeleteFunc(w.slots, func(s Slot) bool { return s.Name == w.tool.args[ai].name })
}
