package when

// point reads the steps of one time, from the largest to the smallest. With context the words around it show
// that it is a time, so that weaker evidence is enough.
func (p *parser) point(i int, e *expr, context bool) int {
	end := i
	for e.n < maxSteps-2 {
		k := p.element(end, e, context)
		if k == end && !e.empty() {
			if j := p.gap(end, e); j > end {
				if k = p.element(j, e, context); k == j {
					break
				}
			}
		}
		if k == end {
			break
		}
		end = k
	}
	return end
}

// gap skips what may stand between two steps: spaces, 的, a comma between day and weekday, 大约 before an hour.
func (p *parser) gap(i int, e *expr) int {
	j := p.spaces(i)
	if k := p.skip(j, dateLink); k > j {
		j = p.spaces(k)
	}
	if e.level == Day && p.at(j) == ',' {
		j = p.spaces(j + 1)
	}
	if e.level >= Day && p.opt.Only == Everything {
		if k := p.skip(j, aboutBefore); k > j {
			e.about = true
			j = p.spaces(k)
		}
	}
	return j
}

// element reads one step at i, or several that are written as one, and returns i if there is none.
func (p *parser) element(i int, e *expr, context bool) int {
	if i >= len(p.text) || !p.mayStart(i) {
		return i
	}
	if e.level > PartOfDay && p.opt.Only != Clocks {
		if k := p.dateElement(i, e, context); k > i {
			return k
		}
	}
	if e.level <= PartOfDay && !e.empty() && e.level > Second {
		if k := p.distance(i, e); k > i {
			return k
		}
	}
	if k := p.clockPart(i, e); k > i {
		return k
	}
	if k := p.clock(i, e); k > i {
		return k
	}
	return i
}

// dateElement reads a step of a day or longer.
func (p *parser) dateElement(i int, e *expr, context bool) int {
	k := p.digitDate(i, e, context)
	if k == i {
		k = p.next(i, e)
	}
	if k == i {
		k = p.now(i, e)
	}
	if k == i {
		k = p.relative(i, e)
	}
	if k == i {
		k = p.year(i, e, context)
	}
	if k == i {
		k = p.stretchOfYear(i, e)
	}
	if k == i {
		k = p.festivalName(i, e)
	}
	if k == i {
		k = p.month(i, e)
	}
	if k == i {
		k = p.part(i, e)
	}
	if k == i {
		k = p.weekend(i, e)
	}
	if k == i {
		k = p.weekday(i, e, context)
	}
	if k == i {
		k = p.ordinal(i, e)
	}
	if k == i {
		k = p.day(i, e)
	}
	if k == i {
		k = p.distance(i, e)
	}
	return k
}
