package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// The package of divisions holds all villages too, which are more than a package may hold, so that only what is needed
// is unpacked.
var chinaDivision = source{
	registry:  registry{npm.kind, npm.download, unpackDivisions},
	name:      "china-division",
	version:   "2.7.0",
	sha256:    "210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85",
	licence:   "MIT by its package.json, WTFPL by its LICENSE",
	copyright: "Copyright modood and contributors",
	tables:    []string{"locale/privacy/divisions.txt"},
}

// The number of divisions of each level.
const (
	provinceEntries = 31
	cityEntries     = 342
	areaEntries     = 2978
)

type division struct{ Code, Name string }

func unpackDivisions(packed []byte) (map[string][]byte, error) {
	unzipped, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte)
	for archive := tar.NewReader(unzipped); len(files) < 3; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return nil, errors.New("a list of divisions is missing")
		}
		if err != nil {
			return nil, err
		}
		switch header.Name {
		case "package/dist/provinces.json", "package/dist/cities.json", "package/dist/areas.json":
			data, err := io.ReadAll(io.LimitReader(archive, 1<<20))
			if err != nil {
				return nil, err
			}
			files[strings.TrimPrefix(header.Name, "package/")] = data
		}
	}
	return files, nil
}

// privacyTables returns the divisions of the mainland that identity cards and addresses name.
func privacyTables(ctx context.Context) ([]file, error) {
	files, err := chinaDivision.fetch(ctx, "dist")
	if err != nil {
		return nil, err
	}
	var levels [3][]division
	for i, level := range []struct {
		file    string
		entries int
	}{{"provinces", provinceEntries}, {"cities", cityEntries}, {"areas", areaEntries}} {
		if err := json.Unmarshal(files[level.file+".json"], &levels[i]); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", chinaDivision, level.file, err)
		}
		if len(levels[i]) != level.entries {
			return nil, fmt.Errorf("%s: %s has %d entries, pinned are %d", chinaDivision, level.file, len(levels[i]), level.entries)
		}
	}
	text, err := divisionText(levels[0], levels[1], levels[2])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", chinaDivision, err)
	}
	return []file{{"locale/privacy/divisions.txt", []byte(text)}}, nil
}

// divisionText writes a line "=11北京市" for each province, under it one for each of its cities, which begins with the
// city's two digits and its name and goes on with the counties: after the two digits of the county, or after a blank if
// they are those of the county before it and one more. Zones that only statistics know have 71 to 79 and are left out.
func divisionText(provinces, cities, areas []division) (string, error) {
	var text strings.Builder
	fmt.Fprintf(&text, "# Made from %s by internal/tablegen. DO NOT EDIT.\n", chinaDivision)
	written := 0
	for _, province := range provinces {
		fmt.Fprintf(&text, "=%s%s\n", province.Code, province.Name)
		for _, city := range cities {
			if !strings.HasPrefix(city.Code, province.Code) {
				continue
			}
			text.WriteString(city.Code[2:] + city.Name)
			before := 0
			for _, area := range areas {
				if len(area.Code) != 6 || !strings.HasPrefix(area.Code, city.Code) {
					continue
				}
				number, err := strconv.Atoi(area.Code[4:])
				if err != nil {
					return "", fmt.Errorf("code %s of %s is not a number", area.Code, area.Name)
				}
				written++
				if number > 70 && number < 80 {
					continue
				}
				if number == before+1 {
					text.WriteByte(' ')
				} else {
					fmt.Fprintf(&text, "%02d", number)
				}
				text.WriteString(area.Name)
				before = number
			}
			text.WriteByte('\n')
		}
	}
	if written != len(areas) {
		return "", fmt.Errorf("%d of %d counties lie in a city", written, len(areas))
	}
	return text.String(), nil
}
