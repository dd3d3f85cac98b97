package openaiwire

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A reply is what has been learnt so far from a stream, beside what has been yielded.
type reply struct {
	meta      assistant.Meta
	named     bool // meta.Model is the vendor's
	amended   bool // meta has changed since it was sent
	delivered bool
	begun     bool

	asm   assembly
	raw   string // finish reason in the vendor's word
	usage *assistant.Usage

	refused    bool
	opaque     string
	audio      strings.Builder // base64
	transcript strings.Builder
	citations  []assistant.Citation
	flag       int
	banRound   int
	hit        bool
	poisoned   bool
	shown      strings.Builder // the text so far, if the vendor may say what becomes of it
}

// take learns from one piece, and yields what can be yielded already. whole says that the piece is
// the whole answer.
func (s *stream) take(p *piece, whole bool) error {
	if p.rare != nil {
		if err := s.takeRare(p); err != nil {
			return err
		}
	}
	s.takeMeta(p)
	if p.hasUsage {
		if s.usage == nil {
			s.usage = new(assistant.Usage)
		}
		*s.usage = p.usage
	}
	if len(p.calls) > 0 {
		s.asm.add(p.calls, whole)
		if s.asm.size > s.c.maxBody || len(s.asm.calls) > maxCalls {
			return s.c.protocolError(errors.New("the tool calls are too many or too large"), nil)
		}
		s.begin()
	}
	if p.finish != "" {
		s.raw = p.finish
		s.w.hurry(afterFinish)
	}
	if p.content == "" && p.reasoning == "" {
		return nil
	}
	return s.emit(assistant.Chunk{Text: p.content, Reasoning: p.reasoning})
}

// takeRare learns what few pieces say.
func (s *stream) takeRare(p *piece) error {
	r := p.rare
	if r.failure != nil {
		return s.c.failed(r.failure, s.resp.StatusCode, s.resp.Header)
	}
	if r.refusal != "" {
		s.refused = true
		p.content += r.refusal
	}
	if s.audio.Len()+len(r.audio) > s.c.maxBody || len(s.opaque)+len(r.opaque) > s.c.maxBody {
		return s.c.protocolError(fmt.Errorf("sound or encrypted thinking larger than the limit of %d bytes", s.c.maxBody), nil)
	}
	s.opaque += r.opaque
	s.audio.WriteString(r.audio)
	s.transcript.WriteString(r.transcript)
	if len(r.citations) > 0 {
		s.citations = r.citations // vendors repeat the whole list
	}
	if r.flag != 0 {
		s.flag, s.banRound = r.flag, r.banRound
	}
	s.poisoned = s.poisoned || r.poisoned
	s.hit = s.hit || r.hit
	return nil
}

// takeMeta learns where the reply comes from, mostly from the first piece.
func (s *stream) takeMeta(p *piece) {
	if s.meta.ID == "" && len(p.id) > 0 {
		s.meta.ID, s.amended = string(p.id), true
	}
	if !s.named && len(p.model) > 0 {
		s.meta.Model, s.named, s.amended = string(p.model), true, true
	}
	if s.meta.RequestID == "" || len(p.requestID) > 0 {
		id := string(p.requestID)
		if id == "" {
			id = first(requestID(s.c.profile, s.resp.Header), s.meta.ID)
		}
		if id != s.meta.RequestID {
			s.meta.RequestID, s.amended = id, true
		}
	}
}

// begin notes that the reply has begun.
func (s *stream) begin() {
	if !s.begun {
		s.begun = true
		s.w.begun()
	}
}

// emit yields one chunk; the first carries the meta.
func (s *stream) emit(k assistant.Chunk) error {
	s.begin()
	if !s.delivered || k.Finish != "" && s.amended {
		meta := s.meta
		k.Meta = &meta
		s.amended = false
	}
	s.delivered = true
	if p := s.c.profile; p.Moderated || p.Flags != nil {
		s.shown.WriteString(k.Text)
	}
	if !s.yield(k, nil) {
		return errStopped
	}
	return nil
}

