package consent

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/route"
)

func purposes() []Purpose {
	return []Purpose{
		{Name: "memory", Data: []string{"conversation"}, Method: "保存在服务器", Notice: "1"},
		{Name: "training", Data: []string{"conversation"}, Method: "用于改进模型", Notice: "1", Separate: true, OptOutSteps: 3},
		{Name: "recommend", Data: []string{"purchases", "views"}, Method: "推荐商品", Notice: "1"},
	}
}

type clock struct{ time.Time }

func (c *clock) now() time.Time { return c.Time }

func newRegistry(t testing.TB, store Store, p []Purpose, config Config) *Registry {
	t.Helper()
	r, err := New(store, p, config)
	require.NoError(t, err)
	return r
}

func give(t testing.TB, r *Registry, subject string, purposes ...string) {
	t.Helper()
	require.NoError(t, r.Give(t.Context(), Act{Subject: subject, Purposes: purposes, By: "设置页"}))
}

func why(err error) Why {
	var r *Refusal
	if errors.As(err, &r) {
		return r.Why
	}
	return ""
}

func TestConsentHolds(t *testing.T) {
	t.Parallel()
	now := &clock{time.Date(2026, 3, 5, 8, 0, 0, 0, time.UTC)}
	store := new(Memory)
	r := newRegistry(t, store, purposes(), Config{Now: now.now})
	check := func(purpose string) Why { return why(r.Check(t.Context(), "小林", purpose)) }

	require.Equal(t, NeverAsked, check("memory"))
	require.Equal(t, Undeclared, check("surveillance"))
	require.ErrorIs(t, r.Check(t.Context(), "小林", "memory"), ErrNoConsent)
	give(t, r, "小林", "memory", "recommend")
	require.Empty(t, check("memory"))
	require.Equal(t, NeverAsked, check("training"))
	require.Equal(t, NeverAsked, why(r.Check(t.Context(), "阿梅", "memory")), "of another person")

	require.NoError(t, r.Withdraw(t.Context(), "小林", "设置页", "memory"))
	require.Equal(t, Withdrawn, check("memory"))
	require.Empty(t, check("recommend"))
	require.NoError(t, r.Withdraw(t.Context(), "小林", "设置页"))
	require.Equal(t, Withdrawn, check("recommend"))
	require.Equal(t, Withdrawn, check("training"))

	require.NoError(t, r.Give(t.Context(), Act{Subject: "小林", Purposes: []string{"memory"}, By: "弹窗", For: time.Hour}))
	require.Empty(t, check("memory"))
	now.Time = now.Add(time.Hour)
	require.Equal(t, Expired, check("memory"))
}

func TestChangedPurposeMustBeAskedForAgain(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Purpose){
		"data":      func(p *Purpose) { p.Data = append(p.Data, "location") },
		"method":    func(p *Purpose) { p.Method = "出售" },
		"notice":    func(p *Purpose) { p.Notice = "2" },
		"sensitive": func(p *Purpose) { p.Sensitive = true },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := new(Memory)
			give(t, newRegistry(t, store, purposes(), Config{}), "小林", "recommend")
			changed := purposes()
			change(&changed[2])
			require.Equal(t, Changed, why(newRegistry(t, store, changed, Config{}).Check(t.Context(), "小林", "recommend")))
		})
	}
	t.Run("another order of data is no change", func(t *testing.T) {
		t.Parallel()
		store := new(Memory)
		give(t, newRegistry(t, store, purposes(), Config{}), "小林", "recommend")
		same := purposes()
		same[2].Data = []string{"views", "purchases"}
		require.NoError(t, newRegistry(t, store, same, Config{}).Check(t.Context(), "小林", "recommend"))
	})
}

