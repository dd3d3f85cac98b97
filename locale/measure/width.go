package measure

import "math"

// Columns measures text in columns of a terminal. The zero Columns suits a terminal of today in its default settings.
type Columns struct {
	// AmbiguousWide says that characters which are wide only in East Asian fonts, such as “ ” … — ① α, take two
	// columns instead of one.
	AmbiguousWide bool

	// Tab is the distance of tab stops. A tab ends at the next stop of its line, which begins with the text or after
	// a line feed. If zero, tabs take no columns, as other control characters.
	Tab int
}

// Width returns the columns that s takes with the zero [Columns].
func Width(s string) int { return Columns{}.Width(s) }

// Truncate truncates s with the zero [Columns], see [Columns.Truncate].
func Truncate(s string, width int, ellipsis string) string {
	return Columns{}.Truncate(s, width, ellipsis)
}

// Width returns the columns that s takes: those of all its lines, if it has several.
func (c Columns) Width(s string) int {
	return c.scan(s, place{}, math.MaxInt).column
}

// Cut cuts s where its beginning takes as many columns as it can, but not more than width. What takes no columns stays
// with what is before it.
func (c Columns) Cut(s string, width int) (before, after string) {
	p := c.scan(s, place{}, max(width, 0))
	return s[:p.at], s[p.at:]
}

// Truncate returns s, or as much of its beginning as leaves room for the ellipsis if it takes more columns than
// width. Of an ellipsis that is itself wider, it takes what fits.
func (c Columns) Truncate(s string, width int, ellipsis string) string {
	width = max(width, 0)
	ellipsis, _ = c.Cut(ellipsis, width)
	room := width - c.Width(ellipsis)
	p := c.scan(s, place{}, room)
	if p.at == len(s) || c.scan(s, p, width).at == len(s) {
		return s
	}
	return s[:p.at] + ellipsis
}

func (c Columns) scan(s string, p place, limit int) place {
	w := widths{oneWide: 1, twoWide: 2, ambiguousWide: 1, tab: c.Tab}
	if c.AmbiguousWide {
		w[ambiguousWide] = 2
	}
	return classes().scan(s, p, limit, &w)
}
