package when

import (
	"math"
	"time"
)

// easter returns the day of Easter by the rule of 1582.
func easter(year int) (time.Month, int) {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	return time.Month(month), (h + l - 7*m + 33*month + 19) % 32
}

// orthodoxEaster returns the day of Easter by the Julian calendar, in the Gregorian one.
func orthodoxEaster(year int) (time.Month, int) {
	a, b, c := year%4, year%7, year%19
	d := (19*c + 15) % 30
	e := (2*a + 4*b - d + 34) % 7
	month, day := (d+e+114)/31, (d+e+114)%31+1
	t := time.Date(year, time.Month(month), day+year/100-year/400-2, 0, 0, 0, 0, time.UTC)
	return t.Month(), t.Day()
}

// Days are counted from 1970-01-01, 0 stands for no day.
func dayNumber(n int) (y int, m time.Month, d int, ok bool) {
	y, m, d = time.Unix(int64(n)*24*60*60, 0).UTC().Date()
	return y, m, d, n != 0
}

// unixDay returns the number of the first day of a Gregorian year.
func unixDay(year int) int {
	return int(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// islamicIn returns the first such day of the Islamic calendar in a Gregorian year. The months begin as in Mecca: on the
// day after the new moon, if that is before sunset.
func islamicIn(year, month, day int) int {
	const epoch = -492149 // 15 July 622, Julian
	for h := (year-622)*33/32 - 1; h < (year-622)*33/32+3; h++ {
		n := crescent(epoch+354*(h-1)+(11*h+3)/30+(59*(month-1)+1)/2) + day - 1
		if n >= unixDay(year) {
			if n >= unixDay(year+1) {
				return 0
			}
			return n
		}
	}
	return 0
}

// hebrewIn returns such a day of the Hebrew calendar in a Gregorian year. Months are counted from Nisan; the month
// of Adar is the one before Nisan.
func hebrewIn(year, month, day int) int {
	for h := year + 3759; h <= year+3761; h++ {
		n := hebrewDay(h, month, day)
		if unixDay(year) <= n && n < unixDay(year+1) {
			return n
		}
	}
	return 0
}

func hebrewLeap(year int) bool { return (7*year+1)%19 < 7 }

// hebrewNewYear returns the number of the first day of the year, 1 Tishri.
func hebrewNewYear(year int) int {
	elapsed := func(year int) int {
		months := (235*year - 234) / 19
		parts := 12084 + 13753*months
		day := 29*months + parts/25920
		if 3*(day+1)%7 < 3 {
			day++
		}
		return day
	}
	last, this, next := elapsed(year-1), elapsed(year), elapsed(year+1)
	switch {
	case next-this == 356:
		this += 2
	case this-last == 382:
		this++
	}
	const epoch = -2092590
	return epoch + this
}

func hebrewDay(year, month, day int) int {
	if month >= 7 && month < 12 || month == 12 {
		n := hebrewNewYear(year) + day - 1
		length := hebrewNewYear(year+1) - hebrewNewYear(year)
		// Tishri 30, Heshvan 29 or 30, Kislev 30 or 29, Tevet 29, Shevat 30, Adar I 30 in leap years.
		lengths := [...]int{30, 29, 30, 29, 30}
		if length%10 == 5 {
			lengths[1] = 30
		}
		if length%10 == 3 {
			lengths[2] = 29
		}
		for k := 7; k < month; k++ {
			n += lengths[k-7]
		}
		if month == 12 && hebrewLeap(year) {
			n += 30
		}
		return n
	}
	// The months from Nisan on are counted back from the next new year.
	n := hebrewNewYear(year+1) + day - 1
	for k := month; k < 7; k++ {
		n -= 29 + k%2
	}
	return n
}

// moon returns the time of a new moon, or half a number later of a full one, in days since 1970, by the largest terms
// of Meeus, Astronomical Algorithms, chapter 49: good to a few minutes.
func moon(k float64) float64 {
	const degree = math.Pi / 180
	t := k / 1236.85
	sun := (2.5534 + 29.10535670*k) * degree
	anomaly := (201.5643 + 385.81693528*k) * degree
	node := (160.7108 + 390.67050284*k) * degree
	e := 1 - 0.002516*t
	return 2451550.09766 - 2440587.5 + 29.530588861*k + 0.00015437*t*t - 0.0008 -
		0.4068*math.Sin(anomaly) + 0.1727*e*math.Sin(sun) + 0.0161*math.Sin(2*anomaly) + 0.0104*math.Sin(2*node) +
		0.0074*e*math.Sin(anomaly-sun) - 0.0051*e*math.Sin(anomaly+sun)
}

const (
	moonEpoch = 10962.1 // the new moon of January 2000
	lunation  = 29.530588861
)

// crescent returns the first day of the Islamic month that begins about the day n.
func crescent(n int) int {
	const sunset = 9.0 / 24 // from sunset in Mecca to midnight in UTC
	k := math.Round((float64(n) - 1 - moonEpoch) / lunation)
	return int(math.Floor(moon(k)+sunset)) + 1
}

// moonIn returns the day of a festival by the new or full moon, on whose evening the moon has not yet turned, or 0.
func (f *festival) moonIn(year int) int {
	const evening = (5.5 - 17.5) / 24 // of India
	from := int(time.Date(year, time.Month(f.a), int(f.b), 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
	k := math.Floor((float64(from)-moonEpoch)/lunation) - 1
	if f.full {
		k += 0.5
	}
	for range 4 {
		if n := int(math.Floor(moon(k) + evening)); n >= from {
			return n + int(f.c)
		}
		k++
	}
	return 0
}
