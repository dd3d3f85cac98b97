package matroska

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const label1 = `{"Label":"1","ContentProducer":"Example","ProduceID":"p-1"}`

// A small film. The index says where tags and the cluster are.
type film struct {
	index, crc, tags, live bool
	voidBehindIndex        int64
	voidBehindTags         int64
	old                    string // label that is there already
}

const media = "the media"

func (f film) bytes() []byte {
	tag := func(key, value string) []byte {
		simple := appendElement(nil, idTagName, []byte(key))
		return appendElement(nil, idTag, append(appendElement(nil, idTargets, nil), appendElement(nil, idSimpleTag, appendElement(simple, idTagString, []byte(value)))...))
	}
	master := func(id uint32, data []byte) []byte {
		if f.crc {
			sum := binary.LittleEndian.AppendUint32([]byte{idCRC, 0x84}, crc32.ChecksumIEEE(data))
			data = append(sum, data...)
		}
		return appendElement(nil, id, data)
	}
	var tags []byte
	if f.tags {
		data := tag("ENCODER", "Example")
		if f.old != "" {
			data = append(data, tag(keyLabel, f.old)...)
		}
		tags = master(idTags, data)
		if f.voidBehindTags > 0 {
			tags = append(tags, void(f.voidBehindTags)...)
		}
	}
	cluster := appendElement(nil, idCluster, appendElement(nil, 0xA3, []byte(media)))
	if f.live {
		cluster = append(appendID(nil, idCluster), 0xff)
		cluster = append(cluster, appendElement(nil, 0xA3, []byte(media))...)
		cluster = append(cluster, cluster...)
	}
	index := func(tagsAt, clusterAt uint64) []byte {
		if !f.index {
			return nil
		}
		entry := func(id uint32, at uint64) []byte {
			seek := appendElement(nil, idSeekID, appendID(nil, id))
			return appendElement(nil, idSeek, appendElement(seek, idSeekPosition, binary.BigEndian.AppendUint64(nil, at)))
		}
		data := entry(idCluster, clusterAt)
		if f.tags {
			data = append(data, entry(idTags, tagsAt)...)
		}
		b := master(idSeekHead, data)
		if f.voidBehindIndex > 0 {
			b = append(b, void(f.voidBehindIndex)...)
		}
		return b
	}
	n := uint64(len(index(0, 0)))
	body := bytes.Join([][]byte{index(n, n+uint64(len(tags))), tags, cluster}, nil)
	file := appendElement(nil, idEBML, appendElement(nil, 0x4282, []byte("matroska")))
	file = appendID(file, idSegment)
	if f.live {
		return append(append(file, 0xff), body...)
	}
	file, _ = appendSize(file, int64(len(body)), 8)
	return append(file, body...)
}

// check looks whether what the index says is so, whether checksums hold and media are there.
func check(t testing.TB, file []byte) {
	t.Helper()
	l, err := look(bytes.NewReader(file))
	require.NoError(t, err)
	clusters := 0
	for _, e := range l.parts {
		data := file[e.data():e.end()]
		if e.id == idCluster {
			require.Contains(t, string(data), media)
			clusters++
		}
		if (e.id == idSeekHead || e.id == idTags) && len(data) > 6 && data[0] == idCRC {
			require.Equal(t, crc32.ChecksumIEEE(data[6:]), binary.LittleEndian.Uint32(data[2:]))
		}
		if e.id != idSeekHead {
			continue
		}
		entries, err := children(data)
		require.NoError(t, err)
		for _, s := range entries {
			if s.id != idSeek {
				continue
			}
			parts, err := children(s.data)
			require.NoError(t, err)
			to := l.segment.data() + int64(binary.BigEndian.Uint64(parts[1].data))
			require.True(t, bytes.HasPrefix(file[to:], parts[0].data), "the index points to %x", file[to:to+4])
		}
	}
	require.NotZero(t, clusters)
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]film{
		"nothing but media":       {},
		"live":                    {live: true},
		"live with tags":          {live: true, tags: true},
		"index, no tags, room":    {index: true, voidBehindIndex: 100},
		"index, no tags, no room": {index: true},
		"index and tags":          {index: true, tags: true},
		"with checksums":          {index: true, tags: true, crc: true},
		"checksums and room":      {index: true, crc: true, voidBehindIndex: 100},
		"room behind the tags":    {index: true, tags: true, voidBehindTags: 400},
		"a label already":         {index: true, tags: true, crc: true, old: "old"},
		"a longer label already":  {index: true, tags: true, old: string(make([]byte, 200))},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := f.bytes()
			check(t, file)
			for _, text := range []string{label1, label1 + "  ", "x"} {
				var out bytes.Buffer
				require.NoError(t, Write(&out, bytes.NewReader(file), text))
				file = out.Bytes()
				check(t, file)
				found, err := Read(bytes.NewReader(file))
				require.NoError(t, err)
				require.Equal(t, []carrier.Found{{Where: "Matroska Tags", Text: []byte(text)}}, found)
			}
			if f.tags {
				require.Contains(t, string(file), "ENCODER")
			}
		})
	}
}

func TestSegmentWithoutRoomInItsSize(t *testing.T) {
	t.Parallel()
	file := film{}.bytes()
	at := bytes.Index(file, appendID(nil, idSegment)) + 4
	short, ok := appendSize(nil, int64(len(file)-at-8), 1)
	require.True(t, ok)
	file = append(file[:at:at], append(short, file[at+8:]...)...)
	require.ErrorIs(t, Write(new(bytes.Buffer), bytes.NewReader(file), string(make([]byte, 200))), carrier.ErrMalformed)
}

func TestTruncated(t *testing.T) {
	t.Parallel()
	whole := film{index: true, tags: true}.bytes()
	for n := range whole {
		require.ErrorIs(t, Write(new(bytes.Buffer), bytes.NewReader(whole[:n]), "x"), carrier.ErrMalformed, "cut to %d bytes", n)
	}
}

func FuzzReadWrite(f *testing.F) {
	for _, s := range []film{{}, {live: true, tags: true}, {index: true, voidBehindIndex: 100}, {index: true, tags: true, crc: true, old: "old"}} {
		f.Add(s.bytes())
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		_, _ = Read(bytes.NewReader(file))
		var out bytes.Buffer
		if Write(&out, bytes.NewReader(file), label1) != nil {
			return
		}
		found, err := Read(bytes.NewReader(out.Bytes()))
		require.NoError(t, err)
		require.Len(t, found, 1)
		require.Equal(t, label1, string(found[0].Text))
	})
}
