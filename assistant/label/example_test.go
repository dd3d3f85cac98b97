package label_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant/label"
)

func Example() {
	var picture, labelled, shared bytes.Buffer
	png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8)))

	// The producer of a picture labels it.
	l := label.First("ExampleCo", "20261122-0001", label.CopyOnFirstWrite)
	if err := label.Write(&labelled, bytes.NewReader(picture.Bytes()), l); err != nil {
		fmt.Println(err)
		return
	}
	v := label.Verify(bytes.NewReader(labelled.Bytes()))
	fmt.Println(v.Verdict, v.Report.Findings[0].Where, v.Report.Findings[0].Label.ProduceID)

	// A platform that passes it on adds its own fields.
	p := label.Propagation{Platform: "ExampleShare", ID: "s-7"}
	if err := label.Propagate(&shared, bytes.NewReader(labelled.Bytes()), p); err != nil {
		fmt.Println(err)
		return
	}
	report, _ := label.Read(bytes.NewReader(shared.Bytes()))
	got, _ := report.Label()
	fmt.Println(got.ContentProducer, "→", got.ContentPropagator)

	// Somebody else does not get to replace it.
	err := label.Write(&bytes.Buffer{}, bytes.NewReader(shared.Bytes()), label.First("Other", "1", label.EmptyOnFirstWrite))
	fmt.Println(err)
	// Output:
	// compliant PNG iTXt XMP 20261122-0001
	// ExampleCo → ExampleShare
	// write label: the file has a label of another producer: in PNG iTXt XMP, of "ExampleCo"
}

func ExampleWithNotice() {
	text, ok := label.WithNotice("今天适合喝龙井。", label.NoticeText, label.AtEnd)
	fmt.Println(ok, strings.ReplaceAll(text, "\n\n", " / "))
	_, ok = label.WithNotice(`{"tea":"龙井"}`, label.NoticeText, label.AtEnd)
	fmt.Println(ok)
	// Output:
	// true 今天适合喝龙井。 / 本内容由AI生成
	// false
}

func ExampleSplitMarkdown() {
	d, err := label.SplitMarkdown("---\nAIGC:\n  Label: \"1\"\n  ContentProducer: ExampleCo\n  ProduceID: p-1\n---\n# 茶\n")
	fmt.Printf("%q %v %s %v\n", d.Body, d.Labelled, d.Label.ContentProducer, err)
	// Output: "# 茶\n" true ExampleCo <nil>
}

func ExampleRegistry() {
	ctx := context.Background()
	r := &label.Registry{Store: new(label.Memory)}
	digest, _ := label.Digest(strings.NewReader("the bytes of a picture"))
	e, _ := r.Register(ctx, label.Entry{Model: "qwen-image", Content: digest})
	l := label.First("ExampleCo", e.ProduceID, label.CopyOnFirstWrite)

	// Later, a copy without its label turns up.
	found, _ := r.Find(ctx, digest)
	fmt.Println(len(found), found[0].ProduceID == l.ProduceID, found[0].Model)
	// Output: 1 true qwen-image
}
