package diversity

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func options(scores ...float64) []Option {
	out := make([]Option, len(scores))
	for i, s := range scores {
		out[i] = Option{Score: s, Brand: -1}
	}
	return out
}

// shelf is nine options, three of each of three categories and each of three brands, best first.
func shelf() []Option {
	list := options(9, 8, 7, 6, 5, 4, 3, 2, 1)
	for i := range list {
		list[i].Categories, list[i].Brand = []int32{int32(i / 3)}, int32(i%3)
	}
	return list
}

func first(list []Option, which ...int) []Option {
	for _, i := range which {
		list[i].First = true
	}
	return list
}

func TestChoose(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		options []Option
		limit   int
		rules   Rules
		want    []int
	}{
		"no rules":                 {shelf(), 4, Rules{}, []int{0, 1, 2, 3}},
		"nothing to choose from":   {nil, 4, Rules{Diversity: 1}, []int{}},
		"limit beyond the options": {options(2, 1), 9, Rules{}, []int{0, 1}},
		"negative limit":           {options(2, 1), -1, Rules{}, []int{}},
		"each category once":       {shelf(), 4, Rules{Diversity: 1}, []int{0, 3, 6, 1}},
		"some diversity":           {shelf(), 4, Rules{Diversity: 0.5}, []int{0, 3, 1, 6}},
		"two of a category":        {shelf(), 9, Rules{PerCategory: 2}, []int{0, 1, 3, 4, 6, 7}},
		"one of a brand":           {shelf(), 9, Rules{PerBrand: 1}, []int{0, 1, 2}},
		"both caps":                {shelf(), 9, Rules{PerBrand: 1, PerCategory: 1}, []int{0, 4, 8}},
		"in the profile's parts":   {shelf(), 3, Rules{Calibration: 1, Profile: map[int32]float64{0: 1. / 3, 1: 2. / 3}}, []int{3, 0, 4}},
		"scores still count":       {shelf(), 3, Rules{Calibration: 0.05, Profile: map[int32]float64{1: 1}}, []int{0, 1, 3}},
		"first ones come first":    {first(shelf(), 1, 7, 8), 5, Rules{Diversity: 1}, []int{1, 7, 8, 3, 0}},
		"but caps hold":            {first(shelf(), 6, 7, 8), 3, Rules{PerCategory: 2}, []int{6, 7, 0}},
		"profile of nothing known": {shelf(), 3, Rules{Calibration: 1}, []int{0, 1, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, Choose(c.options, c.limit, c.rules))
		})
	}
}

// TestListsKeepTheirPromises checks lists of random options under random rules.
func TestListsKeepTheirPromises(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		list := options(make([]float64, r.IntN(60))...)
		for i := range list {
			list[i].Score, list[i].Brand = float64(len(list)-i), int32(r.IntN(6)-1)
			for range r.IntN(3) {
				list[i].Categories = append(list[i].Categories, int32(len(list[i].Categories)*5+r.IntN(5)))
			}
		}
		rules := Rules{
			Diversity: float64(r.IntN(3)) / 2, Calibration: float64(r.IntN(3)) / 2, PerCategory: r.IntN(4), PerBrand: r.IntN(4),
			Profile: map[int32]float64{0: 0.5, 1: 0.25, 5: 0.25},
		}
		limit := r.IntN(30)
		picks := Choose(list, limit, rules)
		require.LessOrEqual(t, len(picks), limit)
		require.Equal(t, picks, Choose(list, limit, rules), "the same again")
		seen, categories, brands := map[int]bool{}, map[int32]int{}, map[int32]int{}
		for _, p := range picks {
			require.False(t, seen[p])
			seen[p] = true
			for _, c := range list[p].Categories {
				categories[c]++
			}
			if list[p].Brand >= 0 {
				brands[list[p].Brand]++
			}
		}
		for _, n := range categories {
			require.True(t, rules.PerCategory == 0 || n <= rules.PerCategory)
		}
		for _, n := range brands {
			require.True(t, rules.PerBrand == 0 || n <= rules.PerBrand)
		}
		if rules.PerCategory == 0 && rules.PerBrand == 0 {
			require.Len(t, picks, min(limit, len(list)), "diversity orders, it does not leave out")
		}
	}
}
