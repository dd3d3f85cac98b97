#!/usr/bin/env bash
# Makes the documents of this folder anew with LibreOffice (Debian packages libreoffice-writer,
# libreoffice-calc and libreoffice-impress). They are small and say nothing.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

printf '你好，这是一份说明。\n\n第二段。\n' >"$work/text.txt"
printf '名称,数量\n茶,3\n咖啡,5\n' >"$work/table.csv"
cat >"$work/slides.fodp" <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.presentation">
 <office:body><office:presentation><draw:page draw:name="p1">
  <draw:frame svg:x="2cm" svg:y="2cm" svg:width="20cm" svg:height="4cm"><draw:text-box><text:p>你好</text:p></draw:text-box></draw:frame>
 </draw:page></office:presentation></office:body>
</office:document>
XML

office() { # input, format
	soffice -env:UserInstallation="file://$work/profile" --headless --convert-to "$2" --outdir "$work" "$work/$1" >/dev/null
}
office text.txt docx:"MS Word 2007 XML"
office text.txt pdf:writer_pdf_Export
office table.csv xlsx:"Calc MS Excel 2007 XML"
office slides.fodp pptx:"Impress MS PowerPoint 2007 XML"

cp "$work/text.docx" "$work/text.pdf" "$work/table.xlsx" "$work/slides.pptx" .
ls -l ./*.docx ./*.xlsx ./*.pptx ./*.pdf
