package eval

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant/guard/profile"
)

// A Report is what there is to tell. Parts that are empty are left out.
type Report struct {
	Title      string
	Time       time.Time
	Assessment *Assessment
	Accords    []Accord
	Models     []Summary
	Cascade    []Point
}

// ways of saying yes and no.
func verdict(legal, robust bool) string {
	switch {
	case robust:
		return "稳健通过"
	case legal:
		return "达标（可能靠运气）"
	}
	return "不达标"
}

var bankTitles = map[string]string{GeneratedContent: "生成内容", ShouldRefuse: "应拒答", ShouldAnswer: "不应拒答"}

var judgeTitles = map[string]string{"human": "人工", "keyword": "关键词", "classifier": "分类模型", "any": "任一", "refusal": "拒答识别", "model": "模型", "holds": "答案核对"}

func title(of map[string]string, name string) string { return cmp.Or(of[name], name) }

// mark says what a draw demands.
func mark(d profile.Draw) string {
	if d.AtMost > 0 {
		return fmt.Sprintf("≤ %g%%", 100*d.AtMost)
	}
	return fmt.Sprintf("≥ %g%%", 100*d.AtLeast)
}

func interval(r Rate) string {
	low, high := r.Wilson()
	return fmt.Sprintf("%.1f%%–%.1f%%", 100*low, 100*high)
}

// A table is what both forms of report show.
type table struct {
	title string
	head  []string
	rows  [][]string
}

// tables returns the report as tables, in order.
func (r *Report) tables() []table {
	var out []table
	if a := r.Assessment; a != nil {
		t := table{title: "评估结论（" + a.Profile + "）：" + verdict(a.Legal(), a.Robust()),
			head: []string{"题库", "评判", "要求", "判定数", "命中", "比例", "95%区间", "安全引导", "结论"}}
		for i := range a.Axes {
			x := &a.Axes[i]
			t.rows = append(t.rows, []string{
				title(bankTitles, x.Bank), title(judgeTitles, x.Draw.Judge), mark(x.Draw), fmt.Sprintf("%d / %d", x.Rate.Judged, x.Draw.Count),
				fmt.Sprint(x.Rate.Hits), fmt.Sprintf("%.1f%%", 100*x.Rate.Value()), interval(x.Rate), fmt.Sprint(x.Safe.Hits), verdict(x.Legal(), x.Robust()),
			})
		}
		out = append(out, t)
		b := table{title: "题库覆盖", head: []string{"题库", "总数", "缺口", "更新"}}
		for _, name := range slices.Sorted(maps.Keys(a.Banks)) {
			c := a.Banks[name]
			gaps := make([]string, len(c.Shortfalls))
			for i, s := range c.Shortfalls {
				gaps[i] = fmt.Sprintf("%s %d/%d", cmp.Or(s.Category, "总数"), s.Have, s.Want)
			}
			fresh := "在期限内"
			if c.Stale {
				fresh = "已过期限"
			}
			b.rows = append(b.rows, []string{title(bankTitles, name), fmt.Sprint(c.Total), cmp.Or(strings.Join(gaps, "，"), "无"), fresh})
		}
		out = append(out, b)
	}
	if len(r.Accords) > 0 {
		t := table{title: "评判一致性", head: []string{"评判一", "评判二", "共同判定", "一致", "Kappa"}}
		for _, a := range r.Accords {
			t.rows = append(t.rows, []string{title(judgeTitles, a.Judges[0]), title(judgeTitles, a.Judges[1]), fmt.Sprint(a.Rate.Judged), fmt.Sprintf("%.1f%%", 100*a.Rate.Value()), fmt.Sprintf("%.2f", a.Kappa)})
		}
		out = append(out, t)
	}
	if len(r.Models) > 0 {
		t := table{title: "模型比较", head: []string{"模型", "通过", "95%区间", "拒答", "无回答", "首字 p50", "首字 p95", "全文 p50", "全文 p95", "输入词元", "输出词元", "费用"}}
		for _, s := range r.Models {
			t.rows = append(t.rows, []string{
				s.Model, fmt.Sprintf("%d/%d = %.1f%%", s.Passed.Hits, s.Passed.Judged, 100*s.Passed.Value()), interval(s.Passed), fmt.Sprint(s.Refused), fmt.Sprint(s.Failed),
				short(s.First.P50), short(s.First.P95), short(s.Took.P50), short(s.Took.P95), fmt.Sprint(s.Input), fmt.Sprint(s.Output), s.Cost.String(),
			})
		}
		out = append(out, t)
		if len(r.Models) > 1 {
			d := table{title: "差异是否显著（同题配对，McNemar）", head: []string{"模型一", "模型二", "仅一通过", "仅二通过", "p"}}
			for i := range r.Models {
				for k := i + 1; k < len(r.Models); k++ {
					x := Differ(r.Models[i], r.Models[k])
					d.rows = append(d.rows, []string{r.Models[i].Model, r.Models[k].Model, fmt.Sprint(x.Only[0]), fmt.Sprint(x.Only[1]), fmt.Sprintf("%.4f", x.P)})
				}
			}
			out = append(out, d)
		}
	}
	if len(r.Cascade) > 0 {
		t := table{title: "端云分流", head: []string{"精度要求", "阈值", "留在端侧", "精度"}}
		for _, want := range []float64{0.9, 0.95, 0.98, 0.99, 1} {
			if p, ok := Threshold(r.Cascade, want); ok {
				t.rows = append(t.rows, []string{fmt.Sprintf("%g%%", 100*want), fmt.Sprintf("%.3f", p.Threshold), fmt.Sprintf("%.1f%%", 100*p.Share), p.Precision.String()})
			}
		}
		out = append(out, t)
	}
	return out
}

func short(d time.Duration) string {
	if d >= time.Second {
		return d.Round(10 * time.Millisecond).String()
	}
	return d.Round(10 * time.Microsecond).String()
}

// WriteMarkdown writes the report as Markdown.
func WriteMarkdown(w io.Writer, r *Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n", cell(r.Title), r.Time.Format("2006-01-02 15:04"))
	for _, t := range r.tables() {
		fmt.Fprintf(&b, "\n## %s\n\n", cell(t.title))
		row := func(cells []string) {
			for _, c := range cells {
				b.WriteString("| " + cell(c) + " ")
			}
			b.WriteString("|\n")
		}
		row(t.head)
		b.WriteString(strings.Repeat("| --- ", len(t.head)) + "|\n")
		for _, cells := range t.rows {
			row(cells)
		}
	}
	if r.Assessment != nil {
		for i, p := range r.Assessment.Problems() {
			if i == 0 {
				b.WriteString("\n## 未满足的要求\n\n")
			}
			b.WriteString("- " + cell(p) + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// cell makes text safe to stand in a table.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "\r", " ", "<", "&lt;").Replace(s)
}
