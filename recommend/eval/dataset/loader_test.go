package dataset_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
)

// told returns the events as lines: user item kind weight time categories.
func told(data *dataset.Data) []dataset.Event {
	var events []dataset.Event
	c := data.Catalogue
	for i := range data.User {
		e := dataset.Event{User: c.Users.Name(data.User[i]), Item: c.Items.Name(data.Item[i])}
		if data.Kind != nil {
			e.Kind = c.Kinds.Name(int32(data.Kind[i]))
		}
		if data.Weight != nil {
			e.Weight = data.Weight[i]
		}
		if data.Time != nil {
			e.Time = time.UnixMilli(data.Time[i]).UTC()
		}
		for _, category := range c.CategoriesOf(data.Item[i]) {
			e.Categories = append(e.Categories, c.Categories.Name(category))
		}
		events = append(events, e)
	}
	return events
}

func at(seconds int64) time.Time { return time.Unix(seconds, 0).UTC() }

func read(t testing.TB, text string, format dataset.Format) (*dataset.Data, error) {
	t.Helper()
	return dataset.NewLoader(dataset.Config{}).Read(t.Context(), "x", strings.NewReader(text), format)
}

func TestFormats(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text   string
		format dataset.Format
		want   []dataset.Event
	}{
		"lists": {"0 7 8\n1\n2 8\n0 9", dataset.Lists{}, []dataset.Event{
			{User: "0", Item: "7"}, {User: "0", Item: "8"}, {User: "2", Item: "8"}, {User: "0", Item: "9"}}},
		"lists with tabs, a mark, blank lines and carriage returns": {"\ufeff\n 小明\t茶  壶 \r\n\n  \r\n", dataset.Lists{}, []dataset.Event{
			{User: "小明", Item: "茶"}, {User: "小明", Item: "壶"}}},
		"sequences": {"a 7 8\nb 8\na 9", dataset.Lists{Ordered: true}, []dataset.Event{
			{User: "a", Item: "7", Time: time.UnixMilli(0).UTC()}, {User: "a", Item: "8", Time: time.UnixMilli(1).UTC()},
			{User: "b", Item: "8", Time: time.UnixMilli(0).UTC()}, {User: "a", Item: "9", Time: time.UnixMilli(2).UTC()}}},
		"u.data": {"196\t242\t3\t881250949\n186\t302\t3.5\t891717742\n", dataset.MovieLens{}, []dataset.Event{
			{User: "196", Item: "242", Weight: 3, Time: at(881250949)}, {User: "186", Item: "302", Weight: 3.5, Time: at(891717742)}}},
		"ratings.dat": {"1::1193::5::978300760", dataset.MovieLens{}, []dataset.Event{
			{User: "1", Item: "1193", Weight: 5, Time: at(978300760)}}},
		"ratings.csv": {"userId,movieId,rating,timestamp\n1,296,5.0,1147880044", dataset.MovieLens{}, []dataset.Event{
			{User: "1", Item: "296", Weight: 5, Time: at(1147880044)}}},
		"inter": {"user_id:token\titem_id:token\trating:float\ttimestamp:float\n1\t2\t4\t8.5e8\n", dataset.Atomic{}, []dataset.Event{
			{User: "1", Item: "2", Weight: 4, Time: at(850000000)}}},
		"inter, other names": {"session:token\tx:float_seq\tbehaviour:token\tgoods:token\n9\t1 2\tbuy\tg", dataset.Atomic{User: "session", Item: "goods", Kind: "behaviour"},
			[]dataset.Event{{User: "9", Item: "g", Kind: "buy"}}},
		"taobao": {"1,2268318,2520377,pv,1511544070\n1,2333346,2520771,buy,1511561733", dataset.Taobao{}, []dataset.Event{
			{User: "1", Item: "2268318", Kind: "pv", Time: at(1511544070), Categories: []string{"2520377"}},
			{User: "1", Item: "2333346", Kind: "buy", Time: at(1511561733), Categories: []string{"2520771"}}}},
		"table by numbers": {"茶|x|小明|20.5\n", dataset.Table{Separator: "|", User: "3", Item: "1", Weight: "4"}, []dataset.Event{
			{User: "小明", Item: "茶", Weight: 20.5}}},
		"table by names, quoted": {"商品,类目,用户,时间\n\"茶,\"\"明前\"\"\",\"茶叶/礼品\",小明,2026-01-02", dataset.Table{Header: true, User: "用户", Item: "商品", Category: "类目", CategorySeparator: "/", Time: "时间", TimeLayout: time.DateOnly}, []dataset.Event{
			{User: "小明", Item: `茶,"明前"`, Time: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), Categories: []string{"茶叶", "礼品"}}}},
		"quotes are letters between tabs": {"\"小明\t茶\"", dataset.Table{Separator: "\t", User: "1", Item: "2"}, []dataset.Event{{User: `"小明`, Item: `茶"`}}},
		"milliseconds": {"a,b,1511544070123", dataset.Table{User: "1", Item: "2", Time: "3", TimeUnit: time.Millisecond}, []dataset.Event{
			{User: "a", Item: "b", Time: time.UnixMilli(1511544070123).UTC()}}},
		"before 1970":              {"a,b,-1.5", dataset.Table{User: "1", Item: "2", Time: "3"}, []dataset.Event{{User: "a", Item: "b", Time: time.UnixMilli(-1500).UTC()}}},
		"more columns than needed": {"a,b,c,d", dataset.Table{User: "1", Item: "2"}, []dataset.Event{{User: "a", Item: "b"}}},
		"nothing":                  {"", dataset.Taobao{}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := read(t, c.text, c.format)
			require.NoError(t, err)
			require.NoError(t, data.Check())
			require.Equal(t, c.want, told(data))

			var packed bytes.Buffer
			zip := gzip.NewWriter(&packed)
			_, err = zip.Write([]byte(c.text))
			require.NoError(t, err)
			require.NoError(t, zip.Close())
			data, err = dataset.NewLoader(dataset.Config{}).Read(t.Context(), "x", &packed, c.format)
			require.NoError(t, err)
			require.Equal(t, c.want, told(data))
		})
	}
}

