// Package providers opens a model by its name, for programs whose configuration says which model to
// use:
//
//	m, err := providers.Open("qwen/qwen-plus")
//
// Keys come from the environment variables that the vendors themselves use; [List] names them. A
// program that wants more than a name, such as its own HTTP client, makes the model with the New
// function of the vendor's package: providers/qwen, providers/openai and so on.
//
// What each vendor can do is in the table CAPABILITIES.md, which a test makes by asking the adapters.
//
// Importing this package links all adapters. A program that needs one vendor and a small binary
// imports that vendor's package instead.
package providers
