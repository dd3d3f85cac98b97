// Command tablegen makes the tables of Chinese text that the library embeds, from the packages they come from.
//
// It needs npm with node, apt-get and dpkg-deb, and runs as
//
//	go generate ./locale/...
//
// With -only it makes the tables of one generator, named in generators; NOTICE lists the sources of all.
//
// Every source is pinned by version, SHA-256 and number of entries; on any difference the command stops and changes
// nothing. What it writes is committed, so that building the library needs neither npm nor this command.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
)

// A file is a generated file, its path relative to the root of the module.
type file struct {
	path string
	data []byte
}

// generators make the tables, each from the sources it names.
var generators = []struct {
	name    string
	sources []source
	tables  func(context.Context) ([]file, error)
}{
	{"script", []source{openCC}, openCCTables},
	{"segment", []source{jieba}, segmentTables},
	{"measure", []source{unicodeForMeasure}, measureTables},
	{"tokens", []source{jsTiktoken, qwenTokenizer}, tokenTables},
	{"calendar", []source{lunarJavaScript, chineseDays}, calendarTables},
	{"normalize", []source{unicodeForNormalize}, normalizeTables},
	{"quantity", []source{cldrNumbers}, quantityTables},
	{"pinyin", []source{unicodeForPinyin, cppForPinyin, jiebaForPinyin}, pinyinTables},
	{"collate", []source{cldr, unicodeForCollate}, collationTables},
	{"privacy", []source{chinaDivision}, privacyTables},
}

func main() {
	root := flag.String("root", ".", "root of the module")
	only := flag.String("only", "", "the one generator to run, instead of all")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := generate(ctx, *root, *only); err != nil {
		fmt.Fprintln(os.Stderr, "tablegen:", err)
		os.Exit(1)
	}
}

func generate(ctx context.Context, root, only string) error {
	var files []file
	var sources []source
	found := only == ""
	for _, g := range generators {
		sources = append(sources, g.sources...)
		if only != "" && only != g.name {
			continue
		}
		found = true
		made, err := g.tables(ctx)
		if err != nil {
			return err
		}
		files = append(files, made...)
	}
	if !found {
		return fmt.Errorf("there is no generator %q", only)
	}
	notice, err := os.ReadFile(filepath.Join(root, "NOTICE"))
	if err != nil {
		return err
	}
	if notice, err = withSources(notice, sources); err != nil {
		return err
	}
	for _, f := range append(files, file{"NOTICE", notice}) {
		if err := os.WriteFile(filepath.Join(root, filepath.FromSlash(f.path)), f.data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
