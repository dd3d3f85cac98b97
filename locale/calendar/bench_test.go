package calendar

import "testing"

func BenchmarkLunar(b *testing.B) {
	for i := int32(0); b.Loop(); i = (i + 7919) % lunarDays {
		if _, err := (Date{firstDay + i}).Lunar(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLunarDate(b *testing.B) {
	for i := 0; b.Loop(); i += 7919 {
		if _, err := (LunarDate{FirstYear + i%199, 1 + i%12, 1 + i%29, false}).Date(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTermOn(b *testing.B) {
	for i := int32(0); b.Loop(); i = (i + 7919) % lunarDays {
		TermOn(Date{firstDay + i})
	}
}

func BenchmarkIsWorkday(b *testing.B) {
	s := Official()
	first := NewDate(2004, 1, 1)
	for i := 0; b.Loop(); i = (i + 7919) % 8400 {
		if _, err := s.IsWorkday(first.AddDays(i)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFestivalsOn(b *testing.B) {
	for i := int32(0); b.Loop(); i = (i + 7919) % lunarDays {
		FestivalsOn(Date{firstDay + i})
	}
}

func BenchmarkParseLunar(b *testing.B) {
	for b.Loop() {
		if _, err := ParseLunar("二〇二六年腊月廿三", 0); err != nil {
			b.Fatal(err)
		}
	}
}
