package providers_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"net/http/httptrace"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

const (
	concurrency = 64
	attempts    = 4 // at one question, with Retry
)

// Ten thousand requests over bad networks: each ends in the whole answer or in the right error, and the
// adapters send each exactly once.
func TestToxicNetwork(t *testing.T) {
	x := newExam(t, 1, 10_000)
	x.run(t, x.dealt(), nil)

	x.mu.Lock()
	defer x.mu.Unlock()
	uncut := 0
	for i, f := range faults {
		r := x.results[i]
		require.NotZero(t, r.asked, "%s: nothing was dealt to it", f.name)
		if f.breaks != nil {
			require.NotZero(t, r.failed, "%s: the fault was without effect", f.name)
		}
		if f.cuts {
			uncut += r.answered
		}
		t.Logf("%-20s %6d asked %6d answered %6d left %6d failed %v", f.name, r.asked, r.answered, r.left, r.failed, r.kinds)
	}
	require.NotZero(t, uncut, "every answer was cut, so none at its very end")
}

// The same networks behind Retry: what it sends again is counted, and a caller who has seen a part sees
// it once.
func TestToxicNetworkWithRetry(t *testing.T) {
	x := newExam(t, 2, 10_000)
	var spent, failed, tokens atomic.Int64
	account := &middleware.Account{Spent: func(_ context.Context, s middleware.Spend) {
		spent.Add(1)
		if s.Err != nil {
			failed.Add(1)
		}
		if !s.Estimated {
			tokens.Add(int64(s.Usage.Total))
		}
	}}
	model := middleware.Wrap(x.dealt(),
		middleware.Retry{Attempts: attempts, Delay: time.Millisecond, MaxDelay: 4 * time.Millisecond}.Wrap,
		middleware.Budget{Account: account}.Wrap)
	x.run(t, model, func(q *question, e *assistant.Error) error {
		if sent := int(q.attempts.Load()); !e.Delivered && sent < attempts {
			return fmt.Errorf("given up after %d requests, of which nothing was seen: %w", sent, e)
		}
		return nil
	})

	x.mu.Lock()
	defer x.mu.Unlock()
	sent := 0
	for i := range x.questions {
		sent += int(x.questions[i].attempts.Load())
	}
	require.EqualValues(t, sent, spent.Load(), "a request was sent and not counted")
	require.Greater(t, spent.Load(), int64(len(x.questions)))
	require.Equal(t, x.tokens, tokens.Load(), "tokens that vendors told")
	t.Logf("%d questions, %d requests, %d of them failed; %d questions failed", len(x.questions), spent.Load(), failed.Load(), x.failures)
}

// And with Resume: an answer that broke off is gone on with, and whole in the end.
func TestToxicNetworkWithResume(t *testing.T) {
	x := newExam(t, 3, 3_000)
	var able []int
	for i, c := range contestants {
		if slices.Contains([]string{"deepseek", "doubao", "pangu", "qwen"}, c.name) {
			able = append(able, i)
		}
	}
	for i := range x.questions {
		q := &x.questions[i]
		q.who, q.resumes = able[i%len(able)], true
	}
	var resumed atomic.Int64
	x.continued = &resumed
	model := middleware.Retry{Attempts: attempts, Delay: time.Millisecond, MaxDelay: 4 * time.Millisecond, Resume: true}.Wrap(x.dealt())
	x.run(t, model, func(q *question, e *assistant.Error) error {
		// Nothing can go on that has no text yet, or that is a call.
		if sent := int(q.attempts.Load()); sent < attempts && q.answer.Calls == nil && q.answer.Reasoning == "" {
			return fmt.Errorf("given up after %d requests: %w", sent, e)
		}
		return nil
	})
	require.NotZero(t, resumed.Load())
	t.Logf("%d questions, %d answers continued; %d questions failed", len(x.questions), resumed.Load(), x.failures)
}

// A question is one request and the answer that the fake has for it.
type question struct {
	id     int
	answer providertest.Answer
	who    int  // contestant
	whole  bool // ask for the answer in one piece
	leaves bool // the caller leaves after the first piece of content
	dealt  []int

	resumes bool // it is behind Resume, so that the usage is that of all attempts

	attempts atomic.Int32
}

