package speech_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/speech"
)

// How far a number reaches, and what belongs to it.
var writtenAmounts = map[string]string{
	"noughts and thousands": `
		一万零两百 → 10200
		一千零两个人 → 1002个人
		一百二十万零两千 → 1202000
		一百零二千克 → 102千克
		一千零八千瓦 → 1008千瓦
		五千米 → 5000米
		一万五千米 → 15000米
		三万二千克 → 32000克
		十五千米 → 15千米
		四十一千安 → 41千安
		一百零六千欧 → 106千欧
		四十两银子 → 40两银子
		一万零二千米 → 10002千米
		时速五千米每小时 → 时速5千米每小时
		拾万元 → 10万元
		拾壹万 → 11万
		收拾一下
		收拾十个 → 收拾10个`,
	"parts of units": `
		五点十秒 → 5点10秒
		十秒二 → 10秒2
		十二秒八八 → 12秒88
		每十秒一次 → 每10秒一次
		五元五 → 5元5
		十元五个 → 10元五个
		三百二一斤 → 320一斤
		调高两度 → 调高2度
		他两度夺冠
		五分之四点五`,
	"words that end in a numeral": `
		今年三十七岁 → 今年37岁
		大年三十
		再三百八十七个 → 再387个
		再三叮嘱
		开头七十三个 → 开头73个
		独一无二
		最小六十二元 → 最小62元
		尾号二五 → 尾号25
		尾号五四的卡 → 尾号54的卡
		九零后 → 90后`,
	"addresses": `
		三栋二单元五零一 → 3栋2单元501
		八号楼三单元二十楼 → 8号楼3单元20楼
		三栋别墅
		三栋二层小楼
		第二单元`,
}

func TestWrittenAmounts(t *testing.T) {
	t.Parallel()
	for kind, table := range writtenAmounts {
		cases(table, func(said, want string) {
			require.Equal(t, want, speech.Written(said, speech.Profile{}), "%s: %s", kind, said)
		})
	}
}
