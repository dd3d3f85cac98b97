package quantity_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/quantity"
)

func TestMoney(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"六块", "6", "CNY"}, {"六块二", "6.2", "CNY"}, {"六块二毛五", "6.25", "CNY"}, {"六块零五分", "6.05", "CNY"}, {"六塊錢", "6", "CNY"}, {"八毛", "0.8", "CNY"}, {"六块半", "6.5", "CNY"}, {"两毛半", "0.25", "CNY"}, {"六块七毛八RMB", "6.78", "CNY"}, {"八毛五", "0.85", "CNY"},
		{"四十元整", "40", "CNY"}, {"叁仟圆", "3000", "CNY"}, {"陆佰元整", "600", "CNY"}, {"捌元伍角叁分", "8.53", "CNY"}, {"￥12.5万", "125000", "CNY"}, {"¥ 80", "80", "CNY"}, {"人民币两千元", "2000", "CNY"}, {"75元人民币", "75", "CNY"}, {"5分钱", "0.05", "CNY"},
		{"-15元6角", "-15.6", "CNY"}, {"2.5亿元", "250000000", "CNY"}, {"177.1 亿元", "17710000000", "CNY"}, {"半个亿人民币", "50000000", "CNY"},
		{"12美元", "12", "USD"}, {"12 USD", "12", "USD"}, {"USD12", "12", "USD"}, {"$9.99", "9.99", "USD"}, {"US$ 3万", "30000", "USD"}, {"五十美分", "0.5", "USD"}, {"三个美元", "3", "USD"}, {"12块美金", "12", "USD"},
		{"港币七元", "7", "HKD"}, {"七蚊", "7", "HKD"}, {"七蚊三毫", "7.3", "HKD"}, {"新台幣300元", "300", "TWD"}, {"NT$300", "300", "TWD"}, {"五百日圓", "500", "JPY"}, {"日元500", "500", "JPY"},
		{"三十歐元", "30", "EUR"}, {"€30", "30", "EUR"}, {"30€", "30", "EUR"}, {"七英鎊", "7", "GBP"}, {"二十便士", "0.2", "GBP"}, {"八万韩元", "80000", "KRW"}, {"六百泰铢", "600", "THB"}, {"九十卢布", "90", "RUB"},
		{"40瑞士法郎", "40", "CHF"}, {"100哥斯达黎加科朗", "100", "CRC"}, {"100 ISK", "100", "ISK"}, {"3000越南盾", "3000", "VND"}, {"五澳元", "5", "AUD"}, {"五千元日币", "5000", "JPY"},
	} {
		q, err := quantity.Parse(c[0])
		require.NoError(t, err, c[0])
		require.Equal(t, c[1], q.Number.String(), c[0])
		require.Equal(t, c[2], q.Unit.Code(), c[0])
		require.Equal(t, quantity.Exact, q.Bound, c[0])
		require.Equal(t, quantity.Money, q.Unit.Dimension(), c[0])
	}
	for _, s := range []string{
		"三块糖", "五角星", "三角形", "一毛不拔", "30分", "元旦", "一元二次方程", "十元素", "TOP 10", "ALL 3", "五角大楼", "5毫米波", "三毛线", "15k", "人民币3月走势", "第三块", "千元",
	} {
		for m := range quantity.Find(s) {
			require.NotEqual(t, quantity.Money, m.Quantity.Unit.Dimension(), "%s: %s", s, m.Text)
		}
	}
}

func TestMoneyOptions(t *testing.T) {
	t.Parallel()
	taiwan := quantity.Options{Yuan: quantity.Currency("TWD")}
	q, err := taiwan.Parse("五百塊")
	require.NoError(t, err)
	require.Equal(t, "500新台币", q.String())
	q, err = taiwan.Parse("人民幣五百塊")
	require.NoError(t, err)
	require.Equal(t, "500元", q.String())

	q, err = quantity.Options{Cents: true}.Parse("七分")
	require.NoError(t, err)
	require.Equal(t, "0.07元", q.String())

	amounts := quantity.Options{Amounts: true}
	for in, want := range map[string]string{"20k": "20000元", "3w左右": "30000元", "四百万": "4000000元", "不到八万": "80000元", "两千出头": "2000元", "8k-9k": "8000~9000元", "二三十万": "200000~300000元"} {
		q, err := amounts.Parse(in)
		require.NoError(t, err, in)
		require.Equal(t, want, q.String(), in)
	}
	_, err = quantity.Parse("20k")
	require.Error(t, err)
	require.Equal(t, "20k", first(amounts, "月薪20k，团队300人").Text)
	require.Empty(t, first(quantity.Options{}, "月薪20k").Text)
}

func first(o quantity.Options, s string) quantity.Match {
	for m := range o.Find(s) {
		return m
	}
	return quantity.Match{}
}

