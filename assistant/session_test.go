package assistant_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

func TestSessionApply(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	room := make([]assistant.Message, 1, 8)
	room[0] = assistant.User("一")
	s := &assistant.Session{ID: "s", Version: 4, Messages: room, State: map[string]json.RawMessage{"a": []byte("1"), "b": []byte("2")}}
	add := func(text string) assistant.Change {
		return assistant.Change{Version: 4, Messages: []assistant.Message{assistant.User(text)}}
	}
	left, err := s.Apply(add("左"), now)
	require.NoError(t, err)
	right, err := s.Apply(add("右"), now)
	require.NoError(t, err)
	require.Equal(t, "左", left.Messages[1].Text(), "two changes of one session do not share memory")
	require.Equal(t, "右", right.Messages[1].Text())
	require.Len(t, s.Messages, 1)
	require.Equal(t, int64(5), left.Version)
	require.Equal(t, now, left.Updated)

	other := assistant.Change{Version: 4, Replace: true, Messages: []assistant.Message{assistant.User("新")}, State: map[string]json.RawMessage{
		"a": []byte("null"), "c": []byte("3"),
	}}
	next, err := s.Apply(other, now)
	require.NoError(t, err)
	other.Messages[0] = assistant.User("改")
	require.Equal(t, "新", next.Messages[0].Text(), "the caller's slice is its own")
	require.Equal(t, map[string]json.RawMessage{"b": []byte("2"), "c": []byte("3")}, next.State)
	require.Len(t, s.State, 2)

	_, err = next.Apply(add("晚"), now)
	require.ErrorIs(t, err, assistant.ErrConflict)
}

func TestMemory(t *testing.T) {
	t.Parallel()
	var m assistant.Memory
	require.NoError(t, m.Append(t.Context(), "s", assistant.Change{Messages: []assistant.Message{assistant.User("一")}}))
	require.ErrorIs(t, m.Append(t.Context(), "s", assistant.Change{}), assistant.ErrConflict)
	before := history(t, &m, "s")
	require.NoError(t, m.Append(t.Context(), "s", assistant.Change{Version: 1, Messages: []assistant.Message{assistant.User("二")}}))
	require.Len(t, before.Messages, 1, "what was loaded stays as it was")
	require.Len(t, history(t, &m, "s").Messages, 2)
	require.NoError(t, m.Delete(t.Context(), "s"))
	require.NoError(t, m.Delete(t.Context(), "s"))
	require.Zero(t, history(t, &m, "s").Version)
}
