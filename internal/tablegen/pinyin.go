package main

import (
	"bytes"
	"compress/bzip2"
	"context"
	_ "embed"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/zhushou-ai/zhushou/internal/fold"
	"golang.org/x/text/unicode/norm"
)

var unicodeForPinyin = unicodeData.of("locale/pinyin/syllables.txt", "locale/pinyin/internal/reading/readings.bin", "locale/pinyin/internal/reading/phrases.bin")

// What locale/pinyin/internal/fit fits model.bin to. This command does not: the model does not depend on a package that
// it could fetch.
var (
	cppForPinyin = source{
		registry:  registry{kind: "corpus"},
		name:      "CPP (g2pM), development sentences",
		version:   "2020",
		sha256:    "b4a478d4147eb02ce6b14a7b1a0ec36abf979cd3c27f8e80018a728f767a86a6",
		licence:   "Apache License 2.0",
		copyright: "Copyright 2020 Kakao Brain, Kyubyong Park, Seanie Lee",
		tables:    []string{pinyinModel},
	}
	jiebaForPinyin = jieba.of(pinyinModel)
)

const pinyinModel = "locale/pinyin/internal/reading/model.bin"

// The fields of Unihan with readings, those of the standard of 2013 and of common words before those of large
// dictionaries, with the number of their entries.
var pinyinFields = []pinyinField{
	{"kMandarin", 41419},
	{"kTGHZ2013", 8105},
	{"kXHC1983", 11018},
	{"kHanyuPinlu", 3799},
	{"kHanyuPinyin", 34130},
}

// pinyinStandard is the field whose readings come before the others, which follow other standards too.
const pinyinStandard = "kTGHZ2013"

type pinyinField struct {
	name    string
	entries int
}

//go:embed pinyin_phrases.txt
var pinyinPhrases string

// A pinyinBook has what is known of readings: those of each character, and those of characters in words.
type pinyinBook struct {
	readings map[rune][]string // the commonest first, those in use today before others
	modern   map[rune][]string // in use today
	words    map[string]map[int]string
	names    map[rune]string
	sounds   map[string]uint16
}

// pinyinTables returns the tables of locale/pinyin that do not come from a corpus.
func pinyinTables(ctx context.Context) ([]file, error) {
	book := &pinyinBook{words: make(map[string]map[int]string), names: make(map[rune]string), sounds: make(map[string]uint16)}
	var err error
	if book.readings, book.modern, err = readUnihan(ctx); err != nil {
		return nil, err
	}
	if err := book.addPhrases(pinyinPhrases); err != nil {
		return nil, fmt.Errorf("pinyin_phrases.txt: %w", err)
	}
	book.align()
	names := book.number()
	header := fmt.Sprintf("# Generated from %s (%s) by internal/tablegen. DO NOT EDIT.\n# %s\n",
		unicodeForPinyin, unicodeForPinyin.licence, unicodeForPinyin.copyright)
	phrases, err := book.phraseTable()
	if err != nil {
		return nil, err
	}
	return []file{
		{"locale/pinyin/syllables.txt", []byte(header + wrap(names, 120))},
		{"locale/pinyin/internal/reading/readings.bin", book.readingTable()},
		{"locale/pinyin/internal/reading/phrases.bin", phrases},
	}, nil
}

