package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"sync"

	"github.com/zhushou-ai/zhushou/recommend/eval"
)

//go:embed page.html
var page string

var pageTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{
		"px":     func(v float64) string { return fmt.Sprintf("%.1f", v) },
		"number": number,
		"add":    func(a, b float64) float64 { return a + b },
		"half":   func(v float64) float64 { return v / 2 },
	}).Parse(page))
})

// HTML writes the report as one page.
func (r *Report) HTML(w io.Writer) error {
	if err := pageTemplate().Execute(w, r.view()); err != nil {
		return fmt.Errorf("report: html: %w", err)
	}
	return nil
}

// view is what the page shows.
type view struct {
	*Report
	Legend    []legend
	Metrics   []bars
	Latencies []bars
	Plots     []*lines
	Table     []tableRow
	Compared  []comparedRow
}

type legend struct {
	Name   string
	Series int
}

type tableRow struct {
	Label string
	Cells []string
}

type comparedRow struct {
	Comparison
	Label   string
	Verdict string
	Class   string
}

// labels are the metrics' names on the page.
var labels = map[eval.Metric]string{
	eval.Recall: "召回率 Recall", eval.NDCG: "归一化折损累计增益 NDCG", eval.Precision: "精确率 Precision",
	eval.HitRate: "命中率 HitRate", eval.MRR: "首个命中的倒数排名 MRR", eval.MAP: "平均精度 MAP",
	eval.Novelty: "新颖度 Novelty", eval.Diversity: "多样性 Diversity", eval.Popularity: "平均热度 ARP",
	eval.Calibration: "校准偏差 KL", eval.Coverage: "覆盖率 Coverage", eval.Gini: "基尼系数 Gini",
}

func label(m eval.Metric, k int) string { return fmt.Sprintf("%s@%d", labels[m], k) }

func (r *Report) view() view {
	v := view{Report: r, Plots: []*lines{r.activityPlot(), r.tailPlot()}}
	latency := func(title string, of func(Latency) float64) {
		plot := bars{Title: title}
		for i := range r.Results {
			ms := of(r.Results[i].Latency)
			plot.add(r.Results[i].Name, number(ms)+" ms", i, ms, ms, ms)
		}
		v.Latencies = append(v.Latencies, plot.layout())
	}
	latency("一半请求快于 p50", func(l Latency) float64 { return l.P50 })
	latency("99% 的请求快于 p99", func(l Latency) float64 { return l.P99 })
	for i := range r.Results {
		v.Legend = append(v.Legend, legend{r.Results[i].Name, i % palette})
	}
	for _, k := range r.cutoffs() {
		for _, metric := range metrics() {
			row, plot := tableRow{Label: label(metric, k)}, bars{Title: label(metric, k)}
			if metric.LowerIsBetter() {
				plot.Hint = "越小越好"
			}
			for i := range r.Results {
				f, ok := r.Results[i].figure(metric, k)
				if !ok {
					row.Cells = append(row.Cells, "–")
					continue
				}
				cell := number(f.Mean)
				if f.High > f.Low {
					cell += fmt.Sprintf(" [%s, %s]", number(f.Low), number(f.High))
				}
				row.Cells = append(row.Cells, cell)
				plot.add(r.Results[i].Name, number(f.Mean), i, f.Mean, f.Low, f.High)
			}
			if len(plot.Bars) == 0 {
				continue
			}
			v.Table = append(v.Table, row)
			if k == r.Cutoff {
				v.Metrics = append(v.Metrics, plot.layout())
			}
		}
	}
	const level = 0.05
	for _, c := range r.Comparisons {
		row := comparedRow{Comparison: c, Label: label(c.Metric, c.K), Verdict: "无显著差异"}
		if c.Significant(level) {
			row.Verdict, row.Class = "显著更差", "worse"
			if c.Difference.Mean > 0 != c.Metric.LowerIsBetter() {
				row.Verdict, row.Class = "显著更好", "better"
			}
		}
		v.Compared = append(v.Compared, row)
	}
	return v
}
