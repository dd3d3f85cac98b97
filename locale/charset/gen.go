//go:build ignore

// Command gen writes gb18030.txt and big5.txt, the irregular part of the two-byte tables, from
// golang.org/x/text/encoding at the version of go.mod (BSD-3-Clause), which follows the Encoding Standard.
// Every line is the hexadecimal code of a first character, a space, and the characters that have that code and
// the ones after it. What follows from a rule is left out; see gb18030_table.go and big5_table.go.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

func main() {
	write("gb18030.txt", simplifiedchinese.GB18030, 7733, func(lead, trail int, r rune) bool {
		if lead == 0xA3 && trail == 0xA0 {
			return false // a second ideographic space, which the web reads here, is no part of the standard
		}
		byRule := 0x4E00 <= r && r <= 0x9FA5 && (lead <= 0xA0 || trail <= 0xA0)
		return !byRule
	})
	write("big5.txt", traditionalchinese.Big5, 18590, func(lead, trail int, r rune) bool { return true })
}

// write stops when the table does not have the known number of characters: its source has changed.
func write(name string, e encoding.Encoding, want int, keep func(lead, trail int, r rune) bool) {
	var out bytes.Buffer
	count, follows := 0, false
	for lead := 0x81; lead <= 0xFE; lead++ {
		follows = false
		for trail := 0x40; trail <= 0xFE; trail++ {
			text, err := e.NewDecoder().Bytes([]byte{byte(lead), byte(trail)})
			if err != nil {
				log.Fatal(err)
			}
			r, size := utf8.DecodeRune(text)
			if r == utf8.RuneError || size < len(text) || !keep(lead, trail, r) {
				follows = false
				continue
			}
			if !follows {
				if out.Len() > 0 {
					out.WriteByte('\n')
				}
				fmt.Fprintf(&out, "%02X%02X ", lead, trail)
			}
			out.Write(text)
			follows = true
			count++
		}
	}
	if count != want {
		log.Fatalf("%s: %d characters, want %d", name, count, want)
	}
	out.WriteByte('\n')
	if err := os.WriteFile(name, out.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}
