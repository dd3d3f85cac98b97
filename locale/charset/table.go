package charset

import (
	"strconv"
	"strings"
)

// Two-byte codes are stored by lead byte from 0x81 and trail byte from 0x40, 192 to a row, so that finding
// one takes no branch.
const (
	firstLead, lastLead   = 0x81, 0xFE
	firstTrail, lastTrail = 0x40, 0xFE
	rowLength             = 192
	tableLength           = (lastLead - firstLead + 1) * rowLength
)

func slot(lead, trail byte) int { return int(lead-firstLead)*rowLength + int(trail) - firstTrail }

// codeAt is the inverse of slot.
func codeAt(slot int) uint16 {
	return uint16(slot/rowLength+firstLead)<<8 | uint16(slot%rowLength+firstTrail)
}

// readTable calls set for every character of an embedded table; see gen.go for its form.
func readTable(table string, set func(slot int, r rune)) {
	for line := range strings.Lines(table) {
		code, characters, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		first, err := strconv.ParseUint(code, 16, 16)
		if err != nil {
			continue // a test proves the tables whole
		}
		at := slot(byte(first>>8), byte(first))
		for _, r := range characters {
			set(at, r)
			at++
		}
	}
}
