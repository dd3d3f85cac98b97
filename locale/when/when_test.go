package when_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/when"
)

var zone = time.FixedZone("CST", 8*3600)

// ref is a Monday morning.
var ref = time.Date(2026, 3, 2, 9, 0, 0, 0, zone)

// show writes the matches in s in short: text, then what it means.
func show(s string, ref time.Time, opt when.Options) string {
	var out []string
	for _, m := range when.Parse(s, ref, opt) {
		var v string
		switch m.Kind {
		case when.Instant:
			v = stamp(m.Time)
		case when.Interval:
			v = stamp(m.Time) + "/" + stamp(m.EndTime)
		case when.Duration:
			v = fmt.Sprintf("%dM%s", m.Months, m.Duration)
		case when.Recurrence:
			v = m.Rule + " " + stamp(m.Time)
		}
		out = append(out, m.Text+"="+v)
	}
	return strings.Join(out, " | ")
}

func stamp(t time.Time) string {
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04", "2006-01-02T15:04:05"} {
		if s := t.Format(layout); layout == "2006-01-02T15:04:05" || mustParse(layout, s).Equal(t) {
			return s
		}
	}
	return ""
}

func mustParse(layout, s string) time.Time {
	t, err := time.ParseInLocation(layout, s, zone)
	if err != nil {
		panic(err)
	}
	return t
}

