package normalize

import "strings"

// A panguText is a block that is spaced by the rules of pangu.js. The rules read like this: a symbol between two
// half-width characters joins them and is left alone; a symbol that touches a Chinese character is an operator with a
// space on both sides, unless it belongs to the half-width side, as a sign does; quotes and brackets have a space
// outside and none inside; slash, pipe and plus are read line by line.
type panguText struct {
	*block
	glued  []bool // no space comes in front: inside of links, tags and code
	hidden []bool // the character is in a tag or in code, and no neighbour to anything
	opens  []bool // an opening quote or bracket with a partner
	closes []bool
	simple []bool // a curly quote around plain words, or the second of them
	slash  []int8 // slashes in the line of the character, two at most
	pipe   []bool // the line has a pipe that touches a Chinese character
	plus   []bool // the same for a plus
}

func spacePangu(b *block) {
	if !b.cjk {
		return
	}
	n := len(b.r) + 1
	flags := make([]bool, 7*n)
	part := func(i int) []bool { return flags[i*n : (i+1)*n] }
	p := &panguText{block: b, glued: part(0), hidden: part(1), opens: part(2), closes: part(3), simple: part(4),
		pipe: part(5), plus: part(6), slash: make([]int8, n)}
	if p.holds(":]") {
		p.links()
	}
	if p.holds("`~") {
		p.code()
	}
	if p.holds("&") && p.holds(";") {
		p.entities()
	}
	if p.holds("<") {
		p.tags()
	}
	if p.holds("/|+") {
		p.lines()
	}
	p.quotes()
	p.brackets()
	if p.holds("*") {
		p.bold()
	}
	p.marks()
	for i := 1; i < len(b.r); i++ {
		l, r := b.r[i-1], b.r[i]
		if !(isCJK(l) && isCJK(r)) && !b.space[i] && !p.glued[i] && !isBlank(l) && !isBlank(r) && p.gap(i) {
			b.insert(i)
		}
	}
}

// rune returns the character i for its neighbours, 0 if there is none that counts.
func (p *panguText) rune(i int) rune {
	if i < 0 || i >= len(p.r) || p.hidden[i] {
		return 0
	}
	return p.r[i]
}

func (p *panguText) cjk(i int) bool  { return isCJK(p.rune(i)) }
func (p *panguText) word(i int) bool { return isWord(p.rune(i)) }

// links glues what a link is made of.
func (p *panguText) links() {
	for i := range p.r {
		for end := p.linkEnd(i); i+1 < end; i++ {
			p.glued[i+1] = true
		}
	}
}

// code hides fenced code and what stands between backticks.
func (p *panguText) code() {
	p.fenced(p.hide)
	open := -1
	for i, r := range p.r {
		if p.hidden[i] {
			open = -1
			continue
		}
		if r != '`' {
			continue
		}
		if open >= 0 && i > open+1 {
			p.hide(open+1, i)
			p.glued[i] = true
			open = -1
		} else {
			open = i
		}
	}
}

// entities hides HTML entities.
func (p *panguText) entities() {
	for i, r := range p.r {
		if r == '&' && !p.hidden[i] {
			p.hide(i, p.entityEnd(i))
		}
	}
}

// hide takes the characters of [from, to) out of the sight of the rules.
func (p *panguText) hide(from, to int) {
	for ; from < to; from++ {
		p.hidden[from], p.glued[from] = true, true
	}
}

// voidTags need no closing tag.
const voidTags = " area base br col embed hr img input link meta param source track wbr "

// tags hides HTML tags, except that the values of their attributes are spaced as texts of their own. The name of a tag
// in prose, which nothing closes, is a word.
func (p *panguText) tags() {
	var closed map[string]bool
	for i := 0; i < len(p.r); i++ {
		if p.r[i] != '<' || p.hidden[i] {
			continue
		}
		end, name, bare := p.tag(i)
		if end == 0 {
			continue
		}
		if closed == nil {
			closed = p.closedTags()
		}
		if name = strings.ToLower(name); bare && !strings.Contains(voidTags, " "+name+" ") && !closed[name] {
			if p.cjk(i - 1) {
				p.insert(i)
			}
			if p.cjk(end) {
				p.insert(end)
			}
		} else if !bare {
			p.attributes(i, end)
		}
		p.hide(i, end)
		p.glued[end] = true
		i = end - 1
	}
}