func TestSeparateConsentIsAskedForByItself(t *testing.T) {
	t.Parallel()
	r := newRegistry(t, new(Memory), purposes(), Config{})
	err := r.Give(t.Context(), Act{Subject: "小林", Purposes: []string{"memory", "training"}, By: "首次启动页"})
	require.Equal(t, NotSeparate, why(err))
	require.Equal(t, NeverAsked, why(r.Check(t.Context(), "小林", "memory")), "nothing of the act was recorded")
	give(t, r, "小林", "training")
	require.NoError(t, r.Check(t.Context(), "小林", "training"))
}

func TestChildrenNeedAGuardian(t *testing.T) {
	t.Parallel()
	r := newRegistry(t, new(Memory), purposes(), Config{Age: func(_ context.Context, subject string) (Age, error) {
		switch subject {
		case "child":
			return Under14, nil
		case "broken":
			return From14, errors.New("age service is down")
		}
		return AgeUnknown, nil
	}})
	give(t, r, "child", "memory")
	require.Equal(t, NoGuardian, why(r.Check(t.Context(), "child", "memory")))
	require.NoError(t, r.Give(t.Context(), Act{Subject: "child", Purposes: []string{"memory", "recommend"}, By: "家长端", Guardian: "妈妈"}))
	require.Equal(t, NotSeparate, why(r.Check(t.Context(), "child", "memory")), "all data of a child is sensitive")
	require.NoError(t, r.Give(t.Context(), Act{Subject: "child", Purposes: []string{"memory"}, By: "家长端", Guardian: "妈妈"}))
	require.NoError(t, r.Check(t.Context(), "child", "memory"))
	give(t, r, "broken", "memory")
	require.Equal(t, Unknown, why(r.Check(t.Context(), "broken", "memory")))
	give(t, r, "anybody", "memory")
	require.NoError(t, r.Check(t.Context(), "anybody", "memory"))
}

func TestWrongDeclarations(t *testing.T) {
	t.Parallel()
	for says, p := range map[string]Purpose{
		"no Name":   {Data: []string{"a"}, Method: "b", Notice: "1"},
		"no Data":   {Name: "x", Method: "b", Notice: "1"},
		"no Method": {Name: "x", Data: []string{"a"}, Notice: "1"},
		"no Notice": {Name: "x", Data: []string{"a"}, Method: "b"},
		"5 steps":   {Name: "x", Data: []string{"a"}, Method: "b", Notice: "1", OptOutSteps: 5},
		"twice":     {Name: "memory", Data: []string{"a"}, Method: "b", Notice: "1"},
	} {
		_, err := New(new(Memory), append(purposes(), p), Config{})
		require.ErrorContains(t, err, says)
	}
	_, err := New(nil, nil, Config{})
	require.Error(t, err)
	r := newRegistry(t, new(Memory), purposes(), Config{})
	require.ErrorContains(t, r.Give(t.Context(), Act{Subject: "a", Purposes: []string{"memory"}}), "By")
	require.Equal(t, Undeclared, why(r.Give(t.Context(), Act{Subject: "a", Purposes: []string{"x"}, By: "y"})))
	require.Equal(t, Undeclared, why(r.Withdraw(t.Context(), "a", "y", "x")))
	require.Error(t, r.Withdraw(t.Context(), "", "y"))
}

// downStore fails when it is told to.
type downStore struct {
	Memory
	down bool
}

func (d *downStore) Last(ctx context.Context, subject string) ([]Record, error) {
	if d.down {
		return nil, errors.New("no connection")
	}
	return d.Memory.Last(ctx, subject)
}

func TestStoreThatIsDownIsNoConsent(t *testing.T) {
	t.Parallel()
	store := new(downStore)
	r := newRegistry(t, store, purposes(), Config{})
	give(t, r, "小林", "memory")
	store.down = true
	err := r.Check(t.Context(), "小林", "memory")
	require.Equal(t, Unknown, why(err))
	require.ErrorContains(t, err, "no connection")
}

