package eval

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant/guard/profile"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// A Disclosure says what a service must show of itself.
type Disclosure struct {
	App          string // name of the service
	Model        string // name of the model
	Vendor       string
	Filing       string // number of the model's filing
	Registration string // number of the service's registration, if it calls a filed model
	Algorithm    string // number of the algorithm's filing
}

// Missing names the fields that are empty and must not be: of filing and registration one is enough.
func (d *Disclosure) Missing() []string {
	var out []string
	for _, f := range []struct{ name, value string }{{"App", d.App}, {"Model", d.Model}, {"Vendor", d.Vendor}, {"Filing or Registration", d.Filing + d.Registration}, {"Algorithm", d.Algorithm}} {
		if f.value == "" {
			out = append(out, f.name)
		}
	}
	return out
}

// Text returns the disclosure as it is shown to users.
func (d *Disclosure) Text() string {
	var parts []string
	for _, f := range []struct{ name, value string }{{"", d.App}, {"模型：", strings.TrimSpace(d.Vendor + " " + d.Model)}, {"备案号：", d.Filing}, {"登记号：", d.Registration}, {"算法备案号：", d.Algorithm}} {
		if f.value != "" {
			parts = append(parts, f.name+f.value)
		}
	}
	return strings.Join(parts, "　")
}

// Evidence is what goes into the file for an assessor or an app store.
type Evidence struct {
	Disclosure Disclosure
	Profile    *profile.Profile
	Time       time.Time
	// Words is the category of every word of the interception list, and when it was last changed. The words
	// themselves do not leave the service.
	Words        []string
	WordsChanged time.Time
	Banks        []Bank
	Report       *Report
	Labels       []LabelSample
	Changes      []Change
}

// A LabelSample shows how content is labelled.
type LabelSample struct {
	Kind     string // such as "文本" or "PNG"
	Visible  string // what people see
	Metadata string // what is in the file
}

// A Change is one line of the log of changes.
type Change struct {
	Time time.Time
	What string
}

// WriteEvidence writes the pack as Markdown. Personal data in it is masked. It is an error if the disclosure is
// not complete, for a pack without it is sent back.
func WriteEvidence(w io.Writer, e *Evidence) error {
	if missing := e.Disclosure.Missing(); len(missing) > 0 {
		return fmt.Errorf("evidence: the disclosure lacks %s", strings.Join(missing, ", "))
	}
	if e.Profile == nil {
		return errors.New("evidence: there is no profile")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# 安全评估材料\n\n%s\n\n适用要求：%s（%s 版本 %s）　生成时间：%s\n", e.Disclosure.Text(), e.Profile.Title, e.Profile.Name, e.Profile.Version, e.Time.Format("2006-01-02"))
	b.WriteString("\n## 拦截词库\n\n| 类别 | 数量 |\n| --- | --- |\n")
	words := e.Profile.Cover(e.Profile.Words, e.Words, e.WordsChanged, e.Time)
	for _, c := range e.Profile.Categories {
		if n := words.Counts[c.ID]; n > 0 {
			fmt.Fprintf(&b, "| %s %s | %d |\n", c.ID, c.Label, n)
		}
	}
	fmt.Fprintf(&b, "| 合计 | %d |\n\n%s\n", words.Total, coverage(words))
	b.WriteString("\n## 题库\n\n| 题库 | 总数 | 覆盖类别 | 结论 |\n| --- | --- | --- | --- |\n")
	for _, want := range e.Profile.Banks {
		for i := range e.Banks {
			if bank := &e.Banks[i]; bank.Name == want.Name {
				c := e.Profile.Cover(want, bank.Categories(), bank.Changed, e.Time)
				fmt.Fprintf(&b, "| %s | %d | %d | %s |\n", title(bankTitles, want.Name), c.Total, len(c.Counts), coverage(c))
			}
		}
	}
	if e.Report != nil {
		var r strings.Builder
		if err := WriteMarkdown(&r, e.Report); err != nil {
			return err
		}
		b.WriteString("\n## 评估报告\n\n")
		b.WriteString(strings.ReplaceAll(r.String(), "\n#", "\n##"))
	}
	if len(e.Labels) > 0 {
		b.WriteString("\n## 生成内容标识样例\n\n| 内容 | 显式标识 | 元数据 |\n| --- | --- | --- |\n")
		for _, l := range e.Labels {
			fmt.Fprintf(&b, "| %s | %s | `%s` |\n", cell(l.Kind), cell(l.Visible), cell(l.Metadata))
		}
	}
	if len(e.Changes) > 0 {
		b.WriteString("\n## 变更记录\n\n")
		for _, c := range e.Changes {
			fmt.Fprintf(&b, "- %s　%s\n", c.Time.Format("2006-01-02"), cell(c.What))
		}
	}
	_, err := io.WriteString(w, privacy.Mask(b.String()))
	return err
}

func coverage(c profile.Coverage) string {
	var parts []string
	for _, s := range c.Shortfalls {
		parts = append(parts, s.String())
	}
	if c.Stale {
		parts = append(parts, "更新已过期限")
	}
	if parts == nil {
		return "满足"
	}
	return "不满足：" + strings.Join(parts, "，")
}
