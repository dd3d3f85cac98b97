// Command fit fits the models that decide how characters are read, the table model.bin of package reading:
//
//	go run ./locale/pinyin/internal/fit -dictionary dict.txt -sentences dev.tsv -out locale/pinyin/internal/reading/model.bin
//
// The sentences are those of CPP, the Chinese polyphones with pinyin that come with g2pM (kakaobrain, Apache License
// 2.0): a sentence, the place of one character in it, the character, its reading. The dictionary is jieba's (MIT
// License). From it come words whose characters have the reading that the phrases of the library say, so that a model
// knows what is usual beyond the sentences.
//
// With -folds it fits on all but one of so many parts of the sentences, and tells how many of the rest are right.
package main

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"flag"
	"fmt"
	"os"

	"github.com/zhushou-ai/zhushou/locale/pinyin/internal/reading"
	"github.com/zhushou-ai/zhushou/locale/segment"
)

// What model.bin was made from. Other sentences make another model; the notice of the module names these.
const (
	sentencesSHA256  = "b4a478d4147eb02ce6b14a7b1a0ec36abf979cd3c27f8e80018a728f767a86a6"
	dictionarySHA256 = "139519822fe8ab9e10d9d07e68ea0451045380aedaf54ecc51e2a28c6b42a13f"
)

//go:embed sentences.txt
var notes string

func main() {
	dictionary := flag.String("dictionary", "", "jieba's dict.txt")
	sentences := flag.String("sentences", "", "the sentences of CPP, tab separated")
	out := flag.String("out", "", "where the model is written")
	folds := flag.Int("folds", 0, "parts to measure with")
	var o options
	flag.Float64Var(&o.decay, "decay", 0.25, "how strongly weights are held at 0")
	flag.Float64Var(&o.words, "words", 0.6, "weight of a word of the dictionary against a sentence")
	flag.IntVar(&o.frequency, "frequency", 20, "least frequency of a word")
	flag.Float64Var(&o.settled, "settled", 0.2, "weight of a place that a phrase settles against another")
	flag.IntVar(&o.steps, "steps", 120, "steps of the descent")
	flag.Parse()
	if err := run(*dictionary, *sentences, *out, *folds, o); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(dictionary, sentences, out string, folds int, o options) error {
	words, err := read(dictionary, dictionarySHA256)
	if err != nil {
		return err
	}
	lines, err := read(sentences, sentencesSHA256)
	if err != nil {
		return err
	}
	c := corpus{table: reading.Default(), segmenter: new(segment.Segmenter), notes: make(map[rune][]example)}
	if err := c.addSentences(string(lines)); err != nil {
		return fmt.Errorf("%s: %w", sentences, err)
	}
	if err := c.addNotes(notes); err != nil {
		return fmt.Errorf("sentences.txt: %w", err)
	}
	if err := c.addWords(string(words), o); err != nil {
		return fmt.Errorf("%s: %w", dictionary, err)
	}
	if folds > 1 {
		measure(&c, folds, o)
	}
	if out == "" {
		return nil
	}
	data, err := encode(fitAll(c.all(nil), c.table, o))
	if err != nil {
		return err
	}
	fmt.Println(len(data), "bytes")
	return os.WriteFile(out, data, 0o644)
}

// read reads a file whose SHA-256 is known.
func read(path, sum string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if got := sha256.Sum256(data); !bytes.Equal(got[:], decode(sum)) {
		return nil, fmt.Errorf("%s: SHA-256 is %x, pinned is %s: compare the files before changing the pin", path, got, sum)
	}
	return data, nil
}

func decode(sum string) []byte {
	data, err := hex.DecodeString(sum)
	if err != nil {
		panic(err)
	}
	return data
}
