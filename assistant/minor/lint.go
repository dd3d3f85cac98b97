package minor

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/zhushou-ai/zhushou/locale/script"
)

// A Finding is a part of a character's description that must not be offered to children.
type Finding struct {
	Text       string // as it stands in the description, in simplified characters
	Relation   string // such as 女朋友
	Partner    bool   // a partner; otherwise a relative
	Start, End int    // bytes of the simplified description
}

func (f Finding) String() string {
	kind := "relative"
	if f.Partner {
		kind = "partner"
	}
	return fmt.Sprintf("virtual %s: %q", kind, f.Text)
}

const (
	partners  = `男朋友|女朋友|男友|女友|老公|老婆|丈夫|妻子|恋人|情人|爱人|伴侣|未婚夫|未婚妻|对象|情侣|CP|cp`
	relatives = `爸爸|妈妈|父亲|母亲|爸|妈|爷爷|奶奶|外公|外婆|姥姥|姥爷|哥哥|姐姐|弟弟|妹妹|叔叔|阿姨|舅舅|姑姑|儿子|女儿|家人|亲人|义父|义母|干爹|干妈|干爸`
)

// A character is somebody's relative or partner where the description makes it so: 你是他的女朋友, 扮演妈妈. That it
// has relatives of its own, 你的妈妈是老师, is a story like any other.
var personas = sync.OnceValue(func() *regexp.Regexp {
	const (
		roles = `(?:你(?:现在|将|就)?(?:是|叫做|成为|变成)|扮演|充当|担任|当|做|作为|成为|角色(?:是|为|：|:)|身份(?:是|为|：|:)|人设(?:是|为|：|:))`
		owner = `(?:[^。！？!?\n，,；;]{0,12}?)`
		whose = `(?:用户|使用者|他|她|TA|ta|我|对方|孩子|玩家)(?:们)?(?:最|唯一|真正|温柔|亲|贴心|专属|虚拟|的|爱|\s){0,4}`
	)
	return regexp.MustCompile(roles + owner + `(?:` + whose + `)?(` + partners + `|` + relatives + `)(?:的?角色|一样|般|，|,|。|；|;|！|!|、|和|与|$|\s|来|，陪|陪|照顾|爱|疼|吧|啊|呀|好吗)`)
})

// Lint finds in the description of a character, such as an assistant's Instructions, that it is to be a
// relative or partner of whoever speaks to it.
func Lint(description string) []Finding {
	s := script.T2S.String(description)
	var out []Finding
	for _, m := range personas().FindAllStringSubmatchIndex(s, -1) {
		relation := s[m[2]:m[3]]
		out = append(out, Finding{
			Text: s[m[0]:m[3]], Relation: relation, Partner: strings.Contains("|"+partners+"|", "|"+relation+"|"), Start: m[0], End: m[3],
		})
	}
	return out
}
