package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A source is a package of which tables are made.
type source struct {
	registry      registry
	name, version string
	sha256        string // of the package as it is downloaded
	licence       string
	copyright     string
	tables        []string // made from it
}

// A registry is a place that packages come from.
type registry struct {
	kind     string                                  // as NOTICE calls its packages
	download func(s source) []string                 // the command that leaves the package, and nothing else, in the working folder
	unpack   func([]byte) (map[string][]byte, error) // the files of a package, by path
}

var (
	npm = registry{"npm", func(s source) []string {
		return []string{"npm", "pack", "--silent", s.name + "@" + s.version}
	}, unpackNPM}
	debian = registry{"Debian", func(s source) []string {
		return []string{"apt-get", "download", "--quiet", s.name + "=" + s.version}
	}, unpackDebian}
)

// of returns the source as that of some tables.
func (s source) of(tables ...string) source {
	s.tables = tables
	return s
}

func (s source) String() string { return s.name + " " + s.version }

// fetch returns the files of the package under the folder, by the rest of their path. The empty folder is the whole
// package.
func (s source) fetch(ctx context.Context, folder string) (map[string][]byte, error) {
	packed, err := s.download(ctx)
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(packed); hex.EncodeToString(sum[:]) != s.sha256 {
		return nil, fmt.Errorf("%s: SHA-256 is %x, pinned is %s: compare the packages before changing the pin", s, sum, s.sha256)
	}
	all, err := s.registry.unpack(packed)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s, err)
	}
	if folder != "" {
		folder += "/"
	}
	files := make(map[string][]byte)
	for path, data := range all {
		if name, ok := strings.CutPrefix(path, folder); ok {
			files[name] = data
		}
	}
	return files, nil
}

func (s source) download(ctx context.Context) ([]byte, error) {
	dir, err := os.MkdirTemp("", "tablegen")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	args := s.registry.download(s)
	command := exec.CommandContext(ctx, args[0], args[1:]...)
	command.Dir, command.Stderr = dir, os.Stderr
	if err := command.Run(); err != nil {
		return nil, fmt.Errorf("%s: %w", strings.Join(args, " "), err)
	}
	downloaded, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	if len(downloaded) != 1 {
		return nil, fmt.Errorf("%s left %d files, want the package", strings.Join(args, " "), len(downloaded))
	}
	return os.ReadFile(filepath.Join(dir, downloaded[0].Name()))
}

func unpackNPM(packed []byte) (map[string][]byte, error) {
	unzipped, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return untar(unzipped, "package/")
}

func unpackDebian(packed []byte) (map[string][]byte, error) {
	command := exec.Command("dpkg-deb", "--fsys-tarfile", "/dev/stdin")
	command.Stdin, command.Stderr = bytes.NewReader(packed), os.Stderr
	archive, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("dpkg-deb: %w", err)
	}
	return untar(bytes.NewReader(archive), "./")
}

// untar returns the files of an archive whose path starts with prefix, by the rest of the path.
func untar(r io.Reader, prefix string) (map[string][]byte, error) {
	files := make(map[string][]byte)
	for archive := tar.NewReader(r); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		name, ok := strings.CutPrefix(header.Name, prefix)
		if !ok {
			continue
		}
		const limit = 64 << 20
		data, err := io.ReadAll(io.LimitReader(archive, limit+1))
		if err != nil {
			return nil, err
		}
		if len(data) > limit {
			return nil, fmt.Errorf("%s is larger than %d bytes", header.Name, limit)
		}
		files[name] = data
	}
}
