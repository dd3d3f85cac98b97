package quantity_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/number"
	"github.com/zhushou-ai/zhushou/locale/quantity"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{"三公里", "3公里"}, {"5千米", "5公里"}, {"五千克", "5公斤"}, {"两千米", "2公里"}, {"10km", "10公里"}, {"10 KM", "10公里"}, {"２米", "2米"}, {"1.75m", "1.75米"},
		{"一米八", "1.8米"}, {"1米75", "1.75米"}, {"一米七五", "1.75米"}, {"三尺", "3尺"}, {"半里", "0.5里"}, {"6英尺2英寸", "37/6英尺"}, {"5ft", "5英尺"}, {"12in", "12英寸"},
		{"三斤二两", "3.2斤"}, {"三斤半", "3.5斤"}, {"半斤", "0.5斤"}, {"八两", "8两"}, {"一两", "1两"}, {"二兩", "2两"}, {"2吨", "2吨"}, {"500g", "500克"}, {"3lb", "3磅"}, {"70公斤", "70公斤"},
		{"500ml", "500毫升"}, {"2L", "2升"}, {"三立方米", "3立方米"}, {"一百平米", "100平方米"}, {"120平方米", "120平方米"}, {"五亩", "5亩"}, {"30㎡", "30平方米"}, {"兩公頃", "2公顷"},
		{"37℃", "37摄氏度"}, {"37度", "37摄氏度"}, {"零下三度", "-3摄氏度"}, {"摄氏零下5度", "-5摄氏度"}, {"华氏68度", "68华氏度"}, {"華氏68°", "68华氏度"}, {"-5°C", "-5摄氏度"}, {"98.6华氏度", "98.6华氏度"}, {"36.5摄氏°", "36.5摄氏度"},
		{"120公里每小时", "120公里每小时"}, {"时速80公里", "80公里每小时"}, {"每秒五米", "5米每秒"}, {"100km/h", "100公里每小时"}, {"120迈", "120公里每小时"},
		{"64GB", "64GB"}, {"64G", "64GB"}, {"500M", "500MB"}, {"十兆", "10MB"}, {"1024字节", "1024字节"}, {"2TB", "2TB"},
		{"90秒", "90秒"}, {"一个半小时", "1.5小时"}, {"两个小时", "2小时"}, {"1小时30分钟", "1.5小时"}, {"三天", "3天"}, {"两个星期", "2周"}, {"两周", "2周"},
		{"二十九岁", "29岁"}, {"三岁半", "3.5岁"}, {"六十周岁", "60岁"}, {"四个月大", "4个月大"}, {"90天大", "90天大"},
		{"十兆元", "10000000000000元"}, {"五度电", "5千瓦时"}, {"三百千瓦", "300千瓦"}, {"九千字节", "9KB"}, {"100兆瓦", "100兆瓦"}, {"50赫兹", "50赫兹"}, {"220伏", "220伏特"}, {"4000毫安时", "4000毫安时"},
		{"101千帕", "101千帕"}, {"500大卡", "500千卡"}, {"5 feet", "5英尺"}, {"3 square meters", "3平方米"}, {"12 inches", "12英寸"}, {"1 gallon", "1加仑"}, {"七公裏", "7公里"}, {"五英裏", "5英里"},
		{"五分一升", "0.2升"}, {"三十六度五", "36.5摄氏度"}, {"18度半", "18.5摄氏度"}, {"零下华氏8度半", "-8.5华氏度"}, {"负的9摄氏度", "-9摄氏度"}, {"七个平方", "7平方米"}, {"4µm", "4微米"}, {"90度角", "90角度"}, {"华氏温度64度", "64华氏度"}, {"每小时60英里", "60英里每小时"}, {"三個鐘頭", "3小时"}, {"廿斤", "20斤"},
		{" 3 公斤 ", "3公斤"}, {"百分之五公里", "0.05公里"},
	} {
		q, err := quantity.Parse(c[0])
		require.NoError(t, err, c[0])
		require.Equal(t, c[1], q.String(), c[0])
		require.False(t, q.Number.Approx, c[0])
	}
	for _, s := range []string{"三十多公里", "五公里多", "大约5斤", "十几吨", "100米左右"} {
		q, err := quantity.Parse(s)
		require.NoError(t, err, s)
		require.True(t, q.Number.Approx, s)
	}
}

