// Command tablegen makes the tables of Chinese text that the library embeds, from the packages they come from.
//
// It needs npm, and runs as
//
//	go generate ./locale/...
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

func main() {
	root := flag.String("root", ".", "root of the module")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := generate(ctx, *root); err != nil {
		fmt.Fprintln(os.Stderr, "tablegen:", err)
		os.Exit(1)
	}
}

func generate(ctx context.Context, root string) error {
	dictionaries, err := readOpenCC(ctx)
	if err != nil {
		return err
	}
	conversion, err := conversionTables(dictionaries)
	if err != nil {
		return err
	}
	files := append(conversion, foldTable(dictionaries))
	notice, err := os.ReadFile(filepath.Join(root, "NOTICE"))
	if err != nil {
		return err
	}
	if notice, err = withSources(notice, []source{openCC}); err != nil {
		return err
	}
	for _, f := range append(files, file{"NOTICE", notice}) {
		if err := os.WriteFile(filepath.Join(root, filepath.FromSlash(f.path)), f.data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
