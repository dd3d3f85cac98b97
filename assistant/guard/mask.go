package guard

import (
	"context"
	"iter"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// Mask keeps personal data from a model: in everything that is sent it puts placeholders such as 〔手机号1〕, and in the
// reply the data back, in text, reasoning and tool calls, wherever the stream is cut and also where the model writes
// them with other brackets, in full width or with blanks. Tools, sessions and the person see the data, the model never
// does. It restores no placeholder that it has not given out for the same conversation.
//
// What is found in one place by what stands around it, such as a name, is replaced wherever it stands in the request; and
// a short answer counts with the question before it (您的QQ号是多少？).
//
// Masked are the messages of all roles with tool calls and results in them, what stands in Request.Stop and
// Request.Extra, names of files and transcripts. The definitions of tools and formats are the program's own and pass as
// they are. A Request.User that is personal data is left out, and Meta.Dropped says so.
//
// The zero Mask masks all types but the hotlines of companies, gives each request placeholders of its own, and refuses
// media.
type Mask struct {
	// Detector says what personal data is. If its Types are zero, all but [privacy.Hotline].
	Detector privacy.Detector

	// Vaults keeps placeholders from request to request. If nil, each request has its own: as long as a conversation
	// only grows, these are the same every time, because they are numbered in the order in which they come.
	Vaults *Vaults

	// Session names the conversation that a request belongs to, for Vaults. If nil, Request.User does. A request with
	// an empty name has placeholders of its own.
	Session func(ctx context.Context, req *assistant.Request) string

	// Media says what happens to pictures, recordings, films and files, in which personal data cannot be seen.
	Media Media
}

// Wrap makes a model of a model: a middleware.
func (m Mask) Wrap(model assistant.Model) assistant.Model {
	if m.Detector.Types == 0 {
		m.Detector.Types = privacy.AllTypes.Without(privacy.Hotline)
	}
	return modelFunc(func(ctx context.Context, req *assistant.Request, yield func(assistant.Chunk, error) bool) {
		e := &envelope{vault: m.vault(ctx, req), media: m.Media}
		sealed, err := e.seal(req)
		if err != nil {
			yield(assistant.Chunk{}, err)
			return
		}
		f := &flow{yield: yield, rest: e.open}
		f.meta = func(m *assistant.Meta) *assistant.Meta { return amend(m, e.dropped) }
		f.text.rules = []rule{&restorer{vault: e.vault}}
		f.thought.rules = []rule{&restorer{vault: e.vault}}
		f.run(model.Stream(ctx, sealed))
	})
}

func (m Mask) vault(ctx context.Context, req *assistant.Request) *privacy.Vault {
	if m.Vaults != nil {
		session := req.User
		if m.Session != nil {
			session = m.Session(ctx, req)
		}
		if session != "" {
			return m.Vaults.vault(session, m.Detector)
		}
	}
	return &privacy.Vault{Detector: m.Detector}
}

// A modelFunc is a [assistant.Model] made of its one method.
type modelFunc func(ctx context.Context, req *assistant.Request, yield func(assistant.Chunk, error) bool)

// Stream implements [assistant.Model].
func (f modelFunc) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) { f(ctx, req, yield) }
}

// open restores what of a chunk is whole.
func (e *envelope) open(k *assistant.Chunk) (*ending, error) {
	restore := e.vault.Restore
	if len(k.ToolCalls) > 0 {
		k.ToolCalls = slices.Clone(k.ToolCalls)
		for i := range k.ToolCalls {
			call := &k.ToolCalls[i]
			call.Arguments = restoreJSON(call.Arguments, restore)
		}
	}
	if len(k.Parts) > 0 {
		k.Parts = slices.Clone(k.Parts)
		for i, p := range k.Parts {
			if u, ok := p.(assistant.Unknown); ok {
				k.Parts[i] = assistant.Unknown{JSON: []byte(restoreJSON(string(u.JSON), restore))}
			} else {
				k.Parts[i] = mapPart(p, restore)
			}
		}
	}
	if k.Retract != nil {
		r := *k.Retract
		r.Replacement = restore(r.Replacement)
		k.Retract = &r
	}
	return nil, nil
}

// amend returns the origin of a reply with what was left out. A reply of unknown origin gets one.
func amend(m *assistant.Meta, dropped []assistant.Dropped) *assistant.Meta {
	if len(dropped) == 0 {
		return m
	}
	var amended assistant.Meta
	if m != nil {
		amended = *m
	}
	amended.Dropped = append(slices.Clip(amended.Dropped), dropped...)
	return &amended
}

// mapPart applies f to the texts of a part that is no tool's.
func mapPart(p assistant.Part, f func(string) string) assistant.Part {
	switch p := p.(type) {
	case assistant.Text:
		p.Text = f(p.Text)
		return p
	case assistant.Reasoning:
		p.Text = f(p.Text)
		return p
	case assistant.Citation:
		p.Title, p.URL, p.Site, p.Snippet = f(p.Title), f(p.URL), f(p.Site), f(p.Snippet)
		return p
	case assistant.Audio:
		p.Transcript = f(p.Transcript)
		return p
	case assistant.File:
		p.Name = f(p.Name)
		return p
	}
	return p
}
