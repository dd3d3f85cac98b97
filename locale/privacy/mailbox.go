package privacy

// A mailbox is found around its @. Servers allow letters, digits and a few marks before it, and hardly any in China
// has given out one with Chinese characters, though RFC 6531 knows them: what stands before the @ in 请联系张三@qq.com is
// text. So Chinese characters count only where a label or a bracket says that a mailbox follows, as in 邮箱：张三@qq.com;
// then a stream knows from the label on that it has to wait, and any other text need not wait for an @. The price is that
// without a label such a mailbox is not found. A label that the name touches (邮箱张三@qq.com) is none, because 邮件 goes
// on as ordinary text more often than not.
const (
	mailName     = 6                         // Chinese characters before an @
	mailVerbs    = "是为"                      // between a label and what it is of
	mailGlue     = " :=\"'“”‘’「『([{<【〔《|*`→" // behind these, or instead of them
	mailGlueSize = 6                         // characters of it
	mailEnds     = "箱件址地账帐号名"                // a label is 邮, and maybe some of these, or 信箱
	mailTail     = 6                         // characters from 邮 to the end of a label
)

// fileEndings end names of files that look like domains.
var fileEndings = split("png jpg jpeg gif webp svg pdf js ts css html htm json xml yaml yml txt md zip gz exe dll so py rb php java rs")

// findEmails looks around every @.
func (v *view) findEmails() {
	for at := v.lead; at < len(v.r); at++ {
		if v.r[at] != '@' {
			continue
		}
		from := at
		for from > v.lead && at-from < 64 && (v.is(from-1, word) || containsRune("._%+-", v.r[from-1])) {
			from--
		}
		for from < at && containsRune(".-_%+", v.r[from]) && !v.is(from, word) {
			from++
		}
		if from == at || v.is(from-1, word) || v.r[at-1] == '.' {
			if from = v.hanLocal(at); from < 0 {
				continue
			}
		}
		to := v.domainEnd(at + 1)
		if to == 0 || v.at(to) == '@' || v.has(from, []rune("git@")) && at-from == 3 && v.at(to) == ':' {
			continue
		}
		v.add(Email, from, to, Unchecked, Certain, ByForm)
	}
}

// hanLocal returns the beginning of the longest Chinese name before an @ that a label stands before, or -1.
func (v *view) hanLocal(at int) int {
	found := -1
	for from := at - 1; from >= v.lead && at-from <= mailName && isHan(v.r[from]); from-- {
		if v.mailLabelled(from) {
			found = from
		}
	}
	return found
}

// mailLabelled reports whether what stands before i says that a mailbox follows: a label and glue, or the bracket of
// 张三 <张三@qq.com>.
func (v *view) mailLabelled(i int) bool {
	to := i
	for to > v.lead && i-to < mailGlueSize && containsRune(mailGlue, v.r[to-1]) {
		to--
	}
	if to < i && v.r[i-1] == '<' {
		return true
	}
	if to > v.lead && containsRune(mailVerbs, v.r[to-1]) {
		to--
	}
	if to == i {
		return false
	}
	for k := to - 1; k >= v.lead && to-k <= mailTail; k-- {
		switch r := v.r[k]; {
		case r == '邮', r == '箱' && k > v.lead && v.r[k-1] == '信':
			return true
		case !containsRune(mailEnds, r):
			return v.latinMailLabel(k + 1)
		}
	}
	return false
}

// latinMailLabel reports whether one of the Latin labels ends at to.
func (v *view) latinMailLabel(to int) bool {
	for _, label := range [...]string{"email", "e-mail", "mailto"} {
		if from := to - len(label); from >= v.lead && !v.is(from-1, word) && v.has(from, []rune(label)) {
			return true
		}
	}
	return false
}

// domainEnd returns the end of the domain at i, or 0.
func (v *view) domainEnd(i int) int {
	start, end, label, letters := i, 0, i, true
	for ; i-start < 255; i++ {
		switch r := v.at(i); {
		case v.is(i, letter):
		case v.is(i, digit):
			letters = false
		case r == '-' && i > label && (v.is(i+1, word) || v.at(i+1) == '-'):
			letters = false
		default:
			if i > label && i-label <= 63 && label > start && letters && i-label >= 2 {
				end = i
			}
			if r != '.' || i == label || !v.is(i+1, word) {
				if end > 0 && end != i { // the last label is no top-level domain
					return 0
				}
				if end > 0 {
					for _, ending := range fileEndings() {
						if end-label == len(ending) && v.has(label, ending) {
							return 0
						}
					}
				}
				return end
			}
			label, letters = i+1, true
		}
	}
	return 0
}

// A mailing is how much of the label of a mailbox has been seen.
type mailing uint8

const (
	noMail    mailing = iota
	mailLabel         // a label, to which more may belong
	mailGlued         // a label and glue
)

// seeMail looks at the next character for a mailbox with a Chinese name: it waits from the glue after a label on, until
// there is too much for a name, or something else.
func (h *hold) seeMail(r rune, now role, from, to int) {
	r = unify(folded.Rune(r))
	switch {
	case !h.mail.open:
	case now&han != 0 && h.mailSize < mailName:
		h.mailSize++
	case r == '@' && h.mail.at < from: // it has begun: everything waits
	default:
		h.mail.open = false
	}
	switch glue := containsRune(mailGlue, r); {
	case r == '<':
		h.mailing = mailGlued
	case r == '邮', r == '箱' && folded.Rune(h.last) == '信':
		h.mailing = mailLabel
		return
	case h.mailing == mailLabel && containsRune(mailEnds, r):
		return
	case h.mailing == mailLabel && (glue || containsRune(mailVerbs, r)), h.mailing == mailGlued && glue:
		h.mailing = mailGlued
	default:
		h.mailing = noMail
		return
	}
	h.mail, h.mailSize = opening{true, h.mail.before(to)}, 0 // the new name may be in the old one
}
