package dataset

import "bytes"

// Lists is a user and then that user's items on every line, parted by spaces or tabs. A user may have
// no items, and more than one line.
type Lists struct {
	// Ordered says that the items stand in order of time. Then [Data.Time] is the place of an item in
	// its user's list, from 0: good for leaving the last one out, not for a split at a point in time.
	Ordered bool
}

func (l Lists) parser() (parser, error) { return &listParser{ordered: l.Ordered}, nil }

type listParser struct {
	ordered bool
	lengths []int64 // by user
}

func (p *listParser) line(line []byte, to *sink) error {
	var user []byte
	var number int32
	for rest := line; ; {
		rest = bytes.TrimLeft(rest, blanks)
		end := bytes.IndexAny(rest, blanks)
		if end < 0 {
			end = len(rest)
		}
		field := rest[:end]
		rest = rest[end:]
		switch {
		case len(field) == 0:
			return nil
		case user == nil:
			if err := to.name("user", field); err != nil {
				return err
			}
			user, number = field, to.data.Catalogue.Users.add(field)
			continue
		}
		if _, err := to.event(user, field); err != nil {
			return err
		}
		if p.ordered {
			p.lengths = grown(p.lengths, int(number)+1, 0)
			to.data.Time = append(to.data.Time, p.lengths[number])
			p.lengths[number]++
		}
	}
}
