package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
	"github.com/zhushou-ai/zhushou/recommend/eval/split"
)

// examination is what is learned from and what is asked.
type examination struct {
	*settings
	parts   split.Parts
	ordered bool // times are places in a list
	divided string
}

// formatOf returns the format of files of events, or of descriptions of items.
func (s *settings) formatOf(items bool) (dataset.Format, error) {
	flag, text := "-columns", s.columns
	if items && s.itemColumns != "" {
		flag, text = "-item-columns", s.itemColumns
	}
	if text != "" && !slices.Contains([]string{"csv", "tsv", "atomic"}, s.format) {
		return nil, fmt.Errorf("%s: the format %s has columns of its own: leave it out", flag, s.format)
	}
	columns, err := columnsOf(flag, text)
	if err != nil {
		return nil, err
	}
	t := dataset.Table{User: columns["user"], Item: columns["item"], Kind: columns["kind"], Weight: columns["weight"],
		Time: columns["time"], Category: columns["category"], CategorySeparator: "|"}
	switch {
	case items:
		t.User, t.Kind, t.Weight, t.Time = "", "", "", ""
	case s.items != "":
		t.Category = "" // it is in the other file
	}
	for _, column := range columns {
		if _, err := strconv.Atoi(column); err != nil {
			t.Header = true
		}
	}
	switch s.format {
	case "lists", "sequences":
		if items {
			return nil, fmt.Errorf("-items: the format %s has no descriptions of items: give the categories as a column of csv or tsv", s.format)
		}
		return dataset.Lists{Ordered: s.format == "sequences"}, nil
	case "movielens":
		return dataset.MovieLens{}, nil
	case "atomic":
		return dataset.Atomic{User: t.User, Item: t.Item, Kind: t.Kind, Weight: t.Weight, Time: t.Time, Category: t.Category}, nil
	case "taobao":
		return dataset.Taobao{}, nil
	case "tsv":
		t.Separator = "\t"
	case "csv":
	default:
		return nil, fmt.Errorf("-format %q is unknown: give lists, sequences, movielens, atomic, taobao, csv or tsv", s.format)
	}
	if t.Item == "" || t.User == "" && !items {
		return nil, fmt.Errorf("-format %s: say at least which columns hold user and item: -columns user=1,item=2", s.format)
	}
	return t, nil
}

// columnsOf reads a flag that says which column has which role.
func columnsOf(flag, text string) (map[string]string, error) {
	columns := map[string]string{}
	if text == "" {
		return columns, nil
	}
	for part := range strings.SplitSeq(text, ",") {
		role, column, ok := strings.Cut(strings.TrimSpace(part), "=")
		if !ok || column == "" || !slices.Contains([]string{"user", "item", "kind", "weight", "time", "category"}, role) {
			return nil, fmt.Errorf("%s: %q is not role=column: the roles are user, item, kind, weight, time and category", flag, part)
		}
		columns[role] = column
	}
	return columns, nil
}

// load reads and divides the data.
func load(ctx context.Context, s *settings) (*examination, error) {
	e := &examination{settings: s, ordered: s.format == "sequences"}
	format, err := s.formatOf(false)
	if err != nil {
		return nil, err
	}
	loader := dataset.NewLoader(dataset.Config{})
	data, err := s.read(ctx, loader, format, s.files)
	if err != nil {
		return nil, err
	}
	if s.items != "" {
		format, err := s.formatOf(true)
		if err != nil {
			return nil, err
		}
		if _, err := loader.Open(ctx, s.items, format); err != nil {
			return nil, err
		}
	}
	if data = s.thin(data); s.core > 0 {
		if data, err = split.Core(data, s.core, s.core); err != nil {
			return nil, err
		}
	}
	if data.Len() == 0 {
		return nil, errors.New("no events are left: check the files, -least and -core")
	}
	if s.test != "" {
		if s.split != "" {
			return nil, errors.New("-test and -split: give one of them")
		}
		test, err := s.read(ctx, loader, format, []string{s.test})
		if err != nil {
			return nil, err
		}
		e.parts, e.divided = split.Parts{Train: data, Test: s.thin(test)}, filepath.Base(s.test)
	} else if err := e.divide(data); err != nil {
		return nil, err
	}
	return e, e.aim()
}

