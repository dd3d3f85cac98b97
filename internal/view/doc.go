// Package view reads the numbers of a string, typically of a file that is embedded in the program, in place: nothing is
// copied or decoded, and processes share the pages. Numbers are little-endian, and may lie at any offset. What is returned
// must not be written to.
package view
