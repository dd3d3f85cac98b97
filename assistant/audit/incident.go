package audit

import (
	"cmp"
	"context"
	"fmt"
	"time"
)

// An Incident is something that must be reported to an authority within hours of being found.
type Incident struct {
	ID       string
	What     string    // without personal data
	Found    time.Time // when somebody knew of it
	Critical bool      // whether critical infrastructure is concerned
}

// ReportHours says within how many hours an incident must be reported. Zero fields are those of the measures
// of November 2025 as the authors read them; rules change, so fill in your own.
type ReportHours struct {
	Operator int // of a network; if zero, 4
	Critical int // of critical infrastructure; if zero, 1
}

// Due returns the instant by which the incident must have been reported.
func (h ReportHours) Due(i Incident) time.Time {
	hours := cmp.Or(h.Operator, 4)
	if i.Critical {
		hours = cmp.Or(h.Critical, 1)
	}
	return i.Found.Add(time.Duration(hours) * time.Hour)
}

// Notice returns the draft of a report, in Chinese, with blanks for what only people know.
func (h ReportHours) Notice(i Incident) string {
	china := time.FixedZone("CST", 8*60*60)
	return fmt.Sprintf(`网络安全事件报告（初报）
事件编号：%s
发现时间：%s
报告时限：%s
事件概述：%s
影响范围：＿＿＿＿
已采取措施：审计记录已冻结留证；＿＿＿＿
联系人及电话：＿＿＿＿
`, i.ID, i.Found.In(china).Format("2006-01-02 15:04"), h.Due(i).In(china).Format("2006-01-02 15:04"), i.What)
}

// OpenIncident puts an incident on record and freezes the log as evidence.
func (l *Log) OpenIncident(ctx context.Context, i Incident) error {
	if err := l.Freeze(ctx, "incident "+i.ID); err != nil {
		return err
	}
	return l.Append(ctx, Entry{Kind: "incident.found", Reason: i.What, Time: i.Found, Attrs: map[string]string{
		"id": i.ID, "critical": fmt.Sprint(i.Critical),
	}})
}
