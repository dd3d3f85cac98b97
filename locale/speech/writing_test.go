package speech_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/speech"
)

// Every choice, by what it changes.
func TestWriting(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		style speech.Writing
		table string
	}{
		"thousands": {speech.Writing{Thousands: true}, `
			一千零五十人 → 1,050人
			一百一十九万九千九百 → 1,199,900
			一千万 → 1,000万
			负一千五百零九点五一 → -1,509.51
			二零二六年 → 2026年
			第一千零五十 → 第1050
			一千五百美元 → 1500美元
			一千分之一 → 1/1000`},
		"mixed": {speech.Writing{Large: speech.LargeMixed}, `
			十二万 → 120000
			一百二十万 → 120万
			三百二十万五千 → 320万5000
			一亿两千三百人 → 1亿2300人
			两兆零五百人 → 2兆500人`},
		"whole": {speech.Writing{Large: speech.LargeWhole}, `
			四万 → 4万
			十一亿 → 11亿
			十一亿九千万 → 1190000000
			十一億 → 11億
			一千一百一十一万 → 1111万`},
		"digits": {speech.Writing{Large: speech.LargeDigits}, `
			四万 → 40000
			三万亿 → 3000000000000
			三点五万 → 3.5万`},
		"all singles": {speech.Writing{Single: speech.SingleAll}, `
			三本书 → 3本书
			一年后 → 1年后
			第三个 → 第3个
			三到五天 → 3到5天
			一起去
			五点 → 5点`},
		"no singles": {speech.Writing{Single: speech.SingleNever}, `
			三公里
			十三公里 → 13公里
			三点五公里 → 3.5公里`},
		"alone": {speech.Writing{KeepAlone: true}, `
			第一个是五十五
			五十五个 → 55个
			百分之五十五 → 55%
			三分之二 → 2/3
			一二三零六 → 12306
			三点五公里 → 3.5公里
			五十多 → 50多`},
		"pairs": {speech.Writing{Pairs: true}, `
			三五百公里 → 300~500公里
			三四万吨 → 3~4万吨
			十五六岁 → 15-6岁
			七八十岁 → 70~80岁
			两三天 → 2~3天
			一百七八十人 → 170~180人`},
		"together": {speech.Writing{RunTogether: true, Single: speech.SingleAll}, `
			三百九十九三盒 → 3993盒
			一百一个 → 100 1个`},
		"apart": {speech.Writing{Single: speech.SingleAll}, `
			三百九十九三盒 → 399 3盒`},
		"range": {speech.Writing{RangeMark: "–"}, `
			二十一到一千零一 → 21–1001
			十到二十个 → 10–20个
			百分之三十至四十 → 30–40%
			二十到三十公里 → 20–30公里
			两千到三千元 → 2000–3000元`},
		"slashes": {speech.Writing{Date: speech.DateSlashes}, `
			二零零八年八月八日 → 2008/08/08
			八五年二月二十七日 → 85/02/27
			八月十六号 → 08/16
			二零零八年八月 → 2008/08
			二零零八年 → 2008年
			八月 → 8月
			十一月二十二 → 11月22`},
		"loose clock": {speech.Writing{Clock: speech.ClockLoose}, `
			八点五分 → 8.5分
			八点零五分 → 8:05
			零点十分 → 00:10
			八点半 → 8:30`},
		"padded clock": {speech.Writing{Clock: speech.ClockPadded}, `
			五点五分 → 05:05
			一点五分十秒 → 01:05:10
			两点二刻 → 2点2刻
			两點一刻 → 2點1刻
			五点半 → 5点半
			下午三点二十 → 下午03:20`},
		"half days": {speech.Writing{HalfDays: true}, `
			下午三点四十 → 3:40p.m.
			上午十点半 → 10:30a.m.
			下午三点 → 下午3点`},
		"signs": {speech.Writing{Money: speech.MoneySigns}, `
			十三点五港元 → HKD13.5
			三十美元 → $30
			五百卢布 → ₽500
			三十到五十欧元 → €30到50
			三千三百八十元五毛八分 → ¥3380.58
			三十元零五分 → ¥30.05
			十二块五 → 12块5
			人民币五千元 → ¥5000
			负三十美元 → -$30`},
		"codes": {speech.Writing{Money: speech.MoneyCodes}, `
			一千美元 → US$1000
			五十万日元 → JPY¥50万
			一点五万英镑 → £1.5万`},
		"symbols": {speech.Writing{Units: speech.UnitSymbols}, `
			每小时十公里 → 10km/h
			十千米每小时 → 10km/h
			五米每秒 → 5m/s
			三十八摄氏度 → 38°C
			零下五摄氏度 → -5°C
			四十度 → 40°
			一百平方米 → 100m²
			三百万吨 → 300万吨
			五百兆 → 500兆`},
		"rates": {speech.Writing{Units: speech.UnitSymbols}, `
			每千克三十毫克 → 30mg/kg
			每立方米二十微克 → 20μg/m³
			五十毫克每升 → 50mg/L
			每秒钟五米 → 5m/s
			每千克三十元 → 每千克30元
			每次三十毫克 → 每次30mg
			一米七八 → 1m78`},
		"formal days": {speech.Writing{FormalDays: true}, `
			二十号 → 20日
			请二十号病人 → 请20号病人
			第二十号 → 第20号
			四十号 → 40号`},
		"signs together": {speech.Writing{Money: speech.MoneySigns, RunTogether: true, Single: speech.SingleAll}, `
			十元五个 → ¥10 5个
			五元五 → ¥5.5`},
		"compare": {speech.Writing{Compare: true}, `
			二比三等于四比六 → 2:3=4:6
			二零二五比二零二四多 → 2025比2024多
			一比二比三 → 1:2:3
			负二比三 → -2:3
			二小于等于四 → 2≤4
			三比一 → 3:1
			票数大于等于一百万 → 票数≥100万
			一等于一 → 1=1`},
		"spelled": {speech.Writing{Spelled: true}, `
			a艾特b点com`},
		"fillers": {speech.Writing{Fillers: "呃啊"}, `
			呃我要啊三十个 → 我要30个
			呃呃啊 → `},
		"acronyms": {speech.Writing{Acronyms: true}, `
			去自动取款机取三百块 → 去ATM取300块
			世界卫生组织 → WHO`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cases(c.table, func(said, want string) {
				require.Equal(t, want, speech.Written(said, speech.Profile{Writing: c.style}), said)
			})
		})
	}
}
