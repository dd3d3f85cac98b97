package speech

import (
	"strconv"
	"unicode/utf8"
)

// clock says times and, where it is none, proportions: 8:05, 9:00-18:00, 3:2.
func (p *speaker) clock(i, j int) int {
	a, ok := p.clockAt(i)
	if !ok || a.second < 0 && a.part == "" && (p.isResult(i, a.end) || p.isRatio(i, a.end)) {
		return p.proportion(i, j)
	}
	p.begin(i)
	end := p.sayClock(a)
	if k := p.rangeSign(a.end); k > a.end {
		if b, ok := p.clockAt(k); ok {
			p.say("到")
			end = p.sayClock(b)
		}
	}
	p.end = end
	return p.finish(end, Time)
}

// halfDay says the time behind the am or pm from i to j: AM8:00. It returns where that ends, or 0.
func (p *speaker) halfDay(i, j int) int {
	k := p.space(j)
	t, ok := p.clockAt(k)
	if !ok || t.part != "" {
		return 0
	}
	if !p.o.KeepHalfDays {
		name := "上午"
		if p.words.words[p.text[i:j]]&pmAfter != 0 {
			name = "下午"
		}
		if set, _ := p.before(i, partBefore); set != 0 {
			name = "" // 下午PM3:30
		}
		p.replace(i, k, Time, name)
	}
	return p.clock(k, p.digitsFrom(k))
}

// stopwatch says minutes and seconds with strokes: 27'30".
func (p *speaker) stopwatch(i, j int) int {
	mark := p.at(j)
	if mark != '\'' && mark != '’' && mark != '′' || j-i > 3 {
		return 0
	}
	k := j + utf8.RuneLen(mark)
	e := p.digitsFrom(k)
	if s := p.number(k, e); e-k != 2 || s < 0 || s > 59 {
		return 0
	}
	if end := p.at(e); end != '"' && end != '”' && end != '″' || p.prev(i) == '°' {
		return 0
	}
	p.begin(i)
	p.sayCardinal(p.text[i:j])
	p.say("分")
	p.sayMinutes(p.text[k:e])
	p.say("秒")
	p.end = e + utf8.RuneLen(p.at(e))
	return p.finish(p.end, Time)
}

// clockTime is a time of day: the digits of its parts and where it ends. Without seconds, second is -1.
type clockTime struct {
	hour, minute, second int
	seconds              string
	part                 string // 上午 or 下午, from a word behind it
	minutes              string
	end                  int
}

// clockAt reads a time at i.
func (p *speaker) clockAt(i int) (t clockTime, ok bool) {
	j := p.digitsFrom(i)
	t = clockTime{hour: p.number(i, j), second: -1}
	if j-i > 2 || t.hour < 0 || t.hour > 24 || p.byteAt(j) != ':' {
		return t, false
	}
	k := p.digitsFrom(j + 1)
	t.minute = p.number(j+1, k)
	if k-j-1 != 2 || t.minute < 0 || t.minute > 59 || t.hour == 24 && t.minute > 0 {
		return t, false
	}
	t.minutes, t.end = p.text[j+1:k], k
	if p.byteAt(k) == ':' {
		e := p.digitsFrom(k + 1)
		s := p.number(k+1, e)
		if e-k-1 == 2 && s >= 0 && s < 60 {
			t.second, t.seconds, t.end = s, p.text[k+1:e], e
		} else if e > k+1 {
			return t, false
		}
	}
	at := p.space(t.end)
	if set, e := p.after(at, amAfter|pmAfter); set != 0 && !isLatin(p.at(e)) && !p.o.KeepHalfDays {
		t.end, t.part = e, "上午"
		if set&pmAfter != 0 {
			t.part = "下午"
		}
	}
	return t, true
}

func (p *speaker) sayClock(t clockTime) (end int) {
	if t.part != "" {
		if set, _ := p.before(p.done, partBefore); set == 0 {
			p.say(t.part)
		}
	}
	if t.hour == 2 && p.o.Two != TwoPlain {
		p.say("两")
	} else {
		p.sayCardinal(strconv.Itoa(t.hour))
	}
	p.say("点")
	if t.minute > 0 || t.second > 0 {
		p.sayMinutes(t.minutes)
		p.say("分")
	}
	if t.second > 0 {
		p.sayMinutes(t.seconds)
		p.say("秒")
	}
	return t.end
}

// sayMinutes says two digits: 05 is 零五, 00 is 零.
func (p *speaker) sayMinutes(ds string) {
	if ds[0] == '0' && ds != "00" && !p.o.PlainMinutes {
		p.sayDigits(ds)
		return
	}
	p.sayCardinal(ds)
}