func TestCurrency(t *testing.T) {
	t.Parallel()
	require.Zero(t, quantity.Currency(""))
	require.Zero(t, quantity.Currency("ZZZ"))
	require.Equal(t, "人民币", quantity.Currency("CNY").String())
	require.Equal(t, "阿尔巴尼亚列克", quantity.Currency("ALL").String())
	require.Empty(t, quantity.Metre.Code())
	for in, code := range map[string]string{"元": "CNY", "港元": "HKD", "美金": "USD", "€": "EUR", "jpy": "JPY", "TRY": "TRY", "新加坡元": "SGD", "挪威克朗": "NOK"} {
		u, err := quantity.ParseUnit(in)
		require.NoError(t, err, in)
		require.Equal(t, code, u.Code(), in)
	}
	_, err := quantity.Convert(quantity.Quantity{}.Number, quantity.Currency("USD"), quantity.Currency("CNY"))
	require.EqualError(t, err, "convert 美元 to 人民币: there is no fixed ratio between them")
	n, err := quantity.Convert(quantity.Quantity{}.Number, quantity.Currency("USD"), quantity.Currency("USD"))
	require.NoError(t, err)
	require.Zero(t, n.Sign())
}

func TestBounds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in, want string
		bound    quantity.Bound
	}{
		{"五公里", "5公里", quantity.Exact}, {"约五公里", "5公里", quantity.About}, {"五公里左右", "5公里", quantity.About}, {"五公里多", "5公里", quantity.About}, {"近五公里", "5公里", quantity.Nearly},
		{"至少五公里", "5公里", quantity.AtLeast}, {"五公里以上", "5公里", quantity.AtLeast}, {"至少五公里以上", "5公里", quantity.AtLeast}, {"不低于五公里", "5公里", quantity.AtLeast}, {"超过五公里", "5公里", quantity.Over},
		{"最多五公里", "5公里", quantity.AtMost}, {"五公里以内", "5公里", quantity.AtMost}, {"不到五公里", "5公里", quantity.Under}, {"小于5斤", "5斤", quantity.Under}, {"≥5斤", "5斤", quantity.AtLeast}, {"800元起", "800元", quantity.AtLeast},
		{"五到六斤", "5~6斤", quantity.Between}, {"5斤-6斤", "5~6斤", quantity.Between}, {"500克到1公斤", "0.5~1公斤", quantity.Between}, {"从三元到五元", "3~5元", quantity.Between}, {"介于三到五元之间", "3~5元", quantity.Between}, {"七八百块", "700~800元", quantity.Between},
		{"十几吨", "10~20吨", quantity.Between}, {"三十多公里", "30~40公里", quantity.Between}, {"两元三角-四元五毛六分", "2.3~4.56元", quantity.Between}, {"零下5度到3度", "-5~3摄氏度", quantity.Between}, {"千元左右", "1000元", quantity.About},
		{"七八十公斤以上", "70公斤", quantity.AtLeast},
	} {
		q, err := quantity.Parse(c.in)
		require.NoError(t, err, c.in)
		require.Equal(t, c.want, q.String(), c.in)
		require.Equal(t, c.bound, q.Bound, "%s is %s", c.in, q.Bound)
		require.Equal(t, c.bound != quantity.Exact, q.Number.Approx, c.in)
		if c.bound != quantity.Between {
			require.Zero(t, q.Number.Cmp(q.High), c.in)
		}
	}
	require.Equal(t, "5公里", first(quantity.Options{Literal: true}, "至少5公里以上").Text)
	require.Equal(t, "零下5度", first(quantity.Options{Literal: true}, "约零下5度").Text)
	require.Equal(t, "3个", first(quantity.Options{}, "预约3个").Text)
}

func TestCounts(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{"借了三本书和两支笔", "三本=3本 两支=2支"},
		{"一个人，七八个孩子", "一个=1个 七八个=7~8个"},
		{"一打鸡蛋", "一打=1打"},
		{"半瓶水", "半瓶=0.5瓶"},
		{"三隻貓，兩輛車", "三隻=3只 兩輛=2辆"},
		{"三个小时，三个月", "三个小时=3小时"},
	} {
		require.Equal(t, c[1], found(t, c[0]), c[0])
	}
	for _, s := range []string{"一部分", "一对一", "第三本", "两位数", "一次性", "三里屯", "一起", "万一", "一会儿", "五一", "双十一", "第三方", "十分好", "三心二意", "一点也不", "3.14个性", "1.5次方", "三位数"} {
		require.Empty(t, found(t, s), s)
	}
	dozen, err := quantity.ParseUnit("打")
	require.NoError(t, err)
	piece, err := quantity.ParseUnit("个")
	require.NoError(t, err)
	book, err := quantity.ParseUnit("本")
	require.NoError(t, err)
	q, err := quantity.Parse("两打")
	require.NoError(t, err)
	n, err := quantity.Convert(q.Number, dozen, piece)
	require.NoError(t, err)
	require.Equal(t, "24", n.String())
	_, err = quantity.Convert(q.Number, piece, book)
	require.Error(t, err)
}

func TestBare(t *testing.T) {
	t.Parallel()
	o := quantity.Options{Bare: quantity.Temperature}
	var got []string
	for m := range o.Find("把64华氏度换成摄氏度，再换成开尔文") {
		got = append(got, m.Text)
		require.Equal(t, m.Text != "64华氏度", m.Bare)
	}
	require.Equal(t, []string{"64华氏度", "摄氏度", "开尔文"}, got)
}