// readUnihan returns the readings of each character, without repetition, those of pinyinStandard first, which are in
// use today, and otherwise in the order of pinyinFields.
func readUnihan(ctx context.Context) (readings, modern map[rune][]string, err error) {
	files, err := unicodeForPinyin.fetch(ctx, "usr/share/unicode")
	if err != nil {
		return nil, nil, err
	}
	data, err := io.ReadAll(bzip2.NewReader(bytes.NewReader(files["Unihan_Readings.txt.bz2"])))
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", unicodeForPinyin, err)
	}
	fields := make([]map[rune]string, len(pinyinFields))
	for i := range fields {
		fields[i] = make(map[rune]string)
	}
	for line := range strings.Lines(string(data)) {
		code, ok := strings.CutPrefix(strings.TrimSpace(line), "U+")
		code, rest, _ := strings.Cut(code, "\t")
		name, value, _ := strings.Cut(rest, "\t")
		for i, f := range pinyinFields {
			if !ok || f.name != name {
				continue
			}
			r, err := strconv.ParseUint(code, 16, 32)
			if err != nil {
				return nil, nil, fmt.Errorf("%s: %q: %w", unicodeForPinyin, line, err)
			}
			fields[i][rune(r)] = value
		}
	}
	readings = make(map[rune][]string)
	for i, f := range pinyinFields {
		if len(fields[i]) != f.entries {
			return nil, nil, fmt.Errorf("%s: %s has %d entries, pinned are %d", unicodeForPinyin, f.name, len(fields[i]), f.entries)
		}
		for r, value := range fields[i] {
			for _, reading := range readingsOf(value) {
				if toneOf(reading) == 5 && f.name == "kHanyuPinlu" {
					continue // said so in some word
				}
				if !slices.Contains(readings[r], reading) {
					readings[r] = append(readings[r], reading)
				}
			}
		}
	}
	modern = make(map[rune][]string)
	for r, value := range fields[slices.IndexFunc(pinyinFields, func(f pinyinField) bool { return f.name == pinyinStandard })] {
		modern[r] = readingsOf(value)
	}
	for r := range readings {
		if simplified := fold.Script.Rune(r); modern[r] == nil && modern[simplified] != nil {
			modern[r] = modern[simplified]
		}
		slices.SortStableFunc(readings[r], func(a, b string) int {
			switch ours := slices.Contains(modern[r], a); {
			case ours == slices.Contains(modern[r], b):
				return 0
			case ours:
				return -1
			}
			return 1
		})
	}
	return readings, modern, nil
}

// readingsOf returns the readings in a value of Unihan: 10028.100:zhōng,zhòng or zhōng(4875) or zhōng.
func readingsOf(value string) []string {
	var all []string
	for part := range strings.FieldsSeq(value) {
		_, after, found := strings.Cut(part, ":")
		if !found {
			after, _, _ = strings.Cut(part, "(")
		}
		for reading := range strings.SplitSeq(after, ",") {
			all = append(all, norm.NFC.String(reading))
		}
	}
	return all
}

// addPhrases adds what the lines of data say, whose form stands at the beginning of pinyin_phrases.txt.
func (b *pinyinBook) addPhrases(data string) error {
	n := 0
	for line := range strings.Lines(data) {
		n++
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		if len(fields) < 2 || len([]rune(fields[0])) != 1 {
			return fmt.Errorf("line %d is not a character and its reading", n)
		}
		r, reading := []rune(fields[0])[0], fields[1]
		known := b.readings[r]
		if len(fields) == 2 {
			b.readings[r] = append([]string{reading}, slices.DeleteFunc(known, func(s string) bool { return s == reading })...)
			continue
		}
		if tone := toneOf(reading); tone != 5 && !slices.Contains(known, reading) {
			b.readings[r] = append(known, reading)
		}
		for _, word := range fields[2:] {
			if err := b.addWord(word, r, reading); err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
		}
	}
	return nil
}

func (b *pinyinBook) addWord(word string, r rune, reading string) error {
	if word == "^" {
		b.names[r] = reading
		return nil
	}
	runes := []rune(word)
	if b.words[word] == nil {
		b.words[word] = make(map[int]string)
	}
	found := false
	for i := len(runes) - 1; i >= 0; i-- {
		if runes[i] != r {
			continue
		}
		if was := b.words[word][i]; was != "" {
			return fmt.Errorf("%c in %s is %s, and %s on another line", r, word, reading, was)
		}
		b.words[word][i], found = reading, true
		if toneOf(reading) == 5 {
			break
		}
	}
	if !found {
		return fmt.Errorf("%c is not in %s", r, word)
	}
	return nil
}

