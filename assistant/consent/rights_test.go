package consent

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/audit"
	"github.com/zhushou-ai/zhushou/assistant/usage"
)

const marker = "MARKER-7301"

// TestMarkerIsGoneAfterOneCall plants a marker in every kind of store, sees it in the export, erases once,
// and looks for it everywhere, files included.
func TestMarkerIsGoneAfterOneCall(t *testing.T) {
	t.Parallel()
	ctx, dir := t.Context(), t.TempDir()
	trail, err := audit.Open(ctx, filepath.Join(dir, "audit"), audit.Config{})
	require.NoError(t, err)
	folder, err := OpenFolder(ctx, filepath.Join(dir, "consents"))
	require.NoError(t, err)
	registry := newRegistry(t, folder, purposes(), Config{})
	sessions := &Sessions{Kept: assistant.NewMemory(), Registry: registry, Purpose: "memory"}
	used, err := usage.OpenFolder(ctx, filepath.Join(dir, "usage"))
	require.NoError(t, err)
	cache := map[string]string{}
	rights := &Rights{Registry: registry, Places: []Place{
		{"会话", HeldSessions{Store: sessions}},
		{"同意记录", HeldConsents{folder}},
		{"审计日志", HeldTrail{trail}},
		{"使用时长", HeldUsage{used}},
		{"缓存", Functions{
			ExportFunc: func(_ context.Context, subject string) (json.RawMessage, error) {
				if cache[subject] == "" {
					return nil, nil
				}
				return json.Marshal(cache[subject])
			},
			EraseFunc: func(_ context.Context, subject string) error { delete(cache, subject); return nil },
		}},
	}}

	for _, who := range []string{"小林", "阿梅"} {
		require.NoError(t, registry.Give(ctx, Act{Subject: who, Purposes: []string{"memory"}, By: marker + who}))
		require.NoError(t, sessions.Append(ctx, who, assistant.Change{Messages: []assistant.Message{assistant.User(marker + who)}}))
		require.NoError(t, trail.Append(ctx, audit.Entry{Kind: "call", Subject: who, Private: map[string]string{"said": marker + who}}))
		_, err = used.Update(ctx, who, func(u *usage.Usage) { u.Set(marker+who, time.Now()) })
		require.NoError(t, err)
		cache[who] = marker + who
	}

	held, err := rights.Export(ctx, "小林")
	require.NoError(t, err)
	require.Len(t, held.Places, 5)
	for _, h := range held.Places {
		require.Contains(t, string(h.Data), marker+"小林", h.Place)
		require.NotContains(t, string(h.Data), marker+"阿梅", h.Place)
	}
	require.Contains(t, held.Text(), "【审计日志】")

	receipt, err := rights.Erase(ctx, "小林", time.Time{})
	require.NoError(t, err)
	require.True(t, receipt.Complete())
	require.True(t, receipt.Genuine())
	for _, p := range receipt.Places {
		require.NotEmpty(t, p.Digest, p.Place)
	}
	after, err := rights.Export(ctx, "小林")
	require.NoError(t, err)
	for _, h := range after.Places {
		require.Nil(t, h.Data, h.Place)
	}
	require.Contains(t, after.Text(), "没有保存您的信息")
	require.ErrorIs(t, registry.Check(ctx, "小林", "memory"), ErrNoConsent)

	other, err := rights.Export(ctx, "阿梅")
	require.NoError(t, err)
	for _, h := range other.Places {
		require.Contains(t, string(h.Data), marker+"阿梅", "of another person nothing is gone: %s", h.Place)
	}

	require.NoError(t, trail.Close())
	require.NoError(t, folder.Close())
	require.NoError(t, used.Close())
	_, err = audit.Verify(ctx, filepath.Join(dir, "audit"), audit.Trust{})
	require.NoError(t, err)
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		require.False(t, bytes.Contains(b, []byte(marker+"小林")), path)
		return err
	}))
}

// stubborn fails a number of times, and may forget nothing.
type stubborn struct {
	mu       sync.Mutex
	failures int
	keeps    bool
	held     string
}

func (s *stubborn) Export(context.Context, string) (json.RawMessage, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failures > 0 {
		s.failures--
		return nil, errors.New("no connection")
	}
	if s.held == "" {
		return nil, nil
	}
	return json.Marshal(s.held)
}

func (s *stubborn) Erase(context.Context, string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.keeps {
		s.held = ""
	}
	return nil
}

