package main

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/pinyin"
	"github.com/zhushou-ai/zhushou/locale/pinyin/internal/reading"
	"github.com/zhushou-ai/zhushou/locale/segment"
)

// An example is a character in a place, and how it is read there.
type example struct {
	place  reading.Place
	sound  uint16
	weight float64
	line   uint32 // hash of the sentence of CPP that it is from
	word   bool   // it is from a word of the dictionary
}

// A corpus has the examples to learn from, those of each character together.
type corpus struct {
	table     *reading.Table
	segmenter *segment.Segmenter
	sentences map[rune][]example
	notes     map[rune][]example
	words     map[rune][]example
}

// addSentences adds the lines of data: a sentence, the place of a character in it in runes, the character, its reading.
func (c *corpus) addSentences(data string) error {
	c.sentences = make(map[rune][]example)
	for line := range strings.Lines(data) {
		line = strings.TrimSuffix(line, "\n")
		fields := strings.Split(line, "\t")
		if len(fields) != 4 {
			return fmt.Errorf("line %q has not four fields", line)
		}
		offset, err := strconv.Atoi(fields[1])
		if err != nil {
			return err
		}
		s, ok := pinyin.ParseSyllable(fields[3])
		if !ok {
			return fmt.Errorf("line %q: %s is no syllable", line, fields[3])
		}
		at := 0
		for range offset {
			_, size := utf8.DecodeRuneInString(fields[0][at:])
			at += size
		}
		h := fnv.New32a()
		h.Write([]byte(line))
		r, _ := utf8.DecodeRuneInString(fields[2])
		c.table.Places(c.segmenter, fields[0], func(p reading.Place) {
			if p.Start == at {
				c.sentences[r] = append(c.sentences[r], example{place: p, sound: uint16(s), weight: 1, line: h.Sum32()})
			}
		})
	}
	return nil
}

// addNotes adds the lines of data: sentences in which readings stand behind their characters.
func (c *corpus) addNotes(data string) error {
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			continue
		}
		text, sounds, err := readNotes(line)
		if err != nil {
			return fmt.Errorf("line %q: %w", line, err)
		}
		c.table.Places(c.segmenter, text, func(p reading.Place) {
			if sound, ok := sounds[p.Start]; ok {
				p.Features = p.Features.Inside()
				c.notes[p.Key] = append(c.notes[p.Key], example{place: p, sound: sound, weight: 1})
			}
		})
	}
	return nil
}

// readNotes takes the readings out of a line: what is left, and the sounds by the offsets of the characters in it.
func readNotes(line string) (string, map[int]uint16, error) {
	var text strings.Builder
	sounds := make(map[int]uint16)
	last := -1 // offset of the last character
	for line != "" {
		note := line[:len(line)-len(strings.TrimLeftFunc(line, isLatin))]
		if note == "" {
			_, size := utf8.DecodeRuneInString(line)
			last = text.Len()
			text.WriteString(line[:size])
			line = line[size:]
			continue
		}
		s, ok := pinyin.ParseSyllable(note)
		if !ok || last < 0 {
			return "", nil, fmt.Errorf("%s is not the reading of a character", note)
		}
		if s.Tone() == pinyin.NoTone {
			s = s.WithTone(pinyin.Neutral)
		}
		sounds[last] = uint16(s)
		line = line[len(note):]
	}
	return text.String(), sounds, nil
}

func isLatin(r rune) bool { return unicode.Is(unicode.Latin, r) }

// addWords adds the words of data, one a line with its frequency, for the characters that the sentences are about.
func (c *corpus) addWords(data string, o options) error {
	c.words = make(map[rune][]example)
	for line := range strings.Lines(data) {
		fields := strings.Fields(line)
		frequency, err := strconv.Atoi(fields[1])
		if err != nil {
			return err
		}
		if frequency < o.frequency || utf8.RuneCountInString(fields[0]) < 2 || !c.asksAbout(fields[0]) {
			continue
		}
		c.table.Places(c.segmenter, fields[0], func(p reading.Place) {
			if c.knows(p.Key) {
				p.Features = p.Features.Inside()
				c.words[p.Key] = append(c.words[p.Key], example{place: p, sound: p.Sound, weight: o.words, word: true})
			}
		})
	}
	return nil
}

func (c *corpus) asksAbout(word string) bool {
	return strings.ContainsFunc(word, c.knows)
}

func (c *corpus) knows(r rune) bool { return c.sentences[r] != nil || c.notes[r] != nil }

// all returns the examples of each character, of the sentences only those that keep, if it is not nil, accepts.
func (c *corpus) all(keep func(example) bool) map[rune][]example {
	all := make(map[rune][]example)
	for r, examples := range c.sentences {
		for _, e := range examples {
			if keep == nil || keep(e) {
				all[r] = append(all[r], e)
			}
		}
	}
	for r, examples := range c.notes {
		all[r] = append(all[r], examples...)
	}
	for r := range all {
		all[r] = append(all[r], c.words[r]...)
	}
	return all
}

// measure fits on all but one of so many parts of the sentences, for each of them, and tells how the rest is read.
func measure(c *corpus, folds int, o options) {
	total, fitted, plain := 0, 0, 0
	for fold := range folds {
		part := func(e example) bool { return int(e.line>>7)%folds == fold }
		models := fitAll(c.all(func(e example) bool { return !part(e) }), c.table, o)
		for r, examples := range c.sentences {
			for _, e := range examples {
				if !part(e) {
					continue
				}
				total++
				if e.place.Sound == e.sound {
					plain++
				}
				sound := e.place.Sound
				if m := models[r]; m != nil && !e.place.Settled {
					sound = m.choose(e.place.Features)
				}
				if sound == e.sound {
					fitted++
				}
			}
		}
	}
	fmt.Printf("%d places: %.2f %% right with %d-fold models, %.2f %% without\n",
		total, 100*float64(fitted)/float64(total), folds, 100*float64(plain)/float64(total))
}
