package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

const instructions = `你是手机上的中文助手，回答简短、口语化。能用工具办的事一定用工具，不要自己编造结果。`

// A talk carries conversations on and prints them.
type talk struct {
	p         *program
	assistant *assistant.Assistant
	lines     *bufio.Scanner
}

func newTalk(p *program, model assistant.Model, a *abilities) *talk {
	t := &talk{p: p, lines: bufio.NewScanner(p.in)}
	t.lines.Buffer(nil, 1<<20)
	t.assistant = &assistant.Assistant{
		Model:        model,
		Instructions: instructions,
		Sessions:     assistant.NewMemory(),
		Tools:        ondevice.Tools(a.skills...),
		Prepare: func(_ context.Context, req *assistant.Request) error {
			req.Messages = append([]assistant.Message{assistant.System("现在是" + sayTime(p.now()) + "。")}, req.Messages...)
			return nil
		},
	}
	return t
}

// converse talks with a person until the input ends.
func (t *talk) converse(ctx context.Context) error {
	for {
		fmt.Fprint(t.p.out, "\n你> ")
		line, err := t.readLine(ctx)
		if err != nil || line == nil {
			return err
		}
		if *line == "" {
			continue
		}
		fmt.Fprint(t.p.out, "助手> ")
		if _, err := t.turn(ctx, "terminal", *line); err != nil {
			if ctx.Err() != nil {
				return err
			}
			fmt.Fprintf(t.p.out, "\n出错了：%v\n", err) // the conversation goes on
		}
	}
}

// readLine returns nil at the end of the input. A read from a terminal cannot be interrupted, so it
// is left behind when the context ends, which ends the program.
func (t *talk) readLine(ctx context.Context) (*string, error) {
	type result struct {
		line *string
		err  error
	}
	read := make(chan result, 1)
	go func() {
		if t.lines.Scan() {
			line := strings.TrimSpace(t.lines.Text())
			read <- result{&line, nil}
			return
		}
		read <- result{nil, t.lines.Err()}
	}()
	select {
	case r := <-read:
		return r.line, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// batch answers one question a line, each on its own, and counts how it went.
func (t *talk) batch(ctx context.Context) error {
	var answered, refused, failed int
	for n := 1; t.lines.Scan(); n++ {
		question := strings.TrimSpace(t.lines.Text())
		if question == "" {
			continue
		}
		fmt.Fprintf(t.p.out, "问：%s\n答：", question)
		finish, err := t.turn(ctx, fmt.Sprintf("line-%d", n), question)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			failed++
			fmt.Fprintf(t.p.out, "出错了：%v\n", err)
		case finish == assistant.FinishRefusal:
			refused++
		default:
			answered++
		}
	}
	fmt.Fprintf(t.p.log, "共 %d 句：回答 %d，婉拒 %d，出错 %d\n", answered+refused+failed, answered, refused, failed)
	return t.lines.Err()
}

// turn says one thing to the assistant and prints what it answers.
func (t *talk) turn(ctx context.Context, session, text string) (assistant.FinishReason, error) {
	events := t.assistant.Run(ctx, session, assistant.User(text))
	for {
		done, wanted, err := t.print(events)
		if err != nil {
			return "", err
		}
		if len(done.Pending) == 0 {
			fmt.Fprintln(t.p.out)
			return done.Reply.Finish, nil
		}
		yes, err := t.confirm(ctx, wanted)
		if err != nil {
			return "", err
		}
		events = t.assistant.Resume(ctx, session, assistant.Decision{Approve: yes})
	}
}

// print shows a run, and returns its end and the calls that wait for a person.
func (t *talk) print(events func(func(assistant.Event, error) bool)) (done *assistant.Done, wanted []*assistant.ConfirmationWanted, err error) {
	for ev, err := range events {
		if err != nil {
			return nil, nil, err
		}
		switch ev := ev.(type) {
		case *assistant.TextDelta:
			fmt.Fprint(t.p.out, ev.Text)
		case *assistant.Retracted:
			fmt.Fprintf(t.p.out, "\n（以上内容已撤回）%s", ev.Replacement)
		case *assistant.ConfirmationWanted:
			wanted = append(wanted, ev)
		case *assistant.Done:
			done = ev
		}
	}
	return done, wanted, nil
}

// confirm asks the person at the terminal; where there is none the answer is no.
func (t *talk) confirm(ctx context.Context, wanted []*assistant.ConfirmationWanted) (bool, error) {
	var what []string
	for _, w := range wanted {
		what = append(what, w.Tool.Description+about(w.Call.Arguments))
	}
	fmt.Fprintf(t.p.out, "要%s吗？（是/否） ", strings.Join(what, "、"))
	if !t.p.terminal {
		fmt.Fprint(t.p.out, "没有人确认，不执行。")
		return false, nil
	}
	line, err := t.readLine(ctx)
	if err != nil || line == nil { // the end of the input is no yes
		return false, err
	}
	switch *line {
	case "是", "好", "好的", "对", "嗯", "可以", "确认", "y", "yes":
		return true, nil
	}
	return false, nil
}

// about says the texts among the arguments of a call: （张伟，我晚点到）.
func about(arguments string) string {
	dec := json.NewDecoder(strings.NewReader(arguments))
	var values []string
	for _, err := dec.Token(); err == nil && dec.More(); { // the first token opens the object
		var value any
		if _, err = dec.Token(); err == nil { // the name
			err = dec.Decode(&value)
		}
		if s, ok := value.(string); ok {
			values = append(values, s)
		}
	}
	if len(values) == 0 {
		return ""
	}
	return "（" + strings.Join(values, "，") + "）"
}

// sayTime says a time in full, for a model that has no clock.
func sayTime(t time.Time) string {
	weekday := [...]string{"日", "一", "二", "三", "四", "五", "六"}[t.Weekday()]
	return fmt.Sprintf("%d年%d月%d日星期%s%s", t.Year(), t.Month(), t.Day(), weekday, t.Format("15:04"))
}
