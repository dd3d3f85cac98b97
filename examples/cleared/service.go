package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/audit"
	"github.com/zhushou-ai/zhushou/assistant/companion"
	"github.com/zhushou-ai/zhushou/assistant/consent"
	"github.com/zhushou-ai/zhushou/assistant/guard"
	"github.com/zhushou-ai/zhushou/assistant/guard/abuse"
	"github.com/zhushou-ai/zhushou/assistant/guard/egress"
	"github.com/zhushou-ai/zhushou/assistant/label"
	"github.com/zhushou-ai/zhushou/assistant/minor"
	"github.com/zhushou-ai/zhushou/assistant/usage"
	"github.com/zhushou-ai/zhushou/locale/match"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// What people are asked to agree to.
const (
	purposeMemory   = "memory"   // keep the conversation
	purposeTraining = "training" // learn from it
)

// A service is everything together.
type service struct {
	profile  *serviceProfile
	log      io.Writer
	trail    *audit.Log
	consents *consent.Folder
	contents *label.Folder
	used     *usage.Folder
	registry *consent.Registry
	produced *label.Registry
	rights   *consent.Rights
	talk     *assistant.Assistant
}

func newService(ctx context.Context, p *serviceProfile, model assistant.Model, dir string, log io.Writer) (s *service, err error) {
	s = &service{profile: p, log: log}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if s.trail, err = audit.Open(ctx, filepath.Join(dir, "audit"), audit.Config{}); err != nil {
		return s, err
	}
	if s.consents, err = consent.OpenFolder(ctx, filepath.Join(dir, "consent")); err != nil {
		return s, err
	}
	if s.contents, err = label.OpenFolder(ctx, filepath.Join(dir, "label")); err != nil {
		return s, err
	}
	if s.used, err = usage.OpenFolder(ctx, filepath.Join(dir, "usage")); err != nil {
		return s, err
	}
	s.produced = &label.Registry{Store: s.contents}
	s.registry, err = consent.New(s.consents, []consent.Purpose{
		{Name: purposeMemory, Data: []string{"conversation"}, Method: "保存对话，供下次接着聊", Notice: p.Notice},
		{Name: purposeTraining, Data: []string{"conversation"}, Method: "用对话改进模型", Notice: p.Notice, Separate: true, OptOutSteps: p.OptOut},
	}, consent.Config{Record: s.recordConsent})
	if err != nil {
		return s, err
	}
	sessions := &consent.Sessions{Kept: assistant.NewMemory(), Registry: s.registry, Purpose: purposeMemory}
	s.rights = &consent.Rights{Registry: s.registry, Record: s.recordErasure, Places: []consent.Place{
		{Name: "会话", Holder: consent.HeldSessions{Store: sessions}},
		{Name: "同意记录", Holder: consent.HeldConsents{Store: s.consents}},
		{Name: "使用时长", Holder: consent.HeldUsage{Folder: s.used}},
		{Name: "审计日志", Holder: consent.HeldTrail{Log: s.trail}},
	}}
	wrapped, err := s.wrap(model)
	if err != nil {
		return s, err
	}
	s.talk = &assistant.Assistant{
		Model: wrapped, Sessions: sessions, Instructions: "你是" + p.Disclosure.App + "，一个人工智能助手。",
		// The session is the user's, and every layer goes by the user.
		Prepare: func(ctx context.Context, req *assistant.Request) error {
			req.User, _ = ctx.Value(userKey{}).(string)
			return nil
		},
	}
	return s, nil
}

// userKey carries the name of who asks.
type userKey struct{}

