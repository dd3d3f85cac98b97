package route_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/guard"
	"github.com/zhushou-ai/zhushou/assistant/route"
	"github.com/zhushou-ai/zhushou/locale/privacy"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/openai"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

// A yard is a whole assistant: the engine on the device, and three clouds that are HTTP servers.
type yard struct {
	*assistant.Assistant
	t       *testing.T
	clouds  map[string]*providertest.Server
	parrots map[string]*parrot
	marks   route.Marks
	offline map[string]bool
	message string // that the private tool returns
	weather string // that the other tool returns
	book    *book
	session int
}

func newYard(t *testing.T, policy *route.Policy) *yard {
	t.Helper()
	y := &yard{t: t, clouds: map[string]*providertest.Server{}, parrots: map[string]*parrot{}, offline: map[string]bool{}, book: &book{}, weather: "晴，二十度"}
	tier := func(name string, place route.Place, masks bool) route.Tier {
		s := providertest.NewServer(t, providertest.Config{})
		m, err := openai.New(openai.Config{BaseURL: s.URL, Key: assistant.Secret(s.Key), Model: "gpt-test"})
		require.NoError(t, err)
		y.parrots[name] = &parrot{}
		s.Script(slices.Repeat([]providertest.Script{y.parrots[name]}, 4000)...)
		y.clouds[name] = s
		out := route.Tier{Name: name, Place: place, Model: m, Masks: masks, Recalls: masks && name == "own", Check: func(context.Context) route.Status {
			if y.offline[name] {
				return route.Status{State: route.Offline}
			}
			return route.Status{}
		}}
		if masks {
			out.Model = guard.Mask{}.Wrap(m)
		}
		return out
	}
	engine := ondevice.New(ondevice.Config{Now: func() time.Time { return time.Date(2026, 3, 4, 9, 0, 0, 0, time.FixedZone("CST", 8*3600)) }})
	r, err := route.New(route.Config{
		Device: route.Tier{Model: engine},
		Clouds: []route.Tier{tier("own", route.Trusted, true), tier("masked", route.Partner, true), tier("bare", route.Partner, false)},
		Policy: policy, Recorder: y.book, Consent: &route.Agreements{},
		Marks: func(context.Context, *assistant.Request) (route.Marks, error) { return y.marks, nil },
	})
	require.NoError(t, err)
	y.Assistant = &assistant.Assistant{Model: r, Instructions: "回答简短。", Sessions: assistant.NewMemory(), Tools: y.tools()}
	return y
}

func (y *yard) tools() []assistant.Tool {
	type none struct{}
	return []assistant.Tool{
		assistant.MustTool(assistant.ToolSpec{Name: "set_alarm", Description: "设闹钟", Answer: "好的，{at}叫你。",
			Examples: []string{"{at}叫我起床", "定一个{at}的闹钟", "{at}叫醒我", "设个{at}的闹钟", "闹钟定到{at}"}},
			func(_ context.Context, in struct {
				At time.Time `json:"at" jsonschema:"响铃的时间"`
			}) (none, error) {
				return none{}, nil
			}),
		assistant.MustTool(assistant.ToolSpec{Name: "set_timer", Description: "倒计时", Answer: "好的，{length}。",
			Examples: []string{"倒计时{length}", "定一个{length}的倒计时", "计时{length}", "{length}以后叫我"}},
			func(_ context.Context, in struct {
				Length assistant.Duration `json:"length" jsonschema:"多长时间"`
			}) (none, error) {
				return none{}, nil
			}),
		assistant.MustTool(assistant.ToolSpec{Name: "weather", Description: "查天气", ReadOnly: true, Examples: []string{"查一下天气预报", "看看天气预报"}},
			func(context.Context, none) (string, error) { return y.weather, nil }),
		assistant.MustTool(assistant.ToolSpec{Name: "read_messages", Description: "读短信", ReadOnly: true, Private: true,
			Examples: []string{"读一下短信", "念一下我的短信", "看看有什么新短信", "有没有新短信"}},
			func(context.Context, none) (string, error) { return y.message, nil }),
	}
}

// A parrot repeats what stood in brackets in the last message, as models do, without the label that told what
// it is, or plays what it is told to play next.
type parrot struct {
	mu   sync.Mutex
	next []providertest.Answer
}

func (p *parrot) play(a providertest.Answer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.next = append(p.next, a)
}

// Response implements [providertest.Script].
func (p *parrot) Response(v *providertest.Vendor, r *providertest.Request) providertest.Response {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.next) > 0 {
		a := p.next[0]
		p.next = p.next[1:]
		return a.Response(v, r)
	}
	var body struct {
		Messages []struct{ Content string }
	}
	said := "好的。"
	if r.Decode(&body) == nil && len(body.Messages) > 0 {
		for rest := body.Messages[len(body.Messages)-1].Content; ; {
			_, after, found := strings.Cut(rest, "〔")
			form, after, closed := strings.Cut(after, "〕")
			if !found || !closed {
				break
			}
			said += "〔" + form + "〕已经记下了。"
			rest = after
		}
	}
	return providertest.Answer{Text: said}.Response(v, r)
}