// A file of items gives categories and no events.
func TestCategories(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text   string
		format dataset.Format
	}{
		"movies.csv": {"movieId,title,genres\n1,\"Toy Story, The (1995)\",Adventure|Comedy\n", dataset.MovieLens{}},
		"movies.dat": {"1::Toy Story (1995)::Adventure|Comedy\n", dataset.MovieLens{}},
		".item":      {"item_id:token\ttitle:token_seq\tgenre:token_seq\n1\tToy Story\tAdventure Comedy\n", dataset.Atomic{Category: "genre"}},
		"table":      {"1;Adventure/Comedy/Adventure\n", dataset.Table{Separator: ";", Item: "1", Category: "2", CategorySeparator: "/"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			loader := dataset.NewLoader(dataset.Config{})
			events, err := loader.Read(t.Context(), "ratings", strings.NewReader("7 1"), dataset.Lists{})
			require.NoError(t, err)
			items, err := loader.Read(t.Context(), "items", strings.NewReader(c.text), c.format)
			require.NoError(t, err)
			require.Zero(t, items.Len())
			require.Equal(t, []dataset.Event{{User: "7", Item: "1", Categories: []string{"Adventure", "Comedy"}}}, told(events))
		})
	}
}

func TestFilesShareNumbers(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, text := range map[string]string{"train.txt": "小明 茶 壶\n", "test.txt": "小红 壶 杯\n小明 杯\n"} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	loader := dataset.NewLoader(dataset.Config{})
	train, err := loader.Open(t.Context(), filepath.Join(folder, "train.txt"), dataset.Lists{})
	require.NoError(t, err)
	test, err := loader.Open(t.Context(), filepath.Join(folder, "test.txt"), dataset.Lists{})
	require.NoError(t, err)
	require.Equal(t, []int32{0, 0}, train.User)
	require.Equal(t, []int32{1, 1, 0}, test.User)
	require.Equal(t, []int32{1, 2, 2}, test.Item)
	require.Same(t, train.Catalogue, test.Catalogue)
	require.Same(t, loader.Catalogue(), test.Catalogue)

	_, err = loader.Open(t.Context(), filepath.Join(folder, "none.txt"), dataset.Lists{})
	require.ErrorIs(t, err, os.ErrNotExist)
}

