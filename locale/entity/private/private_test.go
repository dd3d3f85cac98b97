package private_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/entity"
	"github.com/zhushou-ai/zhushou/locale/entity/private"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

func TestData(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		data       private.Data
		want       []string
		sure       bool
	}{
		{"sure", "電話１３８１２３４５６７８", private.Data{}, []string{"１３８１２３４５６７８"}, true},
		{"mistyped", "身份证110105194912310029", private.Data{}, []string{"110105194912310029"}, false},
		{"date of birth", "生日1990年3月5日", private.Data{}, []string{"1990年3月5日"}, false},
		{"not sure enough", "身份证110105194912310029", private.Data{Confidence: privacy.Likely}, nil, false},
		{"of another type", "電話13812345678", private.Data{Types: privacy.TypesOf(privacy.Email)}, nil, false},
		{"nothing", "今天天气很好", private.Data{}, nil, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, e := range entity.Read(c.text, time.Time{}, c.data).All() {
				got = append(got, e.Text)
				require.Equal(t, entity.Private, e.Kind)
				require.Equal(t, c.sure, e.Sure)
				f := e.Value.(privacy.Finding)
				require.Equal(t, e.Text, c.text[f.Start:f.End])
			}
			require.Equal(t, c.want, got)
		})
	}
}

// Folding before they are found loses nothing of private data.
func TestFoldedAsWell(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"收件人：張偉，電話：１３８－１２３４－５６７８，地址：北京市海澱區中關村大街27號5樓302室",
		"卡号６２２２０２１２３４５６７８９０１２８，①③⑧12345678", "車牌粵B·12345，微信号：abc_12345，IP：１９２．１６８．１．１",
		"邮箱ＺＨＡＮＧ＠example.com；电话一三八，一二三四，五六七八", "证件：11010519491231002Ｘ",
	} {
		var want, got []privacy.Finding
		for f := range privacy.Find(s) {
			want = append(want, f)
		}
		for _, e := range entity.Read(s, time.Time{}, private.Data{}).All() {
			got = append(got, e.Value.(privacy.Finding))
		}
		require.Equal(t, want, got, s)
	}
}
