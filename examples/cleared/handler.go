package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/audit"
	"github.com/zhushou-ai/zhushou/assistant/consent"
	"github.com/zhushou-ai/zhushou/assistant/label"
)

func (s *service) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /chat", s.chat)
	mux.HandleFunc("POST /download", s.download)
	mux.HandleFunc("POST /consent", s.consent)
	mux.HandleFunc("GET /export", s.export)
	mux.HandleFunc("POST /erase", s.erase)
	mux.HandleFunc("POST /complaints", s.complain)
	mux.HandleFunc("GET /about", s.about)
	return mux
}

// A call is what people send. Each path reads the fields that it knows.
type call struct {
	User    string `json:"user"`
	Text    string `json:"text"`
	Purpose string `json:"purpose"`
	Agree   bool   `json:"agree"`
}

const maxBody = 1 << 20

// read reads a call; if it cannot, it has answered.
func read(w http.ResponseWriter, r *http.Request) (c call, ok bool) {
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&c); err != nil {
		http.Error(w, "请求不是 JSON："+err.Error(), http.StatusBadRequest)
		return c, false
	}
	if c.User == "" {
		http.Error(w, "缺少 user", http.StatusBadRequest)
		return c, false
	}
	return c, true
}

// answer asks the assistant and returns what is shown in the end.
func (s *service) answer(ctx context.Context, c call) (string, error) {
	ctx = context.WithValue(ctx, userKey{}, c.User)
	var shown strings.Builder
	for ev, err := range s.talk.Run(ctx, c.User, assistant.User(c.Text)) {
		if err != nil {
			return "", err
		}
		switch e := ev.(type) {
		case *assistant.TextDelta:
			shown.WriteString(e.Text)
		case *assistant.Retracted:
			shown.Reset()
			shown.WriteString(e.Replacement)
		}
	}
	return shown.String(), nil
}

// chat answers with the label beside the text, and a notice for whoever shows it.
func (s *service) chat(w http.ResponseWriter, r *http.Request) {
	c, ok := read(w, r)
	if !ok {
		return
	}
	text, l, err := s.labelled(r.Context(), c)
	if err != nil {
		s.fail(w, err)
		return
	}
	reply(w, map[string]any{"text": text, "notice": label.Notice, "aigc": l})
}

func (s *service) labelled(ctx context.Context, c call) (string, label.Label, error) {
	text, err := s.answer(ctx, c)
	if err != nil {
		return "", label.Label{}, err
	}
	l, err := s.produce(ctx, c.User, c.Text, text)
	return text, l, err
}

// download gives the answer as a Markdown file, with a notice that people see and a label that programs read.
func (s *service) download(w http.ResponseWriter, r *http.Request) {
	c, ok := read(w, r)
	if !ok {
		return
	}
	text, l, err := s.labelled(r.Context(), c)
	if err != nil {
		s.fail(w, err)
		return
	}
	text, _ = label.WithNotice(text+"\n", label.Notice, label.AtEnd)
	w.Header().Set("Content-Type", "text/markdown; charset=utf-8")
	if err := label.Write(w, strings.NewReader(text), l); err != nil {
		fmt.Fprintln(s.log, "download:", err)
	}
}

// consent keeps what somebody said to a purpose.
func (s *service) consent(w http.ResponseWriter, r *http.Request) {
	c, ok := read(w, r)
	if !ok {
		return
	}
	var err error
	if c.Agree {
		err = s.registry.Give(r.Context(), consent.Act{Subject: c.User, Purposes: []string{c.Purpose}, By: "设置页"})
	} else {
		err = s.registry.Withdraw(r.Context(), c.User, "设置页", c.Purpose)
	}
	if err != nil {
		s.fail(w, err)
		return
	}
	reply(w, map[string]any{"purpose": c.Purpose, "agree": c.Agree})
}

// export gives people all that is held of them.
func (s *service) export(w http.ResponseWriter, r *http.Request) {
	held, err := s.rights.Export(r.Context(), r.URL.Query().Get("user"))
	if err != nil {
		s.fail(w, err)
		return
	}
	reply(w, held)
}

// erase removes all that is held of somebody and returns the receipt.
func (s *service) erase(w http.ResponseWriter, r *http.Request) {
	c, ok := read(w, r)
	if !ok {
		return
	}
	receipt, err := s.rights.Erase(r.Context(), c.User, time.Time{})
	if err != nil {
		s.fail(w, err)
		return
	}
	reply(w, receipt)
}

// complain takes a complaint and says until when it is answered.
func (s *service) complain(w http.ResponseWriter, r *http.Request) {
	c, ok := read(w, r)
	if !ok {
		return
	}
	due := time.Now().AddDate(0, 0, 15)
	err := s.trail.Append(r.Context(), audit.Entry{
		Kind: "complaint", Subject: c.User, Attrs: map[string]string{"due": due.Format(time.DateOnly)}, Private: map[string]string{"text": c.Text},
	})
	if err != nil {
		s.fail(w, err)
		return
	}
	reply(w, map[string]string{"due": due.Format(time.DateOnly), "contact": s.profile.Complaints})
}

// about says who and what people are talking to.
func (s *service) about(w http.ResponseWriter, _ *http.Request) {
	reply(w, map[string]string{
		"disclosure": s.profile.Disclosure.Text(), "notice": "本服务由人工智能生成内容，请注意甄别。", "terms": s.profile.Terms, "complaints": s.profile.Complaints,
	})
}

// fail answers with what people may know of an error.
func (s *service) fail(w http.ResponseWriter, err error) {
	status, text := http.StatusInternalServerError, "服务暂时不可用"
	switch {
	case errors.Is(err, consent.ErrNoConsent):
		status, text = http.StatusBadRequest, err.Error()
	case errors.Is(err, assistant.ErrBlocked):
		status, text = http.StatusOK, "这个问题我不方便回答，换个话题吧。"
	}
	fmt.Fprintln(s.log, "error:", err)
	http.Error(w, text, status)
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.Encode(v) // whoever has gone away does not need the answer
}