// closedTags returns the names of all closing tags.
func (p *panguText) closedTags() map[string]bool {
	names := make(map[string]bool)
	for i := range p.r {
		if p.rune(i) == '/' && p.rune(i-1) == '<' {
			end := i + 1
			for p.word(end) {
				end++
			}
			names[strings.ToLower(p.s[p.at[i+1]:p.at[end]])] = true
		}
	}
	return names
}

// maxTag is how long a tag can be, in characters.
const maxTag = 1000

// tag returns the end of the tag at character i, 0 if there is none, its name, and whether it has nothing else and
// opens.
func (p *panguText) tag(i int) (end int, name string, bare bool) {
	j := i + 1
	closing := p.rune(j) == '/'
	if closing {
		j++
	}
	start := j
	if !isLetter(p.rune(j)) {
		return 0, "", false
	}
	for p.word(j) {
		j++
	}
	name = p.s[p.at[start]:p.at[j]]
	rest := j
	if r := p.rune(j); r != '>' && !isBlank(r) && !(r == '/' && p.rune(j+1) == '>') || j >= len(p.r) {
		return 0, "", false
	}
	for j < len(p.r) && j < i+maxTag && p.r[j] != '>' {
		j++
	}
	if p.rune(j) != '>' {
		return 0, "", false
	}
	bare = !closing && strings.Trim(p.s[p.at[rest]:p.at[j]], " /\t\n") == ""
	return j + 1, name, bare
}

// attributes spaces what stands between double quotes in the tag [i, end).
func (p *panguText) attributes(i, end int) {
	open := -1
	for ; i < end; i++ {
		if p.r[i] != '"' {
			continue
		}
		if open < 0 {
			open = i + 1
			continue
		}
		var value block
		value.read(p.s[p.at[open]:p.at[i]])
		spacePangu(&value)
		for k := range value.r {
			if value.space[k] {
				p.insert(open + k)
			}
			if value.drop[k] {
				p.dropAll(open+k, open+k+1)
			}
			if with, ok := value.with[k]; ok {
				p.replace(open+k, with)
			}
		}
		open = -1
	}
}

// lines finds out how slash, pipe and plus are to be read in every line.
func (p *panguText) lines() {
	for start := 0; start < len(p.r); {
		end := start
		for end < len(p.r) && p.r[end] != '\n' {
			end++
		}
		slashes, pipe, plus := 0, false, false
		for i := start; i < end; i++ {
			switch p.rune(i) {
			case '/':
				slashes = min(slashes+1, 2)
			case '|':
				pipe = pipe || p.cjk(i-1) || p.cjk(i+1)
			case '+':
				plus = plus || p.cjk(i-1) && !isDigit(p.rune(i+1)) || p.cjk(i+1) && !p.word(i-1)
			}
		}
		for i := start; i < end; i++ {
			p.slash[i], p.pipe[i], p.plus[i] = int8(slashes), pipe, plus
		}
		start = end + 1
	}
}

// marks makes every dot between words one kind of dot, takes the spaces around it out, and those inside of what is
// joined. A colon before a bracket is full-width.
func (p *panguText) marks() {
	for i, r := range p.r {
		if p.hidden[i] {
			continue
		}
		switch r {
		case '·', '•', '‧', '・':
			if r != '・' {
				p.replace(i, "・")
				p.strip(i+1, 1)
				p.strip(i-1, -1)
			}
		case ':':
			if next := p.rune(i + 1); p.cjk(i-1) && (next == '(' || next == ')') {
				p.replace(i, "：")
			}
		case '\'':
			if p.rune(i+1) == 's' && p.rune(i-1) == ' ' && (p.word(i-2) || p.cjk(i-2)) {
				p.dropAll(i-1, i)
			}
		case '|':
			if p.pipe[i] && p.divides(i) {
				p.onlySpace(i+1, 1)
				p.onlySpace(i-1, -1)
			}
		}
	}
}

// strip takes the spaces out that stand at character i and go on in the direction of step.
func (p *panguText) strip(i, step int) {
	for ; p.rune(i) == ' '; i += step {
		p.dropAll(i, i+1)
	}
}

// onlySpace leaves one of several spaces there.
func (p *panguText) onlySpace(i, step int) {
	if p.rune(i) == ' ' {
		p.strip(i+step, step)
	}
}