// An exam is a network, the questions to ask over it, and what came of them.
type exam struct {
	net       *network
	questions []question
	continued *atomic.Int64 // counts answers that were gone on with

	mu       sync.Mutex
	results  []result // by fault, without Retry
	tokens   int64    // of answers that were told
	failures int
	wrong    []error
	writes   map[mark]int // how often net/http has begun to write a request
}

type result struct {
	asked, answered, left, failed int
	kinds                         map[assistant.ErrorKind]int
}

// A mark stands in each request: which question, which attempt.
type mark struct{ id, attempt int }

func (m mark) String() string { return fmt.Sprintf("q%da%d", m.id, m.attempt) }

var markPattern = regexp.MustCompile(`q(\d+)a(\d+)`)

func markOf(text string) (mark, error) {
	found := markPattern.FindStringSubmatch(text)
	if found == nil {
		return mark{}, fmt.Errorf("no mark in %.200q", text)
	}
	id, err := strconv.Atoi(found[1])
	attempt, err2 := strconv.Atoi(found[2])
	return mark{id, attempt}, errors.Join(err, err2)
}

var lookUp = assistant.ToolSpec{
	Name: "look_up", Description: "查资料", Schema: []byte(`{"type":"object","properties":{"key":{"type":"string"}}}`),
}

func newExam(t *testing.T, seed uint64, size int) *exam {
	t.Helper()
	if testing.Short() || raceDetector {
		size = 1_000
	}
	quiet := goleak.IgnoreCurrent()
	x := &exam{net: newNetwork(t), questions: make([]question, size), results: make([]result, len(faults)), writes: map[mark]int{}}
	t.Cleanup(func() {
		x.net.close()
		require.NoError(t, goleak.Find(quiet,
			// What the proxy leaves behind by itself: after its output has been closed, its input has no reader.
			goleak.IgnoreAnyFunction("github.com/Shopify/toxiproxy/v2/toxics.(*ToxicStub).Run"),
			goleak.IgnoreAnyFunction("github.com/Shopify/toxiproxy/v2/stream.(*ChanWriter).Write")))
	})
	for i := range x.results {
		x.results[i].kinds = map[assistant.ErrorKind]int{}
	}
	r := rand.New(rand.NewPCG(seed, 6))
	for i := range x.questions {
		q := &x.questions[i]
		q.id, q.who, q.whole, q.leaves = i, r.IntN(len(contestants)), r.IntN(2) == 0, r.IntN(50) == 0
		q.answer = randomAnswer(r, i)
		for range attempts {
			q.dealt = append(q.dealt, deal(r.Float64()))
		}
	}
	for _, f := range x.net.fakes {
		f.Script(slices.Repeat([]providertest.Script{x}, attempts*size)...)
	}
	return x
}

func deal(p float64) int {
	for i, f := range faults {
		if p -= f.share; p < 0 {
			return i
		}
	}
	return 0
}

var alphabet = []rune("天地玄黄，宇宙洪荒。abc 🙂\n")

func randomAnswer(r *rand.Rand, id int) providertest.Answer {
	a := providertest.Answer{Usage: assistant.Usage{Input: 10 + r.IntN(90), Output: 1 + r.IntN(90)}}
	a.Usage.Total = a.Usage.Input + a.Usage.Output
	say := func(most int) string {
		text := fmt.Sprintf("第%d题：", id)
		for range r.IntN(most) {
			text += string(alphabet[r.IntN(len(alphabet))])
		}
		return text
	}
	if r.IntN(4) == 0 {
		a.Reasoning = say(20)
	}
	if r.IntN(10) < 3 {
		for i := range 1 + r.IntN(2) {
			a.Calls = append(a.Calls, assistant.ToolCall{
				ID: fmt.Sprintf("call_%d_%d", id, i), Name: lookUp.Name, Arguments: fmt.Sprintf(`{"key":"%d 号"}`, r.IntN(1000)),
			})
		}
		return a
	}
	a.Text = say(60)
	return a
}

