package entity_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/locale/entity"
	"github.com/zhushou-ai/zhushou/locale/entity/private"
	"github.com/zhushou-ai/zhushou/locale/quantity"
	"github.com/zhushou-ai/zhushou/locale/when"
)

func Example() {
	now := time.Date(2026, time.March, 2, 9, 0, 0, 0, time.FixedZone("", 8*60*60))
	for _, e := range entity.Find("明天早上八点提醒我给13812345678转三块五，再买三本书", now, private.Data{}) {
		switch v := e.Value.(type) {
		case when.Match:
			fmt.Println(e.Kind, e.Text, v.Time.Format(time.DateTime))
		case quantity.Match:
			fmt.Println(e.Kind, e.Text, v.Quantity)
		default:
			fmt.Println(e.Kind, e.Text)
		}
	}
	// Output:
	// 时间 明天早上八点 2026-03-03 08:00:00
	// 私密 13812345678
	// 金额 三块五 3.5元
	// 个数 三本 3本
}

// All readings, from which a parser takes those that it can use.
func ExampleRead() {
	now := time.Date(2026, time.March, 2, 9, 0, 0, 0, time.FixedZone("", 8*60*60))
	lattice := entity.Read("跑三点五公里", now, entity.Quantities{}, entity.Numbers{})
	for _, e := range lattice.All() {
		fmt.Println(e.Start, e.Kind, e.Text)
	}
	// Output:
	// 3 数量 三点五公里
	// 3 数字 三点五
}

// songs finds the songs in somebody's library.
type songs []string

func (list songs) Find(t *entity.Text, _ time.Time, yield func(entity.Entity)) {
	for _, song := range list {
		if i := strings.Index(t.View(), song); i >= 0 {
			e := t.Entity(entity.Named, i, i+len(song))
			e.Value = song
			yield(e)
		}
	}
}

// Names that only the caller knows are found with a Finder of his own.
func ExampleFinder() {
	now := time.Date(2026, time.March, 2, 9, 0, 0, 0, time.FixedZone("", 8*60*60))
	for _, e := range entity.Find("晚上八點放三首七里香", now, songs{"七里香"}) {
		fmt.Println(e.Kind, e.Text)
	}
	// Output:
	// 时间 晚上八點
	// 个数 三首
	// 名称 七里香
}