// An error names the file, the line, what is wrong and what to do.
func TestErrors(t *testing.T) {
	t.Parallel()
	rated := dataset.Table{User: "1", Item: "2", Weight: "3", Time: "4"}
	long := strings.Repeat("长", 2000)
	for name, c := range map[string]struct {
		text   string
		format dataset.Format
		line   int
		want   string
	}{
		"weight":            {"a,b,1,1\na,b,好,1", rated, 2, `x:2: weight "好" is not a finite number: write it in digits`},
		"weight not finite": {"a,b,NaN,1", rated, 1, "not a finite number"},
		"weight too large":  {"a,b,1e300,1", rated, 1, "not a finite number"},
		"time":              {"a,b,1,昨天", rated, 1, "set TimeLayout"},
		"time in another unit": {"\n\na,b,1,1511544070123", rated, 3,
			`x:3: time "1511544070123" is not in the years 1 to 9999: set TimeUnit`},
		"layout":             {"a,b,1.2.2026", dataset.Table{User: "1", Item: "2", Time: "3", TimeLayout: time.DateOnly}, 1, `not in the layout "2006-01-02"`},
		"too few fields":     {"a;b", rated, 1, "has 1 fields and needs 4: check the separator"},
		"user empty":         {",b,1,1", rated, 1, "the user is empty"},
		"item blank":         {"a,  ,1,1", rated, 1, "the item is empty"},
		"kind empty":         {"1,2,3,,4", dataset.Taobao{}, 1, "the kind is empty"},
		"name too long":      {"a " + long, dataset.Lists{}, 1, "is longer than 4096 bytes"},
		"user too long":      {long + " a", dataset.Lists{}, 1, "is longer than 4096 bytes"},
		"quote open":         {"\"a,b,1,1", rated, 1, "has no closing quote"},
		"text after quote":   {"\"a\"a,b,1,1", rated, 1, "goes on after its closing quote"},
		"column unknown":     {"user,item\n1,2", dataset.Table{Header: true, User: "user", Item: "goods"}, 1, `has no column "goods": set Item`},
		"no MovieLens":       {"1 2 3 4", dataset.MovieLens{}, 1, "is not of a MovieLens file"},
		"header untyped":     {"user_id\titem_id\n", dataset.Atomic{}, 1, "has no type"},
		"header of no event": {"user_id:token\tx:token\n", dataset.Atomic{}, 1, "name the columns in Atomic"},
		"column missing":     {"user_id:token\titem_id:token\n", dataset.Atomic{Weight: "score"}, 1, `has no column "score"`},
		"column of lists":    {"user_id:token\titem_id:token_seq\n", dataset.Atomic{}, 1, "is of type token_seq, not token"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := read(t, c.text, c.format)
			require.ErrorContains(t, err, c.want)
			var e *dataset.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, "x", e.File)
			require.Equal(t, c.line, e.Line)
			require.NotEmpty(t, e.Fix)
			require.Less(t, len(e.Error()), 400, "what was found is cut")
		})
	}
}

func TestTableIsChecked(t *testing.T) {
	t.Parallel()
	for want, format := range map[string]dataset.Table{
		"set Item":             {User: "1"},
		"set User or Category": {Item: "1"},
		"use its number":       {User: "user", Item: "2"},
		`"0"`:                  {User: "0", Item: "2"},
		"use a positive one":   {User: "1", Item: "2", TimeUnit: -1},
	} {
		_, err := read(t, "1,2", format)
		require.ErrorContains(t, err, want)
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	loader := dataset.NewLoader(dataset.Config{MaxLine: 100, MaxEvents: 3})
	_, err := loader.Read(t.Context(), "x", strings.NewReader("a b\n"+strings.Repeat("a ", 60)), dataset.Lists{})
	require.ErrorContains(t, err, "x:2: the line is longer than 100 bytes")
	_, err = loader.Read(t.Context(), "x", strings.NewReader("a 1 2\nb 3 4"), dataset.Lists{})
	require.ErrorContains(t, err, "x:2: there are more than 3 events: read a part of the file, or raise Config.MaxEvents")

	var kinds strings.Builder
	for kind := range rune(dataset.MaxKinds + 1) {
		kinds.WriteString("1,2,3," + string('一'+kind) + ",4\n")
	}
	_, err = read(t, kinds.String(), dataset.Taobao{})
	require.ErrorContains(t, err, "x:257: kind")
}

func TestDamagedArchive(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, err := zip.Write([]byte(strings.Repeat("小明 茶\n", 1000)))
	require.NoError(t, err)
	require.NoError(t, zip.Close())
	for _, cut := range []int{5, packed.Len() - 9} {
		_, err = read(t, packed.String()[:cut], dataset.Lists{})
		require.ErrorContains(t, err, "fetch the file again")
	}
}

// failing breaks off after some text.
type failing struct {
	text strings.Reader
	err  error
}

func (f *failing) Read(p []byte) (int, error) {
	if f.text.Len() == 0 {
		return 0, f.err
	}
	return f.text.Read(p)
}

func TestReadFails(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk gone")
	_, err := dataset.NewLoader(dataset.Config{}).Read(t.Context(), "x", &failing{*strings.NewReader("a b\nc d\n"), broken}, dataset.Lists{})
	require.ErrorIs(t, err, broken)
	require.ErrorContains(t, err, "x:3")
}

func TestCancelAndProgress(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	var seen []int
	loader := dataset.NewLoader(dataset.Config{Progress: func(file string, lines, events int) {
		require.Equal(t, "x", file)
		require.Equal(t, 2*lines, events)
		if seen = append(seen, lines); len(seen) == 2 {
			cancel()
		}
	}})
	_, err := loader.Read(ctx, "x", strings.NewReader(strings.Repeat("a 1 2\n", 100_000)), dataset.Lists{})
	require.ErrorIs(t, err, context.Canceled)
	require.IsIncreasing(t, seen)
}
