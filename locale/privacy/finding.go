package privacy

import "strings"

// A Finding is a piece of private data in a text.
type Finding struct {
	Type       Type
	Start, End int // byte offsets into the text, on the boundaries of runes
	Check      Check
	Confidence Confidence
	Reasons    Reasons
}

// Check says what the check digit of a number shows.
type Check uint8

// The verdicts on a check digit.
const (
	Unchecked Check = iota // the number has none
	Passed
	Failed // found nevertheless, because of its label: mistyped, as a rule
)

// String returns the verdict in Chinese.
func (c Check) String() string {
	return [...]string{"无校验", "校验通过", "校验不符"}[min(c, Failed)]
}

// Confidence says how sure it is that a finding is what its type says.
type Confidence uint8

// The degrees of confidence.
const (
	Possible Confidence = iota // has the form; ordinary numbers and words can have it too
	Likely                     // has the form, and something that speaks for it
	Certain                    // a check digit or a label leaves hardly a doubt
)

// String returns the degree in Chinese.
func (c Confidence) String() string {
	return [...]string{"可能", "很可能", "确定"}[min(c, Certain)]
}

// Reasons are what speaks for or against a finding.
type Reasons uint16

// The reasons for the confidence of a finding.
const (
	ByForm         Reasons = 1 << iota // its form is rare otherwise
	ByCheck                            // its check digit is right
	ByLabel                            // a label stands before it, such as 身份证号：
	ByTitle                            // a title stands after it, such as 先生
	BySurname                          // it begins with a surname
	ByNeighbour                        // other private data stands beside it
	ByDivision                         // it names divisions of China that exist
	ByDoor                             // it ends with a house or room number
	ByPrefix                           // it begins as only numbers of its kind do: segment, area code, bank
	VirtualCarrier                     // its segment belongs to a virtual operator
	UnknownRegion                      // the region code is not one of today's: it may have been dissolved
	SpokenDigits                       // it is written with Chinese digits, at least in part
	Separated                          // there are separators in it
)

var reasonNames = []string{"形式独特", "校验通过", "前有标签", "后有称谓", "姓氏", "旁有其他个人信息", "行政区划", "门牌号",
	"号段", "虚拟运营商", "区划代码现已不用", "汉字数字", "含分隔符"}

// String returns the reasons in Chinese, separated by 、.
func (r Reasons) String() string {
	var names []string
	for i, name := range reasonNames {
		if r>>i&1 != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, "、")
}
