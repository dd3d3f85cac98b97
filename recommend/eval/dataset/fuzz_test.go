package dataset_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
)

// fuzz reads anything in the format: it must give a sound set or an error that says where and what to
// do, and the same the second time.
func fuzz(f *testing.F, format dataset.Format, seeds ...string) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		config := dataset.Config{MaxLine: 1 << 12, MaxEvents: 1 << 12}
		data, err := dataset.NewLoader(config).Read(t.Context(), "x", bytes.NewReader(text), format)
		if err != nil {
			var e *dataset.Error
			require.ErrorAs(t, err, &e)
			require.NotEmpty(t, e.Problem)
			require.NotEmpty(t, e.Fix)
			return
		}
		require.NoError(t, data.Check())
		require.LessOrEqual(t, data.Len(), config.MaxEvents)
		again, err := dataset.NewLoader(config).Read(t.Context(), "x", bytes.NewReader(text), format)
		require.NoError(t, err)
		require.Equal(t, data, again)
	})
}

func FuzzLists(f *testing.F) {
	for _, seed := range []string{"0 1 2\n1\n2 1", "小明\t茶 壶\r\n", "\ufeffa b", "a"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		data, err := dataset.NewLoader(dataset.Config{}).Read(t.Context(), "x", bytes.NewReader(text), dataset.Lists{Ordered: true})
		if err != nil {
			var e *dataset.Error
			require.ErrorAs(t, err, &e)
			return
		}
		require.NoError(t, data.Check())
		// Written down and read again it is the same.
		var lines strings.Builder
		for _, event := range told(data) {
			lines.WriteString(event.User + " " + event.Item + "\n")
		}
		again, err := dataset.NewLoader(dataset.Config{}).Read(t.Context(), "y", strings.NewReader("\ufeff"+lines.String()), dataset.Lists{Ordered: true})
		require.NoError(t, err)
		require.Equal(t, told(data), told(again))
	})
}

func FuzzMovieLens(f *testing.F) {
	fuzz(f, dataset.MovieLens{}, "196\t242\t3\t881250949\n", "1::1193::5::978300760\n", "userId,movieId,rating,timestamp\n1,296,5.0,1147880044",
		"movieId,title,genres\n1,\"Toy Story, The\",Adventure|Comedy\n", "1::Toy Story::Adventure|Comedy\n")
}

func FuzzAtomic(f *testing.F) {
	fuzz(f, dataset.Atomic{}, "user_id:token\titem_id:token\trating:float\ttimestamp:float\n1\t2\t4\t8.5e8\n", "item_id:token\tuser_id:token\n2\t1")
}

func FuzzTaobao(f *testing.F) {
	fuzz(f, dataset.Taobao{}, "1,2268318,2520377,pv,1511544070\n", "1,2,3,buy,-1")
}

func FuzzTable(f *testing.F) {
	fuzz(f, dataset.Table{Header: true, User: "u", Item: "i", Weight: "w", Category: "c", CategorySeparator: "|", Time: "t", TimeLayout: "2006-01-02"},
		"u,i,w,c,t\n小明,\"茶,\"\"明前\"\"\",1e3,茶|礼,2026-01-02\n", "t,c,w,i,u\n2026-01-02,,1,茶,小明")
}