// align gives traditional characters the same commonest reading as their simplified form, if they have it.
func (b *pinyinBook) align() {
	for r := range b.readings {
		if simplified := fold.Script.Rune(r); simplified != r && len(b.readings[simplified]) > 0 {
			common := b.readings[simplified][0]
			if i := slices.Index(b.readings[r], common); i > 0 {
				b.readings[r] = slices.Insert(slices.Delete(b.readings[r], i, i+1), 0, common)
			}
		}
	}
}

// toneOf returns the tone of a syllable, 5 if it has no mark.
func toneOf(reading string) uint16 {
	for _, r := range norm.NFD.String(reading) {
		if i := strings.IndexRune("\u0304\u0301\u030c\u0300", r); i >= 0 {
			return uint16(i/2 + 1)
		}
	}
	return 5
}

// nameOf returns a syllable without its tone.
func nameOf(reading string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if strings.ContainsRune("\u0304\u0301\u030c\u0300", r) {
			return -1
		}
		return r
	}, norm.NFD.String(reading)))
}

// number gives every reading its number, the place of its name among all of them, counted from 1, and its tone in the
// lowest three bits; it returns the names.
func (b *pinyinBook) number() []string {
	seen := map[string]bool{"r": true} // 儿 that is said as part of the syllable before
	each := func(reading string) { seen[nameOf(reading)] = true }
	for _, readings := range b.readings {
		for _, reading := range readings {
			each(reading)
		}
	}
	for _, word := range b.words {
		for _, reading := range word {
			each(reading)
		}
	}
	names := slices.Sorted(maps.Keys(seen))
	return names
}

// sound returns the number of a reading.
func (b *pinyinBook) sound(reading string) uint16 {
	if len(b.sounds) == 0 {
		for i, name := range b.number() {
			b.sounds[name] = uint16(i + 1)
		}
	}
	return b.sounds[nameOf(reading)]<<3 | toneOf(reading)
}

// inUse returns how many of the readings of a character, which are the first, are in use today.
func (b *pinyinBook) inUse(r rune) uint16 {
	n := uint16(1)
	for n < uint16(len(b.readings[r])) && slices.Contains(b.modern[r], b.readings[r][n]) {
		n++
	}
	return n
}

// readingTable returns readings.bin.
func (b *pinyinBook) readingTable() []byte {
	const pageBits, lists = 6, 1 << 12
	pages := make(map[rune][]uint16)
	var list []uint16
	for _, r := range slices.Sorted(maps.Keys(b.readings)) {
		readings := b.readings[r]
		value := b.sound(readings[0])
		if len(readings) > 1 {
			value = uint16(lists + len(list))
			list = append(list, uint16(len(readings))|b.inUse(r)<<8)
			for _, reading := range readings {
				list = append(list, b.sound(reading))
			}
		}
		page := r >> pageBits
		if pages[page] == nil {
			pages[page] = make([]uint16, 1<<pageBits)
		}
		pages[page][r&(1<<pageBits-1)] = value
	}
	all := slices.Sorted(maps.Keys(pages))
	index := make([]uint16, all[len(all)-1]+1)
	flat := make([]uint16, 1<<pageBits) // page 0 has no readings
	for _, page := range all {
		index[page] = uint16(len(flat) >> pageBits)
		flat = append(flat, pages[page]...)
	}
	return parts(index, flat, list)
}

// parts returns the lengths of numbers in bytes, and then these.
func parts(numbers ...[]uint16) []byte {
	var data []byte
	for _, n := range numbers {
		data = binary.LittleEndian.AppendUint32(data, uint32(2*len(n)))
	}
	for _, all := range numbers {
		for _, n := range all {
			data = binary.LittleEndian.AppendUint16(data, n)
		}
	}
	return data
}

// wrap joins words into lines of at most so many bytes.
func wrap(words []string, width int) string {
	var text strings.Builder
	length := 0
	for _, w := range words {
		if length > 0 && length+1+len(w) > width {
			text.WriteByte('\n')
			length = 0
		}
		if length > 0 {
			text.WriteByte(' ')
		}
		n, _ := text.WriteString(w)
		length += n + 1
	}
	return text.String() + "\n"
}