func TestParse(t *testing.T) {
	t.Parallel()
	for name, cases := range map[string][][2]string{
		"days": {
			{"今天", "今天=2026-03-02/2026-03-03"},
			{"大后天去", "大后天=2026-03-05/2026-03-06"},
			{"前天", "前天=2026-02-28/2026-03-01"},
			{"昨日", "昨日=2026-03-01/2026-03-02"},
			{"5号", "5号=2026-03-05/2026-03-06"},
			{"1号", "1号=2026-04-01/2026-04-02"},
			{"三月八日", "三月八日=2026-03-08/2026-03-09"},
			{"1月5号", "1月5号=2027-01-05/2027-01-06"},
			{"二月二十九日", "二月二十九日=2028-02-29/2028-03-01"},
			{"2026年12月1日", "2026年12月1日=2026-12-01/2026-12-02"},
			{"二零二七年五月", "二零二七年五月=2027-05-01/2027-06-01"},
			{"26年5月3号", "26年5月3号=2026-05-03/2026-05-04"},
			{"2026-03-08 14:30", "2026-03-08 14:30=2026-03-08T14:30"},
			{"2026/3/8", "2026/3/8=2026-03-08/2026-03-09"},
			{"明年三月一号", "明年三月一号=2027-03-01/2027-03-02"},
			{"２０２６年３月８日", "２０２６年３月８日=2026-03-08/2026-03-09"},
		},
		"weeks": {
			{"周一", "周一=2026-03-02/2026-03-03"},
			{"星期五", "星期五=2026-03-06/2026-03-07"},
			{"礼拜天", "礼拜天=2026-03-08/2026-03-09"},
			{"這週三", "這週三=2026-03-04/2026-03-05"},
			{"下周三", "下周三=2026-03-11/2026-03-12"},
			{"上周日", "上周日=2026-03-01/2026-03-02"},
			{"下下个星期二", "下下个星期二=2026-03-17/2026-03-18"},
			{"这周", "这周=2026-03-02/2026-03-09"},
			{"下個禮拜", "下個禮拜=2026-03-09/2026-03-16"},
			{"下周末", "下周末=2026-03-14/2026-03-16"},
			{"周末去爬山", "周末=2026-03-07/2026-03-09"},
			{"周5", "周5=2026-03-06/2026-03-07"},
		},
		"months and years": {
			{"下个月", "下个月=2026-04-01/2026-05-01"},
			{"下个月五号", "下个月五号=2026-04-05/2026-04-06"},
			{"本月", "本月=2026-03-01/2026-04-01"},
			{"七月", "七月=2026-07-01/2026-08-01"},
			{"二月", "二月=2027-02-01/2027-03-01"},
			{"明年", "明年=2027-01-01/2028-01-01"},
			{"前年下半年", "前年下半年=2024-07-01/2025-01-01"},
			{"第二季度", "第二季度=2026-04-01/2026-07-01"},
			{"下个季度", "下个季度=2026-04-01/2026-07-01"},
			{"2026年5月上旬", "2026年5月上旬=2026-05-01/2026-05-11"},
		},
		"festivals": {
			{"元旦", "元旦=2027-01-01/2027-01-02"},
			{"国庆节", "国庆节=2026-10-01/2026-10-02"},
			{"聖誕節晚上", "聖誕節晚上=2026-12-25T18:00/2026-12-26"},
			{"明年情人节", "明年情人节=2027-02-14/2027-02-15"},
		},
		"clock": {
			{"八点", "八点=2026-03-02T20:00"},
			{"十点", "十点=2026-03-02T10:00"},
			{"早上八点", "早上八点=2026-03-03T08:00"},
			{"今天早上八点", "今天早上八点=2026-03-02T08:00"},
			{"明天早上八点", "明天早上八点=2026-03-03T08:00"},
			{"明早7点", "明早7点=2026-03-03T07:00"},
			{"今晚九点半", "今晚九点半=2026-03-02T21:30"},
			{"下午三点半", "下午三点半=2026-03-02T15:30"},
			{"差五分八点", "差五分八点=2026-03-02T19:55"},
			{"八点一刻", "八点一刻=2026-03-02T20:15"},
			{"八点三十五分", "八点三十五分=2026-03-02T20:35"},
			{"八点零五", "八点零五=2026-03-02T20:05"},
			{"8点30", "8点30=2026-03-02T20:30"},
			{"20:30", "20:30=2026-03-02T20:30"},
			{"8：30", "8：30=2026-03-02T20:30"},
			{"08:30", "08:30=2026-03-03T08:30"},
			{"晚上12点", "晚上12点=2026-03-03"},
			{"明晚十二点", "明晚十二点=2026-03-04"},
			{"凌晨一点", "凌晨一点=2026-03-03T01:00"},
			{"明天凌晨12点", "明天凌晨12点=2026-03-03"},
			{"半夜两点", "半夜两点=2026-03-03T02:00"},
			{"零点", "零点=2026-03-03"},
			{"中午一点", "中午一点=2026-03-02T13:00"},
			{"中午", "中午=2026-03-02T11:00/2026-03-02T13:00"},
			{"明天下午", "明天下午=2026-03-03T12:00/2026-03-03T18:00"},
			{"今晚", "今晚=2026-03-02T18:00/2026-03-03"},
			{"3pm", "3pm=2026-03-02T15:00"},
			{"周五晚8点", "周五晚8点=2026-03-06T20:00"},
			{"明天的下午三点", "明天的下午三点=2026-03-03T15:00"},
			{"十二點鐘", "十二點鐘=2026-03-02T12:00"},
			{"在一点钟", "一点钟=2026-03-02T13:00"},
			{"下午六点十分二十秒", "下午六点十分二十秒=2026-03-02T18:10:20"},
			{"20時15分", "20時15分=2026-03-02T20:15"},
			{"明天三点", "明天三点=2026-03-03T15:00"},
			{"明天03:00", "明天03:00=2026-03-03T03:00"},
			{"星期三三点", "星期三三点=2026-03-04T15:00"},
			{"明天八点", "明天八点=2026-03-03T08:00"},
		},
		"distances": {
			{"半小时后", "半小时后=2026-03-02T09:30"},
			{"十分钟之后", "十分钟之后=2026-03-02T09:10"},
			{"两个小时后", "两个小时后=2026-03-02T11:00"},
			{"一个半小时后", "一个半小时后=2026-03-02T10:30"},
			{"三天后", "三天后=2026-03-05/2026-03-06"},
			{"三天后上午九点", "三天后上午九点=2026-03-05T09:00"},
			{"一周后", "一周后=2026-03-09/2026-03-10"},
			{"两个月前", "两个月前=2026-01-02/2026-01-03"},
			{"过十分钟", "过十分钟=2026-03-02T09:10"},
			{"十分鐘後叫我", "十分鐘後=2026-03-02T09:10"},
			{"一刻钟以后", "一刻钟以后=2026-03-02T09:15"},
			{"未来三天", "未来三天=2026-03-02/2026-03-05"},
			{"过去两小时", "过去两小时=2026-03-02T07:00/2026-03-02T09:00"},
			{"前四天", "前四天=2026-02-26/2026-03-02"},
			{"提前十分钟", "十分钟=0M10m0s"},
			{"三天内", "三天内=2026-03-02/2026-03-05"},
			{"现在", "现在=2026-03-02T09:00"},
		},
		"durations": {
			{"十分钟", "十分钟=0M10m0s"},
			{"一个半小时", "一个半小时=0M1h30m0s"},
			{"两小时三十分钟", "两小时三十分钟=0M2h30m0s"},
			{"两小时半", "两小时半=0M2h30m0s"},
			{"90秒", "90秒=0M1m30s"},
			{"半个钟头", "半个钟头=0M30m0s"},
			{"1 小時 30 分鐘", "1 小時 30 分鐘=0M1h30m0s"},
			{"1.5小时", "1.5小时=0M1h30m0s"},
			{"三点五小时", "三点五小时=0M3h30m0s"},
			{"两天", "两天=0M48h0m0s"},
			{"半个月", "半个月=0M360h0m0s"},
			{"三年零五个月", "三年零五个月=41M0s"},
			{"半年", "半年=6M0s"},
			{"三周", "三周=0M504h0m0s"},
			{"一分半钟", "一分半钟=0M1m30s"},
		},
		"ranges": {
			{"下午三点到五点", "下午三点到五点=2026-03-02T15:00/2026-03-02T17:00"},
			{"明天上午9:00-11:30", "明天上午9:00-11:30=2026-03-03T09:00/2026-03-03T11:30"},
			{"三点到五点", "三点到五点=2026-03-02T15:00/2026-03-02T17:00"},
			{"晚上十点到早上六点", "晚上十点到早上六点=2026-03-02T22:00/2026-03-03T06:00"},
			{"5月1日至3日", "5月1日至3日=2026-05-01/2026-05-04"},
			{"下周一到周五", "下周一到周五=2026-03-09/2026-03-14"},
			{"从明天到后天", "从明天到后天=2026-03-03/2026-03-05"},
			{"下午两到四点", "下午两到四点=2026-03-02T14:00/2026-03-02T16:00"},
			{"早8点到晚6点", "早8点到晚6点=2026-03-03T08:00/2026-03-03T18:00"},
			{"后天一点到三点", "后天一点到三点=2026-03-04T13:00/2026-03-04T15:00"},
			{"周一到周三", "周一到周三=2026-03-02/2026-03-05"},
		},
		"repetitions": {
			{"每天早上七点", "每天早上七点=FREQ=DAILY;BYHOUR=7;BYMINUTE=0 2026-03-03T07:00"},
			{"每天十点", "每天十点=FREQ=DAILY;BYHOUR=10;BYMINUTE=0 2026-03-02T10:00"},
			{"每晚十点", "每晚十点=FREQ=DAILY;BYHOUR=22;BYMINUTE=0 2026-03-02T22:00"},
			{"每周一", "每周一=FREQ=WEEKLY;BYDAY=MO 2026-03-02"},
			{"每個星期五下午三點半", "每個星期五下午三點半=FREQ=WEEKLY;BYDAY=FR;BYHOUR=15;BYMINUTE=30 2026-03-06T15:30"},
			{"每周一三五早上八点", "每周一三五早上八点=FREQ=WEEKLY;BYDAY=MO,WE,FR;BYHOUR=8;BYMINUTE=0 2026-03-04T08:00"},
			{"每周二、周四", "每周二、周四=FREQ=WEEKLY;BYDAY=TU,TH 2026-03-03"},
			{"每周一到周五", "每周一到周五=FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR 2026-03-02"},
			{"工作日", "工作日=FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR 2026-03-02"},
			{"定个工作日早上6点50的闹钟", "工作日早上6点50=FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=6;BYMINUTE=50 2026-03-03T06:50"},
			{"每个工作日早上八点", "每个工作日早上八点=FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8;BYMINUTE=0 2026-03-03T08:00"},
			{"每个周末", "每个周末=FREQ=WEEKLY;BYDAY=SA,SU 2026-03-07"},
			{"每月15号", "每月15号=FREQ=MONTHLY;BYMONTHDAY=15 2026-03-15"},
			{"每月底", "每月底=FREQ=MONTHLY;BYMONTHDAY=-1 2026-03-31"},
			{"每年三月八日", "每年三月八日=FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8 2026-03-08"},
			{"每两周的周三", "每两周的周三=FREQ=WEEKLY;INTERVAL=2;BYDAY=WE 2026-03-04"},
			{"每天三点", "每天三点=FREQ=DAILY;BYHOUR=15;BYMINUTE=0 2026-03-02T15:00"},
			{"每隔一天", "每隔一天=FREQ=DAILY;INTERVAL=2 2026-03-02"},
			{"每两个小时", "每两个小时=FREQ=HOURLY;INTERVAL=2 2026-03-02T11:00"},
			{"每半小时", "每半小时=FREQ=MINUTELY;INTERVAL=30 2026-03-02T09:30"},
			{"每小时", "每小时=FREQ=HOURLY 2026-03-02T10:00"},
			{"每周五晚上12点", "每周五晚上12点=FREQ=WEEKLY;BYDAY=SA;BYHOUR=0;BYMINUTE=0 2026-03-07"},
		},
		"sentences": {
			{"提醒我明天下午三点和后天开会", "明天下午三点=2026-03-03T15:00 | 后天=2026-03-04/2026-03-05"},
			{"每周一次", "每周=FREQ=WEEKLY 2026-03-02"},
			{"我有两天假", "两天=0M48h0m0s"},
			{"早上好，今天开会", "今天=2026-03-02/2026-03-03"},
			{"一周三次", "一周=0M168h0m0s"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, c := range cases {
				require.Equal(t, c[1], show(c[0], ref, when.Options{}), c[0])
			}
		})
	}
}

