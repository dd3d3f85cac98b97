package isobmff

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const label = `{"Label":"1","ContentProducer":"Example","ProduceID":"p-1"}`

// A small film: two chunks of media, and a table that points to them.
type film struct {
	moovLast, long bool
	user           []byte // content of udta, nil for none
	free           int    // bytes of a free box behind moov
}

const chunkOne, chunkTwo = "first chunk of media", "second chunk of media"

func (f film) bytes() []byte {
	ftyp := appendBox(nil, "ftyp", []byte("isom\x00\x00\x02\x00isommp41"))
	mdat := appendBox(nil, "mdat", []byte(chunkOne), []byte(chunkTwo))
	build := func(base int64) []byte {
		one, two := uint64(base+8), uint64(base+8+int64(len(chunkOne)))
		table := binary.BigEndian.AppendUint32(make([]byte, 4), 2)
		kind := "stco"
		if f.long {
			kind = "co64"
			table = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(table, one), two)
		} else {
			table = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(table, uint32(one)), uint32(two))
		}
		stbl := appendBox(nil, "stbl", appendBox(nil, kind, table))
		trak := appendBox(nil, "trak", appendBox(nil, "mdia", appendBox(nil, "minf", stbl)))
		parts := [][]byte{appendBox(nil, "mvhd", make([]byte, 100)), trak}
		if f.user != nil {
			parts = append(parts, appendBox(nil, "udta", f.user))
		}
		moov := appendBox(nil, "moov", parts...)
		if f.free > 0 {
			moov = appendBox(moov, "free", make([]byte, f.free-8))
		}
		return moov
	}
	if f.moovLast {
		return bytes.Join([][]byte{ftyp, mdat, build(int64(len(ftyp)))}, nil)
	}
	return bytes.Join([][]byte{ftyp, build(int64(len(ftyp) + len(build(0)))), mdat}, nil)
}

// media returns what the table of the file points to.
func media(t testing.TB, file []byte) []string {
	t.Helper()
	boxes, err := top(bytes.NewReader(file))
	require.NoError(t, err)
	for _, b := range boxes {
		if b.kind != "moov" {
			continue
		}
		data := file[b.offset+b.head : b.end()]
		for _, kind := range []string{"trak", "mdia", "minf", "stbl"} {
			inner, _, err := children(data)
			require.NoError(t, err)
			for _, c := range inner {
				if c.kind == kind {
					data = c.data
				}
			}
		}
		tables, _, err := children(data)
		require.NoError(t, err)
		var at []uint64
		for i := range 2 {
			if tables[0].kind == "co64" {
				at = append(at, binary.BigEndian.Uint64(tables[0].data[8+8*i:]))
			} else {
				at = append(at, uint64(binary.BigEndian.Uint32(tables[0].data[8+4*i:])))
			}
		}
		return []string{string(file[at[0] : at[0]+uint64(len(chunkOne))]), string(file[at[1] : at[1]+uint64(len(chunkTwo))])}
	}
	return nil
}

func write(t testing.TB, file []byte, text string) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, Write(&out, bytes.NewReader(file), text))
	return out.Bytes()
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	itunes := appendBox(nil, "hdlr", append(make([]byte, 8), "mdirappl\x00\x00\x00\x00\x00\x00\x00\x00\x00"...))
	itunes = appendBox(itunes, "ilst", appendBox(nil, "\xa9too", appendBox(nil, "data", []byte("\x00\x00\x00\x01\x00\x00\x00\x00Lavf"))))
	for name, f := range map[string]film{
		"metadata first":         {},
		"metadata last":          {moovLast: true},
		"long offsets":           {long: true},
		"room behind it":         {free: 1000},
		"too little room":        {free: 20},
		"with iTunes' own":       {user: appendBox(nil, "meta", make([]byte, 4), itunes)},
		"user data with an end":  {user: []byte{0, 0, 0, 0}},
		"a label at another key": {user: newMeta("old")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := f.bytes()
			require.Equal(t, []string{chunkOne, chunkTwo}, media(t, file), "the film is sound")
			for _, text := range []string{label, label + " ", "x"} { // later ones take its place
				file = write(t, file, text)
				require.Equal(t, []string{chunkOne, chunkTwo}, media(t, file))
				found, err := Read(bytes.NewReader(file))
				require.NoError(t, err)
				require.Equal(t, []carrier.Found{{Where: "MP4 moov/udta/meta", Text: []byte(text)}}, found)
			}
			if name == "room behind it" {
				require.Len(t, file, len(f.bytes()))
			}
			if name == "with iTunes' own" {
				require.Contains(t, string(file), "Lavf")
			}
		})
	}
}

