// Package label writes, reads, verifies, carries over and propagates the labels that mark content as generated
// by AI, for people (visible and audible notices) and for machines (fields in the metadata of files).
//
//	l := label.First("ExampleCo", entry.ProduceID, label.CopyOnFirstWrite)
//	err := label.WriteFile("cat.png", "cat.png", l)          // in place; media untouched; read back
//	v := label.VerifyFile("cat.png")                         // compliant, non-compliant, not found, inconclusive
//	err = label.CarryOverFile("cat.webp", "cat.webp", "cat.png") // after a transcoder that dropped it
//	err = label.PropagateFile(out, in, label.Propagation{Platform: "ExampleShare", ID: "s-1"})
//
// It writes the label fields of Annex E as described in the practice guides; verified by round trip. What
// the package says about a file is about those fields and no legal advice.
//
// # Labels in files
//
// A [Label] has seven fields. [Write] is strict: it writes all seven, in their order, in the characters that
// are allowed, once per file, at the place that the format has for it, and changes nothing else. [Read] is
// lenient: it finds what tools in the field write, at the places where they write it, and says what is wrong
// with it. Formats, told apart by their content:
//
//	PNG, JPEG, WebP, GIF, TIFF   XMP property TC260:AIGC, merged into a packet that is there
//	MP4, MOV, M4A                moov/udta/meta, key AIGC
//	MKV, WebM                    tag AIGC
//	FLV                          onMetaData, AIGC
//	AVI                          LIST INFO, AIGC
//	WAV                          chunk AIGC
//	MP3                          ID3v2 TXXX, AIGC
//	FLAC, Ogg Vorbis, Opus, …    comment AIGC
//	DOCX, XLSX, PPTX             custom property AIGC
//	PDF                          information dictionary, AIGC
//	Markdown                     front matter, AIGC
//	HEIF, AVIF                   read only
//
// Files are not trusted: what is held in memory is bounded, and damage is an error that matches
// [ErrMalformed]. Media are copied in ranges, by the operating system where it can, and never decoded.
//
// There is no function that takes a label away, and [Write] does not replace another producer's: what the
// rules forbid, a library should not offer. After processing that drops metadata, use [CarryOver]; where a copy
// lost its label for good, [Registry.Find] may still know it by its [Digest].
//
// # Labels for people
//
// [HasNotice] and [WithNotice] are for text, [Stamp] is for pictures and the frames of films, [Cue] and
// [WriteAudible] for sound. In a conversation, [Events] and [Chunks] put the label beside the first and last event of
// the stream, and the interface shows it: nothing is added to what the model says, which may be JSON, code or
// the arguments of a tool.
//
// # What is not settled
//
// Whether a producer fills the platform's fields on first write ([FirstWrite]); which codes individuals have
// ([Code]); what a platform writes of a producer that it does not know (here: nothing). Signatures in the
// reserved fields are not checked; [Verify] takes functions that do.
package label
