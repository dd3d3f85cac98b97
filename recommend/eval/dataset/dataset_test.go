package dataset_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
)

func TestNames(t *testing.T) {
	t.Parallel()
	var names dataset.Names
	require.EqualValues(t, 0, names.Add("茶"))
	require.EqualValues(t, 1, names.Add("壶"))
	require.EqualValues(t, 0, names.Add("茶"))
	require.Equal(t, 2, names.Len())
	require.Equal(t, "壶", names.Name(1))
	require.Empty(t, names.Name(2))
	require.Empty(t, names.Name(-1))
	_, ok := names.Number("杯")
	require.False(t, ok)
}

// small is four events, of which two say more than the others.
func small(t testing.TB) *dataset.Data {
	t.Helper()
	data := dataset.New()
	require.NoError(t, data.Append(
		dataset.Event{User: "小明", Item: "茶"},
		dataset.Event{User: "小红", Item: "壶", Kind: "买", Weight: 3, Time: time.UnixMilli(50)},
		dataset.Event{User: "小明", Item: "壶", Time: time.UnixMilli(9), Categories: []string{"器", "礼"}},
		dataset.Event{User: "小明", Item: "茶", Kind: "买"},
	))
	return data
}

// A column begins with the first event that needs it, and is filled up before.
func TestAppend(t *testing.T) {
	t.Parallel()
	data := small(t)
	require.NoError(t, data.Check())
	require.Equal(t, []int32{0, 1, 0, 0}, data.User)
	require.Equal(t, []int32{0, 1, 1, 0}, data.Item)
	require.Equal(t, []uint8{0, 1, 0, 1}, data.Kind)
	require.Equal(t, []float32{1, 3, 1, 1}, data.Weight)
	require.Equal(t, []int64{0, 50, 9, 0}, data.Time)
	require.Equal(t, []int32{0, 1}, data.Catalogue.CategoriesOf(1))
	require.Nil(t, data.Catalogue.CategoriesOf(0))
	require.Equal(t, "买", data.Catalogue.Kinds.Name(int32(data.KindOf(1))))

	plain := dataset.New()
	require.NoError(t, plain.Append(dataset.Event{User: "小明", Item: "茶"}))
	require.Nil(t, plain.Kind)
	require.Nil(t, plain.Weight)
	require.Nil(t, plain.Time)
	require.EqualValues(t, 1, plain.WeightOf(0))
	require.Zero(t, plain.KindOf(0))

	require.ErrorContains(t, plain.Append(dataset.Event{Item: "茶"}), "event 0: the user has no name")
	require.ErrorContains(t, plain.Append(dataset.Event{User: "小明"}), "the item has no name")
	require.Equal(t, 1, plain.Len())
}

func TestTooManyKinds(t *testing.T) {
	t.Parallel()
	data := dataset.New()
	for kind := range rune(dataset.MaxKinds) {
		require.NoError(t, data.Append(dataset.Event{User: "小明", Item: "茶", Kind: string('一' + kind)}))
	}
	require.ErrorContains(t, data.Append(dataset.Event{User: "小明", Item: "茶", Kind: "多"}), "map kinds to fewer names")
	require.NoError(t, data.Append(dataset.Event{User: "小明", Item: "茶", Kind: "一"}))
	require.Equal(t, dataset.MaxKinds+1, data.Len())
}

func TestRows(t *testing.T) {
	t.Parallel()
	data := small(t)
	byUser := data.ByUser()
	require.Equal(t, 2, byUser.Len())
	require.Equal(t, []int32{0, 3, 2}, byUser.Row(0), "oldest first, equal times in their order")
	require.Equal(t, []int32{1}, byUser.Row(1))
	require.Nil(t, byUser.Row(2))
	require.Nil(t, byUser.Row(-1))
	items := data.ItemsByUser()
	require.Equal(t, []int32{0, 1}, items.Row(0), "distinct")
	require.Equal(t, []int32{1}, items.Row(1))
	require.Zero(t, dataset.Rows{}.Len())
}

func TestWhere(t *testing.T) {
	t.Parallel()
	data := small(t)
	kept := data.Where(func(event int) bool { return data.WeightOf(event) > 2 || data.Time[event] == 9 })
	require.NoError(t, kept.Check())
	require.Equal(t, []int32{1, 0}, kept.User)
	require.Equal(t, []float32{3, 1}, kept.Weight)
	require.Equal(t, []int64{50, 9}, kept.Time)
	require.Same(t, data.Catalogue, kept.Catalogue)
}

func TestJoin(t *testing.T) {
	t.Parallel()
	data := small(t)
	a, b := data.Pick([]int32{0, 1}), data.Pick([]int32{2, 3})
	joined, err := dataset.Join(a, b)
	require.NoError(t, err)
	require.Equal(t, data, joined)

	b.Kind, b.Weight = nil, nil
	joined, err = dataset.Join(b, a)
	require.NoError(t, err)
	require.NoError(t, joined.Check())
	require.Equal(t, []uint8{0, 0, 0, 1}, joined.Kind)
	require.Equal(t, []float32{1, 1, 1, 3}, joined.Weight)

	b.Time = nil
	_, err = dataset.Join(a, b)
	require.ErrorContains(t, err, "some sets have times")
	_, err = dataset.Join(a, small(t))
	require.ErrorContains(t, err, "different catalogues")
	empty, err := dataset.Join()
	require.NoError(t, err)
	require.Zero(t, empty.Len())
}

func TestCompact(t *testing.T) {
	t.Parallel()
	data := small(t)
	one := data.Pick([]int32{1}).Compact()
	require.NoError(t, one.Check())
	require.Equal(t, 1, one.Catalogue.Users.Len())
	require.Equal(t, "小红", one.Catalogue.Users.Name(one.User[0]))
	require.Equal(t, "壶", one.Catalogue.Items.Name(one.Item[0]))
	require.Equal(t, []int32{0, 1}, one.Catalogue.CategoriesOf(one.Item[0]))
	require.Equal(t, data.Catalogue.Categories.Name(1), one.Catalogue.Categories.Name(1))
	require.Equal(t, 2, data.Catalogue.Users.Len(), "the data is as it was")
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(*dataset.Data)
		want  string
	}{
		"no catalogue":  {func(d *dataset.Data) { d.Catalogue = nil }, "no catalogue"},
		"short column":  {func(d *dataset.Data) { d.Weight = d.Weight[:1] }, "unequal length"},
		"unknown user":  {func(d *dataset.Data) { d.User[2] = 7 }, "event 2: user 7"},
		"negative item": {func(d *dataset.Data) { d.Item[1] = -1 }, "event 1: item -1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := small(t)
			require.NoError(t, data.Check())
			c.spoil(data)
			require.ErrorContains(t, data.Check(), c.want)
		})
	}
}
