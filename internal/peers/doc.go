// Package peers measures the rooms of locale against the libraries people use today for the same work. It is a module
// of its own, so that no peer becomes a dependency of the library:
//
//	cd internal/peers
//	ZHUSHOU_TEXT=/path/to/chinese.txt go test -bench . -count 5 .
//
// The text should be 5 MB or more of ordinary simplified Chinese in UTF-8. Debian's libreoffice-help-zh-cn and
// manpages-zh hold that much once the markup is taken off. Every benchmark runs the library and its peers one after
// the other over the same text: trust the ratios, not the times.
package peers
