package quantity

import (
	_ "embed"
	"strings"
	"sync"
)

const firstCurrency Unit = 0x800

//go:generate go run ../../internal/tablegen -root ../.. -only quantity

//go:embed currencies.txt
var currencyTable string

type currency struct {
	code string
	unitData
}

// currencies lists the currencies by code.
var currencies = sync.OnceValue(func() []currency {
	var out []currency
	for line := range strings.Lines(currencyTable) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(fields) < 2 {
			continue
		}
		out = append(out, currency{code: fields[0], unitData: unitData{name: fields[1], dimension: Money}})
	}
	return out
})

// Currency returns the currency with the code by ISO 4217, such as CNY, and zero for unknown ones.
func Currency(code string) Unit {
	for i, c := range currencies() {
		if c.code == code {
			return firstCurrency + Unit(i)
		}
	}
	return 0
}

// everydayNames are what people call currencies beside their names in the table, in simplified characters. A
// name that several currencies share means the first one here.
const everydayNames = `
CNY 人民币 人民币元 人民币圆 人民币块 RMB rmb cny CN¥ ¥ 软妹币
USD 美元 美金 美刀 美圆 美钞 US$ $ 美国元 usd
HKD 港元 港币 港纸 港圆 港 HK$ 蚊 蚊鸡 hkd
MOP 澳门元 澳门币 澳币门 葡币 MOP$
TWD 台币 新台币 新台币元 台湾元 NT$ twd
JPY 日元 日币 日圆 円 日本元 jpy
EUR 欧元 欧 eur €
GBP 英镑 镑 gbp £
KRW 韩元 韩币 韩圆 韩圜 韩国元 krw ₩
AUD 澳元 澳币 澳洲元 澳大利亚元 A$ AU$
CAD 加元 加币 加拿大元 C$ CA$
NZD 新西兰元 纽币 纽元 纽西兰元 新西兰币 NZ$
SGD 新加坡元 新元 新币 坡币 S$
CHF 瑞士法郎 瑞郎 法郎
RUB 卢布 俄罗斯卢布 ₽
INR 卢比 印度卢比 ₹
THB 泰铢 泰珠 铢 泰国铢 ฿
MYR 林吉特 马币 令吉 马来西亚林吉特 马来西亚令吉 马元 RM
IDR 印尼盾 印尼卢比 印度尼西亚卢比 印度尼西亚盾
VND 越南盾 盾 越盾 ₫
PHP 比索 菲律宾比索 披索 菲律宾披索 ₱
MXN 墨西哥比索 墨西哥披索
BRL 巴西雷亚尔 雷亚尔 巴西里亚尔 R$
SEK 克朗 瑞典克朗
NOK 挪威克朗
DKK 丹麦克朗
ZAR 兰特 南非兰特
TRY 里拉 土耳其里拉 ₺
PLN 兹罗提 波兰兹罗提
HUF 福林
CZK 捷克克朗
ILS 谢克尔 以色列谢克尔 新谢克尔 ₪
AED 迪拉姆 阿联酋迪拉姆
SAR 里亚尔 沙特里亚尔
KPW 朝鲜元
MNT 图格里克 ₮
KZT 坚戈 ₸
UAH 格里夫纳 ₴
PKR 巴基斯坦卢比
MMK 缅元 缅币 缅甸元
KHR 瑞尔
LAK 基普 老挝基普
BDT 塔卡
EGP 埃及镑
NGN 奈拉 ₦
CLP 智利比索
ARS 阿根廷比索
KWD 科威特第纳尔
`

// codeWords are codes of currencies that in a text are rather English words.
const codeWords = " ALL BAM BOB COP CUP GEL MAD MOP PEN RON SOS TOP TRY "

// minorNames are the names of hundredths and tenths of one currency.
const minorNames = `
USD 100 美分
EUR 100 欧分
GBP 100 便士
AUD 100 澳分
CAD 100 加分
HKD 100 港仙
HKD 10 港毫
RUB 100 戈比
`

// plainMoney are the words for yuan and its parts that leave open which currency is meant.
const plainMoney = `
1 元 圆 块 块钱 元钱 块大洋 圆钱 个大洋
10 角 毛 角钱 毛钱 毫 毫子
100 分钱
`

// centWords are for a hundredth only where Options say so, or behind 元 and 角.
const centWords = "分 仙 分钱"

// notAfterMoney lists what must not follow the plain words for money.
var notAfterMoney = map[string]string{
	"元": "素旦宵音老件论化首方", "圆": "形心圈桌柱梦满周", "角": "度形落色星膜质逐大戏", "毛": "线衣巾病笔发孩重利绒", "毫": "米升克安秒无不",
	"块": "头茎根状肉", "港": "口湾澳台独铁股珠", "欧": "洲盟冠美式阳", "镑": "礴", "盾": "牌", "铢": "两", "分": "钟数之别析享类公配",
}
