package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
)

var unicodeForMeasure = unicodeData.of("locale/measure/classes.bin")

// The files of the Unicode Character Database that measure is made from, with the number of their ranges.
var measureRanges = map[string]int{
	"EastAsianWidth.txt":                   2575,
	"auxiliary/GraphemeBreakProperty.txt":  1391,
	"emoji/emoji-data.txt":                 1258,
	"extracted/DerivedGeneralCategory.txt": 4007,
}

// What the table says of a code point: how wide it is, in the lower two bits, and how it joins others to a grapheme.
// locale/measure has the same constants.
const (
	zeroWide = iota
	oneWide
	twoWide
	ambiguousWide
)

var graphemeBreaks = map[string]byte{
	"CR": 1, "LF": 2, "Control": 3, "Extend": 4, "ZWJ": 5, "Regional_Indicator": 6, "Prepend": 7, "SpacingMark": 8,
	"L": 9, "V": 10, "T": 11, "LV": 12, "LVT": 13, "Extended_Pictographic": 14,
}

const (
	measureBlock = 128     // code points that share an entry of the index
	measureEnd   = 0x20000 // from here on few rules suffice
)

// measureTables returns the index of measureEnd/measureBlock bytes, which names the block of each code point, and the
// blocks.
func measureTables(ctx context.Context) ([]file, error) {
	files, err := unicodeForMeasure.fetch(ctx, "usr/share/unicode")
	if err != nil {
		return nil, err
	}
	properties := make(map[string][]codeRange)
	for name, want := range measureRanges {
		ranges, err := parseRanges(files[name])
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", unicodeForMeasure, name, err)
		}
		if len(ranges) != want {
			return nil, fmt.Errorf("%s: %s has %d ranges, pinned are %d", unicodeForMeasure, name, len(ranges), want)
		}
		properties[name] = ranges
	}
	classes := measureClasses(properties)
	var index, blocks []byte
	numbers := make(map[string]int)
	for at := 0; at < measureEnd; at += measureBlock {
		block := string(classes[at : at+measureBlock])
		number, ok := numbers[block]
		if !ok {
			number = len(numbers)
			numbers[block] = number
			blocks = append(blocks, block...)
		}
		index = append(index, byte(number))
	}
	if len(numbers) > 256 {
		return nil, fmt.Errorf("%d blocks of classes, an index of bytes names 256", len(numbers))
	}
	return []file{{"locale/measure/classes.bin", append(index, blocks...)}}, nil
}

func measureClasses(properties map[string][]codeRange) []byte {
	classes := make([]byte, measureEnd)
	each := func(name string, class func(c byte, value string) byte) {
		for _, r := range properties[name] {
			for code := r.first; code <= min(r.last, measureEnd-1); code++ {
				classes[code] = class(classes[code], r.value)
			}
		}
	}
	for code := range classes {
		classes[code] = oneWide
		if 0x3400 <= code && code <= 0x4DBF || 0x4E00 <= code && code <= 0x9FFF || 0xF900 <= code && code <= 0xFAFF {
			classes[code] = twoWide
		}
	}
	each("EastAsianWidth.txt", func(_ byte, value string) byte {
		switch value {
		case "W", "F":
			return twoWide
		case "A":
			return ambiguousWide
		}
		return oneWide
	})
	each("extracted/DerivedGeneralCategory.txt", func(c byte, value string) byte {
		switch value {
		case "Mn", "Me", "Cf", "Cc", "Zl", "Zp":
			return zeroWide
		}
		return c
	})
	each("auxiliary/GraphemeBreakProperty.txt", func(c byte, value string) byte {
		switch value {
		case "V", "T":
			c = zeroWide
		case "Prepend": // are formatting characters that one sees
			c = oneWide
		}
		return c | graphemeBreaks[value]<<2
	})
	each("emoji/emoji-data.txt", func(c byte, value string) byte {
		if value == "Extended_Pictographic" && c>>2 == 0 {
			c |= graphemeBreaks[value] << 2
		}
		return c
	})
	for code := 0xD800; code <= 0xDFFF; code++ {
		classes[code] = zeroWide // no code points of text: whoever finds one decodes it again with care
	}
	return classes
}

// A codeRange gives code points a value of a property.
type codeRange struct {
	first, last int
	value       string
}

// parseRanges reads a file of the Unicode Character Database: code points, a semicolon and a value.
func parseRanges(data []byte) ([]codeRange, error) {
	var ranges []codeRange
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		line, _, _ := strings.Cut(lines.Text(), "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		codes, value, ok := strings.Cut(line, ";")
		first, last, isRange := strings.Cut(strings.TrimSpace(codes), "..")
		if !isRange {
			last = first
		}
		from, err1 := strconv.ParseUint(first, 16, 21)
		to, err2 := strconv.ParseUint(last, 16, 21)
		if !ok || err1 != nil || err2 != nil || from > to {
			return nil, fmt.Errorf("line %q is not a range of code points and a value", line)
		}
		ranges = append(ranges, codeRange{int(from), int(to), strings.TrimSpace(value)})
	}
	return ranges, nil
}
