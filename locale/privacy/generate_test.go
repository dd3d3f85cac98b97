package privacy_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// A sample is a text with one piece of private data of a type in it, or none.
type sample struct {
	text string
	want string // what must be found; nothing if empty
}

// A source makes values and texts of one type. Values are random: nobody's.
type source struct {
	t privacy.Type
	// value makes private data.
	value func(*rand.Rand) string
	// before and after surround it, where the type needs that. "|" parts alternatives.
	before, after string
	// miss makes a text without private data of the type.
	miss func(*rand.Rand) string
}

func pick(r *rand.Rand, alternatives string) string {
	list := strings.Split(alternatives, "|")
	return list[r.IntN(len(list))]
}

func digits(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte('0' + byte(r.IntN(10)))
	}
	return b.String()
}

func letters(r *rand.Rand, n int, alphabet string) string {
	var b strings.Builder
	for range n {
		b.WriteByte(alphabet[r.IntN(len(alphabet))])
	}
	return b.String()
}

// positive makes a sample with a value of the source, in one of the ways that people write it.
func (s source) positive(r *rand.Rand) sample {
	value := s.value(r)
	return sample{pick(r, s.before) + value + pick(r, s.after), value}
}

// digitForms writes digits as people do: plain, full width, Chinese, or separated.
func digitForms(r *rand.Rand, value string, groups ...int) string {
	switch r.IntN(8) {
	case 0:
		return strings.Map(func(c rune) rune {
			if c >= '!' && c <= '~' {
				return c + 0xFEE0
			}
			return c
		}, value)
	case 1:
		chinese := []rune(pick(r, "零一二三四五六七八九|〇一二三四五六七八九|零幺二三四五六七八九|零壹贰叁肆伍陆柒捌玖|零壹貳參肆伍陸柒捌玖"))
		if strings.ContainsFunc(value, func(c rune) bool { return c < '0' || c > '9' }) {
			return value
		}
		return strings.Map(func(c rune) rune { return chinese[c-'0'] }, value)
	case 2, 3:
		separator := pick(r, " |-")
		var parts []string
		rest := value
		for _, n := range groups {
			if n >= len(rest) {
				break
			}
			parts = append(parts, rest[:n])
			rest = rest[n:]
		}
		return strings.Join(append(parts, rest), separator)
	case 4:
		return strings.Join(strings.Split(value, ""), " ")
	}
	return value
}

var regions = []string{"110101", "310104", "440305", "330106", "510107", "420102", "610103", "320102", "370202", "350203", "230102", "530102"}

func birthday(r *rand.Rand) string {
	return fmt.Sprintf("%04d%02d%02d", 1940+r.IntN(70), 1+r.IntN(12), 1+r.IntN(28))
}

// mod11 returns the check character of 17 digits (ISO 7064 MOD 11-2), worked out by its definition.
func mod11(digits string) string {
	p := 0
	for _, c := range digits {
		p = (p + int(c-'0')) * 2 % 11
	}
	return string("0123456789X"[(12-p)%11])
}

func identity(r *rand.Rand, region string) string {
	body := region + birthday(r) + digits(r, 3)
	return body + mod11(body)
}

// wrongLast changes the last character.
func wrongLast(value string) string {
	last := value[len(value)-1]
	if last == 'X' || last < '0' || last > '9' {
		return value[:len(value)-1] + "5"
	}
	return value[:len(value)-1] + string('0'+(last-'0'+1)%10)
}

func luhnDigit(body string) string {
	for d := range 10 {
		sum := 0
		for i, c := range body + strconv.Itoa(d) {
			v := int(c - '0')
			if (len(body)-i)%2 == 1 {
				v *= 2
				v = v/10 + v%10
			}
			sum += v
		}
		if sum%10 == 0 {
			return strconv.Itoa(d)
		}
	}
	panic("unreachable")
}

func mobileNumber(r *rand.Rand) string {
	return pick(r, "130|131|135|138|139|145|147|150|152|155|159|166|170|171|172|176|178|180|186|188|189|191|195|198|199") + digits(r, 8)
}

// ordinary makes texts with numbers that are no private data.
func ordinary(r *rand.Rand) string {
	switch r.IntN(16) {
	case 0:
		return "订单号" + pick(r, "：|: ||是") + "20" + digits(r, 16)
	case 1:
		return "时间戳 17" + digits(r, 11) + "，已记录"
	case 2:
		return fmt.Sprintf("版本%d.%d.%d.%d发布", r.IntN(20), r.IntN(20), r.IntN(20), r.IntN(200))
	case 3:
		return fmt.Sprintf("会议在20%02d-%02d-%02d %02d:%02d:%02d开始", r.IntN(30), 1+r.IntN(12), 1+r.IntN(28), r.IntN(24), r.IntN(60), r.IntN(60))
	case 4:
		return "金额" + strconv.Itoa(1+r.IntN(9)) + digits(r, 10) + "元"
	case 5:
		return "提交 " + letters(r, 40, "0123456789abcdef")
	case 6:
		return "MD5：" + letters(r, 32, "0123456789abcdef")
	case 7:
		return "共" + digits(r, 5) + "人参加，比去年多" + digits(r, 3) + "人"
	case 8:
		return "长串" + digits(r, 25+r.IntN(60)) + "不是号码"
	case 9:
		return "快递单号SF" + digits(r, 13) + "已签收"
	case 10:
		return "合计" + fmt.Sprintf("%d,%03d,%03d,%03d", 1+r.IntN(900), r.IntN(1000), r.IntN(1000), r.IntN(1000)) + "元"
	case 11:
		return "请在" + strconv.Itoa(1+r.IntN(30)) + "号之前把第" + strconv.Itoa(1+r.IntN(30)) + "章交给大家，任何问题都可以提出"
	case 12:
		return "请拨打10086或12345咨询，也可致电95588"
	case 13:
		return fmt.Sprintf("今天气温%d.%d度，湿度%d%%", r.IntN(40), r.IntN(10), r.IntN(100))
	case 14:
		return "圆周率是3." + digits(r, 30)
	}
	return pick(r, "使用std::vector和a::b|图片logo@2x.png已上传|依赖lodash@4.17.21|我在这里等你|高级经理的岗位要求|任何先生都不会同意|他说关于女士的话题很多|第12号文件规定|三号线换乘二号线|十二点四十五分|一一对应，三三两两")
}
