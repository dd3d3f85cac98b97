package speech

import "strings"

// domains are the last labels of addresses that are written without a scheme.
const domains = " com cn net org gov edu io ai app dev top xyz info me tv cc co hk tw mo uk jp us de fr kr eu biz club vip shop site online tech store wang ren fun link live ltd pro work icu asia mobi name mil int sg au ca ru in "

// addressFromDigit says an e-mail address or a link that begins with a digit.
func (p *speaker) addressFromDigit(i, j int) int {
	if c := p.byteAt(j); isLetter(c) || c == '@' || c == '_' || c == '.' && isLetter(p.byteAt(j+1)) {
		return p.address(i)
	}
	return 0
}

// address says the link or the e-mail address at i.
func (p *speaker) address(i int) int {
	if i < p.noAddress {
		return 0
	}
	end, host := i, false
	for ; end < len(p.text) && end-i < maxAddress; end++ {
		c := p.text[end]
		if !isLetter(c) && !isArabic(c) && strings.IndexByte("@._-/:?=&#%~+", c) < 0 {
			break
		}
		if !host && (c == ':' || c == '/' || c == '?' || c == '#') {
			if host = strings.HasPrefix(p.text[end:], "://") || isAddress(p.text[i:end]); !host {
				break
			}
		}
	}
	for end > i && strings.IndexByte("._-:?=&#%~+@", p.text[end-1]) >= 0 {
		end--
	}
	token := p.text[i:end]
	p.noAddress = end
	if !isAddress(token) {
		return 0
	}
	if p.o.KeepAddresses {
		p.end = -1
		return end
	}
	p.begin(i)
	if k := strings.Index(token, "://"); k > 0 {
		token = token[k+3:]
	}
	for _, c := range []byte(token) {
		if name, ok := addressSigns[c]; ok {
			p.say(name)
		} else if isArabic(c) {
			p.say(spokenDigits[c-'0'])
		} else {
			p.out = append(p.out, c)
		}
	}
	p.end = -1
	return p.finish(end, Address)
}

// maxAddress is the length of the longest address that is taken for one.
const maxAddress = 2048

var addressSigns = map[byte]string{
	'.': "点", '@': "艾特", '/': "斜杠", ':': "冒号", '-': "杠", '_': "下划线", '?': "问号", '=': "等于", '&': "和",
	'#': "井号", '%': "百分号", '~': "波浪号", '+': "加",
}

func isAddress(token string) bool {
	if k := strings.Index(token, "://"); k > 0 {
		return k <= 6 && len(token) > k+3
	}
	if k := strings.IndexByte(token, '@'); k > 0 {
		host := token[k+1:]
		return strings.Contains(host, ".") && isDomain(host)
	}
	host, _, _ := strings.Cut(token, "/")
	host, _, _ = strings.Cut(host, ":")
	return isDomain(host)
}

// isDomain reports whether host is a name with dots that ends as names of hosts do.
func isDomain(host string) bool {
	k := strings.LastIndexByte(host, '.')
	if k <= 0 || k+1 == len(host) {
		return false
	}
	if strings.HasPrefix(host, "www.") || strings.HasPrefix(host, "WWW.") {
		return true
	}
	last := strings.ToLower(host[k+1:])
	return strings.Contains(domains, " "+last+" ") && len(last) > 1
}
