package label_test

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label"
)

// The height of what is white within the rectangle is measured, column by column of characters.
func TestStampIsHighEnough(t *testing.T) {
	t.Parallel()
	for _, size := range []image.Point{{1000, 1000}, {3000, 700}, {700, 3000}, {640, 480}, {200, 120}} {
		for _, text := range []string{"", label.NoticeFormal, "由AI生成"} {
			for corner := label.BottomRight; corner <= label.TopLeft; corner++ {
				picture := image.NewRGBA(image.Rect(5, 7, 5+size.X, 7+size.Y))
				draw.Draw(picture, picture.Bounds(), image.NewUniform(color.RGBA{20, 120, 60, 255}), image.Point{}, draw.Src)
				r, err := label.Stamp{Text: text, Corner: corner, Share: label.MinShare}.Draw(picture)
				require.NoError(t, err, "%v %s", size, text)
				require.True(t, r.In(picture.Bounds()))
				b := picture.Bounds()
				require.Equal(t, corner == label.BottomLeft || corner == label.TopLeft, r.Min.X == b.Min.X)
				require.Equal(t, corner == label.TopLeft || corner == label.TopRight, r.Min.Y == b.Min.Y)

				heights := letters(picture, r)
				want := len([]rune(text))
				if text == "" {
					want = 4
				}
				require.GreaterOrEqual(t, len(heights), want, "characters may have gaps inside")
				least := 0.05 * float64(min(size.X, size.Y))
				for _, h := range groups(heights, want) {
					require.GreaterOrEqual(t, float64(h)+1, least, "%v %q", size, text)
				}
			}
		}
	}
}

// letters returns from where to where columns without a gap are white.
func letters(picture *image.RGBA, r image.Rectangle) (columns [][2]int) {
	open := false
	for x := r.Min.X; x < r.Max.X; x++ {
		low, high := r.Max.Y, -1
		for y := r.Min.Y; y < r.Max.Y; y++ {
			if picture.RGBAAt(x, y).R > 150 {
				low, high = min(low, y), max(high, y)
			}
		}
		switch {
		case high < 0:
			open = false
		case open:
			last := &columns[len(columns)-1]
			last[0], last[1] = min(last[0], low), max(last[1], high)
		default:
			columns, open = append(columns, [2]int{low, high}), true
		}
	}
	return columns
}

// groups returns the heights, if each group is a character, and else that of all.
func groups(columns [][2]int, characters int) []int {
	var heights []int
	low, high := columns[0][0], columns[0][1]
	for _, c := range columns {
		heights = append(heights, c[1]-c[0]+1)
		low, high = min(low, c[0]), max(high, c[1])
	}
	if len(columns) != characters {
		return []int{high - low + 1}
	}
	return heights
}

func TestStampLeavesTheRest(t *testing.T) {
	t.Parallel()
	picture := image.NewRGBA(image.Rect(0, 0, 400, 300))
	r, err := label.Stamp{}.Draw(picture)
	require.NoError(t, err)
	for y := range 300 {
		for x := range 400 {
			if !image.Pt(x, y).In(r) {
				require.Zero(t, picture.RGBAAt(x, y))
			}
		}
	}
	overlay, err := label.Stamp{}.Overlay(400, 300)
	require.NoError(t, err)
	require.Equal(t, image.Rect(0, 0, 400, 300), overlay.Bounds())
	require.Zero(t, overlay.NRGBAAt(0, 0).A)
	require.NotZero(t, overlay.NRGBAAt(399, 299).A)
}

func TestStampErrors(t *testing.T) {
	t.Parallel()
	picture := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for name, c := range map[string]struct {
		stamp label.Stamp
		want  string
	}{
		"too low":          {label.Stamp{Share: 0.04}, "0.05 to 1"},
		"too high":         {label.Stamp{Share: 2}, "0.05 to 1"},
		"no notice":        {label.Stamp{Text: "AI"}, "does not say"},
		"no such glyph":    {label.Stamp{Text: "AI生成的"}, "no glyph for '的'"},
		"higher than fits": {label.Stamp{Share: 0.9}, "too small"},
	} {
		_, err := c.stamp.Draw(picture)
		require.ErrorContains(t, err, c.want, name)
	}
	_, err := label.Stamp{}.Overlay(20, 20)
	require.ErrorIs(t, err, label.ErrNoRoom)
}