func TestWhatIsSaidGoesOnRecord(t *testing.T) {
	t.Parallel()
	var said []Record
	r := newRegistry(t, new(Memory), purposes(), Config{Record: func(_ context.Context, rec Record) error {
		said = append(said, rec)
		return nil
	}})
	give(t, r, "小林", "memory", "recommend")
	require.NoError(t, r.Withdraw(t.Context(), "小林", "设置页"))
	require.Len(t, said, 5)
	require.Equal(t, "1", said[0].Notice)
	require.False(t, said[4].Given)
}

func TestStandings(t *testing.T) {
	t.Parallel()
	r := newRegistry(t, new(Memory), purposes(), Config{})
	give(t, r, "小林", "memory")
	require.NoError(t, r.Withdraw(t.Context(), "小林", "设置页", "recommend"))
	s, err := r.Standings(t.Context(), "小林")
	require.NoError(t, err)
	require.Len(t, s, 3)
	require.True(t, s[0].Agreed)
	require.Equal(t, NeverAsked, s[1].Why)
	require.Equal(t, Withdrawn, s[2].Why)
	require.Equal(t, "设置页", s[2].Said.By)
}

// TestAnyHistoryEndsAsItsLastWord compares the registry with the simplest model of it, over random
// histories in memory and on disk, with the folder opened anew now and then.
func TestAnyHistoryEndsAsItsLastWord(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 9))
	dir := t.TempDir()
	folder, err := OpenFolder(t.Context(), dir)
	require.NoError(t, err)
	defer func() { require.NoError(t, folder.Close()) }()
	memory := new(Memory)
	agreed := make(map[string]bool)
	for step := range 400 {
		subject := fmt.Sprint("u", random.IntN(5))
		purpose := purposes()[random.IntN(3)].Name
		for _, store := range []Store{memory, folder} {
			r := newRegistry(t, store, purposes(), Config{})
			switch step % 7 {
			case 0, 1, 2:
				give(t, r, subject, purpose)
			case 6:
				require.NoError(t, store.Erase(t.Context(), subject))
			default:
				require.NoError(t, r.Withdraw(t.Context(), subject, "x", purpose))
			}
		}
		switch step % 7 {
		case 0, 1, 2:
			agreed[subject+purpose] = true
		case 6:
			for _, p := range purposes() {
				delete(agreed, subject+p.Name)
			}
		default:
			delete(agreed, subject+purpose)
		}
		if step%50 == 49 {
			require.NoError(t, folder.Close())
			folder, err = OpenFolder(t.Context(), dir)
			require.NoError(t, err)
		}
		for _, store := range []Store{memory, folder} {
			r := newRegistry(t, store, purposes(), Config{})
			for s := range 5 {
				for _, p := range purposes() {
					id := fmt.Sprint("u", s)
					require.Equal(t, agreed[id+p.Name], r.Check(t.Context(), id, p.Name) == nil, "step %d, %s, %s", step, id, p.Name)
				}
			}
		}
	}
}

func TestRouterAsksTheRegistry(t *testing.T) {
	t.Parallel()
	p := append(purposes(), Purpose{Name: "cloud", Data: []string{"conversation"}, Method: "发送给云端模型", Notice: "1", Separate: true})
	r := newRegistry(t, new(Memory), p, Config{})
	q := Questions{Registry: r, Purpose: func(route.Question) string { return "cloud" }}
	about := route.Question{Subject: "小林", Tier: "qwen"}
	standing := func() route.Standing {
		s, err := q.Standing(t.Context(), about)
		require.NoError(t, err)
		return s
	}
	require.Equal(t, route.Unasked, standing())
	require.NoError(t, q.Answer(t.Context(), about, true))
	require.Equal(t, route.Agreed, standing())
	require.NoError(t, q.Answer(t.Context(), about, false))
	require.Equal(t, route.Refused, standing())
	_, err := Questions{Registry: r}.Standing(t.Context(), about)
	require.ErrorContains(t, err, `"qwen"`)
}
