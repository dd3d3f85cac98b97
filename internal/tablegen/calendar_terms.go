package main

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"time"
)

const termsInYear = 24

// parseTerms returns the instants of the solar terms in minutes since the beginning of 1901 in Beijing. They are
// rounded, but never into the next day, so that the day of a term stays the day of its instant.
func parseTerms(lines []string) ([]int, error) {
	begin := time.Date(1901, 1, 1, 0, 0, 0, 0, time.UTC)
	var instants []int
	for _, line := range lines {
		_, text, _ := strings.Cut(line, " ")
		t, err := time.Parse(time.DateTime, text)
		if err != nil {
			return nil, err
		}
		rounded := t.Round(time.Minute)
		if rounded.Day() != t.Day() {
			rounded = t.Truncate(time.Minute)
		}
		if want := 1901 + len(instants)/termsInYear; t.Year() != want {
			return nil, fmt.Errorf("%q is not in %d", line, want)
		}
		instants = append(instants, int(rounded.Sub(begin)/time.Minute))
	}
	return instants, nil
}

// termTable returns the solar terms as 24 lines and the minutes by which each year differs: for each term its minute
// in 1901 and the minutes from year to year beyond 365 days, in units of 2^-16, both four bytes with the lowest first;
// then, year by year, one signed byte for each term.
func termTable(instants []int) ([]byte, error) {
	const common = 365 * 24 * 60
	years := len(instants) / termsInYear
	var lines, differences []byte
	predicted := make([]func(year int) int, termsInYear)
	for term := range termsInYear {
		var sumX, sumY, sumXX, sumXY float64
		for year := range years {
			x, y := float64(year), float64(instants[year*termsInYear+term]-year*common)
			sumX, sumY, sumXX, sumXY = sumX+x, sumY+y, sumXX+x*x, sumXY+x*y
		}
		n := float64(years)
		slope := (n*sumXY - sumX*sumY) / (n*sumXX - sumX*sumX)
		base := int(math.Round((sumY - slope*sumX) / n))
		step := int(math.Round(slope * (1 << 16)))
		lines = binary.LittleEndian.AppendUint32(lines, uint32(base))
		lines = binary.LittleEndian.AppendUint32(lines, uint32(step))
		predicted[term] = func(year int) int { return base + year*common + year*step>>16 }
	}
	for i, instant := range instants {
		difference := instant - predicted[i%termsInYear](i/termsInYear)
		if difference != int(int8(difference)) {
			return nil, fmt.Errorf("solar term %d of year %d is %d minutes from its line", i%termsInYear, 1901+i/termsInYear, difference)
		}
		differences = append(differences, byte(difference))
	}
	return append(lines, differences...), nil
}
