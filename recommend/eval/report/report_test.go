package report_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend/eval"
	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
	"github.com/zhushou-ai/zhushou/recommend/eval/report"
)

// measured returns results of popularity and of a ranker that is right half of the time.
func measured(t testing.TB, names ...string) []*eval.Result {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	train := dataset.New()
	test := &dataset.Data{Catalogue: train.Catalogue}
	const users, items = 60, 80
	right := map[int32][]int32{}
	for user := range users {
		name := string(rune('一' + user))
		for i, n := 0, 2+user/3; i < n; i++ {
			item := min(int(random.ExpFloat64()*15), items-1)
			require.NoError(t, train.Append(dataset.Event{User: name, Item: string(rune('a' + item)), Categories: []string{string(rune('甲' + item%4))}}))
		}
		for range 4 {
			event := dataset.Event{User: name, Item: string(rune('a' + random.IntN(items)))}
			require.NoError(t, test.Append(event))
			if random.IntN(2) == 0 {
				number, _ := train.Catalogue.Items.Number(event.Item)
				right[int32(user)] = append(right[int32(user)], number)
			}
		}
	}
	oracle := eval.RankerFunc(func(_ context.Context, q eval.Query) ([]int32, error) { return right[q.User], nil })
	var results []*eval.Result
	for i, name := range names {
		ranker := eval.MostPopular(train)
		if i%2 == 1 {
			ranker = oracle
		}
		result, err := eval.Run(t.Context(), ranker, eval.Config{Name: name, Train: train, Test: test, Cutoffs: []int{5, 10}})
		require.NoError(t, err)
		result.Latency = eval.Latency{Mean: 1500000, P50: 1000000, P99: 9000000, Max: 20000000}
		results = append(results, result)
	}
	return results
}

func newReport(t testing.TB, config report.Config, names ...string) *report.Report {
	t.Helper()
	r, err := report.New(t.Context(), config, measured(t, names...)...)
	require.NoError(t, err)
	return r
}

func TestFigures(t *testing.T) {
	t.Parallel()
	results := measured(t, "热门", "半对")
	r, err := report.New(t.Context(), report.Config{}, results...)
	require.NoError(t, err)
	require.Equal(t, 10, r.Cutoff)
	for i, result := range r.Results {
		for _, f := range result.Figures {
			require.InDelta(t, results[i].Mean(f.Metric, f.K), f.Mean, 1e-12, "%s@%d", f.Metric, f.K)
			require.LessOrEqual(t, f.Low, f.Mean)
			require.GreaterOrEqual(t, f.High, f.Mean)
		}
		users := 0
		for g, group := range result.Activity {
			require.LessOrEqual(t, group.From, group.To)
			if g > 0 {
				require.Equal(t, result.Activity[g-1].To+1, group.From)
			}
			users += group.Users
		}
		require.Equal(t, result.Users, users, "everybody is in one group")
		require.Zero(t, result.Tail[0])
		require.InDelta(t, 1, result.Tail[100], 1e-12)
		require.IsNonDecreasing(t, result.Tail)
		require.InDelta(t, 9, result.Latency.P99, 1e-12)
	}
	require.Greater(t, r.Results[0].Tail[20], r.Results[1].Tail[20], "popularity suggests what is popular")
	require.InDelta(t, 1, r.Taken[100], 1e-12)
	require.Len(t, r.Comparisons, len(eval.PerUser()))
	require.Equal(t, "半对", r.Comparisons[0].Name)
	require.Equal(t, eval.Recall, r.Comparisons[0].Metric)
	require.True(t, r.Comparisons[0].Significant(0.05))
	require.Positive(t, r.Comparisons[0].Difference.Mean)
}

func TestJSON(t *testing.T) {
	t.Parallel()
	r := newReport(t, report.Config{Title: "首页<推荐>", Notes: []string{"按时间切分"}}, "热门", "半对")
	var out bytes.Buffer
	require.NoError(t, r.JSON(&out))
	require.Contains(t, out.String(), "首页<推荐>")
	var back report.Report
	require.NoError(t, json.Unmarshal(out.Bytes(), &back))
	require.Equal(t, *r, back)
}

func TestText(t *testing.T) {
	t.Parallel()
	r := newReport(t, report.Config{Title: "评测"}, "热门", "half right")
	var out bytes.Buffer
	require.NoError(t, r.Text(&out))
	lines := strings.Split(out.String(), "\n")
	require.Regexp(t, `^评测 +热门  half right$`, lines[0])
	require.Regexp(t, `^recall@5 +0\.\d{4} +0\.\d{4}$`, lines[1])
	require.Contains(t, out.String(), "gini@10")
	require.Regexp(t, `half right 对 热门  ndcg@10  差 \+0\.\d{4}`, out.String())
}

