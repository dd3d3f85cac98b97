package recommend

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestPersonalize(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	act(t, engine, Buy, "a t1", "a c1", "b t1")
	everybody := ask(t, engine, Query{NonPersonal: true})
	require.NotEqual(t, everybody, ask(t, engine, Query{User: "b"}))

	require.NoError(t, engine.Personalize(t.Context(), "b", false))
	require.False(t, engine.Personalized("b"))
	require.True(t, engine.Personalized("a"))
	require.Equal(t, everybody, ask(t, engine, Query{User: "b", Recent: []string{"t1"}}))
	require.Empty(t, engine.Interests("b"))

	require.NoError(t, engine.Personalize(t.Context(), "b", true))
	require.Equal(t, "c1", ask(t, engine, Query{User: "b"})[0].Item)
	require.Empty(t, engine.choices, "nothing is kept that says nothing")
	require.ErrorIs(t, engine.Personalize(t.Context(), "", false), ErrInvalid)
}

func TestInterests(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	require.Empty(t, engine.Interests("a"))
	act(t, engine, Like, "a t1", "a c1", "a t3")
	list := engine.Interests("a")
	require.Equal(t, InCategory, list[0].Kind)
	kinds := map[Interest]bool{}
	var whole float64
	for _, i := range list {
		whole += i.Share
		kinds[Interest{Kind: i.Kind, Value: i.Value}] = true
	}
	require.InDelta(t, 1, whole, 1e-6)
	require.Equal(t, map[Interest]bool{
		{Kind: InCategory, Value: "茶叶"}: true, {Kind: InCategory, Value: "杯具"}: true, {Kind: InBrand, Value: "狮峰"}: true,
		{Kind: InBrand, Value: "吴裕泰"}: true, {Kind: InTag, Value: "送礼"}: true,
	}, kinds)
}

func TestHideInterest(t *testing.T) {
	t.Parallel()
	for name, options := range learnings {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			engine := shop(t)
			act(t, engine, Like, "a t1", "a c1", "b t1", "b t2", "c c1", "c c2")
			learnt(t, engine, options)
			tea := Interest{Kind: InCategory, Value: "茶叶"}
			require.Contains(t, ids(ask(t, engine, Query{User: "a", Limit: 2})), "t2")

			require.NoError(t, engine.HideInterest(t.Context(), "a", tea))
			list := ask(t, engine, Query{User: "a", Limit: 3})
			require.Equal(t, "c2", list[0].Item)
			for _, s := range list {
				for _, reason := range s.Reasons {
					require.NotContains(t, reason.Items, "t1", "what has it is not built on")
					require.NotEqual(t, "茶叶", reason.Value)
				}
			}
			require.Contains(t, engine.Interests("a"), Interest{Kind: InCategory, Value: "茶叶", Hidden: true})
			require.NotContains(t, ids(ask(t, engine, Query{User: "a"})), "t1", "what was taken is still known")

			require.NoError(t, engine.ShowInterest(t.Context(), "a", tea))
			require.Contains(t, ids(ask(t, engine, Query{User: "a", Limit: 2})), "t2")
			require.ErrorIs(t, engine.HideInterest(t.Context(), "a", Interest{Kind: "mood", Value: "便宜"}), ErrInvalid)
			require.ErrorIs(t, engine.HideInterest(t.Context(), "a", Interest{Kind: InTag}), ErrInvalid)
		})
	}
}

func TestFreezeInterests(t *testing.T) {
	t.Parallel()
	for name, options := range learnings {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			engine := shop(t)
			act(t, engine, Like, "b t1", "b t2", "c c1", "c c2", "a t1")
			learnt(t, engine, options)
			require.NoError(t, engine.FreezeInterests(t.Context(), "a", true))
			want := ask(t, engine, Query{User: "a", Limit: 1})
			require.Equal(t, "t2", want[0].Item)
			actAt(t, engine, Buy, time.Now().Add(time.Hour), "a c1", "a p2")
			list := ask(t, engine, Query{User: "a", Limit: 7})
			require.Equal(t, want[0].Item, list[0].Item)
			require.NotContains(t, ids(list), "c1", "bought")
			require.Less(t, position(list, "t3"), position(list, "c2"))

			require.NoError(t, engine.FreezeInterests(t.Context(), "a", false))
			require.Equal(t, "c2", ask(t, engine, Query{User: "a"})[0].Item)
		})
	}
}

func TestExport(t *testing.T) {
	t.Parallel()
	engine := shop(t)
	require.NoError(t, engine.Record(t.Context(),
		Event{User: "a", Item: "t1", Kind: Rate, Weight: 4.1, Time: now}, Event{User: "a", Item: "p1", Time: now.Add(-day)}))
	require.NoError(t, engine.HideInterest(t.Context(), "a", Interest{Kind: InBrand, Value: "狮峰"}))
	b, err := engine.Export(t.Context(), "a")
	require.NoError(t, err)
	require.JSONEq(t, `{"user":"a","personalized":true,"events":[
		{"user":"a","item":"p1","kind":"view","time":"2026-03-07T20:00:00Z"},
		{"user":"a","item":"t1","kind":"rate","weight":4.1,"time":"2026-03-08T20:00:00Z"}],
		"interests":[{"kind":"category","value":"日用","share":1},{"kind":"brand","value":"狮峰","hidden":true}]}`, string(b))
	_, err = engine.Export(t.Context(), "")
	require.ErrorIs(t, err, ErrInvalid)
}

// TestForgetHistory erases what somebody did who stays, and then the person.
func TestForgetHistory(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	engine := open(t, dir)
	hidden := Interest{Kind: InCategory, Value: "茶叶", Hidden: true}
	act(t, engine, Buy, "a t1", "b t1", "b c1")
	require.NoError(t, engine.Personalize(t.Context(), "a", false))
	require.NoError(t, engine.HideInterest(t.Context(), "a", hidden))
	require.NoError(t, engine.ForgetHistory(t.Context(), "a", "没来过"))
	require.ErrorIs(t, engine.ForgetHistory(t.Context(), ""), ErrInvalid)
	for range 2 {
		require.Empty(t, events1(t, mustExport(t, engine, "a")))
		require.False(t, engine.Personalized("a"), "a no holds until it is taken back")
		require.NoError(t, engine.Close())
		engine = open(t, dir)
	}
	require.NoError(t, engine.Personalize(t.Context(), "a", true))
	require.Equal(t, []Interest{hidden}, engine.Interests("a"))
	require.NoError(t, engine.Personalize(t.Context(), "a", false))

	require.NoError(t, engine.Forget(t.Context(), "a"))
	require.True(t, engine.Personalized("a"), "as if never seen")
	require.Empty(t, engine.Interests("a"))
	require.Zero(t, filesWith(t, dir, `"a"`))
}
