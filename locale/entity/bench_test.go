package entity_test

import (
	"testing"

	"github.com/zhushou-ai/zhushou/locale/entity"
	"github.com/zhushou-ai/zhushou/locale/entity/private"
)

func BenchmarkFind(b *testing.B) {
	for _, request := range []string{
		"明天早上八点半叫我起床，然后提醒我九点二十开会带上三本书",
		"给13812345678转账三百五十块五，备注是12月3日那顿饭的钱",
		"聽日下晝三點半跑５公里，之後轉賬２００蚊俾阿媽得唔得呀唔該晒",
		"帮我把客厅的灯打开然后放首歌给孩子们听听",
	} {
		b.Run(request, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				entity.Find(request, now, private.Data{})
			}
		})
	}
}
