package report

import (
	"fmt"
	"math"
	"strings"
)

// palette is how many colours the page has; series beyond take them again.
const palette = 8

// bars is a plot of horizontal bars, one for every result.
type bars struct {
	Title         string
	Hint          string
	Width, Height float64
	Bars          []bar
}

type bar struct {
	Name, Label           string
	Series                int
	Y, Middle, X, Length  float64
	Low, High, LabelX     float64 // of the interval; equal if there is none
	Whisker               bool
	WhiskerTop, WhiskerBy float64
}

// The geometry of bars, in units of the drawing.
const (
	barWidth  = 420.0
	barNames  = 120.0
	barLabels = 74.0
	barStep   = 26.0
	barThick  = 14.0
)

// add puts a bar below the others.
func (b *bars) add(name, label string, series int, value, low, high float64) {
	y := float64(len(b.Bars))*barStep + 6
	b.Bars = append(b.Bars, bar{Name: shorten(name, 14), Label: label, Series: series % palette,
		Y: y, Middle: y + barThick/2, Length: value, Low: low, High: high, Whisker: high > low})
}

// layout turns values into places. Values are not negative.
func (b *bars) layout() bars {
	most := 0.0
	for _, bar := range b.Bars {
		most = max(most, bar.Length, bar.High)
	}
	if most == 0 {
		most = 1
	}
	scale := (barWidth - barNames - barLabels) / most
	for i := range b.Bars {
		bar := &b.Bars[i]
		bar.X = barNames
		bar.LabelX = barNames + max(bar.Length, bar.High)*scale + 6
		bar.Length *= scale
		bar.Low, bar.High = barNames+max(bar.Low, 0)*scale, barNames+bar.High*scale
		bar.WhiskerTop, bar.WhiskerBy = bar.Y+2, barThick-4
	}
	b.Width, b.Height = barWidth, float64(len(b.Bars))*barStep+6
	return *b
}

// lines is a plot of lines over places from left to right.
type lines struct {
	Title         string
	Hint          string
	Width, Height float64
	Left, Right   float64
	Top, Bottom   float64
	Lines         []line
	XTicks        []tick
	YTicks        []tick
	XLabel        string
}

type line struct {
	Name    string
	Class   string
	Points  string
	Markers []marker
}

type marker struct {
	X, Y, Low, High float64
	Title           string
}

type tick struct {
	At    float64
	Label string
}

// newLines returns an empty plot with y from 0 to most.
func newLines(title, hint, xLabel string, most float64) *lines {
	l := &lines{Title: title, Hint: hint, XLabel: xLabel, Width: 640, Height: 320, Left: 56, Right: 624, Top: 12, Bottom: 264}
	step := niceStep(most)
	for v := 0.0; v <= most+step/1e6; v += step {
		l.YTicks = append(l.YTicks, tick{l.y(v, most), strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.4f", v), "0"), ".")})
	}
	return l
}

func (l *lines) x(share float64) float64   { return l.Left + share*(l.Right-l.Left) }
func (l *lines) y(v, most float64) float64 { return l.Bottom - v/most*(l.Bottom-l.Top) }

// niceStep returns 1, 2 or 5 times a power of ten that parts the range in about five.
func niceStep(most float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(most/5)))
	for _, factor := range []float64{1, 2, 5} {
		if most/(factor*power) <= 6 {
			return factor * power
		}
	}
	return 10 * power
}

// activityPlot shows recall by group of users.
func (r *Report) activityPlot() *lines {
	most := 0.0
	for i := range r.Results {
		for _, g := range r.Results[i].Activity {
			most = max(most, g.Recall.High)
		}
	}
	if most == 0 {
		most = 1
	}
	l := newLines("不同活跃度用户的召回率", fmt.Sprintf("Recall@%d，按训练数据中的项目数把用户分组；竖线为置信区间", r.Cutoff), "训练数据中的项目数", most*1.05)
	first := r.Results[0].Activity
	at := func(g int) float64 { return l.x((float64(g) + 0.5) / float64(len(first))) }
	for g, group := range first {
		label := fmt.Sprintf("%d–%d", group.From, group.To)
		if group.From == group.To {
			label = fmt.Sprint(group.From)
		}
		l.XTicks = append(l.XTicks, tick{at(g), label})
	}
	for i := range r.Results {
		series := line{Name: r.Results[i].Name, Class: fmt.Sprintf("s%d", i%palette)}
		var points []string
		// Markers stand beside each other, so that intervals can be told apart.
		beside := (float64(i) - float64(len(r.Results)-1)/2) * min(5, 60/float64(len(r.Results)))
		for g, group := range r.Results[i].Activity {
			if group.Users == 0 {
				continue
			}
			x, y := at(g)+beside, l.y(group.Recall.Mean, most*1.05)
			points = append(points, fmt.Sprintf("%.1f,%.1f", x, y))
			series.Markers = append(series.Markers, marker{x, y, l.y(group.Recall.Low, most*1.05), l.y(group.Recall.High, most*1.05),
				fmt.Sprintf("%s：%d–%d 项，%d 人，%.4f", r.Results[i].Name, group.From, group.To, group.Users, group.Recall.Mean)})
		}
		series.Points = strings.Join(points, " ")
		l.Lines = append(l.Lines, series)
	}
	return l
}

// tailPlot shows how suggestions spread over items.
func (r *Report) tailPlot() *lines {
	l := newLines("长尾曲线", "横轴：从最热门起的项目占比；纵轴：它们占全部推荐的比例。越靠近对角线越均匀，虚线为训练数据本身", "项目占比", 1)
	for percent := 0; percent <= 100; percent += 20 {
		l.XTicks = append(l.XTicks, tick{l.x(float64(percent) / 100), fmt.Sprintf("%d%%", percent)})
	}
	curve := func(shares []float64) string {
		points := make([]string, len(shares))
		for percent, share := range shares {
			points[percent] = fmt.Sprintf("%.1f,%.1f", l.x(float64(percent)/100), l.y(share, 1))
		}
		return strings.Join(points, " ")
	}
	l.Lines = append(l.Lines, line{Name: "训练数据", Class: "reference", Points: curve(r.Taken)})
	for i := range r.Results {
		l.Lines = append(l.Lines, line{Name: r.Results[i].Name, Class: fmt.Sprintf("s%d", i%palette), Points: curve(r.Results[i].Tail)})
	}
	return l
}

// shorten cuts text to n columns.
func shorten(text string, n int) string {
	if columns(text) <= n {
		return text
	}
	used := 0
	for i, r := range text {
		if used += columns(string(r)); used > n-1 {
			return text[:i] + "…"
		}
	}
	return text
}
