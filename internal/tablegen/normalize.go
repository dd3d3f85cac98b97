package main

import (
	"context"
	"fmt"
	"strings"
)

var unicodeForNormalize = unicodeData.of("locale/normalize/emoji.txt")

// normalizeRanges is the number of ranges in emoji-data.txt.
const normalizeRanges = 1258

// normalizeTables returns the characters that an emoji sequence can begin with: those shown as a picture by
// themselves, and those that a variation selector turns into one.
func normalizeTables(ctx context.Context) ([]file, error) {
	const name = "emoji/emoji-data.txt"
	files, err := unicodeForNormalize.fetch(ctx, "usr/share/unicode")
	if err != nil {
		return nil, err
	}
	ranges, err := parseRanges(files[name])
	if err != nil {
		return nil, fmt.Errorf("%s: %s: %w", unicodeForNormalize, name, err)
	}
	if len(ranges) != normalizeRanges {
		return nil, fmt.Errorf("%s: %s has %d ranges, pinned are %d", unicodeForNormalize, name, len(ranges), normalizeRanges)
	}
	kinds := make(map[int]string)
	last := 0
	for _, property := range []string{"Extended_Pictographic", "Emoji_Presentation"} {
		kind := map[string]string{"Extended_Pictographic": "text", "Emoji_Presentation": "picture"}[property]
		for _, r := range ranges {
			if r.value != property {
				continue
			}
			for code := r.first; code <= r.last; code++ {
				kinds[code] = kind
				last = max(last, code)
			}
		}
	}
	var lines strings.Builder
	fmt.Fprintf(&lines, "# Generated from %s (%s) by internal/tablegen. DO NOT EDIT.\n# %s\n",
		unicodeForNormalize, unicodeForNormalize.licence, unicodeForNormalize.copyright)
	for code := 0; code <= last; code++ {
		kind := kinds[code]
		if kind == "" {
			continue
		}
		first := code
		for kinds[code+1] == kind {
			code++
		}
		fmt.Fprintf(&lines, "%04X %04X %s\n", first, code, kind)
	}
	return []file{{"locale/normalize/emoji.txt", []byte(lines.String())}}, nil
}
