// Package zhushou (助手) is the root of a library that gives any Go service an AI assistant for Chinese
// users. It holds no code; these are the rooms:
//
//   - [github.com/zhushou-ai/zhushou/assistant]: talk to any model, with tools, sessions and typed answers
//   - [github.com/zhushou-ai/zhushou/providers]: the models, opened by name, and the on-device engine
//   - [github.com/zhushou-ai/zhushou/recommend]: what this person wants next
//   - [github.com/zhushou-ai/zhushou/locale]: Chinese text: numbers, times, quantities, scripts, charsets
//
// The examples folder has whole programs; start with examples/quickstart.
package zhushou