// fresh begins another conversation.
func (y *yard) fresh() *yard {
	y.session++
	y.marks = route.Marks{Subject: "u", Session: fmt.Sprint(y.session)}
	y.weather, y.message = "晴，二十度", ""
	clear(y.offline)
	return y
}

// say has the user say something, and returns how many requests left and what was answered.
func (y *yard) say(parts ...assistant.Part) (left int, done *assistant.Done) {
	y.t.Helper()
	before := len(y.received())
	for ev, err := range y.Run(y.t.Context(), fmt.Sprint(y.session), assistant.Message{Parts: parts}) {
		require.NoError(y.t, err)
		if d, ok := ev.(*assistant.Done); ok {
			done = d
		}
	}
	return len(y.received()) - before, done
}

func text(s string) assistant.Part { return assistant.Text{Text: s} }

// received are the bodies of all requests that any cloud got.
func (y *yard) received() [][]byte {
	var out [][]byte
	for _, name := range []string{"own", "masked", "bare"} {
		for _, r := range y.clouds[name].Requests() {
			out = append(out, r.Body)
		}
	}
	return out
}

// leaks returns the first body in which a secret stands, however it is written.
func (y *yard) leaks(secrets []string) (secret, body string) {
	var plain []string
	bodies := y.received()
	for _, b := range bodies {
		var v any
		require.NoError(y.t, json.Unmarshal(b, &v))
		plain = append(plain, string(b), bare(strings.Join(stringsIn(v, nil), "\x00")))
	}
	for _, s := range secrets {
		for i, p := range plain {
			if strings.Contains(p, s) || strings.Contains(p, bare(s)) {
				return s, string(bodies[i/2])
			}
		}
	}
	return "", ""
}

// bare writes digits in one way and leaves out what may stand between them.
func bare(s string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= '０' && c <= '９':
			return c - '０' + '0'
		case strings.ContainsRune("零一二三四五六七八九", c):
			return '0' + rune(slices.Index([]rune("零一二三四五六七八九"), c))
		case strings.ContainsRune(" -·　", c):
			return -1
		}
		return c
	}, s)
}

func stringsIn(v any, out []string) []string {
	switch v := v.(type) {
	case string:
		var inner any // arguments of calls are JSON in JSON
		if strings.HasPrefix(v, "{") && json.Unmarshal([]byte(v), &inner) == nil {
			out = stringsIn(inner, out)
		}
		return append(out, v)
	case []any:
		for _, x := range v {
			out = stringsIn(x, out)
		}
	case map[string]any:
		for k, x := range v {
			out = stringsIn(x, append(out, k))
		}
	}
	return out
}

var openQuestions = []string{"天为什么是蓝的", "帮我写一首关于秋天的诗", "李白是哪个朝代的人", "把“早上好”翻译成法语", "量子力学是什么", "怎么学好英语",
	"写一封感谢信", "讲讲长城的历史", "端午节为什么吃粽子", "比较一下绿茶和红茶"}

// Over thousands of labelled requests with planted private data nothing of it reaches a cloud, by the bytes
// that HTTP servers received.
func TestNothingLeaks(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	t.Parallel()
	mask := &route.Grant{Other: route.Mask, Consent: route.AskNobody, History: route.History{Turns: 20, Device: true}}
	keep := &route.Grant{Other: route.Keep, Consent: route.AskNobody, History: route.History{Turns: 20, Device: true}}
	mixed := route.DefaultPolicy()
	mixed.Partner.Consent, mixed.Trusted.History, mixed.Partner.History = route.AskNobody, mask.History, mask.History
	for name, p := range map[string]struct {
		policy *route.Policy
		keeps  func(class string) bool // from the trusted cloud
	}{
		"default": {mixed, func(class string) bool {
			switch class {
			case "resident_id", "old_resident_id", "residence_permit", "permanent_resident", "hong_kong_macau_permit", "taiwan_permit", "regional_id",
				"passport", "military_id", "driver_file", "bank_card":
				return true
			}
			return false
		}},
		"mask all": {&route.Policy{Trusted: mask, Partner: mask}, func(string) bool { return false }},
		"keep all": {&route.Policy{Trusted: keep, Partner: keep}, func(string) bool { return true }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(7, uint64(len(name))))
			y := newYard(t, p.policy)
			w := &watch{y: y, r: r}
			for _, x := range allPlanted {
				w.dialogues(x, p.keeps(x.class))
			}
			secret, body := y.leaks(w.secrets)
			require.Empty(t, secret, body)
			require.GreaterOrEqual(t, w.requests, 700, "with three policies, more than 2,000")
			require.GreaterOrEqual(t, len(y.received()), w.requests/4, "a test in which nothing leaves shows nothing")
			t.Logf("%d labelled requests in %d conversations with %d secrets: %d requests left, no secret with them",
				w.requests, y.session, len(w.secrets), len(y.received()))
		})
	}
}