// commonFinishes are the finish reasons that mean the same wherever they occur.
var commonFinishes = []FinishRule{
	{Raw: "stop", Reason: assistant.FinishStop},
	{Raw: "normal", Reason: assistant.FinishStop},
	{Raw: "eos", Reason: assistant.FinishStop},
	{Raw: "length", Reason: assistant.FinishLength},
	{Raw: "tool_calls", Reason: assistant.FinishToolCalls},
	{Raw: "function_call", Reason: assistant.FinishToolCalls},
	{Raw: "content_filter", Reason: assistant.FinishFiltered},
	{Raw: "sensitive", Reason: assistant.FinishFiltered},
	{Raw: "insufficient_system_resource", Err: assistant.ErrOverloaded},
}

func (s *stream) finishRule() FinishRule {
	for _, rules := range [][]FinishRule{s.c.profile.Finish, commonFinishes} {
		for _, r := range rules {
			if r.Raw == s.raw {
				return r
			}
		}
	}
	return FinishRule{Reason: assistant.FinishOther}
}

// finish yields the last chunk, with everything that was held back for it.
func (s *stream) finish() error {
	rule := s.finishRule()
	if rule.Err != "" {
		return &assistant.Error{Kind: rule.Err, Vendor: s.c.profile.Vendor, Code: s.raw}
	}
	calls, complete := s.asm.finish()
	if s.raw == "" && !s.delivered && len(calls) == 0 {
		return &assistant.Error{Kind: assistant.ErrTruncated, Vendor: s.c.profile.Vendor, Err: errNothing}
	}
	k := assistant.Chunk{ToolCalls: calls, Finish: rule.Reason, Usage: s.usage}
	switch {
	case k.Finish == assistant.FinishStop && len(calls) > 0,
		s.raw == "" && complete:
		k.Finish = assistant.FinishToolCalls
	case k.Finish == assistant.FinishToolCalls && len(calls) == 0:
		k.Finish = assistant.FinishOther
	case k.Finish == assistant.FinishStop && s.refused:
		k.Finish = assistant.FinishRefusal
	}
	if s.hit {
		k.Finish = assistant.FinishFiltered
	}
	if rule.Retract {
		k.Retract = &assistant.Retraction{Reason: s.raw}
	}
	s.applyFlag(&k)
	if k.Finish == assistant.FinishOther {
		s.meta.RawFinish, s.amended = s.raw, true
	}
	k.Parts = s.parts()
	if k.Retract != nil {
		k.ToolCalls, k.Parts = nil, nil // nothing of it may be used
	}
	return s.emit(k)
}

var errNothing = errors.New("the stream held no reply")

// applyFlag applies a vendor's safety flag. Text that may stay although its turn must leave the history
// is its own replacement.
func (s *stream) applyFlag(k *assistant.Chunk) {
	rule, found := FlagRule{DropTurn: true}, s.poisoned
	for _, f := range s.c.profile.Flags {
		if f.Value == s.flag && s.flag != 0 {
			rule, found = f, true
		}
	}
	if !found {
		return
	}
	k.Finish = assistant.FinishFiltered
	drop := rule.DropTurn || s.banRound != 0 || s.poisoned
	switch {
	case k.Retract != nil:
		k.Retract.DropTurn = drop
	case rule.Retract || drop:
		k.Retract = &assistant.Retraction{Reason: s.raw, DropTurn: drop}
		if s.flag != 0 {
			k.Retract.Reason = fmt.Sprintf("flag %d", s.flag)
		}
		if !rule.Retract {
			k.Retract.Replacement = s.shown.String()
		}
	}
}

// parts returns the parts that were gathered over the whole stream.
func (s *stream) parts() []assistant.Part {
	var parts []assistant.Part
	if s.opaque != "" {
		parts = append(parts, assistant.Reasoning{
			Vendor: s.meta.Vendor, Model: s.meta.Model, Opaque: []byte(s.opaque),
		})
	}
	if s.audio.Len() > 0 || s.transcript.Len() > 0 {
		parts = append(parts, assistant.Audio{
			Media:      assistant.Media{Data: decodeAudio(s.audio.String())},
			Transcript: s.transcript.String(),
		})
	}
	for _, c := range s.citations {
		parts = append(parts, c)
	}
	return parts
}

// decodeAudio decodes base64 that was cut into pieces, each of which may be padded.
func decodeAudio(text string) []byte {
	out := make([]byte, 0, base64.StdEncoding.DecodedLen(len(text)))
	for piece := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '=' || r <= ' ' }) {
		out, _ = base64.RawStdEncoding.AppendDecode(out, []byte(piece)) // what can be decoded counts
	}
	return out
}
