package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/route"
)

// A talk carries the conversation on and prints it.
type talk struct {
	out       io.Writer
	assistant *assistant.Assistant
	cloud     *cloud
	asked     int // sentences
	seen      int // requests of the cloud that have been shown
}

func newTalk(out io.Writer, c *cloud, now func() time.Time, records bool) (*talk, error) {
	t := &talk{out: out, cloud: c}
	var recorder route.Recorder
	if records {
		recorder = printer{out}
	}
	var err error
	t.assistant, err = newAssistant(c, now, recorder)
	return t, err
}

// converse says one line after another. Lines that speak of the plug are done, not said.
func (t *talk) converse(ctx context.Context, lines io.Reader) error {
	s := bufio.NewScanner(lines)
	for s.Scan() {
		line := strings.TrimSpace(s.Text())
		switch line {
		case "":
			continue
		case "拔掉网线":
			t.cloud.pull()
		case "插上网线":
			t.cloud.push()
		case "答到一半拔掉网线":
			t.cloud.pullSoon()
		default:
			if err := t.say(ctx, line); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(t.out, "        （%s）\n\n", line)
	}
	return s.Err()
}

// say says one sentence and prints the answer with where it comes from.
func (t *talk) say(ctx context.Context, sentence string) error {
	t.asked++
	fmt.Fprintf(t.out, "你　　> %s\n", sentence)
	for ev, err := range t.assistant.Run(ctx, "hybrid", assistant.User(sentence)) {
		if err != nil {
			return err
		}
		done, ok := ev.(*assistant.Done)
		if !ok {
			continue
		}
		who := "云端"
		if o := done.Reply.Origin; o != nil && o.Device {
			who = "本机"
		}
		fmt.Fprintf(t.out, "%s　> %s\n", who, done.Reply.Text())
	}
	if n := len(t.cloud.server.Requests()); n > t.seen {
		t.seen = n
		if saw := t.cloud.saw(); saw != sentence {
			fmt.Fprintf(t.out, "        （云端看到的是：%s）\n", saw)
		}
	}
	fmt.Fprintln(t.out)
	return nil
}

// sum says how much has left the machine.
func (t *talk) sum() {
	fmt.Fprintf(t.out, "说了 %d 句，其中 %d 句离开了本机。\n", t.asked, len(t.cloud.server.Requests()))
}

// A printer prints records.
type printer struct{ out io.Writer }

// Record implements [route.Recorder].
func (p printer) Record(_ context.Context, r route.Record) error {
	_, err := fmt.Fprintf(p.out, "        （%s，%s：%s", r.Rule, r.Action, r.Reason)
	if r.Verdict != "" {
		fmt.Fprintf(p.out, "；本机 %s %.2f", r.Verdict, r.Confidence)
	}
	if len(r.Classes) > 0 {
		fmt.Fprintf(p.out, "；%s", strings.Join(r.Classes, "、"))
	}
	if r.Action == route.ToCloud {
		fmt.Fprintf(p.out, "；带上 %d 轮，留下 %d 轮", r.Turns, r.Withheld)
	}
	fmt.Fprintln(p.out, "）")
	return err
}
