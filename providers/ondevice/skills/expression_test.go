package skills

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEvaluate(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"1+2*3":       "7",
		"（１＋２）×３":     "9",
		"三加五":         "8",
		"十二乘以八":       "96",
		"一百除以七":       "约14.285714",
		"100减去三十点五":   "69.5",
		"200的15%":     "30",
		"两百的百分之十五":    "30",
		"9的平方":        "81",
		"二的立方加1":      "9",
		"2^10":        "1024",
		"-3 - -5":     "2",
		"3万5加1":       "35001",
		"二分之一加三分之一":   "约0.833333",
		"1,234,567*2": "2469134",
		"8÷2×(2+2)":   "16",
		"0.1+0.2":     "0.3",
	} {
		got, err := evaluate(in)
		require.NoError(t, err, in)
		require.Equal(t, want, decimal(got), in)
	}
	for in, want := range map[string]string{
		"1/0":    "除以零",
		"北京":     "不是数",
		"1+":     "少了一个数",
		"(1+2":   "括号没有合上",
		"1 2":    "看不懂",
		"2^1000": "次方",
		"9^99*9^99*9^99*9^99*9^99*9^99*9^99*9^99*9^99*9^99*9^99*9^99*9^99*9^99*9^99": "数太大了",
		strings.Repeat("(", 1000): "括号太多",
		strings.Repeat("-", 1000): "符号太多",
	} {
		_, err := evaluate(in)
		require.ErrorContains(t, err, want, in)
	}
}

func FuzzEvaluate(f *testing.F) {
	for _, s := range []string{"1+2*3", "三加五", "200的15%", "(1-2)^3/4", "((", "9的平方的平方"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if v, err := evaluate(s); err == nil {
			require.False(t, tooBig(v) && len(s) < 100, s)
		}
	})
}
