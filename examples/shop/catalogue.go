package main

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/recommend"
	"github.com/zhushou-ai/zhushou/recommend/ask"
)

// The goods and their brands are invented.
//
//go:embed catalogue.tsv
var catalogueTSV string

// columns are those of the table: id, title, categories, brand, price in yuan, days that it lasts, tags,
// attributes and text.
const columns = 9

// seasonal are tags of goods that are on offer in some months only.
var seasonal = map[string][]time.Month{
	"春节": {time.December, time.January, time.February},
	"端午": {time.May, time.June},
	"中秋": {time.August, time.September},
}

// readCatalogue reads a table of goods, one a line after the heading, as they are on offer on a day.
func readCatalogue(tsv string, day time.Time) ([]recommend.Item, error) {
	var items []recommend.Item
	for i, line := range strings.Split(strings.Trim(strings.ReplaceAll(tsv, "\r", ""), "\n"), "\n")[1:] {
		item, err := readItem(line)
		if err != nil {
			return nil, fmt.Errorf("catalogue line %d: %w", i+2, err)
		}
		item.Unavailable = !onOffer(item, day.Month())
		items = append(items, item)
	}
	return items, nil
}

func readItem(line string) (recommend.Item, error) {
	f := strings.Split(line, "\t")
	if len(f) != columns {
		return recommend.Item{}, fmt.Errorf("%d columns: want %d", len(f), columns)
	}
	item := recommend.Item{ID: f[0], Title: f[1], Categories: list(f[2]), Brand: f[3], Tags: list(f[6]), Text: f[8]}
	yuan, err := strconv.ParseInt(f[4], 10, 64)
	if err != nil || yuan <= 0 {
		return item, fmt.Errorf("price %q: want yuan, a whole number above 0", f[4])
	}
	item.Price = recommend.Fen(100 * yuan)
	if f[5] != "" {
		if item.RebuyDays, err = strconv.Atoi(f[5]); err != nil {
			return item, fmt.Errorf("days %q: want a whole number, or nothing", f[5])
		}
	}
	for _, fact := range list(f[7]) {
		name, value, ok := strings.Cut(fact, "=")
		if !ok {
			return item, fmt.Errorf("attribute %q: want name=value", fact)
		}
		if item.Attributes == nil {
			item.Attributes = map[string]string{}
		}
		item.Attributes[name] = value
	}
	return item, item.Validate()
}

func list(field string) []string {
	if field == "" {
		return nil
	}
	return strings.Split(field, "、")
}

func onOffer(item recommend.Item, month time.Month) bool {
	for _, tag := range item.Tags {
		if months := seasonal[tag]; months != nil && !slices.Contains(months, month) {
			return false
		}
	}
	return true
}

// vocabulary is what the catalogue calls its things, and what people call them.
func vocabulary(items []recommend.Item) ask.Vocabulary {
	v := ask.Vocabulary{Also: map[string][]string{
		"茶叶": {"茶", "好茶"}, "图书": {"书", "书籍"}, "童书": {"绘本"}, "护肤品": {"护肤"}, "美妆": {"化妆品", "彩妆"},
		"零食": {"小吃"}, "国风服饰": {"汉服"}, "健身器材": {"健身"}, "纸尿裤": {"尿不湿"}, "智能设备": {"智能家居"},
	}}
	for _, item := range items {
		v.Categories = append(v.Categories, item.Categories...)
		v.Brands = append(v.Brands, item.Brand)
	}
	slices.Sort(v.Categories)
	slices.Sort(v.Brands)
	v.Categories, v.Brands = slices.Compact(v.Categories), slices.Compact(v.Brands)
	return v
}