func TestParseNothing(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", "有一点累", "快一点", "便宜点", "半天", "天天向上", "服务周到", "过日子", "分钟", "点菜", "以下三点建议", "提三点要求", "这三点很重要",
		"5号楼", "10号线", "三年级", "第三天", "第5号选手", "1.2.3", "3.5公里", "涨了三点五", "周围", "月亮", "三月饼",
		"比分3:2", "mp3", "今朝鲜半岛", "清朝一时兴起", "牵头先搞", "女二号", "2D图表", "3D打印", "第四周末", "安理会29号决议", "几天", "现场", "十分高兴", "前后左右", "大家晚安", "早饭", "一万零五百", "A4纸", "一五一十",
	} {
		require.Empty(t, show(s, ref, when.Options{}), s)
	}
}

func TestParseAtOtherTimes(t *testing.T) {
	t.Parallel()
	at := func(s string) time.Time { return mustParse("2006-01-02T15:04", s) }
	for _, c := range []struct{ name, ref, in, want string }{
		{"late evening, next morning", "2026-03-02T23:00", "八点", "八点=2026-03-03T08:00"},
		{"late evening, not the night", "2026-03-02T23:00", "三点", "三点=2026-03-03T15:00"},
		{"evening, midnight", "2026-03-02T22:00", "十二点", "十二点=2026-03-03"},
		{"in the night", "2026-03-02T02:00", "三点", "三点=2026-03-02T03:00"},
		{"on the minute", "2026-03-02T08:00", "八点", "八点=2026-03-02T08:00"},
		{"weekday gone by", "2026-03-06T09:00", "周五早上八点", "周五早上八点=2026-03-13T08:00"},
		{"weekday still open", "2026-03-06T09:00", "周五八点", "周五八点=2026-03-06T20:00"},
		{"weekend has begun", "2026-03-08T09:00", "周末", "周末=2026-03-07/2026-03-09"},
		{"end of a short month", "2026-02-10T09:00", "31号", "31号=2026-03-31/2026-04-01"},
		{"a month on from the last day", "2026-01-31T09:00", "一个月后", "一个月后=2026-02-28/2026-03-01"},
		{"new year's eve", "2026-12-31T09:00", "元旦", "元旦=2027-01-01/2027-01-02"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, show(c.in, at(c.ref), when.Options{}))
		})
	}
}

