package route

import (
	"context"
	"slices"
	"strings"
	"sync"
)

// A Consent knows what users have agreed to. It must be safe for concurrent use.
type Consent interface {
	// Standing returns what the user last said to the question. An error counts as a refusal.
	Standing(ctx context.Context, q Question) (Standing, error)

	// Answer keeps what the user said to a question that the router asked. If it fails, nothing is sent.
	Answer(ctx context.Context, q Question, agreed bool) error
}

// A Question is what a user may agree to: that what he says goes to a tier. It is comparable.
type Question struct {
	Subject string // of [Marks]: who is asked
	Session string // of [Marks], if the agreement is for a session only; empty if it is for all
	Tier    string
	Place   Place
	Class   string // of personal data, if the agreement is for each class; empty for what holds none
}

// A Standing is what a user has said to a question.
type Standing uint8

// The standings.
const (
	Unasked Standing = iota
	Agreed
	Refused // or withdrawn
)

// Agreements is a [Consent] in memory, for one process, tests and what need not last. The zero
// Agreements is empty and ready for use; it must not be copied.
type Agreements struct {
	mu   sync.Mutex
	said map[Question]Standing
}

// Standing implements [Consent].
func (a *Agreements) Standing(_ context.Context, q Question) (Standing, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.said[q], nil
}

// Answer implements [Consent].
func (a *Agreements) Answer(_ context.Context, q Question, agreed bool) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.said == nil {
		a.said = make(map[Question]Standing)
	}
	a.said[q] = Refused
	if agreed {
		a.said[q] = Agreed
	}
	return nil
}

// Withdraw refuses whatever a subject has agreed to.
func (a *Agreements) Withdraw(subject string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for q := range a.said {
		if q.Subject == subject {
			a.said[q] = Refused
		}
	}
}

// A reply to a question of the router must be one of these words, whole: whatever else the user says is
// a new request.
var (
	yesWords = strings.Fields("是 是的 对 对的 好 好的 行 可以 嗯 嗯嗯 要 要的 同意 允许 确认 确定 没错 发 发吧 问吧 去吧 当然 当然可以 没问题 " +
		"對 對的 係 係呀 允許 確認 確定 沒錯 發吧 問吧 當然 當然可以 沒問題 冇問題 得 yes y ok okay sure")
	noWords = strings.Fields("不 不是 不对 不用 不用了 不要 不要了 不行 不可以 不同意 不允许 别 别发 别问 算了 取消 不发 先不 不了 没有 " +
		"不對 不允許 別 別發 別問 不發 唔係 唔使 唔好 唔要 唔得 no n nope")
)

// reply reads a yes or a no.
func reply(s string) (yes, ok bool) {
	s = strings.ToLower(strings.Trim(strings.TrimSpace(s), "。，！!.,~～、 　"))
	for _, particle := range []string{"", "吧", "啊", "呀", "啦", "了", "哦", "喔", "的"} {
		word := s
		if particle != "" {
			var cut bool
			if word, cut = strings.CutSuffix(s, particle); !cut {
				continue
			}
		}
		if slices.Contains(noWords, word) {
			return false, true
		}
		if slices.Contains(yesWords, word) {
			return true, true
		}
	}
	return false, false
}
