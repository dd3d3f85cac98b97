package matroska

import (
	"cmp"
	"encoding/binary"
	"io"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

// An edit replaces bytes of the file by as many others.
type edit struct {
	offset int64
	bytes  []byte
}

// Write puts the label among the tags of the segment.
func Write(dst io.Writer, src carrier.Source, text string) error {
	l, err := look(src)
	if err != nil {
		return err
	}
	tags, old, err := merge(src, l, text)
	if err != nil {
		return err
	}
	var edits []edit
	var appended []byte
	insert := int64(-1)
	switch place, room := space(l, old); {
	case room == int64(len(tags)), room >= int64(len(tags))+2:
		if free := room - int64(len(tags)); free > 0 {
			tags = append(tags, void(free)...)
		}
		edits = append(edits, edit{place, tags})
		old = slices.DeleteFunc(old, func(e element) bool { return e.offset == place })
	case !indexed(l):
		// Nothing says where anything is, so that tags may stand where readers of streams see them.
		insert = l.segment.end()
		for _, e := range l.parts {
			if e.id == idCluster {
				insert = e.offset
				break
			}
		}
		appended = tags
	default:
		insert, appended = l.segment.end(), tags
		index, err := reindex(src, l, insert-l.segment.data())
		if err != nil {
			return err
		}
		edits = append(edits, index...)
	}
	for _, e := range old {
		edits = append(edits, edit{e.offset, void(e.end() - e.offset)})
	}
	if appended != nil && !l.segment.unknown {
		size, ok := appendSize(nil, l.segment.size+int64(len(appended)), l.segment.width)
		if !ok {
			return carrier.Malformed(name, l.segment.offset, "its size has no room for %d more bytes", len(appended))
		}
		edits = append(edits, edit{l.segment.data() - int64(l.segment.width), size})
	}
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Compare(a.offset, b.offset) })
	return apply(dst, src, edits, insert, appended)
}

// apply copies the file with the edits, and inserts bytes at an offset if it is not negative.
func apply(dst io.Writer, src carrier.Source, edits []edit, insert int64, inserted []byte) error {
	at := int64(0)
	to := func(offset int64) error {
		err := carrier.Copy(dst, src, at, offset-at)
		at = offset
		return err
	}
	put := func() error {
		if err := to(insert); err != nil {
			return err
		}
		_, err := dst.Write(inserted)
		insert = -1
		return err
	}
	for _, e := range edits {
		if insert >= 0 && e.offset >= insert {
			if err := put(); err != nil {
				return err
			}
		}
		if e.offset < at {
			return carrier.Malformed(name, e.offset, "elements overlap")
		}
		if err := to(e.offset); err != nil {
			return err
		}
		if _, err := dst.Write(e.bytes); err != nil {
			return err
		}
		at += int64(len(e.bytes))
	}
	if insert >= 0 {
		if err := put(); err != nil {
			return err
		}
	}
	return to(src.Size())
}

// merge returns one element with all tags of the file and the label, and the elements that it replaces.
func merge(src carrier.Source, l layout, text string) (tags []byte, old []element, err error) {
	var data []byte
	for _, e := range l.parts {
		if e.id != idTags {
			continue
		}
		b, err := carrier.Bytes(src, name, e.data(), e.size)
		if err != nil {
			return nil, nil, err
		}
		rest, _, err := without(b, 0)
		if err != nil {
			return nil, nil, err
		}
		elements, err := children(rest)
		if err != nil {
			return nil, nil, err
		}
		for _, c := range elements {
			if c.id == idTag {
				data = append(data, c.all...)
			}
		}
		old = append(old, e)
	}
	simple := appendElement(nil, idTagName, []byte(keyLabel))
	simple = appendElement(simple, idTagString, []byte(text))
	tag := appendElement(nil, idTargets, nil) // the whole segment
	tag = appendElement(tag, idSimpleTag, simple)
	return appendElement(nil, idTags, appendElement(data, idTag, tag)), old, nil
}

// space returns where the old tags stand, and how many bytes there are with the void behind them.
func space(l layout, old []element) (place, room int64) {
	for i, e := range l.parts {
		if len(old) == 0 || e.offset != old[0].offset {
			continue
		}
		room = e.end() - e.offset
		for _, next := range l.parts[i+1:] {
			if next.id != idVoid {
				break
			}
			room += next.end() - next.offset
		}
		return e.offset, room
	}
	return 0, 0
}

// indexed reports whether something in the segment says where something else is.
func indexed(l layout) bool {
	return slices.ContainsFunc(l.parts, func(e element) bool { return e.id == idSeekHead || e.id == idCues })
}

// reindex returns the edits that tell the index where the tags are. Without room for it there are none, and
// readers that look through the whole file find the tags all the same.
func reindex(src carrier.Source, l layout, position int64) ([]edit, error) {
	for i, e := range l.parts {
		if e.id != idSeekHead {
			continue
		}
		data, err := carrier.Bytes(src, name, e.data(), e.size)
		if err != nil {
			return nil, err
		}
		if done, err := redirect(data, position); err != nil {
			return nil, err
		} else if done {
			return []edit{{e.data(), summed(data)}}, nil
		}
		if i+1 == len(l.parts) || l.parts[i+1].id != idVoid {
			continue
		}
		seek := appendElement(nil, idSeekID, appendID(nil, idTags))
		seek = appendElement(seek, idSeekPosition, binary.BigEndian.AppendUint64(nil, uint64(position)))
		data = summed(appendElement(data, idSeek, seek))
		head, ok := appendSize(appendID(nil, idSeekHead), int64(len(data)), e.width)
		if !ok {
			continue
		}
		all := append(head, data...)
		free := l.parts[i+1].end() - e.offset - int64(len(all))
		if free == 0 || free >= 2 {
			if free > 0 {
				all = append(all, void(free)...)
			}
			return []edit{{e.offset, all}}, nil
		}
	}
	return nil, nil
}

// redirect changes the entry of the tags in an index, in place, and reports whether there is one with room.
func redirect(index []byte, position int64) (bool, error) {
	entries, err := children(index)
	if err != nil {
		return false, err
	}
	for _, e := range entries {
		if e.id != idSeek {
			continue
		}
		parts, err := children(e.data)
		if err != nil {
			return false, err
		}
		tags := false
		var to []byte
		for _, p := range parts {
			switch p.id {
			case idSeekID:
				tags = string(p.data) == string(appendID(nil, idTags))
			case idSeekPosition:
				to = p.data
			}
		}
		if !tags || len(to) == 0 || len(to) < 8 && position >= 1<<(8*len(to)) {
			continue
		}
		for i := range to {
			shift := 8 * (len(to) - 1 - i)
			to[i] = 0
			if shift < 64 {
				to[i] = byte(uint64(position) >> shift)
			}
		}
		return true, nil
	}
	return false, nil
}