func TestParseError(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "公里", "三", "三xyz", "5G网络", strings.Repeat("三", 400) + "米"} {
		_, err := quantity.Parse(s)
		require.Error(t, err, s)
	}
	_, err := quantity.Parse("三哈")
	require.ErrorIs(t, err, quantity.ErrUnit)
	require.ErrorContains(t, err, "三哈")
	_, err = quantity.Parse("五五千三米")
	var e *number.ParseError
	require.True(t, errors.As(err, &e), "%v", err)
}

func found(t *testing.T, s string) string {
	t.Helper()
	var out []string
	end := 0
	for m := range quantity.Find(s) {
		require.GreaterOrEqual(t, m.Start, end, s)
		require.Equal(t, s[m.Start:m.End], m.Text, s)
		require.NotZero(t, m.Quantity.Unit)
		end = m.End
		out = append(out, m.Text+"="+m.Quantity.String())
	}
	return strings.Join(out, " ")
}

func TestFind(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{"跑了五公里，用了半小时", "五公里=5公里 半小时=0.5小时"},
		{"买三斤二两牛肉和两斤苹果", "三斤二两=3.2斤 两斤=2斤"},
		{"身高一米八，体重70公斤", "一米八=1.8米 70公斤=70公斤"},
		{"气温零下3度到5度", "零下3度到5度=-3~5摄氏度"},
		{"时速120公里，油箱50升", "时速120公里=120公里每小时 50升=50升"},
		{"一两茶叶", "一两=1两"},
		{"下载10兆的文件，还剩2.5GB流量", "10兆=10MB 2.5GB=2.5GB"},
		{"一平方公里等于一百公顷", "一平方公里=1平方公里 一百公顷=100公顷"},
		{"行李限重23kg/人", "23kg=23公斤"},
		{"用电100度，烤箱180度", "100度=100千瓦时 180度=180摄氏度"},
		{"三块五一斤，两块八一个", "三块五=3.5元 一斤=1斤 两块八=2.8元 一个=1个"},
		{"3块5一斤", "3块5=3.5元 一斤=1斤"},
		{"五块六一斤", "五块六=5.6元 一斤=1斤"},
		{"５塊６一斤", "５塊６=5.6元 一斤=1斤"},
		{"三蚊五一斤", "三蚊五=3.5港元 一斤=1斤"},
		{"2块2一个，三毛五一个", "2块2=2.2元 一个=1个 三毛五=0.35元 一个=1个"},
		{"五块八两个，十块五两斤", "五块八=5.8元 两个=2个 十块五=10.5元 两斤=2斤"},
		{"3元5一百克", "3元5=3.5元 一百克=100克"},
		{"两块零五一斤", "两块零五=2.05元 一斤=1斤"},
		{"5元60分", "5元60分=5.6元"},
		{"五块八九个", "五块=5元 八九个=8~9个"},
		{"八块八十个", "八块=8元 八十个=80个"},
		{"一米七五一百斤，一米八两百斤", "一米七五=1.75米 一百斤=100斤 一米八=1.8米 两百斤=200斤"},
		{"来了一千来个人，一万来块钱", "一千来个=1000~2000个 一万来块钱=10000~20000元"},
		{"一千來個人", "一千來個=1000~2000个"},
		{"两点五小时，五十分钟", "两点五小时=2.5小时 五十分钟=50分钟"},
		{"北纬30度，转了180度，外面30度", "30度=30角度 180度=180角度 30度=30摄氏度"},
		{"身高180，200斤", "200斤=200斤"},
		{"3GB内存，2:00 pm", "3GB=3GB"},
		{"東京塔高三百三十三公尺，ＵＳＤ２０", "三百三十三公尺=333米 ＵＳＤ２０=20美元"},
	} {
		require.Equal(t, c[1], found(t, c[0]), c[0])
	}
	for _, s := range []string{
		"三里屯", "去四川", "一百八十度转弯", "5G网络", "两点开会", "吃两米饭", "第三周", "三周年", "3 in 1", "家里", "统一",
		"5mx", "", "3升级", "120分",
		"高八度", "近视300度", "50度白酒", "360度评价", "三P运动", "半身像", "10比特币", "下一个", "每一位", "参股", "第 5 期", "八字",
		"两点五十分钟", "12点30分钟", "三五好友", "花一千来场旅行",
	} {
		require.Empty(t, found(t, s), s)
	}
	for range quantity.Find("三斤 五公里") {
		break
	}
}

