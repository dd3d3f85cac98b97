package main

// unicodeData is the Unicode Character Database, of which several rooms make tables.
var unicodeData = source{
	registry:  debian,
	name:      "unicode-data",
	version:   "15.0.0-1",
	sha256:    "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc",
	licence:   "Unicode License",
	copyright: "Copyright 1991-2022 Unicode, Inc.",
}
