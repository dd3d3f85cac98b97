package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Text writes the report as a plain table with a column for every result, and the comparisons below.
func (r *Report) Text(w io.Writer) error {
	rows := [][]string{{r.Title}}
	for i := range r.Results {
		rows[0] = append(rows[0], r.Results[i].Name)
	}
	add := func(label string, cell func(*Result) string) {
		row := []string{label}
		filled := false
		for i := range r.Results {
			text := cell(&r.Results[i])
			filled = filled || text != ""
			row = append(row, text)
		}
		if filled {
			rows = append(rows, row)
		}
	}
	for _, k := range r.cutoffs() {
		for _, metric := range metrics() {
			add(fmt.Sprintf("%s@%d", metric, k), func(result *Result) string {
				if f, ok := result.figure(metric, k); ok {
					return number(f.Mean)
				}
				return ""
			})
		}
	}
	add("users", func(result *Result) string { return fmt.Sprint(result.Users) })
	add("p50 ms", func(result *Result) string { return number(result.Latency.P50) })
	add("p99 ms", func(result *Result) string { return number(result.Latency.P99) })

	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], columns(cell))
		}
	}
	out := bufio.NewWriter(w)
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			space := strings.Repeat(" ", widths[i]-columns(cell))
			if i == 0 {
				line.WriteString(cell + space)
			} else {
				line.WriteString("  " + space + cell)
			}
		}
		out.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	for i, c := range r.Comparisons {
		if i == 0 {
			out.WriteString("\n")
		}
		fmt.Fprintf(out, "%s 对 %s  %s@%d  %s\n", c.Name, r.Results[0].Name, c.Metric, c.K, c.Comparison)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("report: text: %w", err)
	}
	return nil
}

// number writes four places, and fewer for numbers from 100.
func number(v float64) string {
	if v >= 100 || v <= -100 {
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.4f", v)
}

// columns returns how many columns of a terminal the text takes.
func columns(text string) int {
	n := 0
	for _, r := range text {
		n++
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r >= '\u3000' && r <= '\u303f' || r >= '\uff01' && r <= '\uff60' {
			n++
		}
	}
	return n
}
