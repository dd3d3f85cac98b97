package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDivisionText(t *testing.T) {
	t.Parallel()
	provinces := []division{{"13", "河北省"}}
	cities := []division{{"1301", "石家庄市"}, {"1302", "唐山市"}}
	text, err := divisionText(provinces, cities, []division{
		{"130102", "长安区"}, {"130103", "新区"}, {"130171", "开发区"}, {"130202", "路南区"},
	})
	require.NoError(t, err)
	require.Contains(t, text, "=13河北省\n01石家庄市02长安区 新区\n02唐山市02路南区\n")

	_, err = divisionText(provinces, cities, []division{{"140102", "长安区"}})
	require.ErrorContains(t, err, "0 of 1")
	_, err = divisionText(provinces, cities, []division{{"1301x2", "长安区"}})
	require.ErrorContains(t, err, "not a number")
}

func TestUnpackDivisionsNeedsAllLists(t *testing.T) {
	t.Parallel()
	_, err := unpackDivisions([]byte("no archive"))
	require.Error(t, err)
}