func TestParsePast(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{"周五", "周五=2026-02-27/2026-02-28"},
		{"八点", "八点=2026-03-02T08:00"},
		{"十点", "十点=2026-03-01T22:00"},
		{"5号", "5号=2026-02-05/2026-02-06"},
		{"国庆", "国庆=2025-10-01/2025-10-02"},
		{"明天", "明天=2026-03-03/2026-03-04"},
	} {
		require.Equal(t, c[1], show(c[0], ref, when.Options{Policy: when.Policy{Prefer: when.Behind}}), c[0])
	}
}

func TestParseOffsets(t *testing.T) {
	t.Parallel()
	const s = "嗯\xff，明天２０：３０见"
	ms := when.Parse(s, ref, when.Options{})
	require.Len(t, ms, 1)
	require.Equal(t, "明天２０：３０", s[ms[0].Start:ms[0].End])
	require.Equal(t, when.Minute, ms[0].Grain)
	require.Equal(t, zone, ms[0].Time.Location())
}

func TestStrings(t *testing.T) {
	t.Parallel()
	require.Equal(t, "recurrence", when.Recurrence.String())
	require.Equal(t, "part of day", when.PartOfDay.String())
	require.Equal(t, "century", when.Grain(200).String())
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"明天早上八点", "差五分八点", "每周一三五晚上12点", "2026-02-29", "99999999999天后", "三年零五个月", "下午三点到五点", "31号", "二月二十九日", "过去半小时",
		"1年1个月1天前", "每隔万年", "农历闰四月初一", "国庆后第三天", "本月第三个工作日", "三四月份", "2015-2018年", "周一至五9:00-18:00", "每年农历八月十五", "前两天", "晏晝三點搭一", "十几年前的五月",
		"除夕前夜", "最后一个周五", "每月最后一天", "从去年起", "九十年代初", "1000000000个工作日后", "999999999999999999999年", "第七年", "两点到明天四点"} {
		f.Add(s, int64(1772413200), uint8(0))
	}
	policies := []when.Policy{{}, when.Duckling(), when.Recognizers(), when.MiNLP(), when.JioNLP(), {Prefer: when.Behind}, {Distance: when.UnitOf, End: when.ThroughGrain}}
	f.Fuzz(func(t *testing.T, s string, unix int64, policy uint8) {
		ref := time.Unix(unix%(1<<36), 0).In(zone)
		opt := when.Options{Policy: policies[int(policy)%len(policies)]}
		end := 0
		for _, m := range when.Parse(s, ref, opt) {
			require.GreaterOrEqual(t, m.Start, end)
			require.Greater(t, m.End, m.Start)
			require.Equal(t, s[m.Start:m.End], m.Text)
			end = m.End
			switch m.Kind {
			case when.Interval:
				require.True(t, m.EndTime.After(m.Time), "%q: %v to %v", m.Text, m.Time, m.EndTime)
			case when.Duration:
				require.True(t, m.Time.IsZero() && m.Duration >= 0 && m.Months >= 0)
			case when.Recurrence:
				require.NotEmpty(t, m.Rule)
			}
			require.NotEmpty(t, m.TIMEX())
			require.NotEmpty(t, m.Explain())
			require.NotEmpty(t, m.Readings())
			m.Bounds()
		}
	})
}