func TestPlacesThatFail(t *testing.T) {
	t.Parallel()
	t.Run("tried again", func(t *testing.T) {
		t.Parallel()
		r := &Rights{Places: []Place{{"库", &stubborn{failures: 2, held: "x"}}}}
		receipt, err := r.Erase(t.Context(), "小林", time.Time{})
		require.NoError(t, err)
		require.Equal(t, 3, receipt.Places[0].Attempts)
	})
	t.Run("one that keeps is named and the others are erased", func(t *testing.T) {
		t.Parallel()
		good := &stubborn{held: "x"}
		r := &Rights{Places: []Place{{"坏库", &stubborn{keeps: true, held: "x"}}, {"好库", good}}}
		receipt, err := r.Erase(t.Context(), "小林", time.Time{})
		require.ErrorContains(t, err, "坏库: it still holds something")
		require.False(t, receipt.Complete())
		require.True(t, receipt.Places[1].Gone)
		require.Empty(t, good.held)
	})
	t.Run("export returns what the others hold", func(t *testing.T) {
		t.Parallel()
		r := &Rights{Places: []Place{{"坏库", &stubborn{failures: 99}}, {"好库", &stubborn{held: "x"}}}}
		held, err := r.Export(t.Context(), "小林")
		require.ErrorContains(t, err, "坏库: no connection")
		require.Len(t, held.Places, 1)
	})
	t.Run("what is not JSON is said", func(t *testing.T) {
		t.Parallel()
		r := &Rights{Places: []Place{{"库", Functions{ExportFunc: func(context.Context, string) (json.RawMessage, error) { return json.RawMessage("{"), nil }}}}}
		_, err := r.Export(t.Context(), "小林")
		require.ErrorContains(t, err, "not JSON")
	})
	t.Run("nobody", func(t *testing.T) {
		t.Parallel()
		_, err := new(Rights).Erase(t.Context(), "", time.Time{})
		require.Error(t, err)
		_, err = new(Rights).Export(t.Context(), "")
		require.Error(t, err)
	})
	t.Run("a context that ended", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		receipt, err := (&Rights{Places: []Place{{"库", &stubborn{held: "x"}}}}).Erase(ctx, "小林", time.Time{})
		require.Error(t, err)
		require.False(t, receipt.Complete())
	})
}

func TestReceiptThatWasChangedIsNotGenuine(t *testing.T) {
	t.Parallel()
	asked := time.Date(2026, 3, 5, 8, 0, 0, 0, time.UTC)
	var kept []Receipt
	r := &Rights{
		Places: []Place{{"库", &stubborn{held: "x"}}},
		Now:    func() time.Time { return asked.Add(time.Hour) },
		Record: func(_ context.Context, r Receipt) error { kept = append(kept, r); return nil },
	}
	receipt, err := r.Erase(t.Context(), "小林", asked)
	require.NoError(t, err)
	require.Equal(t, asked.AddDate(0, 0, 15), receipt.Due)
	require.Len(t, kept, 1)
	b, err := json.Marshal(receipt)
	require.NoError(t, err)
	var back Receipt
	require.NoError(t, json.Unmarshal(b, &back))
	require.True(t, back.Genuine())
	back.Places[0].Gone = false
	require.False(t, back.Genuine())
}

func TestSessionsOfThoseWhoDoNotAgreeAreNotKept(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	kept := assistant.NewMemory()
	registry := newRegistry(t, new(Memory), purposes(), Config{})
	sessions := &Sessions{Kept: kept, Registry: registry, Purpose: "memory", Passing: 2}
	say := assistanttest.Say("好")
	model := assistanttest.Script(say, say, say, say, say, say)
	a := &assistant.Assistant{Model: model, Sessions: sessions}
	ask := func(id, text string) {
		t.Helper()
		for _, err := range a.Run(ctx, id, assistant.User(text)) {
			require.NoError(t, err)
		}
	}
	length := func(s assistant.Sessions, id string) int {
		t.Helper()
		got, err := s.Load(ctx, id)
		require.NoError(t, err)
		return len(got.Messages)
	}

	ask("小林", "一")
	ask("小林", "二")
	require.Equal(t, 4, length(sessions, "小林"), "the conversation goes on")
	require.Zero(t, length(kept, "小林"), "and is not kept")

	give(t, registry, "小林", "memory")
	ask("小林", "三")
	require.Equal(t, 6, length(kept, "小林"), "whoever agrees has it kept from its beginning")

	require.NoError(t, registry.Withdraw(ctx, "小林", "设置页"))
	require.Zero(t, length(sessions, "小林"), "a stranger again")
	ask("小林", "四")
	require.Equal(t, 2, length(sessions, "小林"))
	require.Equal(t, 6, length(kept, "小林"))

	ask("甲", "一")
	ask("乙", "一")
	require.Zero(t, length(sessions, "小林"), "the oldest is forgotten")
	require.NoError(t, sessions.Delete(ctx, "乙"))
	require.Zero(t, length(sessions, "乙"))
	require.NoError(t, sessions.Delete(ctx, "小林"))
	require.Zero(t, length(kept, "小林"))
}

func TestWithdrawingInTheMiddleOfARun(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	kept := assistant.NewMemory()
	registry := newRegistry(t, new(Memory), purposes(), Config{})
	sessions := &Sessions{Kept: kept, Registry: registry, Purpose: "memory"}
	give(t, registry, "小林", "memory")
	require.NoError(t, sessions.Append(ctx, "小林", assistant.Change{Messages: []assistant.Message{assistant.User("一")}}))
	require.NoError(t, registry.Withdraw(ctx, "小林", "设置页"))
	require.NoError(t, sessions.Append(ctx, "小林", assistant.Change{Version: 1, Messages: []assistant.Message{assistant.User("二")}}))
	s, err := kept.Load(ctx, "小林")
	require.NoError(t, err)
	require.Len(t, s.Messages, 1)
}
