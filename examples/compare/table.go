package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
	"github.com/zhushou-ai/zhushou/locale/measure"
)

const nothing = "-"

// answerWidth is how many columns of an answer the table shows.
const answerWidth = 60

func printAnswers(w io.Writer, vendors []vendor, answers []answer, prices *middleware.Prices) {
	rows := [][]string{{"模型", "首字", "用时", "输入", "输出", "费用", "回答"}}
	for i, a := range answers {
		text := strings.Join(strings.Fields(a.text), " ")
		switch {
		case a.err != nil:
			text = "✗ " + explain(a.err)
		case a.refused:
			text = "✗ 厂商不给看：" + text
		case text == "":
			text = "（没有文字）"
		}
		if a.err == nil {
			text = measure.Truncate(text, answerWidth, "…")
		}
		rows = append(rows, []string{
			vendors[i].name, seconds(a.first), seconds(a.total), count(a.usage.Input), count(a.usage.Output),
			money(a.cost, a.priced, prices), text,
		})
	}
	printTable(w, rows)
}

// printWhole writes the answers without leaving anything out.
func printWhole(w io.Writer, vendors []vendor, answers []answer) {
	for i, a := range answers {
		if a.text != "" {
			fmt.Fprintf(w, "\n【%s】\n%s\n", vendors[i].name, a.text)
		}
	}
}

func printSums(w io.Writer, vendors []vendor, sums []sum, prices *middleware.Prices) {
	rows := [][]string{{"模型", "答出", "首字平均", "输入", "输出", "费用"}}
	for i, s := range sums {
		var first time.Duration
		if s.answered > 0 {
			first = s.first / time.Duration(s.answered)
		}
		rows = append(rows, []string{
			vendors[i].name, fmt.Sprintf("%d/%d", s.answered, s.asked), seconds(first), count(s.usage.Input), count(s.usage.Output),
			money(s.cost, !s.unpriced && s.usage != (assistant.Usage{}), prices),
		})
	}
	printTable(w, rows)
}

// printTable writes rows with columns of one width, Chinese characters being two columns wide.
func printTable(w io.Writer, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], measure.Width(cell))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(cell)
			if i < len(row)-1 {
				b.WriteString(strings.Repeat(" ", widths[i]-measure.Width(cell)+2))
			}
		}
		fmt.Fprintln(w, b.String())
	}
}

func seconds(d time.Duration) string {
	switch {
	case d == 0:
		return nothing
	case d < time.Second:
		return fmt.Sprintf("%d毫秒", max(1, d.Round(time.Millisecond).Milliseconds()))
	}
	return fmt.Sprintf("%.1f秒", d.Seconds())
}

func count(n int) string {
	if n == 0 {
		return nothing
	}
	return fmt.Sprint(n)
}

func money(m middleware.Money, priced bool, prices *middleware.Prices) string {
	if !priced {
		return nothing
	}
	sign := map[string]string{"CNY": "¥", "USD": "$"}[prices.Currency]
	if sign == "" && prices.Currency != "" {
		sign = prices.Currency + " "
	}
	return sign + m.String()
}

// kinds are the kinds of error in Chinese.
var kinds = []struct {
	kind assistant.ErrorKind
	text string
}{
	{assistant.ErrAuth, "密钥不对，或是别的地域的"},
	{assistant.ErrPermission, "没有开通"},
	{assistant.ErrQuota, "额度或余额用完了"},
	{assistant.ErrRateLimited, "被限流"},
	{assistant.ErrOverloaded, "厂商太忙"},
	{assistant.ErrServer, "厂商出错"},
	{assistant.ErrTimeout, "等得太久"},
	{assistant.ErrContextLength, "问题太长"},
	{assistant.ErrBlocked, "被内容审核拦下"},
	{assistant.ErrInvalid, "请求不合要求"},
	{assistant.ErrNotFound, "没有这个模型"},
	{assistant.ErrTruncated, "回答断了"},
	{assistant.ErrProtocol, "看不懂厂商的回答"},
	{assistant.ErrNetwork, "网络不通"},
}

// explain says an error in Chinese, with its own words behind.
func explain(err error) string {
	text := "没能开始"
	for _, k := range kinds {
		if errors.Is(err, k.kind) {
			text = k.text
			break
		}
	}
	return text + "（" + strings.Join(strings.Fields(err.Error()), " ") + "）"
}