// Words of time in any order may make no sense, but never a panic or a wrong place.
func TestAnyOrder(t *testing.T) {
	t.Parallel()
	words := strings.Fields("明天 早上 八 点 差 五分 每周 一三五 晚上 12 2026-02-29 99999999999 天 后 三年 零 五个月 下午 到 31 号 二月 二十九日 过去 半小时 1 年 前 每隔 农历 闰 四月 初一 " +
		"国庆 第三天 本月 第三个 工作日 2015- 2018年 周一 至 五 9:00 - 每年 八月十五 搭一 十几 的 除夕 前夜 最后 一个 周五 每月 一天 从 去年 起 九十年代 初 亿 百 以内 之后 最近 未来 世纪 季度 元年 复活节 光明节 / : 、 左右 以上 一会儿 现在 " +
		"逢 每当 单周 西元 10% 七八月 两三点 周六日 元宵节 当晚 年初 农历新年 一整天 这个时候 1h 30min 2026Q2 末 倒数第二天 和十九点 之后的 第一个 周末 些天 全年 夏天 内 搭正")
	policies := []when.Policy{{}, when.Duckling(), when.Recognizers(), when.MiNLP(), when.JioNLP()}
	random := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		var b strings.Builder
		for range 1 + random.IntN(12) {
			b.WriteString(words[random.IntN(len(words))])
			if random.IntN(8) == 0 {
				b.WriteByte(' ')
			}
		}
		s, end := b.String(), 0
		for _, m := range when.Parse(s, ref, when.Options{Policy: policies[random.IntN(len(policies))]}) {
			require.True(t, m.Start >= end && m.End > m.Start && m.Text == s[m.Start:m.End], s)
			end = m.End
			require.NotEmpty(t, m.TIMEX(), s)
			require.NotEmpty(t, m.Readings(), s)
			require.NotEmpty(t, m.Explain(), s)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	for _, s := range []string{"明天早上八点提醒我开会", "每个工作日早上七点半叫我起床", "我们公司去年的营收比前年增长了百分之十二，主要得益于新产品"} {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				when.Parse(s, ref, when.Options{})
			}
		})
	}
}
