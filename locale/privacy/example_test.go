package privacy_test

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

func ExampleFind() {
	s := "收件人：王小明，手机一三八一二三四五六七八，送到北京市海淀区中关村大街27号"
	for f := range privacy.Find(s) {
		fmt.Println(f.Type, s[f.Start:f.End], f.Confidence, f.Reasons)
	}
	// Output:
	// 姓名 王小明 确定 前有标签、姓氏
	// 手机号 一三八一二三四五六七八 确定 前有标签、号段、汉字数字
	// 地址 北京市海淀区中关村大街27号 确定 前有标签、行政区划、门牌号
}

func ExampleMask() {
	fmt.Println(privacy.Mask("我叫张伟，电话13812345678，身份证号11010519491231002X"))
	// Output:
	// 我叫张*，电话138****5678，身份证号110105********002X
}

// A vault keeps private data from a model, and puts it back into its answer.
func ExampleVault() {
	var vault privacy.Vault
	question, err := vault.Pseudonymise("请给张伟先生（13812345678）写一条短信")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(question)
	fmt.Println(vault.Restore("已拟好，将发往【手机号 1】：〔姓名1〕先生，您好！"))
	// Output:
	// 请给〔姓名1〕先生（〔手机号1〕）写一条短信
	// 已拟好，将发往13812345678：张伟先生，您好！
}

// In a stream, only what is settled is shown.
func ExampleStream() {
	stream := privacy.Detector{}.Stream()
	for _, piece := range []string{"您的电话是138", "1234", "5678。"} {
		for _, f := range stream.Append(nil, piece) {
			fmt.Println("找到", f.Type, f.Start, f.End)
		}
		fmt.Println("待定", stream.Pending(), "字节")
	}
	// Output:
	// 待定 3 字节
	// 待定 7 字节
	// 找到 手机号 15 26
	// 待定 0 字节
}
