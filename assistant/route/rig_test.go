package route_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/route"
)

// A fake is a model that repeats one turn and remembers what it was asked. Its turn may be changed
// between requests.
type fake struct {
	mu       sync.Mutex
	turn     assistanttest.Turn
	requests []*assistant.Request
}

func says(text string) *fake { return &fake{turn: assistanttest.Say(text)} }

func (f *fake) set(turn assistanttest.Turn) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.turn = turn
}

func (f *fake) seen() []*assistant.Request {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.requests)
}

func (f *fake) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		f.mu.Lock()
		seen := *req
		f.requests = append(f.requests, &seen)
		turn := f.turn
		f.mu.Unlock()
		assistanttest.Script(turn).Stream(ctx, req)(yield)
	}
}

// A judgeFunc is a judge of one function.
type judgeFunc func(req *assistant.Request) (route.Judgement, error)

func (f judgeFunc) Judge(_ context.Context, req *assistant.Request) (route.Judgement, error) {
	return f(req)
}

// act is a judgement that calls a tool.
func act(tool, arguments string, confidence float64) route.Judgement {
	return route.Judgement{Verdict: route.Act, Confidence: confidence, Valid: true, Tools: []string{tool},
		Calls: []assistant.ToolCall{{Name: tool, Arguments: arguments}}}
}

// book keeps records.
type book struct {
	mu      sync.Mutex
	records []route.Record
	err     error
}

func (b *book) Record(_ context.Context, r route.Record) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.records = append(b.records, r)
	return b.err
}

func (b *book) last() route.Record {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.records) == 0 {
		return route.Record{}
	}
	return b.records[len(b.records)-1]
}

// A rig is a router with fakes around it: a device, a trusted cloud that masks and a partner that does not.
type rig struct {
	*route.Router
	device, trusted, partner *fake
	book                     *book
	consent                  *route.Agreements
	judge                    func(req *assistant.Request) (route.Judgement, error)
	marks                    route.Marks
	marksErr                 error
}

// openPolicy lets go out whatever is not a document.
func openPolicy() *route.Policy {
	open := route.Grant{Data: map[string]route.Handling{"documents": route.Keep, "phones": route.Mask}, Other: route.Send, Media: route.Send,
		Consent: route.AskNobody, History: route.History{Turns: 10, Device: true}}
	partner := open
	partner.Data = map[string]route.Handling{"documents": route.Keep, "phones": route.Keep}
	return &route.Policy{Name: "open", Child: route.Device, OutsideTools: []string{"pay", "unlock"},
		Trusted: &open, Partner: &partner}
}

func newRig(t *testing.T, change func(c *route.Config)) *rig {
	t.Helper()
	r := &rig{device: says("设备答。"), trusted: says("可信云答。"), partner: says("合作方答。"), book: &book{}, consent: &route.Agreements{}}
	r.marks = route.Marks{Subject: "u1", Session: "s1"}
	c := route.Config{
		Device: route.Tier{Model: r.device},
		Judge: judgeFunc(func(req *assistant.Request) (route.Judgement, error) {
			if r.judge == nil {
				return route.Judgement{}, nil
			}
			return r.judge(req)
		}),
		Clouds: []route.Tier{
			{Name: "own", Title: "自有云", Place: route.Trusted, Model: r.trusted, Masks: true},
			{Name: "qwen", Title: "通义千问", Place: route.Partner, Model: r.partner, Models: []string{"qwen-max"}},
		},
		Policy:   openPolicy(),
		Consent:  r.consent,
		Recorder: r.book,
		Marks:    func(context.Context, *assistant.Request) (route.Marks, error) { return r.marks, r.marksErr },
	}
	if change != nil {
		change(&c)
	}
	var err error
	r.Router, err = route.New(c)
	require.NoError(t, err)
	return r
}

// tools are a phone's.
func tools() []*assistant.ToolSpec {
	return []*assistant.ToolSpec{
		{Name: "set_alarm", Description: "设闹钟"},
		{Name: "weather", Description: "查天气", ReadOnly: true},
		{Name: "read_messages", Description: "读短信", ReadOnly: true, Private: true},
		{Name: "pay", Description: "付款"},
		{Name: "unlock", Description: "开门", Confirm: true},
	}
}

func ask(text string) *assistant.Request {
	return &assistant.Request{Messages: []assistant.Message{assistant.User(text)}, Tools: tools()}
}

func (r *rig) reply(t *testing.T, req *assistant.Request) *assistant.Reply {
	t.Helper()
	reply, err := assistant.Generate(t.Context(), r.Router, req)
	require.NoError(t, err)
	return reply
}

// talk is a conversation through a router.
type talk struct {
	t        *testing.T
	r        *rig
	messages []assistant.Message
	tools    []*assistant.ToolSpec
}

// say has the user say something, and returns the answer.
func (c *talk) say(text string) *assistant.Reply {
	c.t.Helper()
	c.messages = append(c.messages, assistant.User(text))
	return c.next()
}

// result gives the result of the last call, and returns the answer.
func (c *talk) result(text string) *assistant.Reply {
	c.t.Helper()
	last := c.messages[len(c.messages)-1]
	var results []assistant.ToolResult
	for _, call := range last.ToolCalls() {
		results = append(results, assistant.ToolResult{ID: call.ID, Name: call.Name, Parts: []assistant.Part{assistant.Text{Text: text}}})
	}
	c.messages = append(c.messages, assistant.Results(results...))
	return c.next()
}

func (c *talk) next() *assistant.Reply {
	c.t.Helper()
	req := &assistant.Request{Messages: slices.Clip(c.messages), Tools: c.tools}
	reply := c.r.reply(c.t, req)
	c.messages = append(c.messages, reply.Message)
	return reply
}

func newTalk(t *testing.T, r *rig) *talk { return &talk{t: t, r: r, tools: tools()} }

// heard returns all that a request says.
func heard(req *assistant.Request) string {
	var b strings.Builder
	for _, m := range req.Messages {
		b.WriteString(string(m.Role) + ":" + m.Text())
		for _, c := range m.ToolCalls() {
			b.WriteString(c.Name + c.Arguments)
		}
		for _, res := range m.ToolResults() {
			b.WriteString(res.Text())
		}
		b.WriteString("|")
	}
	return b.String()
}

func toolNames(req *assistant.Request) []string {
	var names []string
	for _, s := range req.Tools {
		names = append(names, s.Name)
	}
	return names
}

var (
	errNetwork = &assistant.Error{Kind: assistant.ErrNetwork, Vendor: "fake", Message: "connection refused"}
	errTest    = errors.New("test")
)

func origin(t *testing.T, reply *assistant.Reply) route.Origin {
	t.Helper()
	o, ok := route.Of(reply.Message)
	require.True(t, ok, "the answer does not say where it comes from")
	require.WithinDuration(t, time.Now(), o.At, time.Hour)
	return o
}
