package label

import (
	"math"
	"sync"
)

// A point is a place in a glyph: 100 units are its height, and y grows downwards.
type point struct{ x, y float64 }

// A glyph is a character drawn with a pen: lines from point to point. These are the characters of the
// notices, drawn for this package, so that a picture can be marked without a font.
type glyph struct {
	width float64
	lines [][]point
}

// pen is half the width of a line.
const pen = 4.5

// glyphs are all characters that can be drawn.
var glyphs = sync.OnceValue(func() map[rune]glyph {
	return map[rune]glyph{
		' ': {40, nil},
		'A': {62, [][]point{{{0, 100}, {31, 0}, {62, 100}}, {{12, 64}, {50, 64}}}},
		'I': {24, [][]point{{{12, 0}, {12, 100}}}},
		'人': {100, [][]point{{{50, 4}, {46, 40}, {30, 70}, {5, 96}}, {{49, 38}, {68, 74}, {96, 96}}}},
		'工': {100, [][]point{{{12, 12}, {88, 12}}, {{50, 12}, {50, 92}}, {{4, 92}, {96, 92}}}},
		'智': {100, [][]point{
			{{20, 3}, {6, 26}}, {{14, 15}, {46, 15}}, {{4, 32}, {50, 32}}, {{28, 15}, {25, 37}, {6, 53}}, {{30, 38}, {46, 51}},
			{{60, 12}, {92, 12}, {92, 46}, {60, 46}, {60, 12}},
			{{24, 60}, {76, 60}, {76, 97}, {24, 97}, {24, 60}}, {{24, 78}, {76, 78}},
		}},
		'能': {100, [][]point{
			{{26, 4}, {8, 27}, {42, 25}}, {{36, 14}, {47, 32}},
			{{12, 97}, {12, 42}, {42, 42}, {42, 95}, {33, 95}}, {{12, 59}, {42, 59}}, {{12, 76}, {42, 76}},
			{{58, 4}, {58, 40}, {92, 41}, {93, 29}}, {{88, 10}, {58, 24}},
			{{58, 52}, {58, 93}, {92, 94}, {94, 81}}, {{89, 59}, {58, 74}},
		}},
		'生': {100, [][]point{{{27, 5}, {12, 40}}, {{22, 27}, {86, 27}}, {{16, 59}, {84, 59}}, {{5, 95}, {95, 95}}, {{51, 3}, {51, 95}}}},
		'成': {100, [][]point{
			{{15, 26}, {92, 26}}, {{15, 26}, {14, 62}, {4, 96}}, {{15, 50}, {43, 50}, {41, 79}, {31, 77}},
			{{56, 4}, {60, 46}, {76, 86}, {93, 95}, {95, 77}}, {{84, 42}, {65, 74}, {44, 94}}, {{72, 5}, {84, 15}},
		}},
		'合': {100, [][]point{
			{{50, 3}, {32, 26}, {5, 46}}, {{50, 3}, {68, 26}, {95, 46}}, {{30, 46}, {70, 46}},
			{{20, 62}, {80, 62}, {80, 97}, {20, 97}, {20, 62}},
		}},
		'由': {100, [][]point{{{14, 26}, {86, 26}, {86, 96}, {14, 96}, {14, 26}}, {{50, 4}, {50, 96}}, {{14, 61}, {86, 61}}}},
	}
})

// spacing is between glyphs.
const spacing = 14

// ink is the height of what is drawn of a glyph.
func (g glyph) ink() float64 {
	low, high := math.Inf(1), math.Inf(-1)
	for _, line := range g.lines {
		for _, p := range line {
			low, high = min(low, p.y), max(high, p.y)
		}
	}
	return high - low + 2*pen
}

// cover returns how much of the pixel at a point is drawn, from 0 to 1, where a pixel is size units wide.
func (g glyph) cover(p point, size float64) float64 {
	near := math.Inf(1)
	for _, line := range g.lines {
		for i := range line[1:] {
			near = min(near, distance(p, line[i], line[i+1]))
		}
	}
	return max(0, min(1, (pen-near)/size+0.5))
}

// distance returns how far p is from the line between a and b.
func distance(p, a, b point) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	t := ((p.x-a.x)*dx + (p.y-a.y)*dy) / (dx*dx + dy*dy)
	t = max(0, min(1, t))
	return math.Hypot(p.x-a.x-t*dx, p.y-a.y-t*dy)
}
