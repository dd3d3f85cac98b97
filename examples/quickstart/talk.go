package main

import (
	"bufio"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

const instructions = `你是手机上的中文助手，回答简短、口语化。能用工具办的事一定用工具，不要自己编造结果。`

// A talk carries conversations on and prints them.
type talk struct {
	p         *program
	assistant *assistant.Assistant
	lines     *bufio.Scanner
}

func newTalk(p *program, model assistant.Model, alarms *alarms, shop *shop) *talk {
	t := &talk{p: p, lines: bufio.NewScanner(p.in)}
	t.lines.Buffer(nil, 1<<20)
	t.assistant = &assistant.Assistant{
		Model:        model,
		Instructions: instructions,
		Sessions:     assistant.NewMemory(),
		Tools: []assistant.Tool{
			alarms.setAlarm(), alarms.setTimer(), alarms.list(), alarms.cancelAll(),
			currentTime(p.now), dateInfo(p.now), daysUntil(p.now),
			calculator(), converter(), shop.recommend(),
		},
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
		what = append(what, w.Tool.Description)
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

var weekdays = [...]string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}

func sayDate(t time.Time) string {
	return fmt.Sprintf("%d年%d月%d日%s", t.Year(), t.Month(), t.Day(), weekdays[t.Weekday()])
}

func sayTime(t time.Time) string { return sayDate(t) + t.Format("15:04") }