// The page is whole: it names every result, draws every plot, and loads nothing.
func TestHTML(t *testing.T) {
	t.Parallel()
	hostile := `<script>alert("x")</script>`
	r := newReport(t, report.Config{Title: hostile, Notes: []string{hostile}}, "热门", hostile, "名字特别特别长的一个推荐器，要截短")
	var out bytes.Buffer
	require.NoError(t, r.HTML(&out))
	page := out.String()
	require.NotContains(t, page, "<script")
	require.NotRegexp(t, regexp.MustCompile(`(?i)(src|href)=|@import|url\(|https?:`), page)
	require.NotContains(t, page, "NaN")
	require.NotContains(t, page, "ZgotmplZ")
	require.Contains(t, page, "prefers-color-scheme: dark")
	require.Contains(t, page, "显著更好")
	require.Contains(t, page, "长尾曲线")
	require.Contains(t, page, "名字特别特别…")
	require.Equal(t, 3+len(eval.PerUser())+len(eval.Overall())+2+2, strings.Count(page, "<svg"), "the legend, all metrics, two plots, two latencies")
	require.Equal(t, 3*len(r.Results[0].Activity), strings.Count(page, "<circle"))

	// It is well-formed as XML too, but for the doctype and meta.
	text := regexp.MustCompile(`<!doctype html>|<meta[^>]*>`).ReplaceAllString(page, "")
	decoder := xml.NewDecoder(strings.NewReader(text))
	for {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
	}
}

// Whatever is drawn lies inside its drawing.
func TestPlotsStayInside(t *testing.T) {
	t.Parallel()
	r := newReport(t, report.Config{}, "热门", "半对", "热门二", "半对二")
	var out bytes.Buffer
	require.NoError(t, r.HTML(&out))
	for _, drawing := range regexp.MustCompile(`(?s)<svg viewBox="0 0 ([\d.]+) ([\d.]+)" role.*?</svg>`).FindAllStringSubmatch(out.String(), -1) {
		var width, height float64
		require.NoError(t, json.Unmarshal([]byte(drawing[1]), &width))
		require.NoError(t, json.Unmarshal([]byte(drawing[2]), &height))
		for _, at := range regexp.MustCompile(` (x|y|x1|x2|y1|y2|cx|cy)="(-?[\d.]+)"`).FindAllStringSubmatch(drawing[0], -1) {
			var v float64
			require.NoError(t, json.Unmarshal([]byte(at[2]), &v))
			require.GreaterOrEqual(t, v, 0.0)
			if strings.Contains(at[1], "x") {
				require.LessOrEqual(t, v, width)
			} else {
				require.LessOrEqual(t, v, height)
			}
		}
	}
}

func TestDeterministic(t *testing.T) {
	t.Parallel()
	pages := [2]bytes.Buffer{}
	for i := range pages {
		require.NoError(t, newReport(t, report.Config{}, "热门", "半对").HTML(&pages[i]))
	}
	require.NotZero(t, pages[0].Len())
	require.Equal(t, pages[0].String(), pages[1].String())
}

func TestErrors(t *testing.T) {
	t.Parallel()
	_, err := report.New(t.Context(), report.Config{})
	require.ErrorContains(t, err, "no results")
	_, err = report.New(t.Context(), report.Config{}, measured(t, "热门", "热门")...)
	require.ErrorContains(t, err, `result 1 has the name "热门"`)
	_, err = report.New(t.Context(), report.Config{}, measured(t, "")...)
	require.ErrorContains(t, err, `result 0 has the name ""`)
	_, err = report.New(t.Context(), report.Config{Cutoff: 7}, measured(t, "热门")...)
	require.ErrorContains(t, err, "热门 was not measured at 7: its cutoffs are [5 10]")
	ctx, cancel := context.WithCancel(t.Context())
	results := measured(t, "热门")
	cancel()
	_, err = report.New(ctx, report.Config{}, results...)
	require.ErrorIs(t, err, context.Canceled)
}

// full takes no bytes.
type full struct{}

var errFull = errors.New("disk full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriterFails(t *testing.T) {
	t.Parallel()
	r := newReport(t, report.Config{}, "热门")
	require.ErrorIs(t, r.HTML(full{}), errFull)
	require.ErrorIs(t, r.JSON(full{}), errFull)
	require.ErrorIs(t, r.Text(full{}), errFull)
}

// A ranker that suggests nothing at all has a report all the same.
func TestNothingSuggested(t *testing.T) {
	t.Parallel()
	data := dataset.New()
	require.NoError(t, data.Append(dataset.Event{User: "小明", Item: "茶"}, dataset.Event{User: "小明", Item: "壶"}))
	silent := eval.RankerFunc(func(context.Context, eval.Query) ([]int32, error) { return nil, nil })
	result, err := eval.Run(t.Context(), silent, eval.Config{Name: "无", Train: data.Pick([]int32{0}), Test: data.Pick([]int32{1})})
	require.NoError(t, err)
	r, err := report.New(t.Context(), report.Config{}, result)
	require.NoError(t, err)
	for _, write := range []func(io.Writer) error{r.HTML, r.JSON, r.Text} {
		var out bytes.Buffer
		require.NoError(t, write(&out))
		require.NotContains(t, out.String(), "NaN")
		require.NotContains(t, out.String(), "Inf")
	}
}
