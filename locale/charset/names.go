package charset

import (
	"fmt"
	"strings"
)

// Lookup returns the charset with a name from a header, a file or a setting: "gb2312", "CP936", "x-gbk",
// "big5_hkscs", "utf8". Case, spaces around the name and the difference between - and _ do not matter. GB2312 is
// [GBK], which includes it. The error quotes a name that is unknown.
func Lookup(name string) (Charset, error) {
	key := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), "_", "-")
	switch key {
	case "utf-8", "utf8", "utf-8-sig", "utf8mb4", "unicode-1-1-utf-8", "cp65001", "65001", "us-ascii", "ascii":
		return UTF8, nil
	case "utf-16", "utf16", "unicode", "ucs-2", "ucs2", "iso-10646-ucs-2", "csunicode":
		return UTF16, nil
	case "utf-16le", "utf16le", "utf-16-le", "ucs-2le", "unicodefeff", "cp1200", "1200":
		return UTF16LE, nil
	case "utf-16be", "utf16be", "utf-16-be", "ucs-2be", "unicodefffe", "cp1201", "1201":
		return UTF16BE, nil
	case "gbk", "x-gbk", "cp936", "ms936", "windows-936", "936", "csgbk",
		"gb2312", "x-gb2312", "gb-2312", "gb-2312-80", "gb2312-80", "csgb2312", "csiso58gb231280", "iso-ir-58",
		"euc-cn", "euccn", "x-euc-cn", "chinese", "gb":
		return GBK, nil
	case "gb18030", "gb-18030", "x-gb18030", "gb18030-2000", "gb18030-2005", "gb18030-2022", "csgb18030", "cp54936", "54936":
		return GB18030, nil
	case "big5", "big-5", "x-x-big5", "x-big5", "csbig5", "cn-big5", "big5-eten", "cp950", "ms950", "windows-950", "950":
		return Big5, nil
	case "big5-hkscs", "big5hkscs", "x-big5-hkscs", "csbig5hkscs", "big5-hkscs:2008", "cp951", "951":
		return Big5HKSCS, nil
	}
	return 0, fmt.Errorf("charset: unknown name %q: this package reads UTF-8, UTF-16, GBK, GB18030, Big5 and Big5-HKSCS", name)
}
