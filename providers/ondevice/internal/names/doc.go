// Package names finds names in sentences: those that stand there as they are written, and those that were misheard.
//
//	x := names.Collect(slices.Values([]names.Name{{Text: "查理2号", Aliases: []string{"小查"}}, {Text: "李晓明"}}))
//	x.Find(Of(view.OfString("打开查理二号")))       // 查理2号 at 2 to 6
//	x.Alike(Of(view.OfString("给李小名打电话")))    // 李晓明 at 1 to 4, which sounds the same
//	x.Nearest("李小冥", 1)                      // 李晓明 with its distance
//
// Script, width, case, spaces and marks make no difference, see package view. Digits and Chinese numerals are the same:
// 查理2号 and 查理二号, 15路 and 十五路 and 一五路. A name in Latin letters or digits is not found inside a longer word
// or number.
//
// An [Index] never changes. The names of a skill and those of a session are two indexes, asked one after the other; an
// index of a few names is made in microseconds.
package names
