package eval

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
)

// An Answer is what a model said to a case.
type Answer struct {
	Case   Case                   `json:"case"`
	Model  string                 `json:"model"`
	Text   string                 `json:"text"`
	Calls  []assistant.ToolCall   `json:"calls,omitzero"`
	Finish assistant.FinishReason `json:"finish,omitzero"`
	// Blocked says that the vendor or a guard withheld the answer, which counts as a refusal.
	Blocked bool             `json:"blocked,omitzero"`
	Error   string           `json:"error,omitzero"` // why there is no answer; it is not judged
	First   time.Duration    `json:"first"`          // until the first text
	Took    time.Duration    `json:"took"`
	Usage   assistant.Usage  `json:"usage,omitzero"`
	Cost    middleware.Money `json:"cost,omitzero"`
	Time    time.Time        `json:"time"`
}

// AskConfig says how to ask. Its zero value asks one case at a time.
type AskConfig struct {
	// Name is what the model is called in the results.
	Name string
	// Template is the request that each case's text is added to as the user's message.
	Template assistant.Request
	// Parallel is how many cases are asked at once. If zero, 1.
	Parallel int
	// Timeout bounds one case. If zero, 2 minutes.
	Timeout time.Duration
	// Attempts is how often a case is asked while it fails with an error that may pass. If zero, 3.
	Attempts int
	// File, if not empty, keeps every answer as it comes, one JSON object a line. Cases that it holds answers of
	// Name to already are not asked again, but those that failed.
	File string
	// Prices, if not nil, tell what the answers cost.
	Prices *middleware.Prices
	// Now is the clock. If nil, [time.Now].
	Now func() time.Time
}

// Ask asks a model all cases and returns the answers in their order. A case that fails is an Answer with an
// Error; the others go on. If ctx ends or the file cannot be written, Ask returns the answers that there are
// and the error.
func Ask(ctx context.Context, m assistant.Model, cases []Case, config AskConfig) ([]Answer, error) {
	a := asker{AskConfig: config, model: m}
	if a.Parallel <= 0 {
		a.Parallel = 1
	}
	if a.Timeout <= 0 {
		a.Timeout = 2 * time.Minute
	}
	if a.Attempts <= 0 {
		a.Attempts = 3
	}
	if a.Now == nil {
		a.Now = time.Now
	}
	done, err := a.open()
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", a.Name, err)
	}
	answers := make([]Answer, len(cases))
	there := make([]bool, len(cases))
	next := make(chan int)
	var group sync.WaitGroup
	for range min(a.Parallel, max(1, len(cases))) {
		group.Go(func() {
			for i := range next {
				if ctx.Err() != nil { // select may have chosen to send all the same
					continue
				}
				answers[i] = a.ask(ctx, cases[i])
				there[i] = answers[i].Error == "" || ctx.Err() == nil
				if there[i] {
					a.keep(&answers[i])
				}
			}
		})
	}
feed:
	for i, c := range cases {
		if old, ok := done[c.ID]; ok && old.Case.Text == c.Text {
			answers[i], there[i] = old, true
			continue
		}
		select {
		case next <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	group.Wait()
	out := answers[:0]
	for i := range answers {
		if there[i] {
			out = append(out, answers[i])
		}
	}
	if err := errors.Join(ctx.Err(), a.close()); err != nil {
		return out, fmt.Errorf("ask %s: %w", a.Name, err)
	}
	return out, nil
}

type asker struct {
	AskConfig
	model assistant.Model

	mu   sync.Mutex
	file *os.File
	err  error // of writing
}

// open reads what the file holds already and opens it for more.
func (a *asker) open() (map[string]Answer, error) {
	if a.File == "" {
		return nil, nil
	}
	old, err := ReadAnswers(a.File)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	done := make(map[string]Answer)
	for _, o := range old {
		if o.Model == a.Name && o.Error == "" {
			done[o.Case.ID] = o
		}
	}
	a.file, err = os.OpenFile(a.File, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	if err := endLine(a.file); err != nil {
		return nil, errors.Join(err, a.file.Close())
	}
	return done, nil
}

// endLine ends a line that a crash cut short.
func endLine(f *os.File) error {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil || size == 0 {
		return err
	}
	last := make([]byte, 1)
	if _, err := f.ReadAt(last, size-1); err != nil || last[0] == '\n' {
		return err
	}
	_, err = f.WriteString("\n")
	return err
}

func (a *asker) keep(answer *Answer) {
	if a.file == nil {
		return
	}
	b, err := json.Marshal(answer)
	a.mu.Lock()
	defer a.mu.Unlock()
	if err == nil {
		_, err = a.file.Write(append(b, '\n'))
	}
	if a.err == nil {
		a.err = err
	}
}

func (a *asker) close() error {
	if a.file == nil {
		return nil
	}
	return errors.Join(a.err, a.file.Close())
}

// ask asks one case until there is an answer.
func (a *asker) ask(ctx context.Context, c Case) Answer {
	var answer Answer
	for try := 1; ; try++ {
		var err error
		answer, err = a.once(ctx, c)
		if err == nil {
			return answer
		}
		answer.Error = err.Error()
		if try == a.Attempts || ctx.Err() != nil || !assistant.Retryable(err) {
			return answer
		}
		var told *assistant.Error
		wait := time.Duration(try) * time.Second
		if errors.As(err, &told) && told.RetryAfter > 0 {
			wait = told.RetryAfter
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return answer
		}
	}
}

// once asks one case once. A withheld answer is an answer.
func (a *asker) once(ctx context.Context, c Case) (Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, a.Timeout)
	defer cancel()
	req := a.Template
	req.Messages = append(append([]assistant.Message(nil), req.Messages...), assistant.User(c.Text))
	answer := Answer{Case: c, Model: a.Name, Time: a.Now()}
	start := a.Now()
	var collected assistant.Collector
	for chunk, err := range a.model.Stream(ctx, &req) {
		if err != nil {
			if errors.Is(err, assistant.ErrBlocked) {
				answer.Blocked, answer.Took = true, a.Now().Sub(start)
				return answer, nil
			}
			return answer, err
		}
		if chunk.Text != "" && answer.First == 0 {
			answer.First = a.Now().Sub(start)
		}
		collected.Add(chunk)
	}
	r := collected.Reply()
	if r.Finish == "" { // the model breaks its contract
		return answer, fmt.Errorf("%w: the stream ended without a finish reason", assistant.ErrTruncated)
	}
	answer.Took = a.Now().Sub(start)
	answer.Text, answer.Calls, answer.Finish, answer.Usage = r.Text(), r.ToolCalls(), r.Finish, r.Usage
	answer.Blocked = r.Retracted != nil || r.Finish == assistant.FinishFiltered
	if a.Prices != nil {
		answer.Cost, _ = a.Prices.Cost(r.Vendor, r.Model, start, r.Usage)
	}
	return answer, nil
}

// ReadAnswers reads a file of answers. Lines that a crash cut short are no answers, and skipped.
func ReadAnswers(path string) ([]Answer, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	var out []Answer
	r := bufio.NewReaderSize(f, 64<<10)
	for {
		line, err := r.ReadBytes('\n')
		var a Answer
		if json.Unmarshal(line, &a) == nil && a.Case.ID != "" {
			out = append(out, a)
		}
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, fmt.Errorf("read answers: %w", err)
		}
	}
}
