// Package private lets package entity find private data too:
//
//	for _, e := range entity.Find("给13812345678转三百", now, private.Data{}) {
//		fmt.Println(e.Kind, e.Text) // 私密 13812345678, 数字 三百
//	}
//
// It is apart from entity so that programs that do not look for private data do not have the tables of package privacy in
// them.
package private
