// Package reading decides how the characters of a text are read.
//
// What is read how is settled by the first of these that has an answer:
//
//  1. a phrase, the longest that lies within a word or consists of whole words: 银行, 长大, 一只;
//  2. the model of the character, if it has one, which weighs its neighbours and the words around it: 长 in 全长 5 米;
//  3. the reading that the character has most often.
//
// Sounds are numbers that package pinyin gives a meaning to; 0 is none.
package reading
