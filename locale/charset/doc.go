// Package charset reads and writes the charsets of Chinese text: GB18030, GBK (and so GB2312), Big5,
// Big5-HKSCS, UTF-8 and UTF-16.
//
//	text, guess := charset.Decode(b)              // whatever it is in
//	r := charset.NewReader(file, nil)             // the same for a stream
//	b, err := charset.GBK.Encode("收货人：张三")       // an error names the first character GBK lacks
//	c, err := charset.Lookup("gb2312")            // from a header; c.Decode(b) is strict
//
// A [Charset] is an encoding.Encoding of golang.org/x/text and goes wherever one goes.
//
// # A declared charset
//
// A header or a meta element that names a charset is often right and sometimes not. Believe it while the bytes
// agree: decode with [Lookup] and [Charset.Decode], and on an error with [Decode].
//
// # GB18030
//
// The mapping is that of GB 18030-2022: every two-byte and four-byte code is one Unicode character, surrogates
// aside, and back. Against the edition of 2005, 18 two-byte codes have left private use (0xA6D9 is U+FE10, 0xFE59
// is U+9FB4) and the four-byte codes of these characters now stand for the private ones. The Unicode consortium
// recommends reading the latter as before too; that gives up the round trip and is not done here. Six codes
// whose glyphs the standard removed (0xFE51 and others) stay in private use, as the standard has it.
// golang.org/x/text follows an older edition and leaves the two-byte private use codes out.
//
// # GBK and Big5
//
// They are read by the Encoding Standard of the web, and in GBK the user-defined areas of Windows are private
// use. Malformed bytes never swallow ASCII after them. What [Big5] writes is understood without the Hong
// Kong supplement; of several codes of a character [Big5HKSCS] writes the one that the supplement prefers.
//
// # Detection
//
// The bytes are read in every charset, and the reading that looks most like Chinese or English text wins, by
// how common its characters are. Ten characters suffice, a line practically always; one or two are
// guesswork, which [Guess.Confidence] shows. Text in other languages' charsets (Shift_JIS, EUC-KR, Windows-1252)
// is not known and may be taken for Chinese. A binary file has a confidence near 0.
//
// # Not here
//
// HZ, ISO-2022-CN and EUC-TW, which have died out, and UTF-32.
package charset
