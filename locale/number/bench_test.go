package number_test

import (
	"testing"

	"github.com/zhushou-ai/zhushou/locale/number"
)

func BenchmarkParse(b *testing.B) {
	for _, s := range []string{"三万五", "一亿二千三百四十五万六千七百八十九", "1,234,567.8", "百分之十二点五"} {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := number.Parse(s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkFind(b *testing.B) {
	const text = "我们一起去超市买了两斤苹果和三百五十克牛肉，一共花了一百二十五块，打八五折，同比增长12.5%，大家都十分高兴。"
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		for range number.Find(text) {
		}
	}
}

func BenchmarkFormat(b *testing.B) {
	n := number.FromInt(123456789)
	b.ReportAllocs()
	for b.Loop() {
		number.Format(n, number.Lower)
	}
}