// wrap puts the layers around the model: the first sees what the person says, the last what the vendor gets.
func (s *service) wrap(model assistant.Model) (assistant.Model, error) {
	p := s.profile
	gate := egress.Gate{
		Recipient: egress.Recipient{Name: p.Vendor.Name, Region: p.Vendor.Region, Role: "processor"}, Purpose: "answering",
		Decided: func(ctx context.Context, d egress.Decision) {
			s.record(ctx, "egress", map[string]string{"reason": d.Reason, "masked": fmt.Sprint(d.Masked)})
		},
	}
	model = gate.Wrap(model)
	if !p.public() {
		return model, nil
	}
	words, err := match.New(match.Config{Words: p.words.Words, MaxGap: 2})
	if err != nil {
		return nil, err
	}
	model = guard.Guard{
		Profile: p.rules,
		Words:   []guard.Pack{{Name: "own", Load: guard.Fixed(words)}},
		Private: new(privacy.Detector),
		Answers: map[string]string{"*": "这个问题我不方便回答，换个话题吧。"},
		Decided: func(ctx context.Context, d guard.Decision) {
			if d.Action > guard.Allow {
				s.record(ctx, "guard", map[string]string{"stage": d.Stage.String(), "action": d.Action.String(), "category": category(d)})
			}
		},
	}.Wrap(model)
	model = (&abuse.Ladder{Limits: p.rules.Abuse, Records: new(abuse.Memory)}).Wrap(model)
	clock := &usage.Clock{Store: s.used}
	if p.Companion {
		model = companion.Watch{Clock: clock}.Wrap(model)
	}
	if p.Minors {
		model = minor.Mode{Clock: clock, Who: s.who}.Wrap(model)
	}
	return model, nil
}

func category(d guard.Decision) string {
	if len(d.Findings) == 0 {
		return ""
	}
	return d.Findings[0].Category
}

// who knows who is a child. In this example those are whose name says so.
func (s *service) who(_ context.Context, req *assistant.Request) (minor.Person, error) {
	return minor.Person{ID: req.User, Child: strings.HasPrefix(req.User, "小朋友")}, nil
}

// record puts something on record. A record that fails is said in the service's log; the person is answered.
func (s *service) record(ctx context.Context, kind string, attrs map[string]string) {
	user, _ := ctx.Value(userKey{}).(string)
	err := s.trail.Append(context.WithoutCancel(ctx), audit.Entry{Kind: kind, Subject: user, Attrs: attrs})
	if err != nil {
		fmt.Fprintln(s.log, "audit:", err)
	}
}

func (s *service) recordConsent(ctx context.Context, r consent.Record) error {
	return s.trail.Append(ctx, audit.Entry{
		Kind: "consent", Class: "consent", Subject: r.Subject, Time: r.Time,
		Attrs: map[string]string{"purpose": r.Purpose, "given": fmt.Sprint(r.Given), "notice": r.Notice, "by": r.By},
	})
}

func (s *service) recordErasure(ctx context.Context, r consent.Receipt) error {
	r.Subject = s.trail.SubjectID(r.Subject)
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return s.trail.Append(ctx, audit.Entry{Kind: "erasure", Class: "consent", Attrs: map[string]string{"receipt": string(b)}})
}

// produce registers an answer and returns its label.
func (s *service) produce(ctx context.Context, user, question, answer string) (label.Label, error) {
	hash := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return hex.EncodeToString(sum[:])
	}
	content, err := label.Digest(strings.NewReader(answer))
	if err != nil {
		return label.Label{}, err
	}
	e, err := s.produced.Register(ctx, label.Entry{Subject: s.trail.SubjectID(user), Prompt: hash(question), Content: content, Model: s.profile.Disclosure.Model})
	if err != nil {
		return label.Label{}, err
	}
	return label.First(s.profile.Producer, e.ProduceID, label.CopyOnFirstWrite), nil
}

func (s *service) close() error {
	var errs []error
	if s.trail != nil {
		errs = append(errs, s.trail.Close())
	}
	if s.consents != nil {
		errs = append(errs, s.consents.Close())
	}
	if s.contents != nil {
		errs = append(errs, s.contents.Close())
	}
	if s.used != nil {
		errs = append(errs, s.used.Close())
	}
	return errors.Join(errs...)
}
