package eval

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"strings"
	"sync"
)

//go:embed report.html
var page string

var pageTemplate = sync.OnceValues(func() (*template.Template, error) { return template.New("report").Parse(page) })

// WriteHTML writes the report as one page that needs nothing else: tables, and charts as pictures inside.
func WriteHTML(w io.Writer, r *Report) error {
	t, err := pageTemplate()
	if err != nil {
		return err
	}
	type section struct {
		Title string
		Head  []string
		Rows  [][]string
	}
	data := struct {
		Title, Time string
		Passed      string // class of the verdict
		Verdict     string
		Tables      []section
		Charts      []template.HTML
		Problems    []string
	}{Title: r.Title, Time: r.Time.Format("2006-01-02 15:04")}
	for _, t := range r.tables() {
		data.Tables = append(data.Tables, section{t.title, t.head, t.rows})
	}
	if a := r.Assessment; a != nil {
		data.Verdict, data.Passed = verdict(a.Legal(), a.Robust()), "bad"
		if a.Legal() {
			data.Passed = "fair"
		}
		if a.Robust() {
			data.Passed = "good"
		}
		data.Problems = a.Problems()
		data.Charts = append(data.Charts, axesChart(a))
	}
	if len(r.Models) > 0 {
		data.Charts = append(data.Charts, modelsChart(r))
	}
	if len(r.Cascade) > 1 {
		data.Charts = append(data.Charts, cascadeChart(r.Cascade))
	}
	return t.Execute(w, data)
}

// A bar is one line of a chart: a share with its interval, and the mark that it should reach.
type bar struct {
	name            string
	value, low, top float64
	mark            float64 // negative for none
	class           string
	note            string
}

// bars draws shares from 0 to 100 percent.
func bars(title string, of []bar) template.HTML {
	const left, width, row = 190, 460, 30
	height := 46 + row*len(of)
	var b strings.Builder
	fmt.Fprintf(&b, `<figure><figcaption>%s</figcaption><svg viewBox="0 0 760 %d" role="img" aria-label="%s">`, esc(title), height, esc(title))
	for i := range 6 {
		x := left + width*i/5
		fmt.Fprintf(&b, `<line class="grid" x1="%d" y1="8" x2="%d" y2="%d"/><text class="tick" x="%d" y="%d" text-anchor="middle">%d%%</text>`, x, x, height-28, x, height-12, 20*i)
	}
	at := func(v float64) float64 { return left + width*math.Max(0, math.Min(1, v)) }
	for i, x := range of {
		y := 14 + row*i
		fmt.Fprintf(&b, `<text class="name" x="%d" y="%d" text-anchor="end">%s</text>`, left-10, y+14, esc(x.name))
		fmt.Fprintf(&b, `<rect class="%s" x="%d" y="%d" width="%.1f" height="18" rx="2"/>`, x.class, left, y, at(x.value)-left)
		fmt.Fprintf(&b, `<line class="whisker" x1="%.1f" y1="%d" x2="%.1f" y2="%d"/>`, at(x.low), y+9, at(x.top), y+9)
		if x.mark >= 0 {
			fmt.Fprintf(&b, `<line class="mark" x1="%.1f" y1="%d" x2="%.1f" y2="%d"/>`, at(x.mark), y-3, at(x.mark), y+21)
		}
		fmt.Fprintf(&b, `<text class="value" x="%d" y="%d">%s</text>`, left+width+10, y+14, esc(x.note))
	}
	b.WriteString("</svg></figure>")
	return template.HTML(b.String())
}

func esc(s string) string { return template.HTMLEscapeString(s) }

func axesChart(a *Assessment) template.HTML {
	var of []bar
	for i := range a.Axes {
		x := &a.Axes[i]
		low, high := x.Rate.Wilson()
		b := bar{
			name: title(bankTitles, x.Bank) + " · " + title(judgeTitles, x.Draw.Judge), value: x.Rate.Value(), low: low, top: high,
			mark: x.Draw.AtLeast + x.Draw.AtMost, class: "bad", note: fmt.Sprintf("%.1f%%（%s）", 100*x.Rate.Value(), mark(x.Draw)),
		}
		if x.Legal() {
			b.class = "fair"
		}
		if x.Robust() {
			b.class = "good"
		}
		of = append(of, b)
	}
	return bars("各项比例、95% 区间与要求", of)
}

func modelsChart(r *Report) template.HTML {
	var of []bar
	for _, s := range r.Models {
		low, high := s.Passed.Wilson()
		of = append(of, bar{s.Model, s.Passed.Value(), low, high, -1, "plain", fmt.Sprintf("%.1f%%", 100*s.Passed.Value())})
	}
	return bars("模型通过率与 95% 区间", of)
}

// cascadeChart draws precision over the share that stays on the device.
func cascadeChart(points []Point) template.HTML {
	const left, top, width, height = 60, 12, 600, 240
	least := 1.0
	for _, p := range points {
		least = math.Min(least, p.Precision.Value())
	}
	least = math.Floor(least*10) / 10
	if least == 1 {
		least = 0.9
	}
	x := func(v float64) float64 { return left + width*v }
	y := func(v float64) float64 { return top + height*(1-v)/(1-least) }
	var b strings.Builder
	fmt.Fprintf(&b, `<figure><figcaption>留在端侧的比例与精度</figcaption><svg viewBox="0 0 760 300" role="img" aria-label="留在端侧的比例与精度">`)
	for i := range 6 {
		v := float64(i) / 5
		fmt.Fprintf(&b, `<line class="grid" x1="%.1f" y1="%d" x2="%.1f" y2="%d"/><text class="tick" x="%.1f" y="%d" text-anchor="middle">%d%%</text>`, x(v), top, x(v), top+height, x(v), top+height+18, 20*i)
		p := least + (1-least)*v
		fmt.Fprintf(&b, `<line class="grid" x1="%d" y1="%.1f" x2="%d" y2="%.1f"/><text class="tick" x="%d" y="%.1f" text-anchor="end">%.0f%%</text>`, left, y(p), left+width, y(p), left-8, y(p)+4, 100*p)
	}
	b.WriteString(`<polyline class="curve" points="`)
	for _, p := range points {
		fmt.Fprintf(&b, "%.1f,%.1f ", x(p.Share), y(p.Precision.Value()))
	}
	b.WriteString(`"/></svg></figure>`)
	return template.HTML(b.String())
}
