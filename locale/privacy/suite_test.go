package privacy_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// anyRuleTypes are the formats of any-rule that private data has, by a part of their name. Its rules are given a text
// that is nothing else, so that the label is what the rule is called.
var anyRuleTypes = []struct {
	rule  string
	label string
	types privacy.Types
}{
	{"email", "邮箱：", privacy.TypesOf(privacy.Email)},
	{"ip-v4", "IP：", privacy.TypesOf(privacy.IPv4)},
	{"座机", "电话：", privacy.TypesOf(privacy.Landline)},
	{"微信号", "微信号：", privacy.TypesOf(privacy.WeChat)},
	{"手机号(mobile phone)中国(严谨)", "手机号：", privacy.TypesOf(privacy.Mobile)},
	{"手机号(mobile phone)中国(宽松)", "手机号：", privacy.TypesOf(privacy.Mobile)},
	{"护照", "护照：", privacy.TypesOf(privacy.Passport)},
	{"澳门身份证", "澳门身份证：", privacy.TypesOf(privacy.RegionalID)},
	{"香港身份证", "香港身份证：", privacy.TypesOf(privacy.RegionalID)},
	{"统一社会信用代码", "统一社会信用代码：", privacy.TypesOf(privacy.CreditCode)},
	{"身份证号", "身份证号：", privacy.TypesOf(privacy.ResidentID, privacy.OldResidentID)},
	{"车牌号", "车牌号：", privacy.TypesOf(privacy.Plate)},
	{"中文姓名", "姓名：", privacy.TypesOf(privacy.Name)},
}

func TestSuiteAnyRule(t *testing.T) {
	t.Parallel()
	right, all := 0, 0
	for lines := practice.Lines(t, "suites/locale/pii/any-rule.tsv"); lines.Scan(); {
		fields := strings.SplitN(lines.Text(), "\t", 3)
		if len(fields) < 3 {
			continue
		}
		for _, rule := range anyRuleTypes {
			if !strings.HasPrefix(fields[0], rule.rule) {
				continue
			}
			text := rule.label + fields[2]
			found := false
			for f := range (privacy.Detector{Types: rule.types}).Find(text) {
				found = found || f.End == len(text) && f.Start == len(rule.label)
			}
			all++
			if found == (fields[1] == "valid") {
				right++
			} else {
				t.Logf("%s: %s", lines.Text(), describe(text))
			}
			break
		}
	}
	t.Logf("any-rule: %d of %d", right, all)
	require.GreaterOrEqual(t, float64(right)/float64(max(all, 1)), 0.95)
}

func TestSuiteRecognizers(t *testing.T) {
	t.Parallel()
	phones := privacy.TypesOf(privacy.Mobile, privacy.Landline, privacy.ForeignPhone, privacy.Hotline)
	for name, types := range map[string]privacy.Types{
		"PhoneNumberModel": phones,
		"IpAddressModel":   privacy.TypesOf(privacy.IPv4, privacy.IPv6),
	} {
		right, all := 0, 0
		for lines := practice.Lines(t, "suites/locale/recognizers/Sequence."+name+".jsonl"); lines.Scan(); {
			var c struct {
				Input        string
				Results      []struct{ Text string }
				NotSupported []string `json:"not_supported"`
			}
			require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
			if slices.Contains(c.NotSupported, "javascript") {
				continue
			}
			var want, got []string
			for _, r := range c.Results {
				want = append(want, r.Text)
			}
			for f := range (privacy.Detector{Types: types}).Find(c.Input) {
				got = append(got, c.Input[f.Start:f.End])
			}
			all++
			if slices.Equal(want, got) {
				right++
			} else {
				t.Logf("%s: want %q got %q", c.Input, want, got)
			}
		}
		t.Logf("%s: %d of %d", name, right, all)
		require.GreaterOrEqual(t, float64(right)/float64(max(all, 1)), 0.92, name)
	}
}