func TestConvert(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		to   quantity.Unit
		want string
	}{
		{"3公里", quantity.Metre, "3000"},
		{"1英里", quantity.Kilometre, "1.609344"},
		{"1英寸", quantity.Centimetre, "2.54"},
		{"3尺", quantity.Metre, "1"},
		{"1公里", quantity.Li, "2"},
		{"1海里", quantity.Kilometre, "1.852"},
		{"1斤", quantity.Gram, "500"},
		{"1磅", quantity.Gram, "453.59237"},
		{"16盎司", quantity.Pound, "1"},
		{"1吨", quantity.Jin, "2000"},
		{"1加仑", quantity.Litre, "3.785411784"},
		{"1立方米", quantity.Litre, "1000"},
		{"15亩", quantity.Hectare, "1"},
		{"1英亩", quantity.SquareMetre, "4046.8564224"},
		{"37℃", quantity.Fahrenheit, "98.6"},
		{"212华氏度", quantity.Celsius, "100"},
		{"零下40度", quantity.Fahrenheit, "-40"},
		{"0℃", quantity.Kelvin, "273.15"},
		{"36公里每小时", quantity.MetrePerSecond, "10"},
		{"1节", quantity.KilometrePerHour, "1.852"},
		{"1GB", quantity.Megabyte, "1024"},
		{"8比特", quantity.Byte, "1"},
		{"1.5小时", quantity.Minute, "90"},
		{"2周", quantity.Day, "14"},
		{"1米", quantity.Chi, "3"},
		{"1天", quantity.Week, "1/7"},
	} {
		q, err := quantity.Parse(c.in)
		require.NoError(t, err, c.in)
		n, err := quantity.Convert(q.Number, q.Unit, c.to)
		require.NoError(t, err, c.in)
		require.Equal(t, c.want, n.String(), c.in)
	}

	_, err := quantity.Convert(number.FromInt(1), quantity.Kilometre, quantity.Kilogram)
	var e *quantity.DimensionError
	require.True(t, errors.As(err, &e))
	require.EqualError(t, err, "convert 公里 to 公斤: 长度 and 质量 are not the same kind of quantity")
	_, err = quantity.Convert(number.FromInt(1), 0, 0)
	require.Error(t, err)
	_, err = quantity.Convert(number.FromInt(1), 250, quantity.Metre)
	require.Error(t, err)

	about, err := number.Parse("大约三")
	require.NoError(t, err)
	n, err := quantity.Convert(about, quantity.Jin, quantity.Kilogram)
	require.NoError(t, err)
	require.True(t, n.Approx)
}

// Every unit is found again by its own name, and converting there and back changes nothing.
func TestEveryUnit(t *testing.T) {
	t.Parallel()
	n := number.FromInt(7)
	for u := quantity.Metre; u <= quantity.DayOld; u++ {
		got, err := quantity.ParseUnit(u.String())
		require.NoError(t, err)
		require.Equal(t, u, got)
		for v := quantity.Metre; v <= quantity.DayOld; v++ {
			there, err := quantity.Convert(n, u, v)
			require.Equal(t, u.Dimension() == v.Dimension(), err == nil)
			if err == nil {
				back, err := quantity.Convert(there, v, u)
				require.NoError(t, err)
				require.Zero(t, n.Cmp(back), "%s %s", u, v)
			}
		}
	}
	_, err := quantity.ParseUnit("尸")
	require.ErrorIs(t, err, quantity.ErrUnit)
	require.Zero(t, quantity.Unit(0).Dimension())
	require.Equal(t, "未知", quantity.Unit(0).Dimension().String())
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"三斤二两", "摄氏零下5度", "1米75", "一个半小时", "5千米", "10 km/h", "半"} {
		f.Add(s)
	}
	for _, s := range []string{"两元三角-四元五毛六分", "USD20.5", "从7200到4万港元", "至少三块以上", "華氏80度", "千元左右", "15k~20k", "五分一升"} {
		f.Add(s)
	}
	every := quantity.Options{Cents: true, Amounts: true, Literal: true, Bare: quantity.Temperature}
	f.Fuzz(func(t *testing.T, s string) {
		found(t, s)
		end := 0
		for m := range every.Find(s) {
			require.GreaterOrEqual(t, m.Start, end, s)
			require.Greater(t, m.End, m.Start, s)
			require.LessOrEqual(t, m.Quantity.Number.Cmp(m.Quantity.High), 0, s)
			end = m.End
		}
		_, _ = every.Parse(s)
		if q, err := quantity.Parse(s); err == nil {
			require.NotZero(t, q.Unit.Dimension(), s)
		}
	})
}

func BenchmarkFind(b *testing.B) {
	const text = "身高一米八，体重70公斤，每天跑五公里，用时半小时，气温零下3度。"
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		for range quantity.Find(text) {
		}
	}
}