// Response makes the exam the script of all fakes.
func (x *exam) Response(v *providertest.Vendor, r *providertest.Request) providertest.Response {
	m, err := markOf(string(r.Body))
	if err != nil || m.id >= len(x.questions) {
		return providertest.JSON(400, `{}`)
	}
	q := &x.questions[m.id]
	a := q.answer
	if begun := lastAnswer(r); begun != "" && x.continued != nil {
		x.continued.Add(1)
		a.Reasoning, a.Text = "", strings.TrimPrefix(a.Text, begun)
	}
	out := a.Response(v, r)
	if faults[q.dealt[m.attempt]].closing {
		out = out.Ending(providertest.EndClose)
	}
	return out
}

// lastAnswer returns the answer that a request wants to be continued.
func lastAnswer(r *providertest.Request) string {
	type messages []struct{ Role, Content string }
	var body struct {
		Messages messages
		Input    struct{ Messages messages }
	}
	if r.Decode(&body) != nil {
		return ""
	}
	all := append(body.Messages, body.Input.Messages...)
	if last := all[len(all)-1]; last.Role == "assistant" {
		return last.Content
	}
	return ""
}

// dealt is a model that sends each attempt over the network that was dealt to it.
func (x *exam) dealt() assistant.Model { return dealer{x} }

type dealer struct{ *exam }

func (d dealer) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		id, err := strconv.Atoi(req.User)
		if err != nil {
			yield(assistant.Chunk{}, err)
			return
		}
		q := &d.questions[id]
		m := mark{id, int(q.attempts.Add(1)) - 1}
		mine := *req
		mine.Messages = append([]assistant.Message{assistant.User("请回答 " + m.String())}, req.Messages[1:]...)
		ctx := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.writes[m]++
		}})
		streams := 0
		if q.whole {
			streams = 1
		}
		d.net.models[q.who][q.dealt[m.attempt]][streams].Stream(ctx, &mine)(yield)
	}
}

// run asks everything, waits until all connections are closed, and compares what was sent with what has
// arrived. Failures are also shown to allowed, if it is not nil.
func (x *exam) run(t *testing.T, m assistant.Model, allowed func(*question, *assistant.Error) error) {
	t.Helper()
	var next atomic.Int64
	var wg sync.WaitGroup
	for range concurrency {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(x.questions)); i = next.Add(1) - 1 {
				x.ask(t.Context(), m, &x.questions[i], allowed)
			}
		})
	}
	wg.Wait()

	var adapters, fakes int
	for wait := time.Millisecond; wait < 20*time.Second; wait *= 2 {
		if adapters, fakes = x.net.settle(); adapters+fakes == 0 {
			break
		}
		time.Sleep(wait) // the other end gives no sign when a connection has ended, so look again
	}
	require.Zero(t, adapters, "connections of adapters left open")
	require.Zero(t, fakes, "connections left open at the fakes")

	x.mu.Lock()
	defer x.mu.Unlock()
	require.Empty(t, x.wrong[:min(5, len(x.wrong))], "%d of %d questions, the first ones", len(x.wrong), len(x.questions))
	received := map[mark]int{}
	for _, f := range x.net.fakes {
		require.Empty(t, f.Refusals())
		for _, r := range f.Requests() {
			m, err := markOf(string(r.Body))
			require.NoError(t, err)
			received[m]++
		}
	}
	for i := range x.questions {
		q := &x.questions[i]
		for a := range int(q.attempts.Load()) {
			f, m := faults[q.dealt[a]], mark{i, a}
			switch written, got := x.writes[m], received[m]; {
			case f.unsent:
				require.Equal(t, [2]int{1, 0}, [2]int{written, got}, "%s over %s: sent, received", m, f.name)
			case f.idle > 0: // on a busy machine patience may end before the request has left
				require.True(t, got <= written && written <= 1, "%s over %s: sent %d times, received %d times", m, f.name, written, got)
			default:
				require.Equal(t, [2]int{1, 1}, [2]int{written, got}, "%s over %s: sent, received", m, f.name)
			}
			delete(received, m)
		}
	}
	require.Empty(t, received, "requests that nobody made")
}