func TestPlacesWhereReadersLook(t *testing.T) {
	t.Parallel()
	named := appendBox(nil, "mean", append(make([]byte, 4), "org.tc260"...))
	named = appendBox(named, "name", append(make([]byte, 4), "AIGC"...))
	named = appendBox(named, "data", []byte("\x00\x00\x00\x01\x00\x00\x00\x00"+label))
	mdir := appendBox(nil, "hdlr", append(make([]byte, 8), "mdirappl\x00\x00\x00\x00\x00\x00\x00\x00\x00"...))
	packet := `<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description xmlns:T="http://www.tc260.org.cn/ns/AIGC/1.0/" T:AIGC="x"/></r:RDF></x:xmpmeta>`
	nul := bytes.Replace(newMeta(label), []byte("\x00\x00\x00\x0cmdtaAIGC"), []byte("\x00\x00\x00\x0dmdtaAIGC\x00"), 1)
	binary.BigEndian.PutUint32(nul, uint32(len(nul)))
	at := bytes.Index(nul, []byte("keys")) - 4
	binary.BigEndian.PutUint32(nul[at:], binary.BigEndian.Uint32(nul[at:])+1)
	moov := func(parts ...[]byte) []byte { return appendBox(nil, "moov", parts...) }
	for name, file := range map[string][]byte{
		"meta under moov":           moov(newMeta(label)),
		"QuickTime meta":            moov(appendBox(nil, "meta", newMeta(label)[12:])),
		"key with a zero":           moov(appendBox(nil, "udta", nul)),
		"iTunes' named key":         moov(appendBox(nil, "udta", appendBox(nil, "meta", make([]byte, 4), mdir, appendBox(nil, "ilst", appendBox(nil, "----", named))))),
		"keyless list":              moov(appendBox(nil, "udta", appendBox(nil, "meta", make([]byte, 4), mdir, appendBox(nil, "ilst", appendBox(nil, "AIGC", appendBox(nil, "data", []byte("\x00\x00\x00\x01\x00\x00\x00\x00"+label))))))),
		"box of its own":            moov(appendBox(nil, "udta", appendBox(nil, "AIGC", []byte(label)))),
		"of a track":                moov(appendBox(nil, "trak", appendBox(nil, "udta", newMeta(label)))),
		"meta at the top":           newMeta(label),
		"XMP":                       appendBox(nil, "uuid", uuidXMP, []byte(packet)),
		"metadata behind the media": append(appendBox(nil, "mdat", []byte("x")), moov(appendBox(nil, "udta", newMeta(label)))...),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := Read(bytes.NewReader(file))
			require.NoError(t, err)
			require.Len(t, found, 1)
			if name == "XMP" {
				require.Equal(t, "x", string(found[0].Text))
			} else {
				require.Equal(t, label, string(found[0].Text))
			}
			if bytes.Contains(file, []byte("moov")) {
				out := write(t, file, "new")
				found, err = Read(bytes.NewReader(out))
				require.NoError(t, err)
				require.Len(t, found, 1, "the old one is gone")
				require.Equal(t, "new", string(found[0].Text))
			}
		})
	}
}

func TestOffsetsThatDoNotFitMoveTheMetadata(t *testing.T) {
	t.Parallel()
	file := film{}.bytes()
	at := bytes.Index(file, []byte("stco")) + 12
	binary.BigEndian.PutUint32(file[at:], 0xfffffff0)
	out := write(t, file, label)
	require.Equal(t, len(file), bytes.LastIndex(out, []byte("moov"))-4, "it follows the media, which did not move")
	found, err := Read(bytes.NewReader(out))
	require.NoError(t, err)
	require.Len(t, found, 1)
}

func TestMalformed(t *testing.T) {
	t.Parallel()
	whole := film{user: newMeta(label)}.bytes()
	for n := range whole {
		_, err := Read(bytes.NewReader(whole[:n]))
		if err != nil {
			require.ErrorIs(t, err, carrier.ErrMalformed)
		}
		if mdat := bytes.Index(whole, []byte("mdat")) - 4; n >= mdat && n < mdat+4 { // its size begins with zeros
			continue // a whole file, whose media may lie in another one
		}
		require.Error(t, Write(new(bytes.Buffer), bytes.NewReader(whole[:n]), label+"x"), "cut to %d bytes", n)
	}
}

func FuzzReadWrite(f *testing.F) {
	for _, s := range []film{{}, {moovLast: true}, {long: true}, {free: 100}, {user: newMeta(label)}} {
		f.Add(s.bytes())
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		_, _ = Read(bytes.NewReader(file))
		var out bytes.Buffer
		if Write(&out, bytes.NewReader(file), label) != nil {
			return
		}
		found, err := Read(bytes.NewReader(out.Bytes()))
		require.NoError(t, err)
		want := 0
		for _, l := range found {
			if string(l.Text) == label {
				want++
			}
		}
		require.Equal(t, 1, want)
	})
}