// read reads files into one set. Where the kind is said with a file, all its events are of it.
func (s *settings) read(ctx context.Context, loader *dataset.Loader, format dataset.Format, files []string) (*dataset.Data, error) {
	var sets []*dataset.Data
	for _, file := range files {
		kind, path, named := strings.Cut(file, "=")
		if !named {
			path = file
		}
		data, err := loader.Open(ctx, path, format)
		if err != nil {
			return nil, err
		}
		if named {
			kinds := &loader.Catalogue().Kinds
			if data.Kind != nil {
				return nil, fmt.Errorf("%s: its events have kinds of their own: leave out %q before the name", path, kind+"=")
			}
			number := kinds.Add(kind)
			if number >= dataset.MaxKinds {
				return nil, fmt.Errorf("%s: more than %d kinds", path, dataset.MaxKinds)
			}
			data.Kind = slices.Repeat([]uint8{uint8(number)}, data.Len())
		}
		sets = append(sets, data)
	}
	return dataset.Join(sets...)
}

// thin leaves out what is rated too low. What is left weighs alike: a rating says how good it was, not how much was taken.
func (s *settings) thin(data *dataset.Data) *dataset.Data {
	if s.least != 0 {
		data = data.Where(func(i int) bool { return float64(data.WeightOf(i)) >= s.least })
	}
	data.Weight = nil
	return data
}

// divide divides the data as the flag says.
func (e *examination) divide(data *dataset.Data) (err error) {
	way, number, _ := strings.Cut(e.split, "=")
	if way == "" {
		way = "last"
		if data.Time == nil {
			way, number = "random", "0.2"
		}
	}
	share := 0.0
	if way != "last" {
		if share, err = strconv.ParseFloat(number, 64); err != nil || !(share > 0 && share < 1) {
			return fmt.Errorf("-split %q: give a share between 0 and 1, such as %s=0.2", e.split, way)
		}
	}
	if e.divided = way; number != "" {
		e.divided += "=" + number
	}
	switch way {
	case "last":
		if e.target != "" {
			e.parts, err = split.LastOf(data, e.target)
		} else {
			e.parts, err = split.LeaveOut(data, split.Config{})
		}
	case "share", "random":
		e.parts, err = split.Ratio(data, split.Ratios{Test: share, ByTime: way == "share", Seed: e.seed})
	case "time":
		if e.ordered {
			return errors.New("-split time: the times of sequences are places in a list, not points in time: use last or share")
		}
		var from time.Time
		if from, err = split.Quantile(data, 1-share); err == nil {
			e.parts, err = split.AtTime(data, time.Time{}, from)
		}
	default:
		return fmt.Errorf("-split %q is unknown: give last, share=0.2, random=0.2 or time=0.1", e.split)
	}
	return err
}

// aim keeps in the test what is to be found.
func (e *examination) aim() error {
	if e.target == "" {
		return nil
	}
	c := e.parts.Train.Catalogue
	kind, ok := c.Kinds.Number(e.target)
	if !ok {
		return fmt.Errorf("-target %q: no event is of that kind: say which column holds the kind, or write it before the file", e.target)
	}
	test := e.parts.Test
	if test.Kind != nil { // a test file without kinds is taken to be what is aimed at
		e.parts.Test = test.Where(func(i int) bool { return int32(test.KindOf(i)) == kind })
	}
	return nil
}

// notes say what is measured on.
func (e *examination) notes() []string {
	c := e.parts.Train.Catalogue
	var names []string
	for _, file := range e.files {
		names = append(names, filepath.Base(file))
	}
	what := fmt.Sprintf("数据：%s，%d 位用户，%d 件物品；学习用 %d 个事件，测试用 %d 个（%s）",
		strings.Join(names, "、"), c.Users.Len(), c.Items.Len(), e.parts.Train.Len(), e.parts.Test.Len(), e.divided)
	if e.target != "" {
		what += "，只考 " + e.target
	}
	return []string{what}
}

// second returns when an event happened, for whom seconds are the unit; places in a list become hours.
func (e *examination) second(data *dataset.Data, event int) int64 {
	switch {
	case data.Time == nil:
		return 0
	case e.ordered:
		return 1_700_000_000 + 3600*data.Time[event]
	}
	return data.Time[event] / 1000
}