// ask asks one question and judges what comes of it.
func (x *exam) ask(ctx context.Context, m assistant.Model, q *question, allowed func(*question, *assistant.Error) error) {
	req := &assistant.Request{Messages: []assistant.Message{assistant.User("请回答")}, User: strconv.Itoa(q.id)}
	if q.answer.Calls != nil {
		req.Tools = []*assistant.ToolSpec{&lookUp}
	}
	var c assistant.Collector
	var err error
	left := false
	for chunk, e := range m.Stream(ctx, req) {
		if e != nil {
			err = e
			break
		}
		c.Add(chunk)
		if left = q.leaves && !c.Empty() && chunk.Finish == ""; left {
			break
		}
	}
	reply := c.Reply()
	last := q.dealt[q.attempts.Load()-1]
	wrong := q.judge(reply, err, left, faults[last])
	var failure *assistant.Error
	if errors.As(err, &failure) && wrong == nil && allowed != nil {
		wrong = allowed(q, failure)
	}

	x.mu.Lock()
	defer x.mu.Unlock()
	r := &x.results[last]
	r.asked++
	switch {
	case left:
		r.left++
	case err != nil:
		r.failed++
		x.failures++
		if failure != nil {
			r.kinds[failure.Kind]++
		}
	default:
		r.answered++
	}
	x.tokens += int64(reply.Usage.Total)
	if wrong != nil {
		way := "streamed"
		if q.whole {
			way = "whole"
		}
		x.wrong = append(x.wrong, fmt.Errorf("question %d to %s (%s) over %s: %w", q.id, contestants[q.who].name, way, faults[last].name, wrong))
	}
}

// judge says what is wrong with a result.
func (q *question) judge(reply *assistant.Reply, err error, left bool, f fault) error {
	vendor := contestants[q.who].name
	thought := ""
	for _, p := range reply.Message.Parts {
		if r, ok := p.(assistant.Reasoning); ok {
			thought += r.Text
		}
	}
	text, calls := reply.Text(), reply.ToolCalls()
	switch {
	case !strings.HasPrefix(q.answer.Text, text), !strings.HasPrefix(q.answer.Reasoning, thought),
		len(calls) > len(q.answer.Calls), !slices.Equal(calls, q.answer.Calls[:len(calls)]):
		return fmt.Errorf("got %q, %q, %v, which is no beginning of %+v", thought, text, calls, q.answer)
	case left:
		return nil
	case err != nil:
		return q.judgeError(reply, err, f, vendor)
	case f.always:
		return errors.New("no error")
	case text != q.answer.Text, thought != q.answer.Reasoning, len(calls) != len(q.answer.Calls):
		return fmt.Errorf("passes for a whole answer: %q, %q, %v in place of %+v", thought, text, calls, q.answer)
	case reply.Finish != cmp.Or(map[bool]assistant.FinishReason{len(calls) > 0: assistant.FinishToolCalls}[true], assistant.FinishStop):
		return fmt.Errorf("finish reason %q", reply.Finish)
	case reply.Vendor != vendor:
		return fmt.Errorf("an answer of %q", reply.Vendor)
	}
	u := assistant.Usage{Input: reply.Usage.Input, Output: reply.Usage.Output, Total: reply.Usage.Total}
	if u != q.answer.Usage && !q.resumes && !(f.cuts && u == assistant.Usage{}) { // the count comes after the finish reason
		return fmt.Errorf("counted %+v, want %+v", u, q.answer.Usage)
	}
	return nil
}

func (q *question) judgeError(reply *assistant.Reply, err error, f fault, vendor string) error {
	var e *assistant.Error
	content := len(reply.Message.Parts) > 0
	switch {
	case !errors.As(err, &e):
		return fmt.Errorf("an error without a kind: %w", err)
	case !slices.Contains(f.breaks, e.Kind):
		return fmt.Errorf("the wrong error: %w", err)
	case e.Vendor != vendor:
		return fmt.Errorf("an error of %q: %w", e.Vendor, err)
	case e.Delivered != content, assistant.Retryable(err) == content:
		return fmt.Errorf("delivered: %v, retryable: %v, but content was seen: %v: %w", e.Delivered, assistant.Retryable(err), content, err)
	case reply.Finish != "":
		return fmt.Errorf("an error after the finish reason: %w", err)
	case strings.Contains(err.Error(), providertest.DefaultKey), strings.Contains(err.Error(), providertest.DefaultSecretKey):
		return errors.New("the error tells the key")
	}
	return nil
}