// A watch has conversations, and knows what must not leave.
type watch struct {
	y        *yard
	r        *rand.Rand
	secrets  []string
	requests int // labelled
}

// plant returns a secret.
func (w *watch) plant(x planted) string {
	s := x.value(w.r)
	w.secrets = append(w.secrets, s)
	return s
}

// word returns a secret that is of no class.
func (w *watch) word() string {
	s := "密语" + strings.ToUpper(letters(w.r, 10, "bcdfghjkmnpqrstvwxz"))
	w.secrets = append(w.secrets, s)
	return s
}

// say says something of which it is known whether it must stay.
func (w *watch) say(stays bool, parts ...assistant.Part) {
	w.y.t.Helper()
	w.requests++
	left, done := w.y.say(parts...)
	if stays {
		require.Zero(w.y.t, left, "%v left", parts)
	}
	require.NotEmpty(w.y.t, done.Reply.Text(), "%v", parts)
}

// open asks something that leaves, with the history of the conversation.
func (w *watch) open() {
	w.y.t.Helper()
	w.requests++
	q := openQuestions[w.r.IntN(len(openQuestions))]
	left, done := w.y.say(text(q))
	require.Equal(w.y.t, 1, left, "%s: %s", q, done.Reply.Text())
}

func (w *watch) dialogues(x planted, keeps bool) {
	w.y.t.Helper()
	said := func() string { return x.label + pick(w.r, "：", "是", ":") + w.plant(x) }
	far := func() { // only partners are left, of which one does not mask
		w.y.offline["own"] = true
	}

	w.y.fresh() // in a question, and in the history of the next one
	w.say(keeps, text("帮我写一封投诉信，"+said()+"，语气要客气"))
	w.open()
	far()
	w.open()

	w.y.fresh() // in a command
	w.say(keeps, text("帮我润色：明天早上八点叫我起床，"+said()))
	far()
	w.open()

	w.y.fresh() // in parts, and escaped
	w.say(keeps, text("请总结。"), text(said()))
	escaped, err := json.Marshal(said())
	require.NoError(w.y.t, err)
	w.say(keeps, text("解释这段数据 "+ascii(string(escaped))))
	w.open()

	w.y.fresh() // answering the question of a cloud, without a label
	own := w.y.parrots["own"]
	own.play(providertest.Answer{Text: "好的，请问您的" + x.label + "是多少？"})
	w.open()
	w.say(keeps, text(w.plant(x)))
	w.open()

	w.y.fresh() // in the result of a tool that a cloud calls
	own.play(providertest.Answer{Calls: []assistant.ToolCall{{ID: "c1", Name: "weather", Arguments: "{}"}}})
	w.y.weather = "用户资料 " + said()
	w.open1()
	w.y.weather = "晴"
	w.open()
	far()
	w.open()

	w.y.fresh() // in a private session, in child mode
	w.y.marks.Private = true
	w.say(true, text("你帮我想想"+w.word()+"是什么意思，"+said()))
	w.y.marks.Private = false
	w.y.marks.Child = true
	w.say(true, text("写一首关于"+w.word()+"的诗"))
	w.y.marks.Child = false
	w.open()
	far()
	w.open()

	w.y.fresh() // in the result of a private tool
	w.y.message = "【银行】" + w.word() + " " + said()
	w.say(true, text("念一下我的短信"))
	w.open()

	w.y.fresh() // by name, at a partner that does not mask
	w.say(keeps, text("请润色："+said()))
	w.y.offline["masked"] = true
	far()
	w.say(true, text("帮我润色："+said()))
	w.open()
}

// open1 asks something that leaves once or twice: the cloud calls a tool.
func (w *watch) open1() {
	w.y.t.Helper()
	w.requests++
	left, _ := w.y.say(text("根据我的资料推荐一本书"))
	require.GreaterOrEqual(w.y.t, left, 1)
}

// ascii writes whatever is not ASCII as escapes of JSON.
func ascii(s string) string {
	var b strings.Builder
	for _, c := range s {
		if c < 0x80 {
			b.WriteRune(c)
		} else {
			fmt.Fprintf(&b, `\u%04x`, c)
		}
	}
	return b.String()
}

// Every class that is somebody's is planted, and found where it stands.
func TestPlanted(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	planted := map[string]bool{"hotline": true, "credit_code": true, "organisation_code": true} // of organisations
	for _, x := range allPlanted {
		planted[x.class] = true
		for range 50 {
			s := x.label + "：" + x.value(r)
			var found []string
			for f := range privacy.Find(s) {
				found = append(found, classOf[f.Type])
			}
			require.Contains(t, found, x.class, s)
		}
	}
	for _, class := range classOf {
		require.True(t, planted[class], class)
	}
	for class := range planted {
		p := &route.Policy{Trusted: &route.Grant{Data: map[string]route.Handling{class: route.Send}}}
		require.NoError(t, p.Validate(), "policies know every class")
	}
}
