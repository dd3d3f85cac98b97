// Package view reads the numbers of a string, typically of a file that is embedded in the program. They are little-endian
// and may lie at any offset. On machines that can read them so, they are read in place: nothing is copied or decoded, and
// processes share the pages; others get a copy. What is returned must not be written to.
package view
