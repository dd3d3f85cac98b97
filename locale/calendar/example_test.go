package calendar_test

import (
	"errors"
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/locale/calendar"
)

func Example() {
	d := calendar.NewDate(2026, time.October, 1)
	lunar, err := d.Lunar()
	if err != nil {
		log.Fatal(err)
	}
	day, err := calendar.Official().Day(d)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(lunar, lunar.Zodiac()+"年", d.DayPillar(), day.Kind, day.Holiday.Name)
	// Output: 二〇二六年八月廿一 马年 戊申 放假 国庆节
}

func ExampleLunarDate_Date() {
	d, err := calendar.LunarDate{Year: 2026, Month: 12, Day: 23}.Date()
	fmt.Println(d, err)
	_, err = calendar.LunarDate{Year: 2026, Month: 4, Day: 1, Leap: true}.Date()
	fmt.Println(err)
	// Output:
	// 2027-01-30 <nil>
	// calendar: no 闰四月 in 2026, which has no leap month
}

func ExampleLunarDate_Format() {
	l := calendar.LunarDate{Year: 2025, Month: 6, Day: 1, Leap: true}
	fmt.Println(l.Format("二〇〇六年正月初二"))
	fmt.Println(l.Format("农历丙戌年（狗年）正月初二"))
	// Output:
	// 二〇二五年闰六月初一
	// 农历乙巳年（蛇年）闰六月初一
}

func ExampleLunarDate_Anniversary() {
	born := calendar.LunarDate{Year: 1990, Month: 8, Day: 15}
	for year := 2026; year <= 2028; year++ {
		birthday, err := born.Anniversary(year)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(birthday)
	}
	// Output:
	// 2026-09-25
	// 2027-09-15
	// 2028-10-03
}

func ExampleParseLunar() {
	for _, s := range []string{"农历二〇二六年腊月廿三", "丙午马年正月初一", "八月十五"} {
		l, err := calendar.ParseLunar(s, 2026)
		if err != nil {
			log.Fatal(err)
		}
		d, err := l.Date()
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(l, d)
	}
	// Output:
	// 二〇二六年腊月廿三 2027-01-30
	// 二〇二六年正月初一 2026-02-17
	// 二〇二六年八月十五 2026-09-25
}

func ExampleTerm_Time() {
	at, err := calendar.Lichun.Time(2027)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(calendar.Lichun, at.Format("2006-01-02 15:04"))
	// Output: 立春 2027-02-04 09:46
}

func ExampleEightCharacters() {
	p, err := calendar.EightCharacters(time.Date(2026, 11, 22, 9, 30, 0, 0, calendar.Beijing()))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(p)
	// Output: 丙午 己亥 庚子 辛巳
}

func ExampleFindFestival() {
	eve, _ := calendar.FindFestival("除夕", calendar.Everywhere)
	this, err := eve.In(2026)
	if err != nil {
		log.Fatal(err)
	}
	next, err := eve.Next(this.AddDays(1))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(this, next)

	for _, region := range []calendar.Region{calendar.Mainland, calendar.Taiwan} {
		fathers, _ := calendar.FindFestival("父親節", region)
		d, err := fathers.In(2026)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(region, fathers.Name, d)
	}
	// Output:
	// 2026-02-16 2027-02-05
	// 大陆 父亲节 2026-06-21
	// 台湾 父亲节 2026-08-08
}

func ExampleFestivalsOn() {
	for _, f := range calendar.FestivalsOn(calendar.NewDate(2026, time.May, 10)) {
		fmt.Println(f.Region, f.Name)
	}
	// Output:
	// 通用 母亲节
	// 台湾 佛诞日
}

func ExampleSchedule_Holiday() {
	h, err := calendar.Official().Holiday("国庆", 2026)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(h.Name, h.First, h.Last, h.Days(), h.Work)
	// Output: 国庆节 2026-10-01 2026-10-07 7 [2026-09-20 2026-10-10]
}

func ExampleSchedule_AddWorkdays() {
	s := calendar.Official()
	due, err := s.AddWorkdays(calendar.NewDate(2026, time.September, 30), 3)
	if err != nil {
		log.Fatal(err)
	}
	day, err := s.Day(due)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(day)

	_, err = s.AddWorkdays(calendar.NewDate(2026, time.December, 31), 3)
	fmt.Println(errors.Is(err, calendar.ErrNoNotice), err)
	// Output:
	// 2026-10-10 调休上班（国庆节）
	// true calendar: no notice of holidays for 2027: the last that is loaded is for 2026
}

func ExampleSchedule_Load() {
	// The days of 2027 are made up here.
	notice := "2027年\n元旦 01-01..01-03\n春节 02-05..02-11 班 01-30 02-20\n"
	s, err := calendar.Official().Load(strings.NewReader(notice))
	if err != nil {
		log.Fatal(err)
	}
	day, err := s.Day(calendar.NewDate(2027, time.February, 20))
	fmt.Println(day, err)
	// Output: 2027-02-20 调休上班（春节） <nil>
}
