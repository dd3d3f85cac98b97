package guard

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/jsontext"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// An envelope is a request without personal data.
type envelope struct {
	vault   *privacy.Vault
	media   Media
	known   known // what was found anywhere in the request
	dropped []assistant.Dropped
	err     error // the first

	question string // what the model said before the text at hand
}

// seal returns a copy of the request in which placeholders stand for personal data. What is found in one place, such as a
// name by what stands around it, is replaced wherever it stands.
func (e *envelope) seal(req *assistant.Request) (*assistant.Request, error) {
	sealed := e.copy(req)
	if e.vault.Len() > 0 && e.err == nil {
		e.known = newKnown(e.vault)
		e.dropped = nil
		sealed = e.copy(req)
	}
	return sealed, e.err
}

func (e *envelope) copy(req *assistant.Request) *assistant.Request {
	sealed := *req
	sealed.Messages = make([]assistant.Message, len(req.Messages))
	for i, m := range req.Messages {
		e.question = ""
		if i > 0 && m.Role == assistant.RoleUser && req.Messages[i-1].Role == assistant.RoleAssistant {
			e.question = req.Messages[i-1].Text()
		}
		m.Parts = e.parts(m.Parts, fmt.Sprintf("Messages[%d].Parts", i))
		sealed.Messages[i] = m
	}
	if len(req.Stop) > 0 {
		sealed.Stop = make([]string, len(req.Stop))
		for i, s := range req.Stop {
			sealed.Stop[i] = e.text(s)
		}
	}
	if e.personal(req.User) {
		sealed.User = ""
		e.drop("User", "personal data: use an opaque id")
	}
	if len(req.Extra) > 0 {
		sealed.Extra = make(map[string]map[string]any, len(req.Extra))
		for vendor, fields := range req.Extra {
			masked, _ := e.value(fields).(map[string]any)
			sealed.Extra[vendor] = masked
		}
	}
	return &sealed
}

func (e *envelope) drop(field, reason string) {
	e.dropped = append(e.dropped, assistant.Dropped{Field: field, Reason: reason})
}

func (e *envelope) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

// omitted stands for media that was all of a message: vendors refuse messages without content.
const omitted = "（附件已略去）"

// parts returns the parts of a message or of a tool's result.
func (e *envelope) parts(parts []assistant.Part, place string) []assistant.Part {
	out, dropped := make([]assistant.Part, 0, len(parts)), false
	for i, p := range e.joined(parts) {
		switch p := p.(type) {
		case nil:
		case assistant.Unknown: // no adapter sends it
		case assistant.Text:
			p.Text = e.prose(p.Text)
			out = append(out, p)
		case assistant.ToolCall:
			p.Arguments = e.json(p.Arguments)
			out = append(out, p)
		case assistant.ToolResult:
			p.Parts = e.parts(p.Parts, fmt.Sprintf("%s[%d].Parts", place, i))
			out = append(out, p)
		default:
			if what := medium(p); what != "" && e.media != PassMedia {
				here := fmt.Sprintf("%s[%d]", place, i)
				if e.media == RefuseMedia {
					e.fail(e.media.refused(what, here))
				}
				e.drop(here, what+" that may show personal data")
				dropped = true
				continue
			}
			out = append(out, mapPart(p, e.text))
		}
	}
	if len(out) == 0 && dropped {
		out = append(out, assistant.Text{Text: omitted})
	}
	return out
}

// joined returns the parts, with texts in one part where personal data reaches from one into the next; the other is nil.
func (e *envelope) joined(parts []assistant.Part) []assistant.Part {
	cloned := false
	for i := 0; i < len(parts); {
		texts := proseAt(parts[i:])
		if len(texts) > 1 && e.reaches(texts) {
			if !cloned {
				parts, cloned = slices.Clone(parts), true
			}
			clear(parts[i : i+len(texts)])
			parts[i] = assistant.Text{Text: strings.Join(texts, "")}
		}
		i += max(1, len(texts))
	}
	return parts
}

// reaches reports whether personal data reaches from one of the texts into the next.
func (e *envelope) reaches(texts []string) bool {
	end, next := len(texts[0]), 1
	for f := range e.vault.Detector.Find(strings.Join(texts, "")) {
		for ; end <= f.Start && next < len(texts); next++ {
			end += len(texts[next])
		}
		if f.Start < end && end < f.End {
			return true
		}
	}
	return false
}

// prose masks a text that may be JSON, or the answer to a question.
func (e *envelope) prose(s string) string {
	if isJSON(s) {
		return e.json(s)
	}
	for _, label := range asked(e.question, s) {
		label += "："
		if masked, ok := strings.CutPrefix(e.text(label+s), label); ok && masked != s {
			return masked
		}
	}
	return e.text(s)
}

func (e *envelope) text(s string) string {
	if !strings.Contains(s, `\`) {
		return e.masked(s)
	}
	view := unescaped(s)
	if masked := e.masked(view); masked != view {
		return reescaped.Replace(masked)
	}
	return s
}

// masked puts placeholders into a text as it stands.
func (e *envelope) masked(s string) string {
	out, err := e.vault.Pseudonymise(s)
	if err != nil {
		e.fail(err)
		return ""
	}
	return e.known.replace(out)
}

// json masks JSON, which may be malformed. What has no personal data stays as it is.
func (e *envelope) json(s string) string {
	view := readable(s)
	masked := e.text(view)
	if masked == view && e.err == nil {
		return s
	}
	return written(masked)
}

func (e *envelope) personal(s string) bool {
	for range e.vault.Detector.Find(s) {
		return true
	}
	return false
}

// value masks a vendor's own field. What is not made of maps, lists, texts and numbers is masked as the JSON that will
// be sent of it.
func (e *envelope) value(v any) any {
	switch v := v.(type) {
	case nil, bool:
		return v
	case string:
		return e.prose(v)
	case []string:
		out := slices.Clone(v)
		for i, s := range out {
			out[i] = e.prose(s)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, one := range v {
			out[i] = e.value(one)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, one := range v {
			out[e.text(key)] = e.field(key, one)
		}
		return out
	}
	text, err := jsontext.MarshalString(v)
	if err != nil {
		e.fail(fmt.Errorf("guard: a field of Request.Extra cannot be checked: %w", err))
		return nil
	}
	if masked := e.json(text); masked != text {
		return json.RawMessage(masked)
	}
	return v
}

// field masks the value of a key, which may say what it is.
func (e *envelope) field(key string, v any) any {
	if _, ok := v.(string); !ok {
		return e.value(v)
	}
	b, err := jsontext.Marshal(map[string]any{key: v})
	if err != nil {
		e.fail(err)
		return nil
	}
	masked := e.json(string(b))
	if masked == string(b) {
		return v
	}
	var out map[string]any
	if err := json.Unmarshal([]byte(masked), &out); err != nil || len(out) != 1 {
		return e.value(v)
	}
	for _, one := range out {
		return one
	}
	return nil
}
