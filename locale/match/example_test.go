package match_test

import (
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/zhushou-ai/zhushou/locale/match"
)

func Example() {
	m, err := match.New(match.Config{
		Words: []match.Word{
			{Text: "代开发票", Category: "广告", Weight: 0.9},
			{Text: "加微信", Category: "引流", Weight: 0.5},
			{Text: "黄色", Category: "色情", Weight: 0.3},
		},
		Exceptions: []string{"黄色小鸭"},
		MaxGap:     2,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	text := "代開-發票請加 微信，送黃色小鴨。"
	for hit := range m.Find(text) {
		fmt.Println(text[hit.Start:hit.End], hit.Word.Text, hit.Word.Category, hit.Word.Weight)
	}
	fmt.Println(m.Mask(text, '●'))
	// Output:
	// 代開-發票 代开发票 广告 0.9
	// 加 微信 加微信 引流 0.5
	// ●●●●●請●●●●，送黃色小鴨。
}

// What a model writes is shown as soon as no hit can begin in it any more.
func ExampleStream() {
	m, err := match.New(match.Config{Words: []match.Word{{Text: "内部代号"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	stream := m.Stream()
	text, shown := "", 0
	for _, piece := range []string{"项目的内", "部消息不少，", "内部", "代号是天狼。"} {
		text += piece
		for _, hit := range stream.Append(nil, piece) {
			fmt.Println("有：", text[hit.Start:hit.End])
		}
		safe := len(text) - stream.Pending()
		fmt.Println(text[shown:safe])
		shown = safe
	}
	// Output:
	// 项目的
	// 内部消息不少，
	//
	// 有： 内部代号
	// 内部代号是天狼。
}

func ExampleLoad() {
	words, err := match.Load(strings.NewReader("# 词\t类别\t权重\n加微信\t引流\t0.5\n代开发票\t广告\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := match.New(match.Config{Words: words})
	if err != nil {
		fmt.Println(err)
		return
	}
	var current atomic.Pointer[match.Matcher] // another list can take over at any time
	current.Store(m)
	fmt.Println(current.Load().Contains("请加微信"))
	// Output: true
}

func ExampleMatcher_Replace() {
	m, err := match.New(match.Config{Words: []match.Word{{Text: "苹果"}, {Text: "苹果手机"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(m.Replace("蘋果手機和苹果", func(h match.Hit) string { return "【" + h.Word.Text + "】" }))
	// Output: 【苹果手机】和【苹果】
}
