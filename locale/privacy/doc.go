// Package privacy finds private data in Chinese text, and masks it, replaces it and restores it, or turns it into codes.
//
//	s := "我叫张伟，手机13812345678，身份证号11010519491231002X"
//	privacy.Mask(s) // 我叫张*，手机138****5678，身份证号110105********002X
//
//	for f := range privacy.Find(s) {
//		fmt.Println(f.Type, s[f.Start:f.End], f.Check, f.Confidence, f.Reasons)
//	}
//
// # What is found
//
// [Find] knows the types of [Type]: documents of the mainland, Hong Kong, Macau and Taiwan, phones, cards, organisations,
// vehicles, devices, addresses of networks and of the post, accounts, names. Numbers are found in any width, in Chinese
// digits (一三八…), with blanks, hyphens, circles or invisible characters in them; words in both scripts. Where there is
// a check digit it is verified. Numbers that are nothing without their label, such as those of a QQ account, are found
// only after it, as are mailboxes with Chinese names (邮箱：张三@qq.com), and nothing is found of what a label calls an
// order, a version or an amount. Names are found by what stands around them: a label, a title, 我叫, or other private
// data.
//
// A finding says how sure it is, and why. A number whose check digit is wrong is found only where a label says what it
// should be; the number of a district that is not one of today's is less sure, because cards outlive districts.
//
// # Three things to do
//
// [Mask] is for showing, and cannot be undone. A [Vault] is for asking a model: it puts stable placeholders such as
// 〔手机号1〕 into the question and the data back into the answer. A [Hasher] is for joining and counting.
//
// # Streams
//
// A [Stream] finds the same in a text that arrives in pieces, and says how many bytes at its end must wait.
//
// # What it is not
//
// It reads no meaning: a name without anything that tells, 张三来了, is not found, nor is the address of a house without a
// number. Passwords and keys of programs are not private data of people and are not looked for. It promises no figure
// for texts it has not been measured on.
package privacy

//go:generate go run ../../internal/tablegen -root ../.. -only privacy
